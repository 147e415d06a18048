/* SPDX-License-Identifier: BSD-3-Clause */
/* Spectra of known waves, and what has none. */
#include <math.h>
#include <string.h>

#include "carom-spectrum.h"
#include "sim/plot.h"
#include "support-circuit.h"

enum { N = 1001 };

/* 1 ms in equal steps: 3 + 2 cos(2 pi 5k t + 0.5) + 0.5 sin(2 pi 20k t), and a vector of one value. */
static struct carom_result *make_tran(void)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "waves", 4);
	double *time = plot_add_vector(plot, "time", "s", false, N);
	double *wave = plot_add_vector(plot, "v(a)", "V", false, N);
	double *other = plot_add_vector(plot, "i(v1)", "A", false, N);

	plot_add_vector(plot, "b", "", false, 1)[0] = 7;
	plot_set_scale(plot, 0);
	for (size_t i = 0; i < N; i++) {
		time[i] = 1e-3 * (double)i / (N - 1);
		wave[i] = 3 + 2 * cos(2 * M_PI * 5e3 * time[i] + 0.5) +
			  0.5 * sin(2 * M_PI * 20e3 * time[i]);
		other[i] = 1e-3;
	}
	return result;
}

static struct carom_result *take_spectrum(enum carom_window window, size_t n_points)
{
	struct carom_spectrum_options options = {
		.size = sizeof(options), .window = window, .n_points = n_points};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *of = make_tran(), *result;

	carom_plot_spectrum(carom_result_plot(of, 0), &options, &result, &err);
	assert_ok(&err);
	carom_result_free(of);
	return result;
}

static void assert_line(const struct carom_result *result, const char *name, size_t k, double re,
			double im, double tolerance)
{
	const double *lines =
		carom_vector_complex(carom_plot_find_vector(carom_result_plot(result, 0), name));

	assert_non_null(lines);
	assert_double_equal(lines[2 * k], re, 0, tolerance);
	assert_double_equal(lines[2 * k + 1], im, 0, tolerance);
}

static void lines_have_height_and_phase_of_the_waves(void **state)
{
	struct carom_result *result = take_spectrum(CAROM_WINDOW_RECTANGULAR, 1000);
	const struct carom_plot *plot = carom_result_plot(result, 0);

	(void)state;
	assert_string_equal(carom_plot_name(plot), "spectrum");
	assert_string_equal(carom_plot_title(plot), "waves");
	assert_int_equal(carom_plot_point_count(plot), 501);
	assert_string_equal(carom_vector_name(carom_plot_scale(plot)), "frequency");
	assert_string_equal(carom_vector_unit(carom_plot_scale(plot)), "Hz");
	assert_double_equal(carom_vector_real(carom_plot_scale(plot))[5], 5e3, 1e-12, 0);
	assert_string_equal(carom_vector_unit(carom_plot_find_vector(plot, "v(a)")), "V");
	assert_line(result, "v(a)", 0, 3, 0, 1e-12);
	assert_line(result, "v(a)", 5, 2 * cos(0.5), 2 * sin(0.5), 1e-12);
	assert_line(result, "v(a)", 20, 0, -0.5, 1e-12);
	assert_line(result, "v(a)", 7, 0, 0, 1e-12);
	assert_line(result, "i(v1)", 0, 1e-3, 0, 1e-15);
	carom_result_free(result);
}

static void windows_keep_the_height_of_lines(void **state)
{
	(void)state;
	for (int window = CAROM_WINDOW_HANN; window <= CAROM_WINDOW_FLAT_TOP; window++) {
		struct carom_result *result = take_spectrum((enum carom_window)window, 1000);

		assert_line(result, "v(a)", 5, 2 * cos(0.5), 2 * sin(0.5), 1e-12);
		assert_line(result, "v(a)", 20, 0, -0.5, 1e-12);
		assert_line(result, "v(a)", 12, 0, 0, 1e-12);
		carom_result_free(result);
	}
}

/* The neighbours of a line are the halves of the window's coefficients. */
static void windows_spread_lines_as_their_formulas_say(void **state)
{
	const double spread[][2] = {[CAROM_WINDOW_HANN] = {-0.5, 0},
				    [CAROM_WINDOW_HAMMING] = {-0.23 / 0.54, 0},
				    [CAROM_WINDOW_BLACKMAN] = {-0.25 / 0.42, 0.04 / 0.42},
				    [CAROM_WINDOW_FLAT_TOP] = {-0.965, 0.645}};

	(void)state;
	for (int window = CAROM_WINDOW_HANN; window <= CAROM_WINDOW_FLAT_TOP; window++) {
		struct carom_result *result = take_spectrum((enum carom_window)window, 1000);

		for (size_t k = 1; k <= 2; k++)
			assert_line(result, "v(a)", 20 + k, 0, -0.5 * spread[window][k - 1], 1e-12);
		carom_result_free(result);
	}
}

