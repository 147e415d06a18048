/* SPDX-License-Identifier: BSD-3-Clause */
/* From variables and points to bytes. */
#include "raw/layout.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

size_t value_size(enum value_kind kind)
{
	return kind == VALUE_FLOAT    ? sizeof(float)
	       : kind == VALUE_DOUBLE ? sizeof(double)
				      : 2 * sizeof(double);
}

static bool has_value(const struct layout *layout, size_t variable, size_t point)
{
	return point < layout->variables[variable].n_points;
}

/* The last piece that begins at the point or before it. */
static const struct piece *find_piece(const struct layout *layout, size_t point, size_t *end)
{
	size_t low = 0, high = layout->n_pieces;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (layout->pieces[middle].first <= point)
			low = middle;
		else
			high = middle;
	}
	*end = high < layout->n_pieces ? layout->pieces[high].first : layout->n_points;
	return &layout->pieces[low];
}

/* Values of variables before this one that are there. */
static struct run ragged_run(const struct layout *layout, size_t variable, size_t point)
{
	size_t end;
	const struct piece *piece = find_piece(layout, point, &end);
	struct run run = {.offset = piece->begin + (point - piece->first) * piece->record,
			  .stride = piece->record,
			  .n = end - point};

	for (size_t i = 0; i < variable; i++)
		if (has_value(layout, i, piece->first))
			run.offset += value_size(layout->fields[i].kind);
	return run;
}

struct run layout_run(const struct layout *layout, size_t variable, size_t point)
{
	const struct field *field = &layout->fields[variable];
	size_t stride = layout->is_by_variable ? value_size(field->kind) : layout->record;

	if (!has_value(layout, variable, point))
		return (struct run){0, 0, 0};
	if (layout->pieces)
		return ragged_run(layout, variable, point);
	return (struct run){layout->begin + field->offset + point * stride, stride,
			    layout->n_points - point};
}

bool layout_is_axis(const struct carom_raw_variable *variable)
{
	return strcmp(variable->unit, "s") == 0 || strcmp(variable->unit, "Hz") == 0;
}

bool layout_is_magnitude(const struct header *header, enum carom_raw_dialect dialect)
{
	return dialect == CAROM_RAW_LTSPICE && header->n_variables > 0 &&
	       strcasecmp(header->variables[0].type, "time") == 0;
}

void layout_release(struct layout *layout)
{
	mem_free(layout->fields);
	mem_free(layout->pieces);
}
