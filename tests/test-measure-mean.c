/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of means and integrals. */
#include "support-measure.h"

static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";

static void the_average_weighs_each_stretch_by_its_length(void **state)
{
	static const double x[] = {0, 1, 4};
	static const double y[] = {0, 2, 2};
	(void)state;

	assert_double_equal(taken("avg(y)", x, y, 3), (1 + 6) / 4.0, 1e-15, 0);
}

static void the_rms_is_the_trapezoid_rule_over_squares(void **state)
{
	static const double x[] = {0, 1, 3};
	static const double y[] = {3, -1, 1};
	(void)state;

	assert_double_equal(taken("rms(y)", x, y, 3), sqrt((5 + 2) / 3.0), 1e-15, 0);
}

static void the_rms_of_a_sine_is_its_amplitude_over_root_two(void **state)
{
	double x[1001], y[1001];
	(void)state;

	for (int i = 0; i <= 1000; i++) {
		x[i] = i * 1e-6;
		y[i] = 5 * sin(2 * M_PI * i / 1000);
	}
	assert_double_equal(taken("rms(y)", x, y, 1001), 5 / sqrt(2), 1e-12, 0);
	assert_double_equal(taken("avg(y)", x, y, 1001), 0, 0, 1e-12);
}

static void a_scale_that_goes_down_gives_the_same_means(void **state)
{
	static const double x[] = {4, 1, 0};
	static const double y[] = {2, 2, 0};
	(void)state;

	assert_double_equal(taken("avg(y)", x, y, 3), 1.75, 1e-15, 0);
	assert_double_equal(taken("rms(y)", x, y, 3), sqrt((2 + 12) / 4.0), 1e-15, 0);
}

static void the_integral_is_upwards_whichever_way_the_sweep_went(void **state)
{
	static const double x[] = {0, 1, 4}, y[] = {0, 2, 2};
	static const double down[] = {4, 1, 0}, back[] = {2, 2, 0};
	(void)state;

	assert_same_bits(taken("integral(y)", x, y, 3), 7);
	assert_same_bits(taken("integral(y)", down, back, 3), 7);
	assert_same_bits(taken("integral(y, from=0.5, to=2)", x, y, 3), 0.75 + 2);
	assert_same_bits(taken("integral(y, from=0.5, to=2)", down, back, 3), 0.75 + 2);
}

static void means_of_a_window_are_those_of_the_stretch(void **state)
{
	static const double x[] = {0, 2, 3}, y[] = {0, 4, 4};
	(void)state;

	assert_same_bits(taken("avg(y, from=1)", x, y, 3), (3 + 4) / 2.0);
	assert_same_bits(taken("avg(y, to=1)", x, y, 3), 1);
	assert_double_equal(taken("rms(y, from=0.5, to=1.5)", x, y, 3), sqrt((1 + 9) / 2.0), 1e-15,
			    0);
}

static void what_spans_nothing_has_no_mean_and_no_integral(void **state)
{
	static const double flat[] = {2, 2}, turn[] = {0, 1, 0}, y[] = {1, 2, 3};
	(void)state;

	assert_not_taken("integral(y)", flat, y, 2, "the scale spans nothing");
	assert_not_taken("avg(y)", flat, y, 2, "the scale spans nothing");
	assert_not_taken("integral(y)", turn, y, 3, not_monotone);
	assert_not_taken("integral(y)", NULL, y, 3, no_scale);
	assert_not_taken("rms(y)", NULL, y, 3, no_scale);
}

static void one_point_has_no_integral(void **state)
{
	static const double x[] = {1}, y[] = {3};
	(void)state;

	assert_not_taken("integral(y)", NULL, y, 1, no_scale);
	assert_not_taken("integral(y)", x, y, 1, "the scale spans nothing");
	assert_same_bits(taken("rms(y)", x, y, 1), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_average_weighs_each_stretch_by_its_length),
		cmocka_unit_test(the_rms_is_the_trapezoid_rule_over_squares),
		cmocka_unit_test(the_rms_of_a_sine_is_its_amplitude_over_root_two),
		cmocka_unit_test(a_scale_that_goes_down_gives_the_same_means),
		cmocka_unit_test(the_integral_is_upwards_whichever_way_the_sweep_went),
		cmocka_unit_test(means_of_a_window_are_those_of_the_stretch),
		cmocka_unit_test(what_spans_nothing_has_no_mean_and_no_integral),
		cmocka_unit_test(one_point_has_no_integral),
	};

	return run_all_tests(tests);
}
