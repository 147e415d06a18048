/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of crossings, values at crossings and delays. */
#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char never[] = "never crosses the level";

static void cross_interpolates_the_place(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {0, 4, 0};
	(void)state;

	assert_same_bits(taken("cross(y, 1)", x, y, 3), 0.25);
	assert_same_bits(taken("cross(y, 1, rise)", x, y, 3), 0.25);
	assert_same_bits(taken("cross(y, 1, fall)", x, y, 3), 1.75);
	assert_same_bits(taken("cross(y, 1, either, 2)", x, y, 3), 1.75);
}

static void cross_counts_only_the_edge_asked_for(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4}, y[] = {-1, 1, -1, 1, -1};
	(void)state;

	assert_same_bits(taken("cross(y, 0, rise, 2)", x, y, 5), 2.5);
	assert_same_bits(taken("cross(y, 0, fall, 2)", x, y, 5), 3.5);
	assert_same_bits(taken("cross(y, 0, either, 4)", x, y, 5), 3.5);
	assert_not_taken("cross(y, 0, rise, 3)", x, y, 5, "crosses the level fewer times");
	assert_not_taken("cross(y, 5)", x, y, 5, never);
}

static void a_point_on_the_level_is_one_crossing_at_its_place(void **state)
{
	static const double x[] = {0, 1, 2, 3}, through[] = {-1, 0, 1, 2}, rest[] = {-1, 0, 0, 1};
	(void)state;

	assert_same_bits(taken("cross(y, 0)", x, through, 4), 1);
	assert_not_taken("cross(y, 0, either, 2)", x, through, 4, "crosses the level fewer times");
	assert_same_bits(taken("cross(y, 0, rise)", x, rest, 4), 1);
	assert_not_taken("cross(y, 0, either, 2)", x, rest, 4, "crosses the level fewer times");
}

static void touching_starting_or_ending_on_the_level_is_no_crossing(void **state)
{
	static const double x[] = {0, 1, 2}, touch[] = {-1, 0, -1}, start[] = {0, 1, 2},
			    end[] = {-2, -1, 0}, flat[] = {0, 0, 0};
	(void)state;

	assert_not_taken("cross(y, 0)", x, touch, 3, never);
	assert_not_taken("cross(y, 0)", x, start, 3, never);
	assert_not_taken("cross(y, 0)", x, end, 3, never);
	assert_not_taken("cross(y, 0)", x, flat, 3, never);
}

static void cross_walks_a_scale_of_any_direction_in_order(void **state)
{
	static const double down[] = {2, 1, 0}, back[] = {0, 1, 0}, y[] = {0, 4, 0};
	(void)state;

	assert_same_bits(taken("cross(y, 1)", down, y, 3), 1.75);
	assert_same_bits(taken("cross(y, 1, either, 2)", back, y, 3), 0.25);
}

static void the_last_crossing_is_found_whatever_its_number(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4}, y[] = {-1, 1, -1, 1, -1};
	(void)state;

	assert_same_bits(taken("cross(y, 0, rise, last)", x, y, 5), 2.5);
	assert_same_bits(taken("cross(y, 0, either, last)", x, y, 5), 3.5);
	assert_same_bits(taken("cross(y, 0, fall, last, to=3)", x, y, 5), 1.5);
	assert_not_taken("cross(y, 5, rise, last)", x, y, 5, never);
}

static void crossings_are_counted_within_the_window(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4}, y[] = {-1, 1, -1, 1, -1};
	(void)state;

	assert_same_bits(taken("cross(y, 0, rise, 1, from=1)", x, y, 5), 2.5);
	assert_same_bits(taken("cross(y, 0, from=0.75)", x, y, 5), 1.5);
	assert_not_taken("cross(y, 0, rise, 1, from=0.75, to=2.25)", x, y, 5, never);
}

static void find_takes_the_value_of_one_where_the_other_crosses(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {0, 10, 20}, y2[] = {-1, 1, -3};
	const char *why;
	(void)state;

	assert_same_bits(taken_of_two("find(y, y2, 0)", x, y, y2, 3), 5);
	assert_same_bits(taken_of_two("find(y, y2, 0, fall)", x, y, y2, 3), 12.5);
	assert_same_bits(taken_of_two("find(y, y2, -1, either, last)", x, y, y2, 3), 15);
	assert_true(isnan(take_two("find(y, y2, 9)", x, y, y2, 3, &why)));
	assert_string_equal(why, never);
}

static void a_delay_runs_from_one_crossing_to_the_other(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4}, a[] = {0, 4, 4, 4, 0}, b[] = {8, 8, 8, 0, 8};
	(void)state;

	assert_same_bits(taken_of_two("delay(a, b)", x, a, b, 5), 2);
	assert_same_bits(taken_of_two("delay(a, b, 1, 2)", x, a, b, 5), 2.5);
	assert_same_bits(taken_of_two("delay(a, b, 25%, edge2=rise)", x, a, b, 5), 3);
	assert_same_bits(taken_of_two("delay(a, b, 50%, edge=fall)", x, a, b, 5), -1);
	assert_same_bits(taken_of_two("delay(a, b, at=1.5)", x, a, b, 5), 1);
	assert_same_bits(taken_of_two("delay(a, b, at2=1.5)", x, a, b, 5), 1);
	assert_same_bits(taken_of_two("delay(a, b, td2=2.75)", x, a, b, 5), 3);
}

static void a_delay_needs_both_crossings(void **state)
{
	static const double x[] = {0, 1, 2}, a[] = {0, 4, 4}, flat[] = {1, 1, 1},
			    bad[] = {1, NAN, 0};
	const char *why;
	(void)state;

	assert_true(isnan(take_two("delay(a, b)", x, a, flat, 3, &why)));
	assert_string_equal(why, never);
	assert_true(isnan(take_two("delay(a, b)", x, flat, a, 3, &why)));
	assert_string_equal(why, never);
	assert_true(isnan(take_two("delay(a, b)", x, a, bad, 3, &why)));
	assert_string_equal(why, not_a_number);
	assert_true(isnan(take_two("delay(a, b, td2=5)", x, a, a, 3, &why)));
	assert_string_equal(why, "the window is outside the scale");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cross_interpolates_the_place),
		cmocka_unit_test(cross_counts_only_the_edge_asked_for),
		cmocka_unit_test(a_point_on_the_level_is_one_crossing_at_its_place),
		cmocka_unit_test(touching_starting_or_ending_on_the_level_is_no_crossing),
		cmocka_unit_test(cross_walks_a_scale_of_any_direction_in_order),
		cmocka_unit_test(the_last_crossing_is_found_whatever_its_number),
		cmocka_unit_test(crossings_are_counted_within_the_window),
		cmocka_unit_test(find_takes_the_value_of_one_where_the_other_crosses),
		cmocka_unit_test(a_delay_runs_from_one_crossing_to_the_other),
		cmocka_unit_test(a_delay_needs_both_crossings),
	};

	return run_all_tests(tests);
}
