/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of periods, frequencies and duty cycles. */
#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";

static void the_period_is_the_mean_of_the_whole_ones(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4, 5, 6, 7}, y[] = {-1, 1, -1, 1, -1, -1, 1, -1};
	(void)state;

	assert_same_bits(taken("period(y)", x, y, 8), 2.5); /* rises at 0.5, 2.5, 5.5 */
	assert_same_bits(taken("frequency(y)", x, y, 8), 0.4);
	assert_same_bits(taken("period(y, from=1)", x, y, 8), 3);
	assert_same_bits(taken("period(y, 0.5)", x, y, 8), 2.5);
	assert_same_bits(taken("period(y, 75%)", x, y, 8), 2.5);
}

static void the_frequency_of_a_sine_is_found_between_its_points(void **state)
{
	double x[997], y[997];
	(void)state;

	for (int i = 0; i < 997; i++) {
		x[i] = i * 1e-5;
		y[i] = 3 + sin(2 * M_PI * 1234.5 * x[i] + 1);
	}
	assert_double_equal(taken("frequency(y)", x, y, 997), 1234.5, 1e-5, 0);
	assert_double_equal(taken("duty(y, 3)", x, y, 997), 50, 1e-3, 0);
	assert_double_equal(taken("duty(y, 3.5)", x, y, 997), 100 / 3.0, 1e-3, 0);
}

static void the_duty_is_the_share_above_the_level(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4, 5, 6}, y[] = {0, 8, 8, 0, 0, 8, 8};
	static const double down[] = {6, 5, 4, 3, 2, 1, 0};
	(void)state;

	assert_same_bits(taken("duty(y)", x, y, 7), 50);      /* 2 of 4: 0.5 - 2.5 - 4.5 */
	assert_same_bits(taken("duty(y, 6)", x, y, 7), 37.5); /* 0.75 - 2.25 - 4.75 */
	assert_same_bits(taken("duty(y)", down, y, 7), 50);
	assert_same_bits(taken("period(y)", down, y, 7), 4);
}

static void one_rise_is_no_period(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {0, 1, 0}, flat[] = {1, 1, 1};
	static const double bad[] = {0, NAN, 1}, turn[] = {0, 1, 0};
	static const char none[] = "has no whole period";
	(void)state;

	assert_not_taken("period(y)", x, y, 3, none);
	assert_not_taken("frequency(y)", x, flat, 3, none);
	assert_not_taken("duty(y, 5)", x, y, 3, none);
	assert_not_taken("duty(y)", x, bad, 3, not_a_number);
	assert_not_taken("period(y)", turn, y, 3, not_monotone);
	assert_not_taken("period(y)", NULL, y, 3, no_scale);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_period_is_the_mean_of_the_whole_ones),
		cmocka_unit_test(the_frequency_of_a_sine_is_found_between_its_points),
		cmocka_unit_test(the_duty_is_the_share_above_the_level),
		cmocka_unit_test(one_rise_is_no_period),
	};

	return run_all_tests(tests);
}
