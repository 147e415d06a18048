/* SPDX-License-Identifier: BSD-3-Clause */
/* Harmonics of known waves, and what has none. */
#include <math.h>
#include <string.h>

#include "carom-spectrum.h"
#include "sim/plot.h"
#include "support-circuit.h"

enum { N = 4001 };

/* 4 ms in equal steps: a square wave of 1 V and 1 kHz, a sine with two harmonics, and a constant. */
static struct carom_result *make_tran(void)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "waves", 4);
	double *time = plot_add_vector(plot, "time", "s", false, N);
	double *square = plot_add_vector(plot, "v(square)", "V", false, N);
	double *sine = plot_add_vector(plot, "v(sine)", "V", false, N);

	plot_add_vector(plot, "b", "", false, 1)[0] = 7;
	plot_set_scale(plot, 0);
	for (size_t i = 0; i < N; i++) {
		double angle = 2 * M_PI * 1e3 * (4e-3 * (double)i / (N - 1));

		time[i] = 4e-3 * (double)i / (N - 1);
		square[i] = i % 1000 < 500 ? 1 : -1;
		sine[i] = 5 + 2 * sin(angle + 0.3) + 0.2 * cos(2 * angle) + 0.1 * sin(5 * angle);
	}
	return result;
}

static struct carom_fourier *analyse(const char *vector, size_t n_harmonics, size_t n_points,
				     size_t n_periods)
{
	const struct carom_fourier_options options = {.size = sizeof(options),
						      .n_harmonics = n_harmonics,
						      .n_points = n_points,
						      .n_periods = n_periods};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *of = make_tran();
	struct carom_fourier *fourier;

	carom_plot_fourier(carom_result_plot(of, 0), vector, 1e3, &options, &fourier, &err);
	assert_ok(&err);
	carom_result_free(of);
	return fourier;
}

static void harmonics_are_those_of_the_wave(void **state)
{
	struct carom_fourier *fourier = analyse("sine", 0, 0, 0);
	const struct carom_harmonic *all = fourier->harmonics;

	(void)state;
	assert_string_equal(fourier->vector, "v(sine)");
	assert_int_equal(fourier->n_harmonics, 10);
	assert_int_equal(fourier->n_points, 200);
	assert_double_equal(all[0].magnitude, 5, 1e-12, 0);
	assert_double_equal(all[0].frequency, 0, 0, 0);
	assert_double_equal(all[1].magnitude, 2, 1e-12, 0);
	assert_double_equal(all[1].phase, 0.3 * 180 / M_PI, 1e-12, 0);
	assert_double_equal(all[1].norm_magnitude, 1, 0, 0);
	assert_double_equal(all[1].norm_phase, 0, 0, 0);
	assert_double_equal(all[2].frequency, 2e3, 1e-15, 0);
	assert_double_equal(all[2].magnitude, 0.2, 1e-11, 0);
	assert_double_equal(all[2].phase, 90, 1e-9, 0);
	assert_double_equal(all[2].norm_phase, 90 - 0.3 * 180 / M_PI, 1e-9, 0);
	assert_double_equal(all[5].norm_magnitude, 0.05, 1e-10, 0);
	assert_double_equal(all[3].magnitude, 0, 0, 1e-12);
	assert_double_equal(fourier->thd_percent, 100 * hypot(0.1, 0.05), 1e-9, 0);
	carom_fourier_free(fourier);
}

/* 4 / (pi k) for odd k; sampled at n equal steps 4 / (n sin(pi k / n)), which tends to it. */
static void a_square_wave_has_the_odd_harmonics(void **state)
{
	const size_t n = 1000;
	struct carom_fourier *fourier = analyse("v(square)", 12, n, 3);

	(void)state;
	assert_int_equal(fourier->n_harmonics, 12);
	for (size_t k = 0; k < 12; k++) {
		double sampled = 4 / ((double)n * sin(M_PI * (double)k / (double)n));

		if (k % 2 == 0) {
			assert_double_equal(fourier->harmonics[k].magnitude, 0, 0, 1e-12);
			continue;
		}
		assert_double_equal(fourier->harmonics[k].magnitude, sampled, 1e-9, 0);
		assert_double_equal(fourier->harmonics[k].magnitude, 4 / M_PI / (double)k, 1e-3, 0);
	}
	carom_fourier_free(fourier);
}

