/* SPDX-License-Identifier: BSD-3-Clause */
/* From the lengths of variables to pieces of points that have the same variables. */
#include "raw/ragged.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* "dims=4", "dims=2,3": the product.  Not there, no number or too large: all points. */
static size_t read_length(const char *attributes, size_t n_points)
{
	const char *at = strstr(attributes, "dims=");
	size_t product = 1;

	if (!at)
		return n_points;
	at += strlen("dims=") - 1;
	do {
		char *end;
		unsigned long factor;

		if (!isdigit((unsigned char)*++at))
			return n_points;
		factor = strtoul(at, &end, 10);
		if (__builtin_mul_overflow(product, factor, &product))
			return n_points;
		at = end;
	} while (*at == ',');
	return product < n_points ? product : n_points;
}

void ragged_set_lengths(struct header *header, size_t n_points)
{
	for (size_t i = 0; i < header->n_variables; i++)
		header->variables[i].n_points =
			header->flags & HEADER_UNPADDED
				? read_length(header->variables[i].attributes, n_points)
				: n_points;
}

static int compare(const void *a, const void *b)
{
	const size_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Where variables end, in order, in lengths[n_fields]; from there on others have values alone. */
static void sort_lengths(const struct layout *layout, size_t *lengths)
{
	for (size_t i = 0; i < layout->n_fields; i++)
		lengths[i] = layout->variables[i].n_points;
	qsort(lengths, layout->n_fields, sizeof(*lengths), compare);
}

/* Sums of bytes are below those of the file, which is asked at each piece. */
static int add_pieces(struct layout *layout, const struct source *source, const size_t *lengths,
		      enum value_kind kind, struct carom_error *err)
{
	size_t first = 0, begin = layout->begin;

	for (size_t i = 0; i < layout->n_fields; i++) {
		size_t record = (layout->n_fields - i) * value_size(kind);

		if (lengths[i] == first)
			continue;
		if (lengths[i] - first > (source->size - begin) / record)
			return source_fail(source, source->size, err,
					   "the file ends within its data");
		layout->pieces[layout->n_pieces++] = (struct piece){first, begin, record};
		begin += (lengths[i] - first) * record;
		first = lengths[i];
	}
	layout->n_points = first;
	layout->end = begin;
	return 0;
}

int ragged_find(struct layout *layout, const struct layout_question *question, enum value_kind kind,
		struct carom_error *err)
{
	size_t *lengths = mem_zalloc(layout->n_fields + 1, sizeof(*lengths));
	int status = 0;

	layout->pieces = mem_zalloc(layout->n_fields + 1, sizeof(*layout->pieces));
	if (!lengths || !layout->pieces)
		status = carom_fail_memory(err);
	for (size_t i = 0; i < layout->n_fields; i++)
		layout->fields[i].kind = kind;
	if (!status) {
		sort_lengths(layout, lengths);
		status = add_pieces(layout, question->source, lengths, kind, err);
	}
	mem_free(lengths);
	return status;
}
