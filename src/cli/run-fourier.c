/* SPDX-License-Identifier: BSD-3-Clause */
/* What the .four cards of a deck ask for, printed as ngspice -b prints it, or as JSON. */
#include <string.h>

#include "run.h"

enum { WIDTH = 11, DIGITS = 6 };

/* A sign takes the place of a digit. */
static void print_number(double value)
{
	char text[40];

	snprintf(text, sizeof(text), "%.*g", value < 0 ? DIGITS - 1 : DIGITS, value);
	printf(" %-*s", WIDTH, text);
}

static void print_words(const char *first, const char *const words[5])
{
	printf("%s", first);
	for (int i = 0; i < 5; i++)
		printf(" %-*s", WIDTH, words[i]);
	printf("\n");
}

static void print_fourier(const struct carom_fourier *fourier)
{
	static const char *const names[] = {"Frequency", "Magnitude", "Phase", "Norm. Mag",
					    "Norm. Phase"};
	static const char *const lines[] = {"---------", "---------", "-----", "---------",
					    "-----------"};

	printf("Fourier analysis for %s:\n", fourier->vector);
	printf("  No. Harmonics: %zu, THD: %g %%, Gridsize: %zu, Interpolation Degree: 1\n\n",
	       fourier->n_harmonics, fourier->thd_percent, fourier->n_points);
	print_words("Harmonic", names);
	print_words("--------", lines);
	for (size_t k = 0; k < fourier->n_harmonics; k++) {
		const struct carom_harmonic *harmonic = &fourier->harmonics[k];

		printf(" %-4zu   ", k);
		print_number(harmonic->frequency);
		print_number(harmonic->magnitude);
		print_number(harmonic->phase);
		print_number(harmonic->norm_magnitude);
		print_number(harmonic->norm_phase);
		printf("\n");
	}
	printf("\n");
}

/* ngspice takes the last transient. */
static const struct carom_plot *find_transient(const struct carom_result *result)
{
	for (size_t i = carom_result_plot_count(result); i-- > 0;) {
		const struct carom_plot *plot = carom_result_plot(result, i);

		if (strncmp(carom_plot_name(plot), "tran", 4) == 0)
			return plot;
	}
	return NULL;
}

static json_t *fourier_to_json(const struct carom_fourier *fourier, const char *plot)
{
	json_t *harmonics = json_array();

	for (size_t k = 0; k < fourier->n_harmonics; k++) {
		const struct carom_harmonic *harmonic = &fourier->harmonics[k];

		json_array_append_new(
			harmonics,
			json_pack("{s:o, s:o, s:o, s:o, s:o}", "frequency",
				  command_json_number(harmonic->frequency), "magnitude",
				  command_json_number(harmonic->magnitude), "phase",
				  command_json_number(harmonic->phase), "norm_magnitude",
				  command_json_number(harmonic->norm_magnitude), "norm_phase",
				  command_json_number(harmonic->norm_phase)));
	}
	return json_pack("{s:s, s:s, s:o, s:I, s:o}", "plot", plot, "vector", fourier->vector,
			 "thd_percent", command_json_number(fourier->thd_percent), "gridsize",
			 (json_int_t)fourier->n_points, "harmonics", harmonics);
}

/* Into json, or printed if that is NULL. */
static int show(const struct carom_circuit *circuit, const struct carom_plot *plot, size_t index,
		json_t *json)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_fourier *fourier;
	struct carom_four four;

	if (carom_circuit_four(circuit, index, &four, &err) ||
	    carom_plot_fourier(plot, four.vector, four.frequency, NULL, &fourier, &err)) {
		fprintf(stderr, "carom: %s:%d: .four: %s\n", four.source, four.line, err.text);
		return EXIT_BAD_INPUT;
	}
	if (json)
		json_array_append_new(json, fourier_to_json(fourier, carom_plot_name(plot)));
	else
		print_fourier(fourier);
	carom_fourier_free(fourier);
	return EXIT_DONE;
}

int run_show_fourier(const struct carom_circuit *circuit, const struct carom_result *result,
		     json_t *json)
{
	const struct carom_plot *plot = find_transient(result);
	int status = EXIT_DONE;

	for (size_t i = 0; plot && i < carom_circuit_four_count(circuit); i++) {
		int shown = show(circuit, plot, i, json);

		status = status ? status : shown;
	}
	return status;
}
