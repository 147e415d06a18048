/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of edges and steps against steps whose figures are known. */
#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";

#define N 4001

/* A step response of time constant 1, from 0 to 1, over 20 of them. */
static void fill_exponential(double *x, double *y)
{
	for (int i = 0; i < N; i++) {
		x[i] = i * 20.0 / (N - 1);
		y[i] = 1 - exp(-x[i]);
	}
}

/* Of second order, natural frequency 1, damping 0.5. */
static void fill_ringing(double *x, double *y)
{
	const double damped = sqrt(0.75);

	for (int i = 0; i < N; i++) {
		x[i] = i * 40.0 / (N - 1);
		y[i] = 1 -
		       exp(-0.5 * x[i]) * (cos(damped * x[i]) + 0.5 / damped * sin(damped * x[i]));
	}
}

static void the_rise_of_an_exponential_takes_ln_9_time_constants(void **state)
{
	double x[N], y[N];
	(void)state;

	fill_exponential(x, y);
	assert_double_equal(taken("rise_time(y)", x, y, N), log(9), 1e-5, 0);
	assert_double_equal(taken("rise_time(y, 20%, 80%)", x, y, N), log(4), 1e-5, 0);
	assert_double_equal(taken("rise_time(y, 0.2, 0.8)", x, y, N), log(4), 1e-5, 0);
	assert_double_equal(taken("rise_time(y, initial=0, final=2, low=5%, high=45%)", x, y, N),
			    log(9), 1e-5, 0);
}

static void the_fall_time_is_that_of_the_mirrored_rise(void **state)
{
	double x[N], y[N];
	(void)state;

	fill_exponential(x, y);
	for (int i = 0; i < N; i++)
		y[i] = 3 - 2 * y[i];
	assert_double_equal(taken("fall_time(y)", x, y, N), log(9), 1e-5, 0);
	assert_not_taken("rise_time(y)", x, y, N, "has no such edge");
}

static void edges_are_counted_and_a_ripple_at_a_level_is_none(void **state)
{
	/*                            1st rise             ripple at 9       2nd */
	static const double x[] = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
	static const double y[] = {0, 10, 10, 8, 10, 10, 0, 0, 10, 10, 0};
	(void)state;

	assert_same_bits(taken("rise_time(y, 1, 9)", x, y, 11), 8);
	assert_same_bits(taken("rise_time(y, 2, 9, 2)", x, y, 11), 7);
	assert_same_bits(taken("rise_time(y, 2, 8, last)", x, y, 11), 6);
	assert_same_bits(taken("fall_time(y, 1, 9, last)", x, y, 11), 8);
	assert_not_taken("rise_time(y, 1, 9, 3)", x, y, 11, "has fewer such edges");
}

static void an_edge_begins_where_its_low_level_is_crossed_for_the_last_time(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4, 5}, y[] = {0, 2, 0, 0, 10, 10};
	(void)state;

	assert_double_equal(taken("rise_time(y, 1, 9)", x, y, 6), 0.8, 1e-14, 0);
}

static void levels_in_per_cent_need_a_step(void **state)
{
	static const double x[] = {0, 1, 2, 3}, pulse[] = {0, 1, 1, 0};
	static const char one_value[] =
		"begins and ends at one value: say initial= and final=, or a window";
	(void)state;

	assert_not_taken("rise_time(y)", x, pulse, 4, one_value);
	assert_not_taken("overshoot(y)", x, pulse, 4, one_value);
	assert_not_taken("settle(y)", x, pulse, 4, one_value);
	assert_double_equal(taken("rise_time(y, final=1)", x, pulse, 4), 0.8, 1e-14, 0);
	assert_double_equal(taken("fall_time(y, initial=1)", x, pulse, 4), 0.8, 1e-14, 0);
	assert_double_equal(taken("rise_time(y, to=1.5)", x, pulse, 4), 0.8, 1e-14, 0);
	assert_not_taken("rise_time(y, 90%, 10%, to=1.5)", x, pulse, 4,
			 "the low level is not below the high one");
}

