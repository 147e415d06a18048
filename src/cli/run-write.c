/* SPDX-License-Identifier: BSD-3-Clause */
/* carom run --output: the vectors into files. */
#include <stdlib.h>
#include <string.h>

#include "run.h"

bool run_is_on_stdout(const struct run_options *options)
{
	return options->output && strcmp(options->output, "-") == 0;
}

bool run_choose_format(struct run_options *options)
{
	if (!options->output)
		return true;
	if (options->format_name)
		options->format = carom_format_of_name(options->format_name);
	else if (run_is_on_stdout(options))
		options->format = CAROM_FORMAT_CSV;
	else
		options->format = carom_format_of_path(options->output);
	if (options->format != CAROM_FORMAT_NONE)
		return true;
	if (options->format_name)
		command_usage("run", "--format: csv, npy, npz, raw, ascii or ltspice, not \"%s\"",
			      options->format_name);
	else
		command_usage("run",
			      "--output: \"%s\" ends in none of .csv .npy .npz .raw; say --format",
			      options->output);
	return false;
}

/* "out.csv", "tran1" -> "out-tran1.csv". The caller frees it; NULL without memory. */
static char *name_of_plot(const char *path, const char *plot)
{
	const char *folder = strrchr(path, '/'), *end = strrchr(folder ? folder : path, '.');
	int length = end ? (int)(end - path) : (int)strlen(path);
	char *name = malloc(strlen(path) + strlen(plot) + sizeof("-"));

	if (name)
		sprintf(name, "%.*s-%s%s", length, path, plot, end ? end : "");
	return name;
}

static void write_each(const struct carom_result *result, const struct run_options *options,
		       struct carom_error *err)
{
	for (size_t i = 0; i < carom_result_plot_count(result) && err->status == 0; i++) {
		const struct carom_plot *plot = carom_result_plot(result, i);
		char *name = run_is_on_stdout(options)
				     ? strdup(options->output)
				     : name_of_plot(options->output, carom_plot_name(plot));

		if (name)
			carom_plot_write(plot, options->format, name, err);
		else
			err->status = CAROM_ERROR_MEMORY;
		free(name);
	}
}

int run_write(const struct carom_result *result, const struct run_options *options)
{
	bool takes_many =
		options->format == CAROM_FORMAT_RAW || options->format == CAROM_FORMAT_ASCII;
	struct carom_error err = CAROM_ERROR_INIT;

	if (takes_many || carom_result_plot_count(result) == 1)
		carom_result_write(result, options->format, options->output, &err);
	else
		write_each(result, options, &err);
	return err.status ? command_fail(&err) : EXIT_DONE;
}
