/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses and stop conditions as a host writes them: checked, and in ngspice's words. */
#ifndef PLUGIN_NG_ANALYSIS_H
#define PLUGIN_NG_ANALYSIS_H

#include <stdbool.h>

#include "carom-error.h"
#include "ng-capture.h"

/* ERROR_ARGUMENT unless the text is one known analysis that carries no other command along. */
int ng_analysis_read(const char *text, char command[NG_COMMAND_SIZE], struct carom_error *err);

/*
 * Analyses by what parameters of devices there are in them, a bit for each kind: alike in op, dc and tran, and
 * else for each analysis as it comes.
 */
enum { NG_KIND_PZ = 1 << 3, NG_KIND_DC = 1 << 15 };
unsigned ng_analysis_kind(const char *text); /* of the first word; 0: it is no analysis */
unsigned ng_analysis_kinds(const char *const *lines, size_t n); /* of the cards of a deck */

/* "dc temp 0 100 1", "dc v1 0 1 1 temp 0 100 50"; of a deck: is there such a card? */
bool ng_analysis_sweeps_temperature(const char *text);
bool ng_analyses_sweep_temperature(const char *const *lines, size_t n);

/*
 * What a run leaves in a circuit that keeps a later one from having the bits of a first one: libngspice
 * 39 begins a dc sweep where a transient has ended, and after a sensitivity analysis the parameters
 * of devices are not what they were.
 */
enum ng_trace {
	NG_TRACE_STATE = 1,  /* felt by dc sweeps */
	NG_TRACE_VALUES = 2, /* felt by all */
};
struct ng_traces {
	unsigned left, felt;
};
struct ng_traces ng_analysis_traces(const char *text);
struct ng_traces ng_analysis_traces_of(const char *const *lines, size_t n); /* of a deck's cards */

enum { NG_OPERAND_SIZE = 200 };

struct ng_condition {
	char left[NG_OPERAND_SIZE];  /* a vector */
	const char *relation;        /* "gt" */
	char right[NG_OPERAND_SIZE]; /* a vector or a number */
	bool is_right_number;
};

/* "v(out) > 1.5".  ERROR_ARGUMENT if it is none, or compares numbers only. */
int ng_condition_read(const char *text, struct ng_condition *condition, struct carom_error *err);

#endif
