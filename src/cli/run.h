/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of carom run. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "command.h"
#include "model-issue.h"

struct run_options {
	const char *deck, *csv, *library;
	bool is_json, is_quiet, is_verbose, runs_control, sends_all, skips_lint;
	bool is_loading; /* what ngspice says belongs to the deck, not to the start */
	struct model_issue issue;
};

/* The result as the options want it: table or JSON, CSV.  Returns an exit_status. */
int run_show(const struct carom_result *result, const struct carom_reach *reach,
	     const struct run_options *options);

/* Does CSV or JSON want standard output for itself? */
bool run_needs_stdout(const struct run_options *options);

#endif
