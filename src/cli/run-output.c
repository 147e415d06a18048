/* SPDX-License-Identifier: BSD-3-Clause */
/* What carom run prints: tables, JSON, what was sent. */
#include <jansson.h>
#include <math.h>

#include "run.h"

/* ---- the table ---- */

struct range {
	double min, max, last;
};

/* Of the magnitudes where the vector is complex. */
static struct range range_of(const struct carom_vector *vector)
{
	const double *real = carom_vector_real(vector), *pairs = carom_vector_complex(vector);
	struct range range = {INFINITY, -INFINITY, NAN};

	for (size_t i = 0; i < carom_vector_length(vector); i++) {
		range.last = real ? real[i] : hypot(pairs[2 * i], pairs[2 * i + 1]);
		range.min = fmin(range.min, range.last);
		range.max = fmax(range.max, range.last);
	}
	return range;
}

static void print_point(const struct carom_plot *plot)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);

		printf("  %-20s %16.9g %s\n", carom_vector_name(vector), range_of(vector).last,
		       carom_vector_unit(vector));
	}
}

static void print_sweep(const struct carom_plot *plot)
{
	printf("  %-20s %-5s %16s %16s %16s\n", "vector", "unit", "min", "max", "last");
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		struct range range = range_of(vector);
		bool is_magnitude = carom_vector_is_complex(vector);

		printf("  %-20s %-5s %16.9g %16.9g %16.9g%s\n", carom_vector_name(vector),
		       carom_vector_unit(vector), range.min, range.max, range.last,
		       is_magnitude ? "  (magnitude)" : "");
	}
}

static void print_table(const struct carom_plot *plot)
{
	size_t n = carom_plot_point_count(plot);

	printf("%s: %zu point%s\n", carom_plot_name(plot), n, n == 1 ? "" : "s");
	if (n == 1)
		print_point(plot);
	else
		print_sweep(plot);
}

static json_t *plot_to_json(const struct carom_plot *plot)
{
	json_t *vectors = json_array();

	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		struct range range = range_of(vector);

		json_array_append_new(vectors, json_pack("{s:s, s:s, s:b, s:o, s:o, s:o}", "name",
							 carom_vector_name(vector), "unit",
							 carom_vector_unit(vector), "complex",
							 carom_vector_is_complex(vector), "min",
							 command_json_number(range.min), "max",
							 command_json_number(range.max), "last",
							 command_json_number(range.last)));
	}
	return json_pack("{s:s, s:I, s:o}", "plot", carom_plot_name(plot), "points",
			 (json_int_t)carom_plot_point_count(plot), "vectors", vectors);
}

static json_t *share_to_json(const struct carom_share *share)
{
	return json_pack("{s:I, s:I}", "sent", (json_int_t)share->sent, "all",
			 (json_int_t)share->all);
}

static json_t *reach_to_json(const struct carom_reach *reach)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "cards", share_to_json(&reach->cards),
			 "subcircuits", share_to_json(&reach->subcircuits), "models",
			 share_to_json(&reach->models), "params", share_to_json(&reach->params),
			 "functions", share_to_json(&reach->functions));
}

/* Returns an exit_status: whether there is what .four cards ask for. */
static int print_json(const struct carom_circuit *circuit, const struct carom_result *result,
		      const struct carom_reach *reach)
{
	json_t *plots = json_array(), *fourier = json_array();
	json_t *all;
	int status = run_show_fourier(circuit, result, fourier);

	for (size_t i = 0; i < carom_result_plot_count(result); i++)
		json_array_append_new(plots, plot_to_json(carom_result_plot(result, i)));
	all = json_pack("{s:o, s:o, s:o}", "plots", plots, "fourier", fourier, "deck",
			reach_to_json(reach));
	json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	printf("\n");
	json_decref(all);
	return status;
}

static int print_tables(const struct carom_circuit *circuit, const struct carom_result *result)
{
	for (size_t i = 0; i < carom_result_plot_count(result); i++)
		print_table(carom_result_plot(result, i));
	return run_show_fourier(circuit, result, NULL);
}

/* ---- all ---- */

bool run_needs_stdout(const struct run_options *options)
{
	return options->is_json || run_is_on_stdout(options);
}

int run_show(const struct carom_circuit *circuit, const struct carom_result *result,
	     const struct carom_reach *reach, const struct run_options *options)
{
	int status = EXIT_DONE, written = EXIT_DONE;

	if (options->is_json)
		status = print_json(circuit, result, reach);
	else if (!options->is_quiet && !run_is_on_stdout(options))
		status = print_tables(circuit, result);
	if (options->output)
		written = run_write(result, options);
	return written ? written : status;
}
