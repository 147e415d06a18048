/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary of each cell of a store, and which one is the worst. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/estimate.h"
#include "statistics/stats.h"
#include "study/population.h"
#include "study/store.h"

/* Samples first .. end - 1 of the population are those of the cell at hand. */
struct tally {
	struct population population;
	size_t first, end;
	double *values; /* room for those of a cell */
	bool *fails;    /* of each sample of the cell: a spec */
};

static int tally_init(struct tally *tally, const struct carom_store *store,
		      const struct carom_statistics_options *options, struct carom_error *err)
{
	size_t n = (size_t)carom_store_cell_samples(store);
	int status;

	*tally = (struct tally){0};
	status = population_check_weights(store, err);
	if (!status)
		status = population_init(&tally->population, store, options, err);
	if (status)
		return status;
	tally->values = mem_zalloc(n, sizeof(*tally->values));
	tally->fails = mem_zalloc(n, sizeof(*tally->fails));
	return tally->values && tally->fails ? 0 : carom_fail_memory(err);
}

static void tally_release(struct tally *tally)
{
	population_release(&tally->population);
	mem_free(tally->values);
	mem_free(tally->fails);
}

/* False: it lies beyond the population. */
static bool tally_begin(struct tally *tally, uint64_t cell)
{
	const size_t n = (size_t)carom_store_cell_samples(tally->population.store);

	tally->first = (size_t)cell * n;
	tally->end = tally->first + n;
	if (tally->end > tally->population.n)
		tally->end = tally->population.n;
	memset(tally->fails, false, n * sizeof(*tally->fails));
	return tally->first < tally->end;
}

static size_t gather_values(const struct tally *tally, const double *column)
{
	size_t n = 0;

	for (size_t k = tally->first; k < tally->end; k++)
		if (population_has_value(&tally->population, column, k))
			tally->values[n++] = column[k];
	return n;
}

/* A sample that failed meets no spec. */
static uint64_t count_passes(const struct tally *tally, const double *column, double lower,
			     double upper)
{
	uint64_t n_pass = 0;

	for (size_t k = tally->first; k < tally->end; k++) {
		bool meets = population_meets(&tally->population, column, lower, upper, k);

		n_pass += meets;
		tally->fails[k - tally->first] |= !meets;
	}
	return n_pass;
}

static void summarise_measurement(const struct tally *tally, size_t index,
				  struct carom_cell_measurement *measurement)
{
	const struct carom_store *store = tally->population.store;
	const double *column = carom_store_measurement(store, index);
	struct stats_moments moments = stats_moments(tally->values, gather_values(tally, column));
	double lower, upper;

	*measurement = (struct carom_cell_measurement){.n = moments.n,
						       .mean = moments.mean,
						       .sd = moments.sd,
						       .min = moments.min,
						       .max = moments.max,
						       .cpk = NAN};
	if (!carom_store_spec(store, index, &lower, &upper))
		return;
	measurement->cpk =
		estimate_capability(&moments, lower, upper, tally->population.confidence).cpk;
	measurement->n_pass = count_passes(tally, column, lower, upper);
}

static void summarise_cell(struct tally *tally, struct carom_cell *cell, size_t n_measurements)
{
	for (size_t i = 0; i < n_measurements; i++)
		summarise_measurement(tally, i, &cell->measurements[i]);
	for (size_t k = tally->first; k < tally->end; k++) {
		bool is_tried = tally->population.status[k] != CAROM_SAMPLE_PENDING;

		cell->n_tried += is_tried;
		cell->n_pass += is_tried && !tally->fails[k - tally->first];
	}
	store_drop_columns(tally->population.store);
}

/* ---- the worst ---- */

static double share_of(const struct carom_cell *cell)
{
	return (double)cell->n_pass / (double)cell->n_tried;
}

static double least_cpk(const struct carom_cell *cell, size_t n_measurements)
{
	double least = INFINITY;

	for (size_t i = 0; i < n_measurements; i++)
		least = fmin(least, cell->measurements[i].cpk);
	return least;
}

static bool is_worse(const struct carom_cell *a, const struct carom_cell *b, size_t n_measurements)
{
	if (share_of(a) != share_of(b))
		return share_of(a) < share_of(b);
	return least_cpk(a, n_measurements) < least_cpk(b, n_measurements);
}

static void find_worst(struct carom_cells *cells, const struct carom_store *store)
{
	double lower, upper;

	for (size_t i = 0; i < cells->n_measurements; i++)
		cells->has_spec |= carom_store_spec(store, i, &lower, &upper);
	for (size_t i = 0; i < cells->n; i++)
		if (cells->list[i].n_tried > 0 &&
		    (cells->list[cells->worst].n_tried == 0 ||
		     is_worse(&cells->list[i], &cells->list[cells->worst], cells->n_measurements)))
			cells->worst = i;
}

/* ---- all of them ---- */

/* The measurements of all cells are one array. */
static int allocate(struct carom_cells *cells, const struct carom_store *store,
		    struct carom_error *err)
{
	size_t n = (size_t)carom_store_cell_count(store);
	size_t n_measurements = carom_store_measurement_count(store);

	cells->list = mem_zalloc(n, sizeof(*cells->list));
	cells->measurements = mem_zalloc(n * n_measurements, sizeof(*cells->measurements));
	if (!cells->list || !cells->measurements)
		return carom_fail_memory(err);
	cells->n = n;
	cells->n_measurements = n_measurements;
	for (size_t i = 0; i < n; i++)
		cells->list[i].measurements = &cells->measurements[i * n_measurements];
	return 0;
}

CAROM_API int carom_store_summarise_cells(const struct carom_store *store,
					  const struct carom_statistics_options *options,
					  struct carom_cells *cells, struct carom_error *err)
{
	struct tally tally;
	int status = tally_init(&tally, store, options, err);

	*cells = (struct carom_cells){0};
	if (status == 0)
		status = allocate(cells, store, err);
	for (size_t i = 0; i < cells->n && status == 0 && tally_begin(&tally, i); i++)
		summarise_cell(&tally, &cells->list[i], cells->n_measurements);
	if (status == 0)
		find_worst(cells, store);
	else
		carom_cells_release(cells);
	tally_release(&tally);
	return status;
}

CAROM_API void carom_cells_release(struct carom_cells *cells)
{
	if (!cells)
		return;
	mem_free(cells->list);
	mem_free(cells->measurements);
	*cells = (struct carom_cells){0};
}
