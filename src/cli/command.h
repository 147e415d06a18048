/* SPDX-License-Identifier: BSD-3-Clause */
/* What the subcommands share: exit statuses, messages, option parsing. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <getopt.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "carom.h"

enum exit_status {
	EXIT_DONE = 0,
	EXIT_SPEC_FAILED = 1, /* --check: the study finished but a spec did not hold */
	EXIT_DIFFERENT = 1,   /* raw diff: the files do not say the same */
	EXIT_USAGE = 2,
	EXIT_BAD_INPUT = 3,
	EXIT_SIMULATOR = 4,
	EXIT_INTERRUPTED = 130
};

struct command {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv); /* argv[0] is "carom NAME"; returns an exit_status */
};

extern const struct command cmd_run, cmd_mc, cmd_lint, cmd_graph, cmd_summary, cmd_report, cmd_topo,
	cmd_raw;

/*
 * Print "carom: message" and "hint: what to do" to stderr; return the exit status that the error
 * asks for.
 */
int command_fail(const struct carom_error *err);

/* A mistake in the command line: message and where help is; returns EXIT_USAGE. */
int command_usage(const char *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* After getopt's message about an option: where help is; returns EXIT_USAGE. */
int command_bad_option(const char *command);

/*
 * The only one there is behind the options, a "deck".  NULL after a message if there is none, or
 * more.
 */
const char *command_argument(const char *command, const char *what, int argc, char **argv);

/* JSON has neither NaN nor infinity: they become null. */
json_t *command_json_number(double value);

/* How much of the deck was sent, on standard error. */
void command_print_reach(const struct carom_reach *reach);

/* A whole number in [min, max] from an option's argument; false after a message. */
bool command_number(const char *command, const char *option, const char *text, double min,
		    double max, double *value);

/* --bind: "pu", "core", "numa" or "none"; false after a message. */
bool command_bind(const char *command, const char *text, enum carom_bind *bind);

/* A number of SPICE, "1m", from an option's argument; false after a message. */
bool command_quantity(const char *command, const char *option, const char *text, double *value);

/* Seconds, more than 0, from an option's argument; false after a message. */
bool command_seconds(const char *command, const char *option, const char *text, double *seconds);

/* A share between 0 and 1 from an option's argument, "0.95" or "95%"; false after a message. */
bool command_share(const char *command, const char *option, const char *text, double *share);

/* --root: where the files of a deck must lie; none: anywhere. */
struct command_roots {
	const char *folders[32];
	size_t n;
};

/* An option's argument; false after a message. */
bool command_add_root(const char *command, struct command_roots *roots, const char *folder);

/* How a deck is imported by a command that goes on to simulate it. */
struct command_import {
	bool is_trusted;        /* --trusted */
	bool is_quiet;          /* say nothing but errors */
	bool skips_lint;        /* --no-lint */
	bool needs_no_analysis; /* in the deck: --analysis */
	struct command_roots roots;
};

/*
 * Import the deck, check it, print what was found to stderr.  NULL on failure, of which an error
 * found by lint is one, with *status set.
 */
struct carom_circuit *command_import(const char *path, const struct command_import *how,
				     int *status);

#endif
