/* SPDX-License-Identifier: BSD-3-Clause */
/* The kept waveforms of a store, all together: made with it, and opened to be read. */
#include "study/store-waves.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "study/store-array.h"
#include "study/store-manifest.h"
#include "study/store-name.h"

/* ---- making them ---- */

static int create_grid(int store, const struct job *job, size_t index, struct carom_error *err)
{
	const struct job_grid *grid = &job->grids[index];
	void *memory;
	int status = store_array_create(store, grid->name, STORE_DOUBLE, grid->n,
					store_grid_attributes(grid), err);

	if (!status)
		status = store_array_map(store, grid->name, STORE_DOUBLE, grid->n, true, &memory,
					 err);
	if (status)
		return status;
	memcpy(memory, grid->values, grid->n * sizeof(*grid->values));
	store_array_unmap(memory, STORE_DOUBLE, grid->n);
	return 0;
}

static int create_wave(int store, const struct job *job, size_t index, struct carom_error *err)
{
	const struct job_wave *wave = &job->waves[index];
	size_t n_points = job->grids[wave->grid].n;
	char *nominal = store_nominal_name(wave->name);
	int status = nominal ? store_wave_create(store, wave->name, job->n_samples, n_points,
						 store_wave_attributes(job, index), err)
			     : carom_fail_memory(err);

	if (!status)
		status = store_array_create(store, nominal, STORE_DOUBLE, n_points,
					    store_nominal_attributes(job, index), err);
	mem_free(nominal);
	return status;
}

int store_waves_create(int store, const struct job *job, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < job->n_grids && status == 0; i++)
		status = create_grid(store, job, i, err);
	for (size_t i = 0; i < job->n_waves && status == 0; i++)
		status = create_wave(store, job, i, err);
	return status;
}

/* ---- opening them ---- */

static int read_text(const json_t *object, const char *key, const char **text,
		     struct carom_error *err)
{
	*text = json_string_value(json_object_get(object, key));
	return *text ? 0
		     : carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: a waveform without \"%s\"",
				  key);
}

/* Of an array: where it is can only be below the store. */
static int read_name(const json_t *object, const char *key, const char **name,
		     struct carom_error *err)
{
	int status = read_text(object, key, name, err);
	const char *problem = status ? NULL : store_name_problem(*name);

	return problem ? carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: the name \"%s\" %s", *name,
				    problem)
		       : status;
}

static const json_t *find_grid(const json_t *study, const char *name)
{
	const json_t *grids = json_object_get(study, "grids");

	for (size_t i = 0; i < json_array_size(grids); i++) {
		const json_t *grid = json_array_get(grids, i);
		const char *called = json_string_value(json_object_get(grid, "name"));

		if (called && strcmp(called, name) == 0)
			return grid;
	}
	return NULL;
}

static int read_facts(struct carom_wave *facts, const json_t *study, const json_t *keep,
		      struct carom_error *err)
{
	const json_t *grid;
	int status;

	if ((status = read_name(keep, "name", &facts->name, err)) ||
	    (status = read_text(keep, "unit", &facts->unit, err)) ||
	    (status = read_text(keep, "definition", &facts->definition, err)) ||
	    (status = read_name(keep, "grid", &facts->grid_name, err)))
		return status;
	grid = find_grid(study, facts->grid_name);
	facts->is_log = json_is_true(json_object_get(grid, "log"));
	status = read_text(grid, "label", &facts->scale, err);
	return status ? status : read_text(grid, "unit", &facts->scale_unit, err);
}

/* An array of as many values as there are points. */
static int map_points(const struct carom_wave *facts, int store, const char *name,
		      const double **values, struct carom_error *err)
{
	void *memory;
	uint64_t n;
	int status = store_array_length(store, name, STORE_DOUBLE, &n, err);

	if (!status && n != facts->n_points)
		status = carom_fail(err, CAROM_ERROR_FORMAT, "%s: has not as many points as %s",
				    name, facts->name);
	if (!status) {
		status = store_array_map(store, name, STORE_DOUBLE, n, false, &memory, err);
		*values = memory;
	}
	return status;
}

static int map_facts(struct carom_wave *facts, int store, struct carom_error *err)
{
	char *nominal = store_nominal_name(facts->name);
	int status = nominal ? map_points(facts, store, facts->grid_name, &facts->grid, err)
			     : carom_fail_memory(err);

	if (!status)
		status = map_points(facts, store, nominal, &facts->nominal, err);
	mem_free(nominal);
	return status;
}

static void unmap_facts(const struct carom_wave *facts)
{
	store_array_unmap(facts->grid, STORE_DOUBLE, facts->n_points);
	store_array_unmap(facts->nominal, STORE_DOUBLE, facts->n_points);
}

static int open_entry(struct store_waves_entry *entry, const json_t *study, const json_t *keep,
		      int store, uint64_t n_samples, struct carom_error *err)
{
	struct carom_wave *facts = &entry->facts;
	int status = read_facts(facts, study, keep, err);

	if (!status)
		status = store_wave_open(&entry->rows, store, facts->name, n_samples, false, err);
	if (status)
		return status;
	facts->n_points = entry->rows.n_points;
	status = map_facts(facts, store, err);
	if (status) {
		unmap_facts(facts);
		store_wave_release(&entry->rows);
	}
	return status;
}

int store_waves_open(struct store_waves *waves, const json_t *manifest, int store,
		     uint64_t n_samples, struct carom_error *err)
{
	const json_t *study = json_object_get(manifest, "study");
	const json_t *keeps = json_object_get(study, "keeps");
	size_t n = json_array_size(keeps);
	int status = 0;

	*waves = (struct store_waves){mem_zalloc(n, sizeof(*waves->list)), 0};
	if (!waves->list)
		return carom_fail_memory(err);
	while (waves->n < n && status == 0) {
		status = open_entry(&waves->list[waves->n], study, json_array_get(keeps, waves->n),
				    store, n_samples, err);
		waves->n += status == 0;
	}
	return status;
}

void store_waves_release(struct store_waves *waves)
{
	for (size_t i = 0; i < waves->n; i++) {
		unmap_facts(&waves->list[i].facts);
		store_wave_release(&waves->list[i].rows);
	}
	mem_free(waves->list);
}

/* ---- asking ---- */

CAROM_API size_t carom_store_wave_count(const struct carom_store *store)
{
	return store_waves_of(store)->n;
}

CAROM_API const struct carom_wave *carom_store_wave(const struct carom_store *store, size_t index)
{
	const struct store_waves *waves = store_waves_of(store);

	return index < waves->n ? &waves->list[index].facts : NULL;
}

CAROM_API int carom_store_wave_read(const struct carom_store *store, size_t index, uint64_t sample,
				    double *values, struct carom_error *err)
{
	const struct store_waves *waves = store_waves_of(store);
	int status;

	if (index >= waves->n || sample >= carom_store_sample_count(store))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND,
				  "the store has no waveform %zu of sample %llu", index,
				  (unsigned long long)sample);
	status = store_wave_read(&waves->list[index].rows, sample, values, err);
	return status ? carom_fail_context(err, status, "%s", waves->list[index].facts.name) : 0;
}
