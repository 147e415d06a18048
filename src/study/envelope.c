/* SPDX-License-Identifier: BSD-3-Clause */
/* Envelopes: quantiles of kept waveforms, point by point. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/stats.h"
#include "study/population.h"
#include "study/store-waves.h"

#define MOST_BYTES ((size_t)32 << 20) /* of the values that are looked at at once */

static const double usual[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

struct task {
	const struct store_wave *rows;
	struct population population;
	uint64_t first, n; /* samples looked at */
	struct carom_envelope *envelope;
};

/* Values of the samples that have one, moved to the front. */
static size_t compact(const struct task *task, double *column)
{
	const uint8_t *status = task->population.status + task->first;
	size_t n = 0;

	for (uint64_t i = 0; i < task->n; i++)
		if (population_is_value((enum carom_sample_status)status[i], column[i]))
			column[n++] = column[i];
	return n;
}

static void take_point(const struct task *task, size_t point, double *column)
{
	struct carom_envelope *envelope = task->envelope;
	size_t n = compact(task, column);

	stats_sort(column, n);
	envelope->n[point] = n;
	for (size_t i = 0; i < envelope->n_quantiles; i++)
		envelope->quantiles[i * envelope->n_points + point] =
			n > 0 ? stats_quantile(column, n, envelope->p[i]) : (double)NAN;
}

static int take_points(const struct task *task, double *columns, size_t n_at_once,
		       struct carom_error *err)
{
	size_t n_points = task->envelope->n_points;
	int status = 0;

	for (size_t first = 0; first < n_points && status == 0; first += n_at_once) {
		size_t n = n_points - first < n_at_once ? n_points - first : n_at_once;
		struct store_wave_block block = {task->first, task->n, first, n};

		status = store_wave_read_columns(task->rows, &block, columns, err);
		for (size_t i = 0; i < n && status == 0; i++)
			take_point(task, first + i, columns + i * task->n);
	}
	return status;
}

/* How many points at once: all, or as many as there is memory for. */
static size_t points_at_once(const struct task *task)
{
	size_t n = task->n > 0 ? MOST_BYTES / (task->n * sizeof(double)) : 1;

	n = n > 0 ? n : 1;
	return n < task->envelope->n_points ? n : task->envelope->n_points;
}

static int take_all(const struct task *task, struct carom_error *err)
{
	size_t n_at_once = points_at_once(task);
	double *columns = mem_alloc(n_at_once * task->n * sizeof(*columns));
	int status = columns ? take_points(task, columns, n_at_once, err) : carom_fail_memory(err);

	mem_free(columns);
	return status;
}

/* ---- what is asked for ---- */

static int choose_samples(struct task *task, uint64_t cell, struct carom_error *err)
{
	uint64_t n = task->population.n, end;

	task->n = n;
	if (cell == CAROM_EVERY_CELL)
		return 0;
	if (cell >= carom_store_cell_count(task->population.store))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "the store has no cell %llu",
				  (unsigned long long)cell);
	task->first = cell * carom_store_cell_samples(task->population.store);
	end = task->first + carom_store_cell_samples(task->population.store);
	end = end < n ? end : n;
	task->n = end > task->first ? end - task->first : 0;
	return 0;
}

static int prepare(struct carom_envelope *envelope, size_t n_points, const double *p, size_t n_p,
		   struct carom_error *err)
{
	envelope->n_points = n_points;
	envelope->n_quantiles = n_p;
	envelope->p = mem_zalloc(n_p, sizeof(*p));
	envelope->n = mem_zalloc(n_points, sizeof(*envelope->n));
	envelope->quantiles = mem_zalloc(n_points, n_p * sizeof(*p));
	if (!envelope->p || !envelope->n || !envelope->quantiles)
		return carom_fail_memory(err);
	memcpy(envelope->p, p, n_p * sizeof(*p));
	for (size_t i = 0; i < n_p; i++)
		if (!(p[i] >= 0 && p[i] <= 1))
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "a quantile is of a share from 0 to 1, not %g", p[i]);
	return 0;
}

CAROM_API int carom_store_envelope(const struct carom_store *store,
				   const struct carom_statistics_options *options, size_t wave,
				   uint64_t cell, const double *p, size_t n_p,
				   struct carom_envelope *envelope, struct carom_error *err)
{
	const struct store_waves *waves = store_waves_of(store);
	struct task task = {.envelope = envelope};
	int status;

	*envelope = (struct carom_envelope){.n_points = 0};
	status = population_check_weights(store, err);
	if (status)
		return status;
	if (wave >= waves->n)
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "the store has no waveform %zu",
				  wave);
	status = population_init(&task.population, store, options, err);
	if (status)
		return status;
	task.rows = &waves->list[wave].rows;
	status = choose_samples(&task, cell, err);
	if (!status)
		status = prepare(envelope, task.rows->n_points, p ? p : usual,
				 p ? n_p : sizeof(usual) / sizeof(usual[0]), err);
	if (!status)
		status = take_all(&task, err);
	population_release(&task.population);
	if (status)
		carom_envelope_release(envelope);
	return status;
}

CAROM_API void carom_envelope_release(struct carom_envelope *envelope)
{
	if (!envelope)
		return;
	mem_free(envelope->p);
	mem_free(envelope->n);
	mem_free(envelope->quantiles);
	*envelope = (struct carom_envelope){.n_points = 0};
}
