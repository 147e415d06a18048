/* SPDX-License-Identifier: BSD-3-Clause */
/* Medians of timings and the bootstrap interval of their ratio. */
#include "statistics.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define N_RESAMPLES 4000

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double sort_and_take_median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), compare);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double statistics_median(const double *values, size_t n)
{
	double *copy = mem_alloc(n * sizeof(*copy));
	double median;

	if (!copy)
		return NAN;
	memcpy(copy, values, n * sizeof(*copy));
	median = sort_and_take_median(copy, n);
	mem_free(copy);
	return median;
}

double statistics_min(const double *values, size_t n)
{
	double min = values[0];

	for (size_t i = 1; i < n; i++)
		min = fmin(min, values[i]);
	return min;
}

double statistics_mad(const double *values, size_t n)
{
	double median = statistics_median(values, n);
	double *deviations = mem_alloc(n * sizeof(*deviations));
	double mad;

	if (!deviations)
		return NAN;
	for (size_t i = 0; i < n; i++)
		deviations[i] = fabs(values[i] - median);
	mad = sort_and_take_median(deviations, n);
	mem_free(deviations);
	return mad;
}

/* Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (2003). */
static size_t draw_index(uint64_t *state, size_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state % n);
}

/* Medians of resamples of the n values, in order; scratch has room for n. */
static void bootstrap(const double *values, size_t n, double *scratch, double *medians)
{
	uint64_t state = 88172645463325252u;

	for (size_t k = 0; k < N_RESAMPLES; k++) {
		for (size_t i = 0; i < n; i++)
			scratch[i] = values[draw_index(&state, n)];
		medians[k] = sort_and_take_median(scratch, n);
	}
	qsort(medians, N_RESAMPLES, sizeof(*medians), compare);
}

struct statistics_ratio statistics_ratio(const double *slow, const double *fast, size_t n)
{
	struct statistics_ratio ratio = {NAN, NAN, NAN};
	double *memory = mem_alloc((2 * n + N_RESAMPLES) * sizeof(*memory));
	double *ratios, *scratch, *medians;

	if (!memory)
		return ratio;
	ratios = memory;
	scratch = ratios + n;
	medians = scratch + n;
	for (size_t i = 0; i < n; i++)
		ratios[i] = slow[i] / fast[i];
	ratio.median = statistics_median(ratios, n);
	bootstrap(ratios, n, scratch, medians);
	ratio.lower = medians[N_RESAMPLES / 40];
	ratio.upper = medians[N_RESAMPLES - 1 - N_RESAMPLES / 40];
	mem_free(memory);
	return ratio;
}
