/* SPDX-License-Identifier: BSD-3-Clause */
/* The histogram of a measurement. */
#include <math.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/stats.h"
#include "study/population.h"

#define MOST_BINS 40

/* Bins of twice the interquartile range over the cube root of n (Freedman & Diaconis 1981). */
static size_t count_bins(const double *sorted, size_t n)
{
	double range = sorted[n - 1] - sorted[0];
	double spread = stats_quantile(sorted, n, 0.75) - stats_quantile(sorted, n, 0.25);
	double bins = ceil(range * cbrt((double)n) / (2 * spread));

	if (range == 0)
		return 1;
	return bins < MOST_BINS ? (size_t)bins : MOST_BINS;
}

static void count_values(struct carom_histogram *histogram, const double *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double bin = (values[i] - histogram->lower) / histogram->width;

		histogram->counts[bin < (double)histogram->n_bins ? (size_t)bin
								  : histogram->n_bins - 1]++;
	}
}

/* A column without a range gets a bin around its value. */
static int fill(struct carom_histogram *histogram, double *values, size_t n, size_t n_bins,
		struct carom_error *err)
{
	double range;

	if (n == 0)
		return 0;
	stats_sort(values, n);
	range = values[n - 1] - values[0];
	histogram->n_bins = n_bins ? n_bins : count_bins(values, n);
	histogram->counts = mem_zalloc(histogram->n_bins, sizeof(*histogram->counts));
	if (!histogram->counts) {
		histogram->n_bins = 0;
		return carom_fail_memory(err);
	}
	histogram->lower = values[0];
	histogram->width = range > 0 ? range / (double)histogram->n_bins : 1;
	count_values(histogram, values, n);
	return 0;
}

CAROM_API int carom_store_histogram(const struct carom_store *store,
				    const struct carom_statistics_options *options,
				    size_t measurement, size_t n_bins,
				    struct carom_histogram *histogram, struct carom_error *err)
{
	struct population population;
	double *values;
	int status;

	*histogram = (struct carom_histogram){0};
	if (measurement >= carom_store_measurement_count(store))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "the store has no such measurement");
	status = population_check_weights(store, err);
	if (!status)
		status = population_init(&population, store, options, err);
	if (status)
		return status;
	values = mem_zalloc(population.n, sizeof(*values));
	if (values)
		status = fill(histogram, values,
			      population_values(&population, measurement, values), n_bins, err);
	else
		status = carom_fail_memory(err);
	mem_free(values);
	population_release(&population);
	return status;
}

CAROM_API void carom_histogram_release(struct carom_histogram *histogram)
{
	if (!histogram)
		return;
	mem_free(histogram->counts);
	*histogram = (struct carom_histogram){0};
}
