/* SPDX-License-Identifier: BSD-3-Clause */
/* The search for a shift, and whole studies by it: linear, curved, of many deviates. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "statistics/importance.h"
#include "statistics/normal.h"
#include "statistics/philox.h"
#include "study/until.h"
#include "support-circuit.h"
#include "support.h"

#define MOST_STEPS 20

/* A margin of n deviates; the limit is where it is 0. */
struct problem {
	double (*margin)(const struct problem *problem, const double *z);
	size_t n;
	double nominal, curvature;
};

static double linear(const struct problem *problem, const double *z)
{
	return problem->nominal - z[0] + 2 * z[1];
}

/* Of the first deviates alone; it bends along the second. */
static double curved(const struct problem *problem, const double *z)
{
	return problem->nominal - z[0] - problem->curvature * z[1] * z[1];
}

/* Its logarithm is linear, so that no plane fits it. */
static double steep(const struct problem *problem, const double *z)
{
	return exp(problem->nominal - z[0]) - 1;
}

static double distance_of(const double *shift, size_t n)
{
	double square = 0;

	for (size_t i = 0; i < n; i++)
		square += shift[i] * shift[i];
	return sqrt(square);
}

static void draw(const struct problem *problem, uint64_t seed, uint64_t sample, const double *shift,
		 double *z)
{
	for (uint64_t i = 0; i < problem->n; i++)
		z[i] = shift[i] + normal_quantile(philox_uniform(seed, sample, i));
}

/* As a study does it; returns the steps.  shift is all 0 at first. */
static int search(const struct problem *problem, uint64_t seed, size_t n_samples, double *shift)
{
	double *z = calloc(n_samples, problem->n * sizeof(*z)), level = 1;
	double *margins = calloc(n_samples, sizeof(*margins));
	double *next = calloc(problem->n, sizeof(*next));
	const struct importance_batch batch = {z, margins, n_samples, problem->n};
	int step = 0;

	assert_true(z && margins && next);
	memset(shift, 0, problem->n * sizeof(*shift));
	for (; level > 0 && step < MOST_STEPS; step++) {
		struct carom_error err = CAROM_ERROR_INIT;

		for (uint64_t k = 0; k < n_samples; k++) {
			draw(problem, seed, 1000000 * (uint64_t)(step + 1) + k, shift,
			     z + k * problem->n);
			margins[k] = problem->margin(problem, z + k * problem->n);
		}
		importance_search_step(&batch, shift, n_samples / 10, next, &level, &err);
		assert_ok(&err);
		memcpy(shift, next, problem->n * sizeof(*shift));
	}
	free(z);
	free(margins);
	free(next);
	return step;
}

/* Samples until the error is 10 %, looked at as a study is. */
static struct importance_estimate sample(const struct problem *problem, uint64_t seed,
					 const double *shift)
{
	struct until said;
	struct until_goal goal;
	struct until_state state = {0};
	struct until_evidence evidence = {0};
	struct importance_estimate estimate;
	struct until until;
	double z[8];

	until_init(&said);
	until = until_of_importance(&said, &goal);
	assert_true(problem->n <= 8);
	while (!state.is_met && evidence.n < 50000) {
		uint64_t next = until_next_look(evidence.n, 50000);

		for (; evidence.n < next; evidence.n++) {
			draw(problem, seed, evidence.n, shift, z);
			importance_add(&evidence.importance,
				       importance_log_weight(z, shift, problem->n),
				       problem->margin(problem, z) < 0);
		}
		until_look(&until, 0, &state, &evidence);
	}
	assert_true(state.is_met);
	importance_estimate(&evidence.importance, 0.95, &estimate);
	assert_same_bits(estimate.low, state.interval.lower);
	return estimate;
}

/* ---- the search ---- */

static void a_linear_margin_takes_two_steps_to_the_nearest_failure(void **state)
{
	const struct problem problem = {linear, 2, 5 * sqrt(5), 0};
	double shift[2];

	(void)state;
	assert_int_equal(search(&problem, 1, 500, shift), 2);
	assert_double_equal(shift[0], sqrt(5), 1e-9, 0);
	assert_double_equal(shift[1], -2 * sqrt(5), 1e-9, 0);
}

static void a_margin_that_no_plane_fits_is_searched_by_levels(void **state)
{
	const struct problem problem = {steep, 3, 5, 0};
	double shift[3];

	(void)state;
	assert_in_range(search(&problem, 1, 500, shift), 3, 8);
	assert_double_equal(shift[0], 5.19, 0, 0.2);
	assert_true(fabs(shift[1]) < 0.2 && fabs(shift[2]) < 0.2);
}

/* Cross-entropy alone leaves 0.1 or so on each of 200. */
static void deviates_that_do_not_matter_keep_no_shift(void **state)
{
	enum { N = 200 };
	const struct problem problem = {steep, N, 4, 0};
	double shift[N];

	(void)state;
	assert_true(search(&problem, 3, 2000, shift) < MOST_STEPS);
	assert_double_equal(shift[0], 4.2, 0, 0.4);
	assert_true(distance_of(shift + 1, N - 1) < 0.5);
}

static double sum_of_all(const struct problem *problem, const double *z)
{
	double sum = problem->nominal;

	for (size_t i = 0; i < problem->n; i++)
		sum -= z[i] / sqrt((double)problem->n);
	return exp(sum) - 1;
}

