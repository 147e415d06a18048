/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the distortion against sums of sines, a naive transform and numpy. */
#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char not_finite[] = "the result is not a finite number";
static const char no_scale[] = "there is no scale to measure over";

#define N 40001

/* Four periods of 1 Hz with second and third harmonics and an offset, time not even. */
static void fill(double *x, double *y)
{
	for (int i = 0; i < N; i++) {
		double t = 4.0 * i / (N - 1), phase;

		x[i] = t + 2e-5 * sin(1000 * t) * (i > 0 && i < N - 1);
		phase = 2 * M_PI * x[i];
		y[i] = 7 + 2 * sin(phase + 0.3) + 0.2 * cos(2 * phase) + 0.06 * sin(3 * phase);
	}
}

static void the_distortion_of_known_harmonics_is_known(void **state)
{
	static double x[N], y[N];
	(void)state;

	fill(x, y);
	assert_double_equal(taken("thd(y, 1)", x, y, N), 100 * hypot(0.1, 0.03), 1e-6, 0);
	assert_double_equal(taken("thd(y, 1, 2)", x, y, N), 10, 1e-6, 0);
	assert_double_equal(taken("thd(y, 1, 9, 4)", x, y, N), 100 * hypot(0.1, 0.03), 1e-6, 0);
	assert_double_equal(taken("thd(y, 1, points=1000, to=2.35)", x, y, N),
			    100 * hypot(0.1, 0.03), 1e-6, 0);
}

static void a_square_wave_has_the_distortion_of_its_odd_harmonics(void **state)
{
	/* of 1/3, 1/5, 1/7, 1/9 by the sum over 200 points, from numpy.fft.rfft */
	static const double x[] = {0, 0.5, 0.5, 1}, y[] = {1, 1, -1, -1};
	(void)state;

	assert_double_equal(taken("thd(y, 1)", x, y, 4), 42.92142942712552, 1e-12, 0);
}

static void what_is_shorter_than_its_periods_has_no_distortion(void **state)
{
	static double x[N], y[N];
	(void)state;

	fill(x, y);
	assert_not_taken("thd(y, 0.2)", x, y, N, "is shorter than the periods");
	assert_not_taken("thd(y, 1, 9, 5)", x, y, N, "is shorter than the periods");
	assert_not_taken("thd(y, 1, to=0.5)", x, y, N, "is shorter than the periods");
}

static void arguments_that_make_no_sense_are_told(void **state)
{
	static const double x[] = {0, 1, 2}, down[] = {2, 1, 0}, y[] = {0, 1, 0};
	static const char counts[] = "periods and points are no whole numbers, or too many";
	static const char harmonics[] = "the harmonics are no whole number from 2 to 100";
	(void)state;

	assert_not_taken("thd(y, 0)", x, y, 3, "the fundamental frequency is not positive");
	assert_not_taken("thd(y, -1)", x, y, 3, "the fundamental frequency is not positive");
	assert_not_taken("thd(y, 1, 1)", x, y, 3, harmonics);
	assert_not_taken("thd(y, 1, 101)", x, y, 3, harmonics);
	assert_not_taken("thd(y, 1, 2.5)", x, y, 3, harmonics);
	assert_not_taken("thd(y, 1, 9, 1.5)", x, y, 3, counts);
	assert_not_taken("thd(y, 1, 9, 1, 0)", x, y, 3, counts);
	assert_not_taken("thd(y, 1, 9, 1, 2meg)", x, y, 3, counts);
	assert_not_taken("thd(y, 1)", down, y, 3, "is not over time");
	assert_not_taken("thd(y, 1)", x, y, 1, "is not over time");
	assert_not_taken("thd(y, 1)", NULL, y, 3, no_scale);
}

static void no_signal_has_no_distortion(void **state)
{
	static const double x[] = {0, 1, 2}, zero[] = {0, 0, 0}, bad[] = {0, NAN, 0};
	(void)state;

	assert_not_taken("thd(y, 1)", x, zero, 3, not_finite);
	assert_not_taken("thd(y, 1)", x, bad, 3, not_a_number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_distortion_of_known_harmonics_is_known),
		cmocka_unit_test(a_square_wave_has_the_distortion_of_its_odd_harmonics),
		cmocka_unit_test(what_is_shorter_than_its_periods_has_no_distortion),
		cmocka_unit_test(arguments_that_make_no_sense_are_told),
		cmocka_unit_test(no_signal_has_no_distortion),
	};

	return run_all_tests(tests);
}
