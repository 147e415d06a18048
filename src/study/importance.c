/* SPDX-License-Identifier: BSD-3-Clause */
/* Weights, estimates and the search for a shift. */
#include "study/importance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "study/normal.h"

double importance_log_weight(const double *z, const double *shift, size_t n)
{
	double log_weight = 0;

	for (size_t i = 0; i < n; i++)
		log_weight += shift[i] * (shift[i] / 2 - z[i]);
	return log_weight;
}

bool importance_shift_by_slope(double nominal, const double *slope, size_t n, double *shift)
{
	double square = 0;

	for (size_t i = 0; i < n; i++)
		square += slope[i] * slope[i];
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
 * Variance of the mean of x = w [failed] is (mean x^2 - (mean x)^2) / (N - 1); relative to (mean x)^2
 * that is (N sum x^2 / (sum x)^2 - 1) / (N - 1), in which the unit falls out.
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

/* ---- the search ---- */

static int compare_margins(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

static double margin_of(const struct importance_batch *batch, size_t sample)
{
	double margin = batch->margins[sample];

	return isnan(margin) ? 0 : margin;
}

static int find_level(const struct importance_batch *batch, size_t elite, double *level,
		      struct carom_error *err)
{
	double *sorted;

	if (elite == 0 || elite > batch->n_samples)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "%zu samples are too few to choose %zu of them", batch->n_samples,
				  elite);
	sorted = mem_zalloc(batch->n_samples, sizeof(*sorted));
	if (!sorted)
		return carom_fail_memory(err);
	for (size_t k = 0; k < batch->n_samples; k++)
		sorted[k] = margin_of(batch, k);
	qsort(sorted, batch->n_samples, sizeof(*sorted), compare_margins);
	*level = fmax(0, sorted[elite - 1]);
	mem_free(sorted);
	return 0;
}

static double largest_log_weight(const struct importance_batch *batch, const double *shift,
				 double level)
{
	double largest = -INFINITY;

	for (size_t k = 0; k < batch->n_samples; k++)
		if (margin_of(batch, k) <= level)
			largest = fmax(largest, importance_log_weight(batch->z + k * batch->n,
								      shift, batch->n));
	return largest;
}

/* The sum of weight times z of the elite; returns that of the weights, in units of the largest. */
static double add_elite(const struct importance_batch *batch, const double *shift, double level,
			double *sums)
{
	double unit = largest_log_weight(batch, shift, level);
	double total = 0;

	for (size_t k = 0; k < batch->n_samples; k++) {
		const double *z = batch->z + k * batch->n;
		double weight;

		if (margin_of(batch, k) > level)
			continue;
		weight = exp(importance_log_weight(z, shift, batch->n) - unit);
		total += weight;
		for (size_t i = 0; i < batch->n; i++)
			sums[i] += weight * z[i];
	}
	return total;
}

int importance_next_shift(const struct importance_batch *batch, const double *shift, size_t elite,
			  double *next, double *level, struct carom_error *err)
{
	double *sums, total;
	int status = find_level(batch, elite, level, err);

	if (status)
		return status;
	sums = mem_zalloc(batch->n, sizeof(*sums));
	if (!sums)
		return carom_fail_memory(err);
	total = add_elite(batch, shift, *level, sums);
	for (size_t i = 0; i < batch->n; i++)
		next[i] = sums[i] / total;
	mem_free(sums);
	return 0;
}
