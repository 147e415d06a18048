/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of carom raw. */
#ifndef CLI_RAW_H
#define CLI_RAW_H

#include "command.h"

struct raw_options {
	const char *files[2];
	const char *output; /* "-": standard output */
	enum carom_format format;
	const char *plot;       /* its number, from 1, or what its name begins with; NULL: all */
	const char **variables; /* none: all */
	size_t n_variables;
	double from, to; /* of the scale */
	double every;    /* every how many points of these */
	double step;     /* its number, from 1; 0: all */
	const char *log; /* with the values of steps; NULL: beside the file */
	double relative, absolute;
	enum carom_raw_dialect dialect;
	bool is_json, is_quiet, accepts_cut;
};

/* Open a file and tell its warnings.  NULL after a message, with the exit status. */
struct carom_raw *raw_open(const char *path, const struct raw_options *options, int *status);

/* Is the plot of that index wanted? */
bool raw_wants_plot(const struct raw_options *options, const struct carom_raw *raw, size_t index);

/* How many are; 0 after a message. */
size_t raw_count_plots(const struct raw_options *options, const struct carom_raw *raw);

/* Catch Ctrl-C; then a progress callback of carom-table.h, which is false after one. */
void raw_begin_work(void);
bool raw_show_progress(void *arg, double fraction);

/* Points and variables of a plot as a table, to be released. */
struct raw_selection;
struct raw_selection *raw_select(const struct carom_raw_plot *plot,
				 const struct raw_options *options, struct carom_error *err);
const struct carom_table *raw_selection_table(const struct raw_selection *selection);
void raw_selection_free(struct raw_selection *selection);

/* The subcommands, each for files that are open; they return an exit_status. */
int raw_list(const struct carom_raw *raw, const struct raw_options *options);
int raw_convert(const struct carom_raw *raw, const struct raw_options *options);
int raw_compare(const struct carom_raw *a, const struct carom_raw *b,
		const struct raw_options *options);

#endif
