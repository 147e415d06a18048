/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of carom run. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <jansson.h>

#include "command.h"
#include "model-issue.h"

struct run_options {
	const char *deck, *library;
	const char *output;      /* file to write; "-": standard output; NULL: none */
	const char *format_name; /* NULL: by the end of the file's name */
	enum carom_format format;
	const char *analysis; /* NULL: those of the deck */
	const char **save;
	size_t n_save;
	double time_limit_s; /* 0: none */
	struct command_roots roots;
	bool is_json, is_quiet, is_verbose, runs_control, sends_all, skips_lint;
	bool is_loading; /* what ngspice says belongs to the deck, not to the start */
	struct model_issue issue;
};

/*
 * The first Ctrl-C ends what the session is at, with ERROR_CANCELLED, the second one the program.
 */
void run_catch_interrupts(struct carom_session *session);

/* carom_session_run_with, with a line of progress. */
int run_call(struct carom_session *session, const struct run_options *options,
	     struct carom_result **result, struct carom_error *err);

/* From the argument of --save, which is taken apart; false after a message. */
bool run_add_saves(struct run_options *options, char *text);

/*
 * The result as the options want it: table or JSON, the output, and what .four cards of the circuit
 * ask for.  Returns an exit_status.
 */
int run_show(const struct carom_circuit *circuit, const struct carom_result *result,
	     const struct carom_reach *reach, const struct run_options *options);

/*
 * The harmonics that .four cards ask for, of the last transient: printed, or added to the array
 * json if that is not NULL.  Returns an exit_status.
 */
int run_show_fourier(const struct carom_circuit *circuit, const struct carom_result *result,
		     json_t *json);

/* Is the output standard output, and does that or JSON want it for itself? */
bool run_is_on_stdout(const struct run_options *options);
bool run_needs_stdout(const struct run_options *options);

/* The format of the output, if there is one; false after a message. */
bool run_choose_format(struct run_options *options);

/*
 * The result into the output, or a file for each plot where the format takes one.  Returns an
 * exit_status.
 */
int run_write(const struct carom_result *result, const struct run_options *options);

#endif
