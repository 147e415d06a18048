/* SPDX-License-Identifier: BSD-3-Clause */
/* The program "plain", pinned to a CPU: a loop over libngspice that samples are compared with. */
#ifndef BENCH_LOOP_H
#define BENCH_LOOP_H

#include <stddef.h>

#include "carom-error.h"

#define LOOP_MAX 16

/* What the last sample came to. */
struct loop_outcome {
	double last, peak; /* of v(out), real part */
};

struct loop;

/* Start it on this CPU with a deck that has an r1 and saves v(out).  *loop is NULL on failure. */
int loop_start(struct loop **loop, const char *deck, unsigned cpu, struct carom_error *err);
void loop_stop(struct loop *loop); /* NULL is legal */
struct loop_outcome loop_outcome(const struct loop *loop);

/* A bench_run_fn with a struct loop as its context: n samples, timed there. */
int loop_run(void *loop, unsigned n, double *seconds, struct carom_error *err);

/* The same number of samples by several of them at once, their start and end included. */
struct loop_team {
	const char *deck;
	unsigned cpus[LOOP_MAX];
	unsigned n;
};
int loop_team_run(void *team, unsigned n, double *seconds, struct carom_error *err);

#endif
