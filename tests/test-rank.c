/* SPDX-License-Identifier: BSD-3-Clause */
/* Ranks of columns. */
#include <math.h>

#include "statistics/philox.h"
#include "statistics/rank.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

static void assert_ranks(const double *values, const double *expected, size_t n)
{
	struct rank_entry scratch[2 * 16];
	double ranks[16];

	assert_true(n <= 16);
	rank_values(values, n, scratch, ranks);
	for (size_t i = 0; i < n; i++)
		assert_same_bits(ranks[i], expected[i]);
}

static void the_least_value_has_rank_one(void **state)
{
	(void)state;
	assert_ranks((const double[]){3, -1, 2}, (const double[]){3, 1, 2}, 3);
	assert_ranks((const double[]){7}, (const double[]){1}, 1);
	assert_ranks(NULL, NULL, 0);
}

/* scipy.stats.rankdata([2, 1, 2, 5, 2, 1]) */
static void equal_values_share_the_mean_of_their_ranks(void **state)
{
	(void)state;
	assert_ranks((const double[]){2, 1, 2, 5, 2, 1}, (const double[]){4, 1.5, 4, 6, 4, 1.5}, 6);
	assert_ranks((const double[]){0.0, -0.0, 1}, (const double[]){1.5, 1.5, 3}, 3);
}

static void numbers_of_any_size_and_sign_are_in_order(void **state)
{
	const double values[] = {1e300,     -1e300,    1e-300,     -1e-300, 0,           INFINITY,
				 -INFINITY, 0x1p-1074, -0x1p-1074, 1,       1 + 0x1p-52, -1};
	const double expected[] = {11, 2, 8, 4, 6, 12, 1, 7, 5, 9, 10, 3};

	(void)state;
	assert_ranks(values, expected, N_OF(values));
}

/* By counting: the ones below, and half of the equal ones. */
static void ranks_are_those_that_counting_gives(void **state)
{
	enum { N = 700 };
	struct rank_entry scratch[2 * N];
	double values[N], ranks[N];

	(void)state;
	for (size_t i = 0; i < N; i++)
		values[i] = floor(400 * philox_uniform(1, i, 0)) / 7 - 20;
	rank_values(values, N, scratch, ranks);
	for (size_t i = 0; i < N; i++) {
		double rank = 0.5;

		for (size_t k = 0; k < N; k++)
			rank += values[k] < values[i] ? 1 : values[k] == values[i] ? 0.5 : 0;
		assert_same_bits(ranks[i], rank);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_value_has_rank_one),
		cmocka_unit_test(equal_values_share_the_mean_of_their_ranks),
		cmocka_unit_test(numbers_of_any_size_and_sign_are_in_order),
		cmocka_unit_test(ranks_are_those_that_counting_gives),
	};

	return run_all_tests(tests);
}
