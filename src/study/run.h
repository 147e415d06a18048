/* SPDX-License-Identifier: BSD-3-Clause */
/* One run of a study: prepared where the circuit is, executed wherever. */
#ifndef STUDY_RUN_H
#define STUDY_RUN_H

#include "study/study.h"

struct carom_plan;
struct job;
struct store_draft;
struct until_watch;

struct run {
	struct carom_study *study;
	struct carom_study_options options; /* its strings are copies where execute needs them */
	char *worker;                       /* of them */
	struct job *job;
	struct carom_plan *plan;
	bool resumes; /* a store that is there */
};

/* Options of a caller who may know fewer of them than this version. */
int run_copy_options(struct carom_study_options *options, const struct carom_study_options *given,
		     struct carom_error *err);

/* Takes all that it needs of circuit, study and options.  To be released whatever it returns. */
int run_prepare(struct run *run, struct carom_study *study,
		const struct carom_study_options *options, struct carom_error *err);

/* Blocks.  The circuit is not looked at. */
int run_execute(struct run *run, struct carom_error *err);

void run_release(struct run *run);

/* The reasons among the study's facts. */
void run_explain(const struct run *run);

/* What was decided by it; until may be NULL. */
void run_tell_until(const struct run *run, struct until_watch *until);

/* The facts into the manifest.  The samples are in the store: a failure is but noted. */
void run_write_facts(const struct run *run, const struct store_draft *store);

#endif
