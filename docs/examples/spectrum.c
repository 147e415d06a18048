/* SPDX-License-Identifier: BSD-3-Clause */
/* The spectrum of a clipped sine, and its distortion. */
#include <carom.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char deck[] = "clipper\nv1 in 0 sin(0 1 1k)\nr1 in out 1k\nd1 out 0 dd\nd2 0 out dd\n"
			   ".model dd d(is=1e-9)\n.tran 1u 12m 0 1u\n.end\n";

/* The lines at 1, 2, ... kHz of ten periods, after two that it needs to settle. */
static void print_lines(const struct carom_plot *tran, struct carom_error *err)
{
	const struct carom_spectrum_options options = {.size = sizeof(options),
						       .window = CAROM_WINDOW_HANN,
						       .start = 2e-3,
						       .stop = 12e-3,
						       .n_points = 8192};
	struct carom_result *result;

	if (carom_plot_spectrum(tran, &options, &result, err))
		return;
	const struct carom_plot *spectrum = carom_result_plot(result, 0);
	const double *f = carom_vector_real(carom_plot_scale(spectrum));
	const double *out = carom_vector_complex(carom_plot_find_vector(spectrum, "v(out)"));
	for (size_t i = 10; i <= 50; i += 10) /* one line for each 100 Hz */
		printf("%4.0f Hz %7.2f mV\n", f[i], 1e3 * hypot(out[2 * i], out[2 * i + 1]));
	carom_result_free(result);
}

static void print_distortion(const struct carom_plot *tran, struct carom_error *err)
{
	struct carom_fourier *fourier;

	if (carom_plot_fourier(tran, "v(out)", 1e3, NULL, &fourier, err) == CAROM_OK)
		printf("distortion %.1f %%\n", fourier->thd_percent);
	carom_fourier_free(fourier);
}

int main(void)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_session *session;
	struct carom_result *result;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "clipper", NULL, &err);
	carom_session_open(&session, NULL, &err);
	carom_session_load(session, circuit, &err);
	if (carom_session_run(session, &result, &err) == CAROM_OK) {
		print_lines(carom_result_plot(result, 0), &err);
		print_distortion(carom_result_plot(result, 0), &err);
	}
	if (err.status)
		fprintf(stderr, "spectrum: %s\n", err.text);
	carom_result_free(result);
	carom_session_close(session);
	carom_circuit_free(circuit);
	return err.status != CAROM_OK;
}
