/* SPDX-License-Identifier: BSD-3-Clause */
/* carom raw ls: plots and variables of a file. */
#include <jansson.h>

#include "raw.h"

static void print_plot(const struct carom_raw_plot *plot, size_t number)
{
	size_t n = carom_raw_plot_variable_count(plot);
	size_t n_points = carom_raw_plot_point_count(plot);

	printf("%zu  %s: %zu point%s, %zu variable%s, %s%s\n", number, carom_raw_plot_name(plot),
	       n_points, n_points == 1 ? "" : "s", n, n == 1 ? "" : "s",
	       carom_raw_plot_is_complex(plot) ? "complex" : "real",
	       carom_raw_plot_is_text(plot) ? ", as text" : "");
	for (size_t i = 0; i < n; i++) {
		const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, i);

		printf("   %-24s %-20s %s\n", variable->name, variable->type, variable->unit);
	}
}

/* Steps are in files of LTspice and QSPICE.  NULL without them, and after a message. */
static struct carom_raw_steps *find_steps(const struct carom_raw_plot *plot,
					  const struct raw_options *options, int *status)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw_steps *steps = NULL;

	if (carom_raw_plot_find_steps(plot, options->log, &steps, &err) != CAROM_OK)
		*status = command_fail(&err);
	if (!steps || carom_raw_steps_count(steps) > 1)
		return steps;
	carom_raw_steps_free(steps);
	return NULL;
}

static void print_steps(const struct carom_raw_steps *steps)
{
	for (size_t i = 0; i < carom_raw_steps_count(steps); i++) {
		size_t first = carom_raw_steps_first(steps, i);

		printf("   step %-4zu %8zu points  %s\n", i + 1,
		       carom_raw_steps_first(steps, i + 1) - first,
		       carom_raw_steps_values(steps, i));
	}
}

static json_t *steps_to_json(const struct carom_raw_steps *steps)
{
	json_t *array = json_array();

	for (size_t i = 0; i < carom_raw_steps_count(steps); i++)
		json_array_append_new(array, json_pack("{s:I, s:s}", "first",
						       (json_int_t)carom_raw_steps_first(steps, i),
						       "values", carom_raw_steps_values(steps, i)));
	return array;
}

static json_t *plot_to_json(const struct carom_raw_plot *plot)
{
	json_t *variables = json_array();

	for (size_t i = 0; i < carom_raw_plot_variable_count(plot); i++) {
		const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, i);

		json_array_append_new(variables,
				      json_pack("{s:s, s:s, s:s, s:b, s:I}", "name", variable->name,
						"type", variable->type, "unit", variable->unit,
						"complex", variable->is_complex, "points",
						(json_int_t)variable->n_points));
	}
	return json_pack("{s:s, s:s, s:I, s:b, s:b, s:o}", "name", carom_raw_plot_name(plot),
			 "title", carom_raw_plot_title(plot), "points",
			 (json_int_t)carom_raw_plot_point_count(plot), "complex",
			 carom_raw_plot_is_complex(plot), "text", carom_raw_plot_is_text(plot),
			 "variables", variables);
}

static int print_json(const struct carom_raw *raw, const struct raw_options *options)
{
	json_t *plots = json_array(), *warnings = json_array(), *all;
	int status = EXIT_DONE;

	for (size_t i = 0; i < carom_raw_plot_count(raw); i++) {
		struct carom_raw_steps *steps;
		json_t *plot;

		if (!raw_wants_plot(options, raw, i))
			continue;
		plot = plot_to_json(carom_raw_plot(raw, i));
		steps = find_steps(carom_raw_plot(raw, i), options, &status);
		if (steps)
			json_object_set_new(plot, "steps", steps_to_json(steps));
		carom_raw_steps_free(steps);
		json_array_append_new(plots, plot);
	}
	for (size_t i = 0; i < carom_raw_warning_count(raw); i++)
		json_array_append_new(warnings, json_string(carom_raw_warning(raw, i)));
	all = json_pack("{s:s, s:s, s:o, s:o}", "file", options->files[0], "dialect",
			carom_raw_dialect_name(carom_raw_dialect(raw)), "warnings", warnings,
			"plots", plots);
	json_dumpf(all, stdout, JSON_INDENT(2));
	printf("\n");
	json_decref(all);
	return status;
}

static int print_text(const struct carom_raw *raw, const struct raw_options *options)
{
	int status = EXIT_DONE;

	printf("%s: %s\n", options->files[0], carom_raw_dialect_name(carom_raw_dialect(raw)));
	for (size_t i = 0; i < carom_raw_plot_count(raw); i++) {
		struct carom_raw_steps *steps;

		if (!raw_wants_plot(options, raw, i))
			continue;
		print_plot(carom_raw_plot(raw, i), i + 1);
		steps = find_steps(carom_raw_plot(raw, i), options, &status);
		if (steps)
			print_steps(steps);
		carom_raw_steps_free(steps);
	}
	return status;
}

int raw_list(const struct carom_raw *raw, const struct raw_options *options)
{
	if (raw_count_plots(options, raw) == 0)
		return EXIT_BAD_INPUT;
	return options->is_json ? print_json(raw, options) : print_text(raw, options);
}