static void an_expression_has_harmonics_as_a_vector_has(void **state)
{
	struct carom_fourier *vector = analyse("v(sine)", 0, 500, 1);
	struct carom_fourier *twice = analyse("2 * v(sine) - 10", 0, 500, 1);

	(void)state;
	assert_string_equal(twice->vector, "2 * v(sine) - 10");
	assert_double_equal(twice->harmonics[0].magnitude, 0, 0, 1e-12);
	for (size_t k = 1; k < 10; k++)
		assert_double_equal(twice->harmonics[k].magnitude,
				    2 * vector->harmonics[k].magnitude, 1e-11, 1e-12);
	carom_fourier_free(vector);
	carom_fourier_free(twice);
}

static void several_periods_give_the_same_harmonics(void **state)
{
	struct carom_fourier *one = analyse("v(sine)", 0, 500, 1);
	struct carom_fourier *four = analyse("v(sine)", 0, 500, 4);

	(void)state;
	for (size_t k = 0; k < 10; k++) {
		assert_double_equal(one->harmonics[k].magnitude, four->harmonics[k].magnitude,
				    1e-11, 1e-12);
		assert_double_equal(one->harmonics[k].frequency, four->harmonics[k].frequency, 0,
				    0);
	}
	assert_double_equal(one->thd_percent, four->thd_percent, 1e-11, 0);
	carom_fourier_free(one);
	carom_fourier_free(four);
}

static void assert_refused_fourier(const char *vector, double frequency, enum carom_status status,
				   const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *of = make_tran();
	struct carom_fourier *fourier = (void *)of;

	assert_int_equal(carom_plot_fourier(carom_result_plot(of, 0), vector, frequency, NULL,
					    &fourier, &err),
			 status);
	assert_string_equal(err.text, message);
	assert_null(fourier);
	carom_result_free(of);
}

static void what_has_no_harmonics_is_refused(void **state)
{
	(void)state;
	assert_refused_fourier("v(sine)", 0, CAROM_ERROR_ARGUMENT,
			       "0 Hz is no fundamental frequency");
	assert_refused_fourier("v(sine)", NAN, CAROM_ERROR_ARGUMENT,
			       "nan Hz is no fundamental frequency");
	assert_refused_fourier("v(sine)", 200, CAROM_ERROR_ARGUMENT,
			       "tran1 lasts 0.004 s, and 1 period of 200 Hz 0.005 s");
	assert_refused_fourier("v(none)", 1e3, CAROM_ERROR_VECTOR, "tran1 has no vector v(none)");
	assert_refused_fourier("b", 1e3, CAROM_ERROR_VECTOR,
			       "b is no real vector over the time of tran1");
}

static void what_is_not_over_time_is_refused(void **state)
{
	struct carom_result *of = result_new();
	struct carom_plot *plot = result_add_plot(of, "op1", "waves", 1);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_fourier *fourier;

	(void)state;
	plot_add_vector(plot, "v(a)", "V", false, 1)[0] = 1;
	assert_int_equal(carom_plot_fourier(plot, "v(a)", 1e3, NULL, &fourier, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "op1 is not over time");
	carom_result_free(of);
}

static int attempt(void *arg)
{
	struct carom_result *of = arg;
	struct carom_fourier *fourier;
	int status =
		carom_plot_fourier(carom_result_plot(of, 0), "v(sine)", 1e3, NULL, &fourier, NULL);

	carom_fourier_free(fourier);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	struct carom_result *of = make_tran();

	(void)state;
	assert_survives_no_memory(attempt, of);
	carom_result_free(of);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harmonics_are_those_of_the_wave),
		cmocka_unit_test(a_square_wave_has_the_odd_harmonics),
		cmocka_unit_test(several_periods_give_the_same_harmonics),
		cmocka_unit_test(an_expression_has_harmonics_as_a_vector_has),
		cmocka_unit_test(what_has_no_harmonics_is_refused),
		cmocka_unit_test(what_is_not_over_time_is_refused),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
