/* SPDX-License-Identifier: BSD-3-Clause */
/* Intervals of mean, deviation, quantiles, capability indices and proportions. */
#include "statistics/estimate.h"

#include <assert.h>
#include <math.h>

#include "statistics/normal.h"
#include "statistics/special.h"

static const struct carom_interval unknown = {NAN, NAN};

/* The z of a two-sided interval: 1.96 for 0.95. */
static double normal_factor(double level)
{
	return normal_quantile(0.5 + level / 2);
}

struct carom_interval estimate_mean(const struct stats_moments *moments, double level)
{
	double half;

	if (moments->n < 2)
		return unknown;
	half = special_t_quantile(0.5 + level / 2, (double)(moments->n - 1)) * moments->sd /
	       sqrt((double)moments->n);
	return (struct carom_interval){moments->mean - half, moments->mean + half};
}

/* What the sample's deviation is multiplied by at the ends of its interval. */
static struct carom_interval sd_factors(size_t n, double level)
{
	const double freedom = (double)(n - 1);
	const double tail = (1 - level) / 2;

	return (struct carom_interval){
		sqrt(freedom / special_chi_square_quantile(1 - tail, freedom)),
		sqrt(freedom / special_chi_square_quantile(tail, freedom))};
}

struct carom_interval estimate_sd(const struct stats_moments *moments, double level)
{
	struct carom_interval factors;

	if (moments->n < 2)
		return unknown;
	factors = sd_factors(moments->n, level);
	return (struct carom_interval){moments->sd * factors.lower, moments->sd * factors.upper};
}

/* ---- quantiles ---- */

/*
 * How many of the lowest values can be passed by: the largest r with P(K < r) <= tail, K binomial
 * (n, p).
 */
static size_t rank_below(size_t n, double p, double tail)
{
	size_t low = 0, high = n + 1; /* P(K < 0) = 0, and P(K < n + 1) = 1 */

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (special_binomial((double)middle - 1, (double)n, p) <= tail)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* From above it is the same with the values in the other order. */
struct carom_interval estimate_quantile(const double *sorted, size_t n, double p, double level)
{
	const double tail = (1 - level) / 2;
	size_t from_below, from_above;

	if (n == 0)
		return unknown;
	from_below = rank_below(n, p, tail);
	from_above = rank_below(n, 1 - p, tail);
	return (struct carom_interval){from_below > 0 ? sorted[from_below - 1] : -(double)INFINITY,
				       from_above > 0 ? sorted[n - from_above] : (double)INFINITY};
}

/* ---- capability ---- */

static struct carom_interval cpk_interval(double cpk, double n, double level)
{
	double half = normal_factor(level) * sqrt(1 / (9 * n) + cpk * cpk / (2 * (n - 1)));

	return (struct carom_interval){cpk - half, cpk + half};
}

struct carom_capability estimate_capability(const struct stats_moments *moments, double lower,
					    double upper, double level)
{
	struct carom_capability result = {NAN, unknown, NAN, unknown};
	struct carom_interval factors;

	if (moments->n < 2 || !(moments->sd > 0) || (isnan(lower) && isnan(upper)))
		return result;
	factors = sd_factors(moments->n, level);
	result.cp = (upper - lower) / (6 * moments->sd);
	result.cp_ci.lower = result.cp / factors.upper;
	result.cp_ci.upper = result.cp / factors.lower;
	/* of two, fmin takes the one that is a number */
	result.cpk = fmin(moments->mean - lower, upper - moments->mean) / (3 * moments->sd);
	result.cpk_ci = cpk_interval(result.cpk, (double)moments->n, level);
	return result;
}

/* ---- proportions ---- */

struct carom_interval estimate_clopper_pearson(uint64_t k, uint64_t n, double level)
{
	const double tail = (1 - level) / 2;
	struct carom_interval interval = {0, 1};

	assert(k <= n);
	if (k > 0)
		interval.lower = special_beta_quantile(tail, (double)k, (double)(n - k) + 1);
	if (k < n)
		interval.upper = special_beta_quantile(1 - tail, (double)k + 1, (double)(n - k));
	return interval;
}

struct carom_interval estimate_wilson(uint64_t k, uint64_t n, double level)
{
	const double z = normal_factor(level), trials = (double)n;
	double share, centre, half;

	assert(k <= n);
	if (n == 0)
		return (struct carom_interval){0, 1};
	share = (double)k / trials;
	centre = (share + z * z / (2 * trials)) / (1 + z * z / trials);
	half = z / (1 + z * z / trials) *
	       sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
	/* the ends that are exact are not left to rounding */
	return (struct carom_interval){k == 0 ? 0 : centre - half, k == n ? 1 : centre + half};
}

struct carom_yield estimate_yield(uint64_t n_pass, uint64_t n, double level)
{
	struct carom_yield result = {
		.n_pass = n_pass,
		.n = n,
		.value = n > 0 ? (double)n_pass / (double)n : NAN,
		.exact = estimate_clopper_pearson(n_pass, n, level),
		.wilson = estimate_wilson(n_pass, n, level),
	};

	result.sigma = normal_quantile(result.value);
	result.sigma_ci.lower = normal_quantile(result.exact.lower);
	result.sigma_ci.upper = normal_quantile(result.exact.upper);
	return result;
}
