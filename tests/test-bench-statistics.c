/* SPDX-License-Identifier: BSD-3-Clause */
/* The figures of the benchmarks: on numbers whose middle, spread and ratio are known. */
#include "../bench/statistics.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "support.h"

#define N_TRIALS 300
#define N_PAIRS 20

static double random_part(void)
{
	return (double)(random_bits() >> 11) * 0x1p-53;
}

static void the_median_of_an_odd_number_is_the_middle_one(void **state)
{
	const double values[] = {9, 1, 5};

	(void)state;
	assert_same_bits(statistics_median(values, 3), 5);
	assert_same_bits(statistics_median(values, 1), 9);
}

static void the_median_of_an_even_number_is_between_the_middle_two(void **state)
{
	const double values[] = {9, 1, 5, 6};

	(void)state;
	assert_same_bits(statistics_median(values, 4), 5.5);
	assert_same_bits(values[0], 9);
}

static void the_least_value_is_found(void **state)
{
	const double values[] = {9, 1, 5};

	(void)state;
	assert_same_bits(statistics_min(values, 3), 1);
	assert_same_bits(statistics_min(values, 1), 9);
}

static void one_wild_value_does_not_move_the_spread(void **state)
{
	const double values[] = {10, 11, 12, 13, 1e9};

	(void)state;
	assert_same_bits(statistics_mad(values, 5), 1);
}

static void a_constant_ratio_is_certain(void **state)
{
	const double slow[] = {2, 4, 6}, fast[] = {1, 2, 3};
	struct statistics_ratio ratio = statistics_ratio(slow, fast, 3);

	(void)state;
	assert_same_bits(ratio.median, 2);
	assert_same_bits(ratio.lower, 2);
	assert_same_bits(ratio.upper, 2);
}

static void a_drift_that_both_follow_leaves_the_ratio(void **state)
{
	double slow[N_PAIRS], fast[N_PAIRS];
	struct statistics_ratio ratio;

	(void)state;
	for (int i = 0; i < N_PAIRS; i++) {
		fast[i] = 1 + i;
		slow[i] = 3 * fast[i];
	}
	ratio = statistics_ratio(slow, fast, N_PAIRS);
	assert_same_bits(ratio.lower, 3);
	assert_same_bits(ratio.upper, 3);
}

static void the_same_numbers_give_the_same_interval(void **state)
{
	double slow[N_PAIRS], fast[N_PAIRS];
	struct statistics_ratio first, second;

	(void)state;
	for (int i = 0; i < N_PAIRS; i++) {
		slow[i] = 1 + random_part();
		fast[i] = 1 + random_part();
	}
	first = statistics_ratio(slow, fast, N_PAIRS);
	second = statistics_ratio(slow, fast, N_PAIRS);
	assert_same_bits(first.lower, second.lower);
	assert_same_bits(first.upper, second.upper);
	assert_true(first.lower < first.median && first.median < first.upper);
}

/* Binomial(300, 0.95): four standard deviations are 15. */
static void the_interval_holds_the_true_ratio_as_often_as_it_says(void **state)
{
	double slow[N_PAIRS], fast[N_PAIRS];
	int n_held = 0;

	(void)state;
	for (int trial = 0; trial < N_TRIALS; trial++) {
		struct statistics_ratio ratio;

		for (int i = 0; i < N_PAIRS; i++) {
			slow[i] = 1 + 0.2 * (random_part() - 0.5); /* symmetric: the median is 1 */
			fast[i] = 1;
		}
		ratio = statistics_ratio(slow, fast, N_PAIRS);
		n_held += ratio.lower <= 1 && 1 <= ratio.upper;
	}
	assert_in_range(n_held, 270, 300);
}

static void without_memory_nothing_is_claimed(void **state)
{
	const double values[] = {1, 2, 3};

	(void)state;
	mem_fail_after(0);
	assert_true(isnan(statistics_median(values, 3)));
	assert_true(isnan(statistics_mad(values, 3)));
	assert_true(isnan(statistics_ratio(values, values, 3).lower));
	mem_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_median_of_an_odd_number_is_the_middle_one),
		cmocka_unit_test(the_median_of_an_even_number_is_between_the_middle_two),
		cmocka_unit_test(the_least_value_is_found),
		cmocka_unit_test(one_wild_value_does_not_move_the_spread),
		cmocka_unit_test(a_constant_ratio_is_certain),
		cmocka_unit_test(a_drift_that_both_follow_leaves_the_ratio),
		cmocka_unit_test(the_same_numbers_give_the_same_interval),
		cmocka_unit_test(the_interval_holds_the_true_ratio_as_often_as_it_says),
		cmocka_unit_test(without_memory_nothing_is_claimed),
	};

	return run_all_tests(tests);
}
