/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of margins and bandwidths against responses whose figures are known. */
#include <complex.h>

#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";

#define N 20001

/* Over 4 decades from 1 Hz, logarithmic; response of frequency / 1 Hz. */
static void fill(double *x, double *y, double complex response(double frequency))
{
	for (int i = 0; i < N; i++) {
		double complex value;

		x[i] = pow(10, 4.0 * i / (N - 1));
		value = response(x[i]);
		y[2 * i] = creal(value);
		y[2 * i + 1] = cimag(value);
	}
}

static void reverse(double *x, double *y)
{
	for (int i = 0; i < N / 2; i++) {
		double kept[] = {x[i], y[2 * i], y[2 * i + 1]};
		int j = N - 1 - i;

		x[i] = x[j];
		y[2 * i] = y[2 * j];
		y[2 * i + 1] = y[2 * j + 1];
		x[j] = kept[0];
		y[2 * j] = kept[1];
		y[2 * j + 1] = kept[2];
	}
}

static double complex three_poles(double f)
{
	double complex pole = 1 + I * f / 100;

	return 4 / (pole * pole * pole);
}

static double complex integrator(double f)
{
	return 100 / (I * f);
}

/* Two integrators and a zero: the phase begins at -180 degrees, on either side of it. */
static double complex two_integrators(double f)
{
	return -1e4 * (1 + I * f / 50) / (f * f) * (1 - 1e-9 * I);
}

static double complex inverting(double f)
{
	return -100 / (1 + I * f / 100);
}

static double complex low_pass(double f)
{
	return 5 / (1 + I * f / 300);
}

static double complex band_pass(double f)
{
	return 1 / (1 + I * 5 * (f / 100 - 100 / f));
}

static void three_equal_poles_have_known_margins(void **state)
{
	static double x[N], y[2 * N];
	double unity = 100 * sqrt(pow(4, 2 / 3.0) - 1);
	(void)state;

	fill(x, y, three_poles);
	assert_double_equal(taken_complex("unity_gain(y)", x, y, N), unity, 1e-6, 0);
	assert_double_equal(taken_complex("phase_margin(y)", x, y, N),
			    180 - 3 * atan(unity / 100) * 180 / M_PI, 0, 1e-4);
	assert_double_equal(taken_complex("gain_margin(y)", x, y, N), 20 * log10(8 / 4.0), 0, 1e-4);
}

static void a_sweep_that_goes_down_has_the_same_margins(void **state)
{
	static double x[N], y[2 * N];
	double unity, bandwidth;
	(void)state;

	fill(x, y, low_pass);
	unity = taken_complex("unity_gain(y)", x, y, N);
	bandwidth = taken_complex("bw3db(y)", x, y, N);
	reverse(x, y);
	assert_double_equal(taken_complex("unity_gain(y)", x, y, N), unity, 1e-12, 0);
	assert_double_equal(taken_complex("bw3db(y)", x, y, N), bandwidth, 1e-12, 0);
}

static void an_integrator_has_90_degrees_and_no_gain_margin(void **state)
{
	static double x[N], y[2 * N];
	(void)state;

	fill(x, y, integrator);
	assert_double_equal(taken_complex("phase_margin(y)", x, y, N), 90, 0, 1e-9);
	assert_not_taken_complex("gain_margin(y)", x, y, N, "the phase never crosses -180 degrees");
	assert_double_equal(taken_complex("unity_gain(y)", x, y, N), 100, 1e-6, 0);
}

static void a_phase_that_begins_at_180_degrees_counts_as_minus_180(void **state)
{
	static double x[N], y[2 * N];
	double unity;
	(void)state;

	fill(x, y, two_integrators);
	unity = taken_complex("unity_gain(y)", x, y, N);
	assert_double_equal(taken_complex("phase_margin(y)", x, y, N),
			    atan(unity / 50) * 180 / M_PI, 0, 1e-3);
}

static void an_inverting_loop_has_a_negative_margin(void **state)
{
	static double x[N], y[2 * N];
	(void)state;

	fill(x, y, inverting);
	assert_double_equal(taken_complex("phase_margin(y)", x, y, N), -atan(100) * 180 / M_PI, 0,
			    0.02);
}

