/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of windows, and of scales that go no way. */
#include <stdio.h>

#include "support-measure.h"

static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";

static void a_scale_that_turns_back_has_no_mean_and_no_place(void **state)
{
	static const double x[] = {0, 1, 0, 1}, y[] = {1, 2, 3, 4}, flat[] = {2, 2, 2, 2};
	static const double broken[] = {0, NAN, 1, 2};
	(void)state;

	assert_not_taken("avg(y)", x, y, 4, not_monotone);
	assert_not_taken("rms(y)", x, y, 4, not_monotone);
	assert_not_taken("at(y, 0.5)", x, y, 4, not_monotone);
	assert_not_taken("at(y, 0.5)", broken, y, 4, not_monotone);
	assert_not_taken("avg(y)", flat, y, 4, "the scale spans nothing");
	assert_not_taken("avg(y)", NULL, y, 4, no_scale);
}

static const char empty[] = "the window is empty";
static const char beyond[] = "the window is outside the scale";

static void a_window_on_points_is_those_points(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4}, y[] = {9, 1, 2, 3, 9};
	(void)state;

	assert_same_bits(taken("max(y, from=1, to=3)", x, y, 5), 3);
	assert_same_bits(taken("avg(y, from=1, to=3)", x, y, 5), 2);
	assert_same_bits(taken("max(y, from=0, to=4)", x, y, 5), 9);
	assert_same_bits(taken("final(y, from=1, to=2)", x, y, 5), 2);
}

static void a_window_within_one_stretch_is_two_points_of_its_own(void **state)
{
	static const double x[] = {0, 1}, y[] = {0, 8};
	(void)state;

	assert_same_bits(taken("min(y, from=0.25, to=0.75)", x, y, 2), 2);
	assert_same_bits(taken("max(y, from=0.25, to=0.75)", x, y, 2), 6);
	assert_same_bits(taken("avg(y, from=0.25, to=0.75)", x, y, 2), 4);
	assert_same_bits(taken("avg(y, from=0.5)", x, y, 2), 6);
	assert_same_bits(taken("avg(y, to=0.5)", x, y, 2), 2);
}

static void a_window_is_the_same_on_a_scale_that_goes_down(void **state)
{
	static const double x[] = {4, 3, 2, 1, 0}, y[] = {9, 3, 2, 1, 9};
	(void)state;

	assert_same_bits(taken("max(y, from=1, to=3)", x, y, 5), 3);
	assert_same_bits(taken("avg(y, from=1.5, to=2.5)", x, y, 5), 2);
	assert_not_taken("max(y, from=3, to=1)", x, y, 5, empty);
	assert_not_taken("max(y, to=5)", x, y, 5, beyond);
}

static void a_window_outside_the_scale_or_without_extent_is_none(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {1, 2, 3}, turn[] = {0, 1, 0};
	(void)state;

	assert_not_taken("max(y, from=3)", x, y, 3, beyond);
	assert_not_taken("max(y, from=-1)", x, y, 3, beyond);
	assert_not_taken("max(y, to=2.1)", x, y, 3, beyond);
	assert_not_taken("max(y, from=1, to=1)", x, y, 3, empty);
	assert_not_taken("max(y, from=2, to=1)", x, y, 3, empty);
	assert_not_taken("max(y, from=0.5)", turn, y, 3, not_monotone);
	assert_not_taken("max(y, from=0.5)", NULL, y, 3, no_scale);
	assert_not_taken("max(y, from=0)", x, y, 1, empty);
	assert_not_taken("max(y, from=0, to=1)", x, y, 1, empty);
}

static void the_end_of_the_scale_may_be_off_by_the_sweeps_rounding(void **state)
{
	static const double x[] = {1, 10, 999.99999999}, y[] = {1, 2, 3};
	(void)state;

	assert_same_bits(taken("max(y, from=0.9999999999, to=1k)", x, y, 3), 3);
	assert_same_bits(taken("min(y, from=0.9999999999, to=1k)", x, y, 3), 1);
}

static void several_points_at_one_place_are_all_in_a_window_around_it(void **state)
{
	static const double x[] = {0, 1, 1, 2}, y[] = {0, 5, -5, 0};
	(void)state;

	assert_same_bits(taken("max(y, from=0.5, to=1.5)", x, y, 4), 5);
	assert_same_bits(taken("min(y, from=0.5, to=1.5)", x, y, 4), -5);
	assert_same_bits(taken("cross(y, 0, from=0.5, to=1.5)", x, y, 4), 1);
}

/* Every window of every reducer reads points of its own only: the sanitizers see to that. */
static void a_thousand_windows_agree_with_points_put_in(void **state)
{
	double x[12], y[12], cut_x[14], cut_y[14];
	unsigned seed = 1;
	(void)state;

	for (int round = 0; round < 1000; round++) {
		double from, to;
		size_t n = 0;
		char text[100];

		for (int i = 0; i < 12; i++) {
			seed = seed * 1103515245 + 12345;
			x[i] = (i ? x[i - 1] : 0) + (double)(seed >> 16 & 3);
			y[i] = (double)(seed >> 20 & 15);
		}
		from = x[0] + (x[11] - x[0]) * 0.23;
		to = x[0] + (x[11] - x[0]) * 0.77;
		snprintf(text, sizeof(text), "at(y, %.17g)", from);
		cut_x[n] = from;
		cut_y[n++] = taken(text, x, y, 12);
		for (int i = 0; i < 12; i++)
			if (x[i] > from && x[i] < to) {
				cut_x[n] = x[i];
				cut_y[n++] = y[i];
			}
		snprintf(text, sizeof(text), "at(y, %.17g)", to);
		cut_x[n] = to;
		cut_y[n++] = taken(text, x, y, 12);
		snprintf(text, sizeof(text), "rms(y, from=%.17g, to=%.17g)", from, to);
		assert_double_equal(taken(text, x, y, 12), taken("rms(y)", cut_x, cut_y, n), 1e-12,
				    1e-12);
		snprintf(text, sizeof(text), "pp(y, from=%.17g, to=%.17g)", from, to);
		assert_double_equal(taken(text, x, y, 12), taken("pp(y)", cut_x, cut_y, n), 1e-12,
				    1e-12);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scale_that_turns_back_has_no_mean_and_no_place),
		cmocka_unit_test(a_window_on_points_is_those_points),
		cmocka_unit_test(a_window_within_one_stretch_is_two_points_of_its_own),
		cmocka_unit_test(a_window_is_the_same_on_a_scale_that_goes_down),
		cmocka_unit_test(a_window_outside_the_scale_or_without_extent_is_none),
		cmocka_unit_test(the_end_of_the_scale_may_be_off_by_the_sweeps_rounding),
		cmocka_unit_test(several_points_at_one_place_are_all_in_a_window_around_it),
		cmocka_unit_test(a_thousand_windows_agree_with_points_put_in),
	};

	return run_all_tests(tests);
}
