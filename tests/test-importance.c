/* SPDX-License-Identifier: BSD-3-Clause */
/* Importance sampling on a problem with an exact answer: a linear margin of gaussian deviates. */
#include "statistics/importance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "statistics/normal.h"
#include "statistics/philox.h"
#include "support-circuit.h"
#include "support.h"

enum { N = 6, BATCH = 500, ELITE = 50, MAX_STEPS = 20 };

/* Of parts with tolerances: margin = nominal + slope z fails below 0, with Phi(-nominal / |slope|). */
static const double slope[N] = {1, -2, 0.5, 0, 3, -0.25};

static double length_of_slope(void)
{
	double square = 0;

	for (size_t i = 0; i < N; i++)
		square += slope[i] * slope[i];
	return sqrt(square);
}

static double margin_of(double nominal, const double *z)
{
	for (size_t i = 0; i < N; i++)
		nominal += slope[i] * z[i];
	return nominal;
}

static void draw(uint64_t seed, uint64_t sample, const double *shift, double *z)
{
	for (uint64_t i = 0; i < N; i++)
		z[i] = shift[i] + normal_quantile(philox_uniform(seed, sample, i));
}

/* What n samples around the shift make of failures beyond so many sigmas. */
static struct importance_estimate estimate_of(double sigmas, const double *shift, uint64_t seed,
					      uint64_t n)
{
	double nominal = sigmas * length_of_slope();
	struct importance importance = {0};
	struct importance_estimate estimate;
	double z[N];

	for (uint64_t k = 0; k < n; k++) {
		draw(seed, k, shift, z);
		importance_add(&importance, importance_log_weight(z, shift, N),
			       margin_of(nominal, z) < 0);
	}
	importance_estimate(&importance, 0.95, &estimate);
	return estimate;
}

/* ---- weights ---- */

static void a_weight_is_the_ratio_of_the_densities(void **state)
{
	static const double z[] = {1.5, -0.5}, shift[] = {2, 1}, none[] = {0, 0};
	double ratio = (z[0] - 2) * (z[0] - 2) / 2 + (z[1] - 1) * (z[1] - 1) / 2 -
		       (z[0] * z[0] + z[1] * z[1]) / 2;

	(void)state;
	assert_double_equal(importance_log_weight(z, shift, 2), ratio, 1e-15, 0);
	assert_same_bits(importance_log_weight(z, none, 2), 0);
}

static void sums_of_weights_far_below_the_smallest_double_keep_their_digits(void **state)
{
	struct weight_sum sum = {0};

	(void)state;
	assert_same_bits(weight_sum_effective(&sum), 0);
	weight_sum_add(&sum, -2000);
	assert_double_equal(weight_sum_effective(&sum), 1, 1e-15, 0);
	weight_sum_add(&sum, -1000 + log(2));
	weight_sum_add(&sum, -1000);
	assert_double_equal(sum.log_unit + log(sum.sum), -1000 + log(3), 0, 1e-12);
	assert_double_equal(weight_sum_effective(&sum), 9.0 / 5, 1e-12, 0);
}

/* ---- estimates ---- */

static void without_a_shift_it_is_the_share_of_failures(void **state)
{
	struct importance importance = {0};
	struct importance_estimate estimate;

	(void)state;
	for (int k = 0; k < 1000; k++)
		importance_add(&importance, 0, k < 10);
	importance_estimate(&importance, 0.95, &estimate);
	assert_double_equal(estimate.probability, 0.01, 1e-14, 0);
	assert_double_equal(estimate.effective, 10, 1e-14, 0);
	assert_double_equal(estimate.relative_error, sqrt(99.0 / 999), 1e-13, 0);
	assert_double_equal(estimate.low, 0.01 * exp(-1.9599639845400542 * sqrt(99.0 / 999)), 1e-13,
			    0);
	assert_double_equal(estimate.sigma, 2.3263478740408408, 1e-13, 0);
}

static void without_failures_nothing_is_known(void **state)
{
	struct importance importance = {0};
	struct importance_estimate estimate;

	(void)state;
	importance_add(&importance, 0, false);
	importance_add(&importance, 0, false);
	importance_estimate(&importance, 0.95, &estimate);
	assert_true(isnan(estimate.probability) && isnan(estimate.low) && isnan(estimate.high));
	assert_same_bits(estimate.effective, 0);
}

/* scipy 1.10: norm.sf(4) = 3.167124183311986e-05, norm.sf(5) = 2.866515718791933e-07 */
static void four_and_five_sigma_come_out_right_with_two_thousand_samples(void **state)
{
	static const struct {
		double sigmas, probability;
	} cases[] = {{4, 3.167124183311986e-05}, {5, 2.866515718791933e-07}};
	double shift[N];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct importance_estimate estimate;

		assert_true(importance_shift_by_slope(cases[i].sigmas * length_of_slope(), slope, N,
						      shift));
		estimate = estimate_of(cases[i].sigmas, shift, 1, 2000);
		assert_double_equal(estimate.probability, cases[i].probability, 0.15, 0);
		assert_true(estimate.low < cases[i].probability &&
			    cases[i].probability < estimate.high);
		assert_double_equal(estimate.sigma, cases[i].sigmas, 0.01, 0);
		assert_true(estimate.relative_error < 0.06);
		assert_true(estimate.effective > 200);
	}
}

