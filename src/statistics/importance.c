/* SPDX-License-Identifier: BSD-3-Clause */
/* Weights and estimates. */
#include "statistics/importance.h"

#include <math.h>

#include "statistics/normal.h"

double importance_log_weight(const double *z, const double *shift, size_t n)
{
	double log_weight = 0;

	for (size_t i = 0; i < n; i++)
		log_weight += shift[i] * (shift[i] / 2 - z[i]);
	return log_weight;
}

static double square_of(const double *vector, size_t n)
{
	double square = 0;

	for (size_t i = 0; i < n; i++)
		square += vector[i] * vector[i];
	return square;
}

double importance_distance(const double *shift, size_t n)
{
	return sqrt(square_of(shift, n));
}

bool importance_shift_by_slope(double nominal, const double *slope, size_t n, double *shift)
{
	double square = square_of(slope, n);

	if (!(square > 0) || !(nominal > 0))
		return false;
	for (size_t i = 0; i < n; i++)
		shift[i] = -nominal * slope[i] / square;
	return true;
}

/* ---- sums ---- */

/* The unit is the largest weight so far. */
void weight_sum_add(struct weight_sum *sum, double log_weight)
{
	double weight;

	if (sum->n == 0 || log_weight > sum->log_unit) {
		double factor = sum->n == 0 ? 0 : exp(sum->log_unit - log_weight);

		sum->sum *= factor;
		sum->squares *= factor * factor;
		sum->log_unit = log_weight;
	}
	weight = exp(log_weight - sum->log_unit);
	sum->sum += weight;
	sum->squares += weight * weight;
	sum->n++;
}

double weight_sum_effective(const struct weight_sum *sum)
{
	return sum->n ? sum->sum * sum->sum / sum->squares : 0;
}

void importance_add(struct importance *importance, double log_weight, bool has_failed)
{
	importance->n++;
	if (has_failed)
		weight_sum_add(&importance->failed, log_weight);
}

/* ---- the estimate ---- */

/*
 * Variance of the mean of x = w [failed] is (mean x^2 - (mean x)^2) / (N - 1); relative to (mean
 * x)^2 that is (N sum x^2 / (sum x)^2 - 1) / (N - 1), in which the unit falls out.
 */
static double relative_error(const struct importance *importance)
{
	double n = (double)importance->n;

	return sqrt(fmax(0, n / weight_sum_effective(&importance->failed) - 1) / (n - 1));
}

void importance_estimate(const struct importance *importance, double confidence,
			 struct importance_estimate *estimate)
{
	const struct weight_sum *failed = &importance->failed;
	double log_probability, reach;

	*estimate = (struct importance_estimate){NAN, NAN, NAN, NAN, NAN, 0};
	if (failed->n == 0 || importance->n < 2)
		return;
	log_probability = failed->log_unit + log(failed->sum / (double)importance->n);
	estimate->effective = weight_sum_effective(failed);
	estimate->relative_error = relative_error(importance);
	reach = -normal_quantile((1 - confidence) / 2) * estimate->relative_error;
	estimate->probability = exp(log_probability);
	estimate->low = exp(log_probability - reach);
	estimate->high = fmin(1, exp(log_probability + reach));
	estimate->sigma = -normal_quantile(fmin(estimate->probability, 1));
}
