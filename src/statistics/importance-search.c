/* SPDX-License-Identifier: BSD-3-Clause */
/* The search for a shift: its next step from a batch of samples. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "statistics/importance.h"
#include "statistics/regression.h"

#define LINEAR_R2 0.9 /* of a margin that counts as linear */

/* ---- by cross-entropy ---- */

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

/* In units of the largest; 0 of a sample that is not of the elite. */
static double elite_weight(const struct importance_batch *batch, size_t sample, const double *shift,
			   double level, double unit)
{
	const double *z = batch->z + sample * batch->n;

	return margin_of(batch, sample) > level
		       ? 0
		       : exp(importance_log_weight(z, shift, batch->n) - unit);
}

/* The sum of weight times z of the elite; returns that of the weights, in units of the largest. */
static double add_elite(const struct importance_batch *batch, const double *shift, double level,
			double *sums)
{
	double unit = largest_log_weight(batch, shift, level);
	double total = 0;

	for (size_t k = 0; k < batch->n_samples; k++) {
		const double *z = batch->z + k * batch->n;
		double weight = elite_weight(batch, k, shift, level, unit);

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

/* ---- without what is noise ---- */

/* Squares of the standard errors of the elite's weighted mean. */
static void find_errors(const struct importance_batch *batch, const double *shift, double level,
			const double *mean, double *errors)
{
	double unit = largest_log_weight(batch, shift, level), total = 0;

	for (size_t k = 0; k < batch->n_samples; k++) {
		const double *z = batch->z + k * batch->n;
		double weight = elite_weight(batch, k, shift, level, unit);

		total += weight;
		for (size_t i = 0; i < batch->n; i++)
			errors[i] += weight * weight * (z[i] - mean[i]) * (z[i] - mean[i]);
	}
	for (size_t i = 0; i < batch->n; i++)
		errors[i] /= total * total;
}

/*
 * The threshold of least risk for n deviates of variance 1, by Stein's unbiased estimate of it: 0
 * where most of them are signals.  squares: of the deviates, ascending.
 * Source: Donoho, Johnstone, "Adapting to unknown smoothness via wavelet shrinkage", JASA 90
 * (1995), 2.3.
 */
static double best_threshold(const double *squares, size_t n)
{
	double best = (double)n, threshold = 0, below = 0;

	for (size_t i = 0; i < n; i++) {
		double risk;

		below += squares[i];
		risk = (double)n - 2.0 * (double)(i + 1) + below + (double)(n - i - 1) * squares[i];
		if (risk < best && squares[i] <= 2 * log((double)n)) {
			best = risk;
			threshold = sqrt(squares[i]);
		}
	}
	return threshold;
}

static double shrunk(double value, double by)
{
	return copysign(fmax(0, fabs(value) - by), value);
}

/* A shift of a draw that does not matter spreads the weights for nothing. */
static int drop_noise(const struct importance_batch *batch, const double *shift, double level,
		      double *next, struct carom_error *err)
{
	double *errors = mem_zalloc(2 * batch->n, sizeof(*errors)), *squares, threshold;

	if (!errors)
		return carom_fail_memory(err);
	squares = errors + batch->n;
	find_errors(batch, shift, level, next, errors);
	for (size_t i = 0; i < batch->n; i++)
		squares[i] = errors[i] > 0 ? next[i] * next[i] / errors[i] : INFINITY;
	qsort(squares, batch->n, sizeof(*squares), compare_margins);
	threshold = best_threshold(squares, batch->n);
	for (size_t i = 0; i < batch->n; i++)
		next[i] = shrunk(next[i], threshold * sqrt(errors[i]));
	mem_free(errors);
	return 0;
}

/* ---- by slope ---- */

/* Means of the columns, the margin's last.  False if a sample has no margin. */
static bool find_means(const struct importance_batch *batch, double *means)
{
	for (size_t k = 0; k < batch->n_samples; k++) {
		if (!isfinite(batch->margins[k]))
			return false;
		for (size_t i = 0; i < batch->n; i++)
			means[i] += batch->z[k * batch->n + i] / (double)batch->n_samples;
		means[batch->n] += batch->margins[k] / (double)batch->n_samples;
	}
	return true;
}

/* All samples, less their means.  Returns the margins' sum of squares. */
static double hand_in(const struct importance_batch *batch, const double *means,
		      struct regression *regression)
{
	double squares = 0;

	for (size_t first = 0; first < batch->n_samples; first += REGRESSION_BLOCK) {
		size_t n = batch->n_samples - first < REGRESSION_BLOCK ? batch->n_samples - first
								       : REGRESSION_BLOCK;
		double *margins = regression_column(regression, batch->n);

		for (size_t i = 0; i < batch->n; i++)
			for (size_t k = 0; k < n; k++)
				regression_column(regression, i)[k] =
					batch->z[(first + k) * batch->n + i] - means[i];
		for (size_t k = 0; k < n; k++) {
			margins[k] = batch->margins[first + k] - means[batch->n];
			squares += margins[k] * margins[k];
		}
		regression_take(regression, n);
	}
	return squares;
}

/* The plane's slope, and its margin where z is 0; NAN if the margin is none. */
static double take_plane(const struct importance_batch *batch, const double *means, double squares,
			 struct regression *regression, double *slope)
{
	double free = (double)batch->n_samples - (double)batch->n - 1;
	double unexplained = regression_residual(regression, 0) / free;
	double nominal = means[batch->n];

	if (!(unexplained <= (1 - LINEAR_R2) * squares / ((double)batch->n_samples - 1)))
		return NAN;
	for (size_t i = 0; i < batch->n; i++) {
		slope[i] = regression_coefficient(regression, 0, i);
		nominal -= slope[i] * means[i];
	}
	return nominal;
}

/* *is_linear: next is the plane's most probable failure. */
static int try_slope(const struct importance_batch *batch, double *next, bool *is_linear,
		     struct carom_error *err)
{
	double *means = mem_zalloc(2 * batch->n + 1, sizeof(*means)), nominal = NAN;
	struct regression *regression = regression_new(batch->n, 1);
	bool is_solved = means && regression;

	if (is_solved && batch->n_samples > batch->n + 1 && find_means(batch, means)) {
		double squares = hand_in(batch, means, regression);

		is_solved = regression_solve(regression, 0);
		if (is_solved)
			nominal =
				take_plane(batch, means, squares, regression, means + batch->n + 1);
	}
	*is_linear = is_solved &&
		     importance_shift_by_slope(nominal, means + batch->n + 1, batch->n, next);
	regression_free(regression);
	mem_free(means);
	return is_solved ? 0 : carom_fail_memory(err);
}

/* ---- one step ---- */

int importance_search_step(const struct importance_batch *batch, const double *shift, size_t elite,
			   double *next, double *level, struct carom_error *err)
{
	bool is_linear = false;
	int status = find_level(batch, elite, level, err);

	if (!status)
		status = try_slope(batch, next, &is_linear, err);
	if (status || is_linear)
		return status;
	status = importance_next_shift(batch, shift, elite, next, level, err);
	return status ? status : drop_noise(batch, shift, *level, next, err);
}