static void edges_need_a_scale_that_goes_up(void **state)
{
	static const double down[] = {3, 2, 1}, turn[] = {0, 1, 0}, y[] = {0, 1, 2};
	(void)state;

	assert_not_taken("rise_time(y)", down, y, 3, "the scale goes down");
	assert_not_taken("fall_time(y)", turn, y, 3, not_monotone);
	assert_not_taken("rise_time(y)", NULL, y, 3, no_scale);
	assert_not_taken("settle(y)", turn, y, 3, not_monotone);
}

static void the_overshoot_of_a_second_order_step_is_known(void **state)
{
	double x[N], y[N];
	(void)state;

	fill_ringing(x, y);
	assert_double_equal(taken("overshoot(y)", x, y, N), 100 * exp(-M_PI * 0.5 / sqrt(0.75)),
			    1e-4, 0);
	for (int i = 0; i < N; i++)
		y[i] = 5 - 3 * y[i];
	assert_double_equal(taken("overshoot(y)", x, y, N), 100 * exp(-M_PI * 0.5 / sqrt(0.75)),
			    1e-4, 0);
}

static void what_goes_the_wrong_way_first_undershoots(void **state)
{
	static const double x[] = {0, 1, 2, 3}, up[] = {0, -1, 5, 4}, down[] = {4, 5, -1, 0};
	(void)state;

	assert_same_bits(taken("undershoot(y)", x, up, 4), 25);
	assert_same_bits(taken("overshoot(y)", x, up, 4), 25);
	assert_same_bits(taken("undershoot(y)", x, down, 4), 25);
	assert_same_bits(taken("overshoot(y)", x, down, 4), 25);
	assert_same_bits(taken("undershoot(y, from=1)", x, up, 4), 0);
	assert_same_bits(taken("overshoot(y, final=2)", x, up, 4), 150);
}

static void an_exponential_settles_to_its_band_in_ln_of_it(void **state)
{
	double x[N], y[N];
	(void)state;

	fill_exponential(x, y);
	assert_double_equal(taken("settle(y)", x, y, N), log(100), 1e-4, 0);
	assert_double_equal(taken("settle(y, 10%)", x, y, N), log(10), 1e-4, 0);
	assert_double_equal(taken("settle(y, 0.1, final=1)", x, y, N), log(10), 1e-4, 0);
	assert_double_equal(taken("settle(y, 0.1, final=1, from=1)", x, y, N), log(10) - 1, 1e-4,
			    0);
}

static void a_wave_in_its_band_settles_at_once_and_one_outside_never(void **state)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {0, 0.9, 1.05, 1};
	static const double bad[] = {0, NAN, 1, 1};
	(void)state;

	assert_same_bits(taken("settle(y, 2)", x, y, 4), 0);
	assert_not_taken("settle(y, 0.1, final=5)", x, y, 4, "does not settle");
	assert_double_equal(taken("settle(y, 0.2)", x, y, 4), 0.8 / 0.9, 1e-15, 0);
	assert_not_taken("settle(y)", x, bad, 4, not_a_number);
}

static void a_value_that_is_not_a_number_has_no_edges(void **state)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {0, NAN, 1, 2}, end[] = {0, 1, 2, NAN};
	(void)state;

	assert_not_taken("rise_time(y)", x, y, 4, not_a_number);
	assert_not_taken("overshoot(y)", x, y, 4, not_a_number);
	assert_not_taken("undershoot(y)", x, end, 4, not_a_number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rise_of_an_exponential_takes_ln_9_time_constants),
		cmocka_unit_test(the_fall_time_is_that_of_the_mirrored_rise),
		cmocka_unit_test(edges_are_counted_and_a_ripple_at_a_level_is_none),
		cmocka_unit_test(an_edge_begins_where_its_low_level_is_crossed_for_the_last_time),
		cmocka_unit_test(levels_in_per_cent_need_a_step),
		cmocka_unit_test(edges_need_a_scale_that_goes_up),
		cmocka_unit_test(the_overshoot_of_a_second_order_step_is_known),
		cmocka_unit_test(what_goes_the_wrong_way_first_undershoots),
		cmocka_unit_test(an_exponential_settles_to_its_band_in_ln_of_it),
		cmocka_unit_test(a_wave_in_its_band_settles_at_once_and_one_outside_never),
		cmocka_unit_test(a_value_that_is_not_a_number_has_no_edges),
	};

	return run_all_tests(tests);
}
