/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of carom mc. */
#ifndef CLI_MC_H
#define CLI_MC_H

#include "command.h"

struct mc_options {
	const char *deck, *store, *csv;
	struct carom_study_options study;
	struct command_roots roots;
	bool has_histograms, has_no_histograms; /* asked for */
	bool is_json, is_quiet, is_verbose, is_trusted, is_checking, skips_lint;
	bool is_replay;
	uint64_t replay;         /* that sample */
	const char *sample_deck; /* its deck goes here */
	bool has_report;
	const char *report; /* page to write; NULL: by the name of the store */
	char **statements;  /* "vary ...", in order; owned */
	size_t n_statements;
};

/* -1 to go on; else the exit status, after a message or the help. */
int mc_options_parse(int argc, char **argv, struct mc_options *options);
void mc_options_release(struct mc_options *options);

/* Show one sample; write its deck where asked.  Returns an exit_status. */
int mc_replay(struct carom_study *study, const struct carom_circuit *circuit,
	      const struct mc_options *options);

#endif
