/* SPDX-License-Identifier: BSD-3-Clause */
/* carom raw cat and convert: plots into files of another format. */
#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "raw.h"

static struct carom_table_options table_options(const struct raw_options *options)
{
	return (struct carom_table_options){
		.size = sizeof(struct carom_table_options),
		.progress = raw_show_progress,
		.progress_arg = (void *)options,
	};
}

static void write_one(const struct carom_raw_plot *plot, const struct raw_options *options,
		      const char *path, struct carom_error *err)
{
	struct carom_table_options how = table_options(options);
	struct raw_selection *selection = raw_select(plot, options, err);

	if (selection)
		carom_tables_write(raw_selection_table(selection), 1, options->format, path, &how,
				   err);
	raw_selection_free(selection);
}

/* "out.csv", 2 -> "out-2.csv".  The caller frees it; NULL without memory. */
static char *numbered(const char *path, size_t number)
{
	const char *folder = strrchr(path, '/'), *end = strrchr(folder ? folder : path, '.');
	int length = end ? (int)(end - path) : (int)strlen(path);
	char *name = malloc(strlen(path) + 24);

	if (name)
		sprintf(name, "%.*s-%zu%s", length, path, number, end ? end : "");
	return name;
}

static void write_each(const struct carom_raw *raw, const struct raw_options *options,
		       struct carom_error *err)
{
	bool is_stdout = strcmp(options->output, "-") == 0;

	for (size_t i = 0; i < carom_raw_plot_count(raw) && err->status == 0; i++) {
		char *name;

		if (!raw_wants_plot(options, raw, i))
			continue;
		name = is_stdout ? strdup(options->output) : numbered(options->output, i + 1);
		if (name)
			write_one(carom_raw_plot(raw, i), options, name, err);
		else
			err->status = CAROM_ERROR_MEMORY;
		free(name);
	}
}

/* All into one file; of those that are selected before an error all are freed. */
static void write_together(const struct carom_raw *raw, const struct raw_options *options,
			   struct carom_error *err)
{
	size_t n = carom_raw_plot_count(raw), n_selected = 0;
	struct carom_table_options how = table_options(options);
	struct raw_selection **selections = calloc(n, sizeof(*selections));
	struct carom_table *tables = calloc(n, sizeof(*tables));

	if (!selections || !tables)
		err->status = CAROM_ERROR_MEMORY;
	for (size_t i = 0; i < n && err->status == 0; i++) {
		struct raw_selection *selection;

		if (!raw_wants_plot(options, raw, i))
			continue;
		selection = raw_select(carom_raw_plot(raw, i), options, err);
		if (!selection)
			break;
		tables[n_selected] = *raw_selection_table(selection);
		selections[n_selected++] = selection;
	}
	if (err->status == 0)
		carom_tables_write(tables, n_selected, options->format, options->output, &how, err);
	for (size_t i = 0; i < n_selected; i++)
		raw_selection_free(selections[i]);
	free(selections);
	free(tables);
}

int raw_convert(const struct carom_raw *raw, const struct raw_options *options)
{
	bool takes_many =
		options->format == CAROM_FORMAT_RAW || options->format == CAROM_FORMAT_ASCII;
	struct carom_error err = CAROM_ERROR_INIT;
	size_t n = raw_count_plots(options, raw);

	if (n == 0)
		return EXIT_BAD_INPUT;
	raw_begin_work();
	if (takes_many || n == 1)
		write_together(raw, options, &err);
	else
		write_each(raw, options, &err);
	progress_end();
	if (err.status == CAROM_ERROR_CANCELLED) {
		fprintf(stderr, "carom: interrupted\n");
		return EXIT_INTERRUPTED;
	}
	return err.status ? command_fail(&err) : EXIT_DONE;
}
