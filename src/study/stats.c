/* SPDX-License-Identifier: BSD-3-Clause */
/* Moments, quantiles, the incomplete beta function and the exact interval of a proportion. */
#include "study/stats.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

struct stats_moments stats_moments(const double *values, size_t n)
{
	struct stats_moments moments = {n, NAN, NAN, NAN, NAN};
	double mean = 0;
	double squares = 0; /* sum of squared differences from the mean so far */

	if (n == 0)
		return moments;
	moments.min = moments.max = values[0];
	for (size_t i = 0; i < n; i++) {
		double difference = values[i] - mean;

		mean += difference / (double)(i + 1);
		squares += difference * (values[i] - mean);
		moments.min = values[i] < moments.min ? values[i] : moments.min;
		moments.max = values[i] > moments.max ? values[i] : moments.max;
	}
	moments.mean = mean;
	if (n > 1)
		moments.sd = sqrt(squares / (double)(n - 1));
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

static double log_gamma(double x)
{
	int sign; /* lgamma keeps it in a global */

	return lgamma_r(x, &sign);
}

/* The factor before the continued fraction: x^a (1-x)^b / (a B(a, b)). */
static double beta_front(double x, double a, double b)
{
	return exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x)) / a;
}

/* The coefficient d_m of DLMF 8.17.23. */
static double beta_coefficient(unsigned m, double x, double a, double b)
{
	const unsigned half = m / 2;
	const double k = half;

	if (m % 2 == 0)
		return k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
	return -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
}

/* Lentz's method divides by what may be zero: kept away from it, the error cancels. */
static double away_from_zero(double x)
{
	return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

/* 1 + d1 / (1 + d2 / (1 + ...)): some sqrt(max(a, b)) terms where x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b)
{
	const unsigned most_terms = 500 + (unsigned)(10 * sqrt(fmin(fmax(a, b), 1e12)));
	double c = 1;
	double d = 0;
	double value = 1;
	double factor = 0;

	for (unsigned m = 1; m <= most_terms && fabs(factor - 1) > DBL_EPSILON; m++) {
		double coefficient = beta_coefficient(m, x, a, b);

		d = 1 / away_from_zero(1 + coefficient * d);
		c = away_from_zero(1 + coefficient / c);
		factor = c * d;
		value *= factor;
	}
	return value;
}

double stats_beta(double x, double a, double b)
{
	if (!(x > 0 && x < 1))
		return x <= 0 ? 0 : x >= 1 ? 1 : NAN;
	if (x > (a + 1) / (a + b + 2))
		return 1 - beta_front(1 - x, b, a) / beta_fraction(1 - x, b, a);
	return beta_front(x, a, b) / beta_fraction(x, a, b);
}

/* Newton's method, kept inside a bracket that shrinks with every step. */
double stats_beta_quantile(double p, double a, double b)
{
	enum { MOST_STEPS = 1100 }; /* halving gets from 1 to the smallest double in 1075 */
	double lower = 0;
	double upper = 1;
	double x = a / (a + b);

	if (!(p > 0 && p < 1))
		return p == 0 ? 0 : p == 1 ? 1 : NAN;
	for (int i = 0; i < MOST_STEPS; i++) {
		double excess = stats_beta(x, a, b) - p;
		double slope = a * beta_front(x, a, b) / (x * (1 - x));
		double next = x - excess / slope;

		if (excess < 0)
			lower = x;
		else
			upper = x;
		if (!(next > lower && next < upper))
			next = lower + (upper - lower) / 2;
		if (fabs(next - x) <= 1e-15 * x)
			return next;
		x = next;
	}
	return x;
}

struct carom_interval stats_clopper_pearson(uint64_t k, uint64_t n, double level)
{
	const double tail = (1 - level) / 2;
	struct carom_interval interval = {0, 1};

	assert(k <= n);
	if (k > 0)
		interval.lower = stats_beta_quantile(tail, (double)k, (double)(n - k) + 1);
	if (k < n)
		interval.upper = stats_beta_quantile(1 - tail, (double)k + 1, (double)(n - k));
	return interval;
}
