/* SPDX-License-Identifier: BSD-3-Clause */
/* Moments and quantiles. */
#include "statistics/stats.h"

#include <math.h>
#include <stdlib.h>

/* Mean, least and largest.  Source of the mean: Welford, Technometrics 4 (1962). */
static void find_mean(struct stats_moments *moments, const double *values)
{
	double mean = 0;

	moments->min = moments->max = values[0];
	for (size_t i = 0; i < moments->n; i++) {
		mean += (values[i] - mean) / (double)(i + 1);
		moments->min = values[i] < moments->min ? values[i] : moments->min;
		moments->max = values[i] > moments->max ? values[i] : moments->max;
	}
	moments->mean = mean;
}

/*
 * A power of two, by which the largest difference from the mean is about 1: its fourth power is
 * one.
 */
static int scale_of(const struct stats_moments *moments)
{
	int exponent;

	frexp(fmax(moments->max - moments->mean, moments->mean - moments->min), &exponent);
	return exponent;
}

/* From the means of the differences' powers: g1 and g2 first, then without bias. */
static void set_shape(struct stats_moments *moments, double m2, double m3, double m4)
{
	const double n = (double)moments->n;

	if (moments->n > 2 && m2 > 0)
		moments->skew = sqrt(n * (n - 1)) / (n - 2) * m3 / (m2 * sqrt(m2));
	if (moments->n > 3 && m2 > 0)
		moments->kurtosis =
			(n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / (m2 * m2) - 3) + 6);
}

struct stats_moments stats_moments(const double *values, size_t n)
{
	struct stats_moments moments = {n, NAN, NAN, NAN, NAN, NAN, NAN};
	double sum = 0, squares = 0, cubes = 0, fourths = 0;
	int scale;

	if (n == 0)
		return moments;
	find_mean(&moments, values);
	if (n == 1)
		return moments;
	scale = scale_of(&moments);
	for (size_t i = 0; i < n; i++) {
		double difference = ldexp(values[i] - moments.mean, -scale);
		double square = difference * difference;

		sum += difference;
		squares += square;
		cubes += square * difference;
		fourths += square * square;
	}
	squares -= sum * sum / (double)n; /* what rounding left of the mean */
	moments.sd = ldexp(sqrt(squares / (double)(n - 1)), scale);
	set_shape(&moments, squares / (double)n, cubes / (double)n, fourths / (double)n);
	return moments;
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

void stats_sort(double *values, size_t n)
{
	if (n > 1)
		qsort(values, n, sizeof(*values), compare);
}

double stats_quantile(const double *sorted, size_t n, double p)
{
	double position, fraction;
	size_t below;

	if (n == 0)
		return NAN;
	position = p * (double)(n - 1);
	below = (size_t)position;
	fraction = position - (double)below;
	if (fraction == 0)
		return sorted[below];
	return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}
