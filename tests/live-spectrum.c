/* SPDX-License-Identifier: BSD-3-Clause */
/* Spectra and harmonics against those that ngspice's own commands compute of the same waves. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "carom-spectrum.h"
#include "support-ng.h"
#include "support-session.h"

/* A rectifier: harmonics of every order.  1024 points of 1 us make 1 ms and 24 us. */
#define RECTIFIER                                                             \
	"t\nv1 in 0 sin(0.2 3 5k)\nd1 in out dm\nr1 out 0 1k\nc1 out 0 20n\n" \
	".model dm d\n.tran 1u 1023u 0 0.5u\n"

static void load_trusted(struct carom_session *session, const char *deck)
{
	const struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "deck.cir", &options, &err);
	carom_session_load(session, circuit, &err);
	assert_ok(&err);
	carom_circuit_free(circuit);
}

static struct carom_result *plots_of(struct carom_session *session, const char *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_trusted(session, deck);
	carom_session_plots(session, &result, &err);
	assert_ok(&err);
	return result;
}

static const struct carom_plot *plot_of(const struct carom_result *result, const char *name)
{
	const struct carom_plot *plot = carom_result_find_plot(result, name);

	assert_non_null(plot);
	return plot;
}

/* But for the factor n / (n - 1) of the frequencies and 2 of the average of earlier versions. */
static void assert_lines(const struct carom_plot *ours, const struct carom_plot *theirs,
			 const char *version, double tolerance)
{
	const double *a = carom_vector_complex(carom_plot_find_vector(ours, "v(out)"));
	const double *b = carom_vector_complex(carom_plot_find_vector(theirs, "out"));
	const double *frequency = carom_vector_real(carom_plot_scale(theirs));
	double average_factor = is_version_since(version, 43) ? 1 : 2;
	double factor = is_version_since(version, 46) ? 1 : 1023.0 / 1024;

	assert_int_equal(carom_plot_point_count(ours), 513);
	assert_int_equal(carom_plot_point_count(theirs), 513);
	assert_double_equal(average_factor * a[0], b[0], tolerance, 0);
	for (size_t k = 1; k < 512; k++) {
		assert_double_equal(a[2 * k], b[2 * k], 0, tolerance);
		assert_double_equal(a[2 * k + 1], b[2 * k + 1], 0, tolerance);
		assert_double_equal(carom_vector_real(carom_plot_scale(ours))[k],
				    frequency[k] * factor, 1e-9, 0);
	}
}

/* window: ngspice's name for it. */
static void compare_spectra(const char *window_name, enum carom_window window, double tolerance)
{
	const struct carom_spectrum_options options = {.size = sizeof(options),
						       .window = window,
						       .start = 0,
						       .stop = 1024e-6,
						       .n_points = 1024};
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *theirs, *ours;
	char deck[600];

	snprintf(deck, sizeof(deck),
		 RECTIFIER
		 ".control\nrun\nlinearize out\nset specwindow=%s\nfft out\n.endc\n.end\n",
		 window_name);
	theirs = plots_of(session, deck);
	carom_plot_spectrum(plot_of(theirs, "tran1"), &options, &ours, &err);
	assert_ok(&err);
	assert_lines(plot_of(ours, "spectrum"), carom_result_plot(theirs, 2),
		     carom_session_version(session), tolerance);
	carom_result_free(ours);
	carom_result_free(theirs);
	carom_session_close(session);
}

static void a_spectrum_is_that_of_linearize_and_fft(void **state)
{
	(void)state;
	compare_spectra("none", CAROM_WINDOW_RECTANGULAR, 1e-9);
}

/* ngspice's windows end with the last point, ours with the one behind it. */
static void windows_are_those_of_fft_but_for_a_point(void **state)
{
	(void)state;
	compare_spectra("hanning", CAROM_WINDOW_HANN, 5e-3);
	compare_spectra("blackman", CAROM_WINDOW_BLACKMAN, 5e-3);
	compare_spectra("flattop", CAROM_WINDOW_FLAT_TOP, 1e-2);
}

/* The table that ngspice prints: " 1   5000   2.5   -0.1   1   0". */
struct table {
	double thd_percent;
	struct carom_harmonic harmonics[10];
	size_t n;
};

static void read_line(void *arg, enum carom_log_level level, const char *line)
{
	struct table *table = arg;
	struct carom_harmonic *harmonic = &table->harmonics[table->n];
	const char *thd = strstr(line, "THD: ");
	size_t number;

	(void)level;
	if (thd)
		table->thd_percent = strtod(thd + 5, NULL);
	if (table->n < 10 &&
	    sscanf(line, " %zu %lf %lf %lf %lf %lf", &number, &harmonic->frequency,
		   &harmonic->magnitude, &harmonic->phase, &harmonic->norm_magnitude,
		   &harmonic->norm_phase) == 6 &&
	    number == table->n)
		table->n++;
}

static void harmonics_are_those_of_fourier(void **state)
{
	struct table table = {.n = 0};
	const struct carom_session_options options = {
		.size = sizeof(options), .log = read_line, .log_arg = &table};
	struct carom_session *session = open_session(&options);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	struct carom_fourier *ours;

	(void)state;
	load_trusted(session,
		     RECTIFIER ".control\nset numdgt=12\nrun\nfourier 5k v(out)\n.endc\n.end\n");
	result = run_loaded(session);
	carom_plot_fourier(plot_of(result, "tran1"), "v(out)", 5e3, NULL, &ours, &err);
	assert_ok(&err);
	assert_int_equal(table.n, 10);
	for (size_t k = 0; k < 10; k++) {
		const struct carom_harmonic *a = &ours->harmonics[k], *b = &table.harmonics[k];

		assert_double_equal(a->frequency, b->frequency, 1e-9, 0);
		assert_double_equal(a->magnitude, b->magnitude, 1e-8, 0);
		assert_double_equal(a->phase, b->phase, 1e-6, 1e-6);
		assert_double_equal(a->norm_magnitude, b->norm_magnitude, 1e-8, 0);
		assert_double_equal(a->norm_phase, b->norm_phase, 1e-6, 1e-6);
	}
	assert_double_equal(ours->thd_percent, table.thd_percent, 1e-5, 0);
	carom_fourier_free(ours);
	carom_result_free(result);
	carom_session_close(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spectrum_is_that_of_linearize_and_fft),
		cmocka_unit_test(windows_are_those_of_fft_but_for_a_point),
		cmocka_unit_test(harmonics_are_those_of_fourier),
	};

	return run_all_tests(tests);
}
