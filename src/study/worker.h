/* SPDX-License-Identifier: BSD-3-Clause */
/* The worker: takes samples, one after the other, in a process forked from the template. */
#ifndef STUDY_WORKER_H
#define STUDY_WORKER_H

#include "study/pool.h"

struct ng_session;
struct store_rows;

struct worker {
	const struct job *job;
	struct pool_shared *shared;
	uint32_t slot;
	struct ng_session *session; /* the circuit loaded, no run made */
	struct store_rows *rows;
};

/* Exit status of a worker process; a signal means that it crashed. */
enum worker_exit {
	WORKER_EXIT_DONE,   /* no samples left, or stop was asked for */
	WORKER_EXIT_RECYCLE /* its memory has grown: start another in its place */
};

/* Take samples until there are none or stop is set. */
enum worker_exit worker_run(const struct worker *worker);

/* Run what is nominal and leave the outcome in shared->nominal. */
void worker_nominal(const struct worker *worker);

/* Run a sample twice and leave the outcome in shared->probe. */
void worker_probe(const struct worker *worker);

#endif
