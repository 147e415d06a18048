/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the largest and smallest values and their places. */
#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char no_scale[] = "there is no scale to measure over";

static void extremes_and_their_difference_are_exact(void **state)
{
	static const double y[] = {1, -2.5, 7, 3};
	(void)state;

	assert_same_bits(taken("max(y)", NULL, y, 4), 7);
	assert_same_bits(taken("min(y)", NULL, y, 4), -2.5);
	assert_same_bits(taken("pp(y)", NULL, y, 4), 9.5);
	assert_same_bits(taken("final(y)", NULL, y, 4), 3);
}

static void extremes_are_where_they_are_first(void **state)
{
	static const double x[] = {0, 1, 4, 9, 16}, y[] = {1, 7, -2, 7, -2};
	(void)state;

	assert_same_bits(taken("argmax(y)", x, y, 5), 1);
	assert_same_bits(taken("argmin(y)", x, y, 5), 4);
	assert_not_taken("argmax(y)", NULL, y, 5, no_scale);
}

static void extremes_of_a_window_count_its_very_edges(void **state)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {0, 10, -10, 0};
	(void)state;

	assert_same_bits(taken("max(y, from=1.25, to=2.5)", x, y, 4), 5);
	assert_same_bits(taken("argmax(y, from=1.25, to=2.5)", x, y, 4), 1.25);
	assert_same_bits(taken("min(y, from=1, to=1.75)", x, y, 4), -5);
	assert_same_bits(taken("argmin(y, from=1, to=1.75)", x, y, 4), 1.75);
	assert_same_bits(taken("pp(y, from=1, to=2)", x, y, 4), 20);
}

static void a_place_of_what_is_not_a_number_is_none(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {0, NAN, 1}, first[] = {NAN, 0, 1};
	(void)state;

	assert_not_taken("argmax(y)", x, y, 3, not_a_number);
	assert_not_taken("argmin(y)", x, first, 3, not_a_number);
	assert_not_taken("pp(y)", x, first, 3, not_a_number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(extremes_and_their_difference_are_exact),
		cmocka_unit_test(extremes_are_where_they_are_first),
		cmocka_unit_test(extremes_of_a_window_count_its_very_edges),
		cmocka_unit_test(a_place_of_what_is_not_a_number_is_none),
	};

	return run_all_tests(tests);
}
