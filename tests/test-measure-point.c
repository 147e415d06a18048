/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of single places of a waveform. */
#include "support-measure.h"

static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";
static const char outside[] = "outside the scale";
static const char never[] = "never crosses the level";

static void at_interpolates_between_neighbours_and_is_exact_on_points(void **state)
{
	static const double x[] = {0, 1, 3}, y[] = {0, 10, 20};
	(void)state;

	assert_same_bits(taken("at(y, 0)", x, y, 3), 0);
	assert_same_bits(taken("at(y, 0.25)", x, y, 3), 2.5);
	assert_same_bits(taken("at(y, 1)", x, y, 3), 10);
	assert_same_bits(taken("at(y, 2)", x, y, 3), 15);
	assert_same_bits(taken("at(y, 3)", x, y, 3), 20);
}

static void at_reads_a_scale_that_goes_down(void **state)
{
	static const double x[] = {3, 1, 0}, y[] = {20, 10, 0};
	(void)state;

	assert_same_bits(taken("at(y, 3)", x, y, 3), 20);
	assert_same_bits(taken("at(y, 2)", x, y, 3), 15);
	assert_same_bits(taken("at(y, 1)", x, y, 3), 10);
	assert_same_bits(taken("at(y, 0)", x, y, 3), 0);
	assert_not_taken("at(y, 3.1)", x, y, 3, outside);
	assert_not_taken("at(y, -0.1)", x, y, 3, outside);
}

static void at_takes_the_first_of_several_points_at_one_place(void **state)
{
	static const double x[] = {0, 1, 1, 2}, y[] = {0, 3, 7, 9};
	(void)state;

	assert_same_bits(taken("at(y, 1)", x, y, 4), 3);
	assert_same_bits(taken("at(y, 1.5)", x, y, 4), 8);
}

static void at_forgives_the_rounding_of_a_sweep_at_its_ends(void **state)
{
	static const double decade[] = {1, 999999.99999999}, y[] = {1, 2};
	static const double linear[] = {-5, -1.7e-15};
	(void)state;

	assert_same_bits(taken("at(y, 1meg)", decade, y, 2), 2);
	assert_not_taken("at(y, 1.001meg)", decade, y, 2, outside);
	assert_not_taken("at(y, 0.9999)", decade, y, 2, outside);
	assert_same_bits(taken("at(y, 0)", linear, y, 2), 2);
	assert_not_taken("at(y, 1n)", linear, y, 2, outside);
}

static void one_point_can_be_asked_for_at_its_own_scale_only(void **state)
{
	static const double x[] = {2}, y[] = {5}, x_bad[] = {NAN};
	(void)state;

	assert_same_bits(taken("at(y, 2)", x, y, 1), 5);
	assert_not_taken("at(y, 3)", x, y, 1, outside);
	assert_not_taken("at(y, 2)", x_bad, y, 1, not_monotone);
	assert_not_taken("at(y, 2)", NULL, y, 1, no_scale);
	assert_not_taken("cross(y, 2)", x, y, 1, never);
	assert_not_taken("cross(y, 2)", NULL, y, 1, no_scale);
}

static void the_slope_is_that_of_the_stretch(void **state)
{
	static const double x[] = {0, 1, 3, 4}, y[] = {0, 10, 20, 20};
	(void)state;

	assert_same_bits(taken("slope(y, 0.5)", x, y, 4), 10);
	assert_same_bits(taken("slope(y, 2.9)", x, y, 4), 5);
	assert_same_bits(taken("slope(y, 0)", x, y, 4), 10);
	assert_same_bits(taken("slope(y, 4)", x, y, 4), 0);
}

static void at_a_point_the_slope_is_that_between_its_neighbours(void **state)
{
	static const double x[] = {0, 1, 3, 4}, y[] = {0, 10, 20, 20};
	static const double down[] = {4, 3, 1, 0}, back[] = {20, 20, 10, 0};
	(void)state;

	assert_same_bits(taken("slope(y, 1)", x, y, 4), 20 / 3.0);
	assert_same_bits(taken("slope(y, 1)", down, back, 4), 20 / 3.0);
}

static void there_is_no_slope_outside_or_where_the_scale_stands_still(void **state)
{
	static const double x[] = {0, 1, 1}, y[] = {0, 3, 7}, one[] = {1};
	(void)state;

	assert_not_taken("slope(y, 2)", x, y, 3, outside);
	assert_not_taken("slope(y, 1)", one, y, 1, "the scale spans nothing");
	assert_same_bits(taken("slope(y, 1)", x, y, 3), 7);
	assert_not_taken("slope(y, 1)", (double[]){1, 1}, y, 2, "the scale stands still there");
	assert_not_taken("slope(y, 1)", NULL, y, 2, no_scale);
}

static void the_final_value_of_a_window_is_at_its_end(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {0, 10, 30};
	static const double down[] = {2, 1, 0};
	(void)state;

	assert_same_bits(taken("final(y, to=1.5)", x, y, 3), 20);
	assert_same_bits(taken("final(y, from=0.5)", down, y, 3), 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_interpolates_between_neighbours_and_is_exact_on_points),
		cmocka_unit_test(at_reads_a_scale_that_goes_down),
		cmocka_unit_test(at_takes_the_first_of_several_points_at_one_place),
		cmocka_unit_test(at_forgives_the_rounding_of_a_sweep_at_its_ends),
		cmocka_unit_test(one_point_can_be_asked_for_at_its_own_scale_only),
		cmocka_unit_test(the_slope_is_that_of_the_stretch),
		cmocka_unit_test(at_a_point_the_slope_is_that_between_its_neighbours),
		cmocka_unit_test(there_is_no_slope_outside_or_where_the_scale_stands_still),
		cmocka_unit_test(the_final_value_of_a_window_is_at_its_end),
	};

	return run_all_tests(tests);
}
