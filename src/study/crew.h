/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The crew: the worker processes of a template, started, replaced, held to the time limit, stopped.
 */
#ifndef STUDY_CREW_H
#define STUDY_CREW_H

#include <signal.h>

#include "study/pool.h"

struct ng_session;
struct store_rows;

/* What the processes that are started do. */
enum crew_task {
	CREW_SAMPLES, /* worker_run */
	CREW_PROBE,   /* worker_probe */
	CREW_NOMINAL  /* worker_nominal */
};

struct crew {
	struct job *whole; /* the job, owned */
	struct job *job;   /* it, or one of its sections: whose circuit is loaded */
	struct pool_shared *shared;
	struct ng_session *session; /* the circuit loaded, no run made */
	struct store_rows *rows;
	bool is_ready; /* the host was told */
	int signal_fd; /* tells of children that ended */
	sigset_t old_signals;
	enum crew_task task;
	bool was_killed; /* the last process that died: by a signal that is not the simulator's */
	bool *timed_out; /* per slot: killed by us for the time limit */
	uint32_t n_running;
	uint32_t n_idle_deaths;
	uint64_t stop_seen_ns; /* 0: not asked to stop */
};

/* Start up to n workers, one in each slot from the first on. */
int crew_start(struct crew *crew, uint64_t n, struct carom_error *err);

/* Look after those who run until none does. */
int crew_supervise(struct crew *crew, struct carom_error *err);

void crew_kill(const struct crew *crew);

#endif