static void of_several_crossings_the_least_margin_counts(void **state)
{
	/* the gain falls through 1, rises again and falls: phases -90, -135, -170 */
	static const double x[] = {1, 2, 3, 4};
	double y[8];
	static const double magnitudes[] = {4, 0.25, 4, 0.25}, phases[] = {-90, -90, -180, -160};
	(void)state;

	for (int i = 0; i < 4; i++) {
		y[2 * i] = magnitudes[i] * cos(phases[i] * M_PI / 180);
		y[2 * i + 1] = magnitudes[i] * sin(phases[i] * M_PI / 180);
	}
	assert_double_equal(taken_complex("phase_margin(y)", x, y, 4), 10, 0, 1e-9);
	assert_double_equal(taken_complex("unity_gain(y)", x, y, 4), 1.5, 1e-12, 0);
	assert_double_equal(taken_complex("phase_margin(y, to=2.2)", x, y, 4), 90, 0, 1e-9);
}

static void the_bandwidth_of_a_low_pass_is_its_pole(void **state)
{
	static double x[N], y[2 * N];
	(void)state;

	fill(x, y, low_pass);
	/* the gain at 1 Hz is not quite that at 0 */
	assert_double_equal(taken_complex("bw3db(y)", x, y, N), 300, 2e-5, 0);
}

static void the_bandwidth_of_a_band_pass_is_between_its_edges(void **state)
{
	static double x[N], y[2 * N];
	(void)state;

	fill(x, y, band_pass);
	assert_double_equal(taken_complex("bw3db(y)", x, y, N), 100 / 5.0, 1e-4, 0);
}

static void a_gain_that_does_not_come_down_has_no_bandwidth_and_no_margin(void **state)
{
	static const double x[] = {1, 2, 3}, y[] = {2, 0, 2, 0.1, 2, 0},
			    none[] = {0, 0, 0, 0, 0, 0};
	(void)state;

	assert_not_taken_complex("bw3db(y)", x, y, 3,
				 "the gain does not fall by 3 dB above its peak");
	assert_not_taken_complex("bw3db(y)", x, none, 3,
				 "the gain does not fall by 3 dB above its peak");
	assert_not_taken_complex("unity_gain(y)", x, y, 3, "the gain never falls through 1");
	assert_not_taken_complex("phase_margin(y)", x, y, 3, "the gain never crosses 1");
}

static void a_response_that_is_not_a_number_has_no_margin(void **state)
{
	static const double x[] = {1, 2, 3}, y[] = {2, 0, NAN, 0, 0.1, 0}, turn[] = {1, 2, 1};
	static const double first[] = {NAN, 0, 2, 0, 0.1, 0};
	static const char *const texts[] = {"phase_margin(y)", "gain_margin(y)", "unity_gain(y)",
					    "bw3db(y)"};
	(void)state;

	for (int i = 0; i < 4; i++) {
		assert_not_taken_complex(texts[i], x, y, 3, not_a_number);
		assert_not_taken_complex(texts[i], x, first, 3, not_a_number);
		assert_not_taken_complex(texts[i], turn, y, 3, not_monotone);
		assert_not_taken_complex(texts[i], NULL, y, 3, no_scale);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_equal_poles_have_known_margins),
		cmocka_unit_test(a_sweep_that_goes_down_has_the_same_margins),
		cmocka_unit_test(an_integrator_has_90_degrees_and_no_gain_margin),
		cmocka_unit_test(a_phase_that_begins_at_180_degrees_counts_as_minus_180),
		cmocka_unit_test(an_inverting_loop_has_a_negative_margin),
		cmocka_unit_test(of_several_crossings_the_least_margin_counts),
		cmocka_unit_test(the_bandwidth_of_a_low_pass_is_its_pole),
		cmocka_unit_test(the_bandwidth_of_a_band_pass_is_between_its_edges),
		cmocka_unit_test(a_gain_that_does_not_come_down_has_no_bandwidth_and_no_margin),
		cmocka_unit_test(a_response_that_is_not_a_number_has_no_margin),
	};

	return run_all_tests(tests);
}