static void many_deviates_that_all_matter_a_little_keep_theirs(void **state)
{
	enum { N = 50 };
	const struct problem problem = {sum_of_all, N, 4, 0};
	double shift[N], along = 0;

	(void)state;
	assert_true(search(&problem, 3, 1000, shift) < MOST_STEPS);
	for (size_t i = 0; i < N; i++)
		along += shift[i] / sqrt(N);
	assert_double_equal(along, 4.2, 0, 0.5);
	assert_true(distance_of(shift, N) < 4.7);
}

static void a_sample_without_a_margin_forbids_the_plane_alone(void **state)
{
	enum { N = 40 };
	double z[N], margins[N], shift[] = {0}, next[1], level;
	const struct importance_batch batch = {z, margins, N, 1};

	(void)state;
	for (size_t k = 0; k < N; k++) {
		z[k] = -2 + 4.0 * (double)k / (N - 1);
		margins[k] = 5 - z[k];
	}
	assert_int_equal(importance_search_step(&batch, shift, 4, next, &level, NULL), 0);
	assert_double_equal(next[0], 5, 1e-12, 0);
	assert_double_equal(level, 3 + 4.0 * 3 / (N - 1), 1e-12, 0);
	margins[7] = NAN;
	assert_int_equal(importance_search_step(&batch, shift, 4, next, &level, NULL), 0);
	assert_true(next[0] < 2);
}

static void a_margin_that_never_changes_leads_nowhere(void **state)
{
	static const double z[] = {1, -1, 2, -2}, margins[] = {3, 3, 3, 3}, shift[] = {0};
	const struct importance_batch batch = {z, margins, 4, 1};
	double next[1], level;

	(void)state;
	assert_int_equal(importance_search_step(&batch, shift, 1, next, &level, NULL), 0);
	assert_same_bits(level, 3);
	assert_double_equal(next[0], 0, 0, 0);
}

/* ---- the whole of it ---- */

/*
 * The mean over the second deviate of the probability of the first, by Simpson's rule.  scipy 1.10's
 * integrate.quad: 4.072159761428457e-07 for 5 and 0.05, 2.3220138869571524e-05 for 4 and -0.1.
 */
static double probability_of_curved(double nominal, double curvature)
{
	enum { N = 4000 };
	const double h = 24.0 / N;
	double sum = 0;

	for (int i = 0; i <= N; i++) {
		double z = -12 + h * i, weight = i == 0 || i == N ? 1 : i % 2 ? 4 : 2;

		sum += weight * exp(-z * z / 2) * normal_cdf(-(nominal - curvature * z * z));
	}
	return sum * h / 3 / sqrt(2 * acos(-1));
}

/* Search and samples by many seeds: how often the interval holds the truth, and how far off is the mean? */
static void assert_honest(const struct problem *problem, double truth, int n_seeds, double least)
{
	double shift[8], n_held = 0, mean = 0;

	for (int seed = 1; seed <= n_seeds; seed++) {
		struct importance_estimate estimate;

		assert_true(search(problem, (uint64_t)seed, 500, shift) < MOST_STEPS);
		estimate = sample(problem, (uint64_t)seed, shift);
		n_held += estimate.low < truth && truth < estimate.high;
		mean += estimate.probability / n_seeds;
	}
	assert_true(n_held / n_seeds > least);
	assert_double_equal(mean, truth, 0.03, 0);
}

static void a_linear_circuit_is_told_right_at_four_and_five_sigma(void **state)
{
	(void)state;
	assert_honest(&(struct problem){linear, 2, 4 * sqrt(5), 0}, 3.167124183311986e-05, 200,
		      0.92);
	assert_honest(&(struct problem){linear, 2, 5 * sqrt(5), 0}, 2.866515718791933e-07, 200,
		      0.92);
}

static void a_curved_limit_is_told_right(void **state)
{
	(void)state;
	assert_double_equal(probability_of_curved(5, 0.05), 4.072159761428457e-07, 1e-9, 0);
	assert_double_equal(probability_of_curved(4, -0.1), 2.3220138869571524e-05, 1e-9, 0);
	assert_honest(&(struct problem){curved, 6, 5, 0.05}, 4.072159761428457e-07, 100, 0.9);
	assert_honest(&(struct problem){curved, 6, 4, -0.1}, 2.3220138869571524e-05, 100, 0.9);
}

static int attempt(void *arg)
{
	static const double z[] = {1, 2, 5, 3}, margins[] = {1, NAN, 2, 1}, shift[] = {0};
	const struct importance_batch batch = {z, margins, 4, 1};
	double next[1], level;

	(void)arg;
	return importance_search_step(&batch, shift, 1, next, &level, NULL);
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	(void)state;
	assert_survives_no_memory(attempt, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_linear_margin_takes_two_steps_to_the_nearest_failure),
		cmocka_unit_test(a_margin_that_no_plane_fits_is_searched_by_levels),
		cmocka_unit_test(deviates_that_do_not_matter_keep_no_shift),
		cmocka_unit_test(many_deviates_that_all_matter_a_little_keep_theirs),
		cmocka_unit_test(a_sample_without_a_margin_forbids_the_plane_alone),
		cmocka_unit_test(a_margin_that_never_changes_leads_nowhere),
		cmocka_unit_test(a_linear_circuit_is_told_right_at_four_and_five_sigma),
		cmocka_unit_test(a_curved_limit_is_told_right),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
