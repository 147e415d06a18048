/* SPDX-License-Identifier: BSD-3-Clause */
/* The cells of a store: corners and steps, as its manifest has them. */
#include <math.h>

#include "carom-store.h"
#include "study/cells.h"
#include "study/store-json.h"

static const json_t *cells_of(const struct carom_store *store)
{
	const json_t *study = json_object_get(store_json_manifest(store), "study");

	return json_object_get(study, "cells");
}

static const json_t *values_of(const json_t *step)
{
	return json_object_get(step, "values");
}

/* A manifest that does not go with the samples that are there is one of a single cell. */
static bool read_shape(const struct carom_store *store, struct cells *cells)
{
	const json_t *list = cells_of(store), *steps = json_object_get(list, "steps");
	json_int_t n_draws = json_integer_value(json_object_get(list, "draws"));
	size_t n_corners = json_array_size(json_object_get(list, "corners"));
	uint64_t n_cells, n_samples;

	*cells = (struct cells){(uint64_t)n_draws, n_corners > 0 ? n_corners : 1, 1};
	for (size_t i = 0; i < json_array_size(steps); i++)
		if (__builtin_mul_overflow(cells->n_steps,
					   json_array_size(values_of(json_array_get(steps, i))),
					   &cells->n_steps))
			return false;
	return n_draws > 0 && cells->n_steps > 0 && cells_count(cells, &n_cells, &n_samples) &&
	       n_samples == carom_store_sample_count(store);
}

static struct cells shape_of(const struct carom_store *store)
{
	struct cells cells;

	if (!read_shape(store, &cells))
		cells = (struct cells){carom_store_sample_count(store), 1, 1};
	return cells;
}

CAROM_API uint64_t carom_store_cell_count(const struct carom_store *store)
{
	struct cells cells = shape_of(store);

	return cells.n_corners * cells.n_steps;
}

CAROM_API uint64_t carom_store_cell_samples(const struct carom_store *store)
{
	return shape_of(store).n_draws;
}

CAROM_API const char *carom_store_cell_corner(const struct carom_store *store, uint64_t cell)
{
	const json_t *corners = json_object_get(cells_of(store), "corners");
	size_t corner = (size_t)(cell / shape_of(store).n_steps);

	return json_string_value(json_object_get(json_array_get(corners, corner), "name"));
}

CAROM_API size_t carom_store_step_count(const struct carom_store *store)
{
	return json_array_size(json_object_get(cells_of(store), "steps"));
}

CAROM_API const char *carom_store_step_name(const struct carom_store *store, size_t step)
{
	const json_t *steps = json_object_get(cells_of(store), "steps");

	return json_string_value(json_object_get(json_array_get(steps, step), "targets"));
}

CAROM_API double carom_store_step_value(const struct carom_store *store, size_t step, uint64_t cell)
{
	const json_t *steps = json_object_get(cells_of(store), "steps");
	uint64_t index = cell % shape_of(store).n_steps;

	for (size_t i = json_array_size(steps); i-- > step + 1;)
		index /= json_array_size(values_of(json_array_get(steps, i)));
	steps = values_of(json_array_get(steps, step));
	if (json_array_size(steps) == 0)
		return NAN;
	return store_json_double(json_array_get(steps, (size_t)(index % json_array_size(steps))));
}