static void other_numbers_of_points_give_the_same_lines(void **state)
{
	struct carom_result *result = take_spectrum(CAROM_WINDOW_RECTANGULAR, 0);

	(void)state;
	assert_int_equal(carom_plot_point_count(carom_result_plot(result, 0)), 513);
	assert_line(result, "v(a)", 5, 2 * cos(0.5), 2 * sin(0.5), 1e-3);
	carom_result_free(result);
	result = take_spectrum(CAROM_WINDOW_RECTANGULAR, 999);
	assert_int_equal(carom_plot_point_count(carom_result_plot(result, 0)), 500);
	assert_line(result, "v(a)", 20, 0, -0.5, 3e-3);
	carom_result_free(result);
}

/* cos(pi i): the last line stands for one of the transform. */
static void the_fastest_wave_keeps_its_height(void **state)
{
	struct carom_result *of = result_new(), *result;
	struct carom_plot *plot = result_add_plot(of, "tran1", "waves", 2);
	struct carom_error err = CAROM_ERROR_INIT;
	const struct carom_spectrum_options options = {
		.size = sizeof(options), .stop = 4, .n_points = 4};

	(void)state;
	memcpy(plot_add_vector(plot, "time", "s", false, 5), (double[]){0, 1, 2, 3, 4}, 40);
	memcpy(plot_add_vector(plot, "v(a)", "V", false, 5), (double[]){1, -1, 1, -1, 1}, 40);
	plot_set_scale(plot, 0);
	carom_plot_spectrum(carom_result_plot(of, 0), &options, &result, &err);
	assert_ok(&err);
	assert_int_equal(carom_plot_point_count(carom_result_plot(result, 0)), 3);
	assert_line(result, "v(a)", 2, 1, 0, 1e-15);
	carom_result_free(of);
	carom_result_free(result);
}

static void a_stretch_has_a_spectrum_of_its_own(void **state)
{
	const struct carom_spectrum_options options = {
		.size = sizeof(options), .start = 0.4e-3, .stop = 0.6e-3, .n_points = 200};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *of = make_tran(), *result;

	(void)state;
	carom_plot_spectrum(carom_result_plot(of, 0), &options, &result, &err);
	assert_ok(&err);
	assert_double_equal(carom_vector_real(carom_plot_scale(carom_result_plot(result, 0)))[1],
			    5e3, 1e-12, 0);
	assert_line(result, "v(a)", 1, 2 * cos(0.5), 2 * sin(0.5), 1e-10);
	carom_result_free(of);
	carom_result_free(result);
}

static void assert_refused_spectrum(const struct carom_spectrum_options *options,
				    const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *of = make_tran(), *result = of;

	assert_int_equal(carom_plot_spectrum(carom_result_plot(of, 0), options, &result, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, message);
	assert_null(result);
	carom_result_free(of);
}

static void a_stretch_that_is_not_there_is_refused(void **state)
{
	struct carom_spectrum_options options = {
		.size = sizeof(options), .stop = 2e-3, .n_points = 4};

	(void)state;
	assert_refused_spectrum(&options,
				"point 3 of the grid is at 0.0015, outside of 0 to 0.001");
	options.start = 3e-3;
	assert_refused_spectrum(&options,
				"there is nothing from 0.003 s to 0.002 s to take a spectrum of");
}

static void an_unknown_window_is_refused(void **state)
{
	struct carom_spectrum_options options = {.size = sizeof(options),
						 .window = (enum carom_window)5};

	(void)state;
	assert_refused_spectrum(&options, "there is no window number 5");
}

static void what_is_not_over_time_is_refused(void **state)
{
	struct carom_result *of = result_new(), *result;
	struct carom_plot *plot = result_add_plot(of, "dc1", "waves", 1);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	plot_add_vector(plot, "v-sweep", "V", false, 1)[0] = 1;
	plot_set_scale(plot, 0);
	assert_int_equal(carom_plot_spectrum(plot, NULL, &result, &err), CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "dc1 is not over time");
	assert_string_equal(err.hint, "a spectrum is taken of a transient");
	carom_result_free(of);
}

static int attempt(void *arg)
{
	struct carom_result *of = arg, *result;
	int status = carom_plot_spectrum(carom_result_plot(of, 0), NULL, &result, NULL);

	carom_result_free(result);
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
		cmocka_unit_test(lines_have_height_and_phase_of_the_waves),
		cmocka_unit_test(windows_keep_the_height_of_lines),
		cmocka_unit_test(windows_spread_lines_as_their_formulas_say),
		cmocka_unit_test(other_numbers_of_points_give_the_same_lines),
		cmocka_unit_test(the_fastest_wave_keeps_its_height),
		cmocka_unit_test(a_stretch_has_a_spectrum_of_its_own),
		cmocka_unit_test(a_stretch_that_is_not_there_is_refused),
		cmocka_unit_test(an_unknown_window_is_refused),
		cmocka_unit_test(what_is_not_over_time_is_refused),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