/* 95 % of 400 seeds, by five standard errors of that share, and the error told is the one made. */
static void the_interval_holds_the_truth_as_often_as_it_says(void **state)
{
	enum { N_SEEDS = 400 };
	const double truth = 2.866515718791933e-07;
	double shift[N], n_held = 0, squares = 0, told = 0;

	(void)state;
	importance_shift_by_slope(5 * length_of_slope(), slope, N, shift);
	for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
		struct importance_estimate estimate = estimate_of(5, shift, seed, 500);
		double error = estimate.probability / truth - 1;

		n_held += estimate.low < truth && truth < estimate.high;
		squares += error * error / N_SEEDS;
		told += estimate.relative_error * estimate.relative_error / N_SEEDS;
	}
	assert_double_equal(n_held / N_SEEDS, 0.95, 0, 5 * sqrt(0.95 * 0.05 / N_SEEDS));
	assert_double_equal(sqrt(squares), sqrt(told), 0.15, 0);
}

/* ---- shifts ---- */

static void the_shift_by_slope_is_the_nearest_failure(void **state)
{
	static const double none[N] = {0};
	double shift[N], nominal = 4 * length_of_slope();

	(void)state;
	assert_true(importance_shift_by_slope(nominal, slope, N, shift));
	assert_double_equal(margin_of(nominal, shift), 0, 0, 1e-13);
	assert_double_equal(importance_distance(shift, N), 4, 1e-14, 0);
	assert_false(importance_shift_by_slope(nominal, none, N, shift));
	assert_false(importance_shift_by_slope(-1, slope, N, shift));
}

/* From no shift on, until a step leads to failures; returns the steps. */
static int search(double nominal, double *shift)
{
	double *z = calloc(BATCH, N * sizeof(*z)), *margins = calloc(BATCH, sizeof(*margins));
	struct importance_batch batch = {z, margins, BATCH, N};
	double level = 1;
	int step = 0;

	assert_true(z && margins);
	memset(shift, 0, N * sizeof(*shift));
	for (; level > 0 && step < MAX_STEPS; step++) {
		struct carom_error err = CAROM_ERROR_INIT;

		for (uint64_t k = 0; k < BATCH; k++) {
			draw(100, (uint64_t)step * BATCH + k, shift, z + k * N);
			margins[k] = margin_of(nominal, z + k * N);
		}
		importance_next_shift(&batch, shift, ELITE, shift, &level, &err);
		assert_ok(&err);
	}
	free(z);
	free(margins);
	return step;
}

/* Of a linear margin the best mean shift lies on the slope, a little behind the nearest failure. */
static void the_search_finds_a_shift_from_samples_alone(void **state)
{
	double shift[N], nominal = 5 * length_of_slope(), along = 0, square = 0;
	struct importance_estimate estimate;

	(void)state;
	assert_true(search(nominal, shift) < MAX_STEPS);
	for (size_t i = 0; i < N; i++) {
		along -= shift[i] * slope[i] / length_of_slope();
		square += shift[i] * shift[i];
	}
	assert_double_equal(along, 5.19, 0, 0.2);
	assert_true(sqrt(square - along * along) < 0.5);
	estimate = estimate_of(5, shift, 7, 2000);
	assert_true(estimate.low < 2.866515718791933e-07 && 2.866515718791933e-07 < estimate.high);
	assert_true(estimate.relative_error < 0.08);
}

static void a_margin_that_is_no_number_counts_as_a_failure(void **state)
{
	static const double z[] = {1, 2, 3, 4}, margins[] = {5, NAN, 6, 7}, shift[] = {0};
	struct importance_batch batch = {z, margins, 4, 1};
	double next[1], level;

	(void)state;
	assert_int_equal(importance_next_shift(&batch, shift, 1, next, &level, NULL), 0);
	assert_same_bits(level, 0);
	assert_same_bits(next[0], 2);
}

static void too_few_samples_are_refused(void **state)
{
	static const double z[] = {1, 2}, margins[] = {1, 2}, shift[] = {0};
	struct importance_batch batch = {z, margins, 2, 1};
	struct carom_error err = CAROM_ERROR_INIT;
	double next[1], level;

	(void)state;
	assert_int_equal(importance_next_shift(&batch, shift, 3, next, &level, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_error_says(&err, "2 samples are too few to choose 3 of them");
	assert_int_equal(importance_next_shift(&batch, shift, 0, next, &level, NULL),
			 CAROM_ERROR_ARGUMENT);
}

static int attempt(void *arg)
{
	static const double z[] = {1, 2}, margins[] = {1, 2}, shift[] = {0};
	struct importance_batch batch = {z, margins, 2, 1};
	double next[1], level;

	(void)arg;
	return importance_next_shift(&batch, shift, 1, next, &level, NULL);
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	(void)state;
	assert_survives_no_memory(attempt, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_weight_is_the_ratio_of_the_densities),
		cmocka_unit_test(sums_of_weights_far_below_the_smallest_double_keep_their_digits),
		cmocka_unit_test(without_a_shift_it_is_the_share_of_failures),
		cmocka_unit_test(without_failures_nothing_is_known),
		cmocka_unit_test(four_and_five_sigma_come_out_right_with_two_thousand_samples),
		cmocka_unit_test(the_interval_holds_the_truth_as_often_as_it_says),
		cmocka_unit_test(the_shift_by_slope_is_the_nearest_failure),
		cmocka_unit_test(the_search_finds_a_shift_from_samples_alone),
		cmocka_unit_test(a_margin_that_is_no_number_counts_as_a_failure),
		cmocka_unit_test(too_few_samples_are_refused),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
