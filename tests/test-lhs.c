/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the Latin hypercube: strata, their order, and the draws in them. */
#include "statistics/lhs.h"

#include <math.h>
#include <stdlib.h>

#include "statistics/philox.h"
#include "support.h"

/* Each stratum is met once and the draws lie in theirs. */
static void assert_latin(uint64_t n, uint64_t seed, uint64_t draw)
{
	unsigned char *met = calloc(n, 1);

	assert_non_null(met);
	for (uint64_t k = 0; k < n; k++) {
		uint64_t stratum = lhs_stratum(seed, draw, n, k);
		double u = lhs_uniform(seed, draw, n, k);

		assert_true(stratum < n && !met[stratum]);
		met[stratum] = 1;
		assert_true(u > 0 && u < 1);
		assert_double_equal(u * (double)n, (double)stratum + 0.5, 0, 0.5 + 1e-9);
	}
	free(met);
}

static void each_stratum_is_met_once_for_any_number_of_samples(void **state)
{
	(void)state;
	for (uint64_t n = 1; n <= 300; n++)
		for (uint64_t draw = 0; draw < 4; draw++)
			assert_latin(n, 99 + n, draw);
	assert_latin(1000, 1, 2);
	assert_latin(1u << 16, 3, 4);
	assert_latin(1000003, 5, 6);
}

static void the_one_sample_of_one_is_a_plain_draw(void **state)
{
	(void)state;
	assert_same_bits(lhs_uniform(7, 8, 1, 0), philox_uniform(7, 0, 8));
}

/* The neighbour of the largest stratum is outside: no number of samples makes a draw of 1. */
static void numbers_of_samples_beyond_any_run_still_have_strata(void **state)
{
	const uint64_t large[] = {(1ull << 53) - 1, (1ull << 53) + 1, (uint64_t)INT64_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof(large) / sizeof(*large); i++)
		for (uint64_t k = 0; k < 1000; k++) {
			double u = lhs_uniform(1, 2, large[i], large[i] - 1 - k);

			assert_true(lhs_stratum(1, 2, large[i], k) < large[i]);
			assert_true(u > 0 && u < 1);
		}
}

/* Over many seeds, sample k of n is in every stratum equally often: chi-squared of n - 1 degrees. */
static void every_stratum_is_as_likely_as_the_others(void **state)
{
	enum { N_MAX = 12, N_SEEDS = 12000 };

	(void)state;
	for (uint64_t n = 2; n <= N_MAX; n++)
		for (uint64_t k = 0; k < n; k += n - 1) {
			double count[N_MAX] = {0}, chi_squared = 0;
			double expected = (double)N_SEEDS / (double)n;

			for (uint64_t seed = 0; seed < N_SEEDS; seed++)
				count[lhs_stratum(seed, 3, n, k)]++;
			for (uint64_t i = 0; i < n; i++)
				chi_squared +=
					(count[i] - expected) * (count[i] - expected) / expected;
			/* mean n - 1, variance 2 (n - 1) */
			assert_true(chi_squared <
				    (double)(n - 1) + 5 * sqrt(2.0 * (double)(n - 1)) + 5);
		}
}

/* All 24 orders of 4 samples come, equally often. */
static void every_order_is_as_likely_as_the_others(void **state)
{
	enum { N_SEEDS = 24000 };
	double count[256] = {0}, chi_squared = 0;
	int n_orders = 0;

	(void)state;
	for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
		unsigned order = 0;

		for (uint64_t k = 0; k < 4; k++)
			order = order << 2 | (unsigned)lhs_stratum(seed, 1, 4, k);
		count[order]++;
	}
	for (unsigned order = 0; order < 256; order++) {
		n_orders += count[order] > 0;
		chi_squared += count[order] > 0 ? pow(count[order] - 1000, 2) / 1000 : 0;
	}
	assert_int_equal(n_orders, 24);
	assert_true(chi_squared < 23 + 5 * sqrt(46));
}

/* The correlation of two draws over n samples has mean 0 and variance 1 / (n - 1). */
static void draws_of_two_variables_are_not_correlated(void **state)
{
	enum { N = 50, N_SEEDS = 4000 };
	double sum = 0, squares = 0;

	(void)state;
	for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
		double product = 0;

		for (uint64_t k = 0; k < N; k++)
			product += ((double)lhs_stratum(seed, 1, N, k) - (N - 1) / 2.0) *
				   ((double)lhs_stratum(seed, 2, N, k) - (N - 1) / 2.0);
		product /= N * (N * N - 1) / 12.0;
		sum += product;
		squares += product * product;
	}
	assert_true(fabs(sum / N_SEEDS) < 5 / sqrt((N - 1.0) * N_SEEDS));
	assert_double_equal(squares / N_SEEDS, 1 / (N - 1.0), 5 * sqrt(2.0 / N_SEEDS), 0);
}

static void seed_draw_and_number_of_samples_each_change_the_order(void **state)
{
	int n_same[3] = {0};

	(void)state;
	for (uint64_t k = 0; k < 1000; k++) {
		uint64_t stratum = lhs_stratum(1, 2, 1000, k);

		n_same[0] += stratum == lhs_stratum(2, 2, 1000, k);
		n_same[1] += stratum == lhs_stratum(1, 3, 1000, k);
		n_same[2] += stratum == lhs_stratum(1, 2, 1001, k);
	}
	for (int i = 0; i < 3; i++)
		assert_true(n_same[i] < 10); /* one expected */
}

/* Sums are integrated better than by chance: variance O(1/n^3) against 1/(12 n). */
static void means_have_a_small_variance(void **state)
{
	enum { N = 100, N_SEEDS = 500 };
	double squares = 0;

	(void)state;
	for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
		double sum = 0;

		for (uint64_t k = 0; k < N; k++)
			sum += lhs_uniform(seed, 1, N, k) - 0.5;
		squares += sum * sum / N / N;
	}
	/* jitter in strata: 1 / (12 n^3) */
	assert_double_equal(squares / N_SEEDS * 12 * N * N * N, 1, 5 * sqrt(2.0 / N_SEEDS), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_stratum_is_met_once_for_any_number_of_samples),
		cmocka_unit_test(the_one_sample_of_one_is_a_plain_draw),
		cmocka_unit_test(numbers_of_samples_beyond_any_run_still_have_strata),
		cmocka_unit_test(every_stratum_is_as_likely_as_the_others),
		cmocka_unit_test(every_order_is_as_likely_as_the_others),
		cmocka_unit_test(draws_of_two_variables_are_not_correlated),
		cmocka_unit_test(seed_draw_and_number_of_samples_each_change_the_order),
		cmocka_unit_test(means_have_a_small_variance),
	};

	return run_all_tests(tests);
}
