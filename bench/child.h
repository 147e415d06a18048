/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A path of a benchmark in a process of its own: libngspice keeps its state in globals, so that two
 * ways of driving it cannot share a process.
 */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

#include <stddef.h>

#include "bench.h"

struct child;

/* What a child does, all with the same context. */
struct child_service {
	int (*open)(void *context, struct carom_error *err); /* make ready */
	bench_run_fn *run;                                   /* NULL: nothing else to do */
	void (*close)(void *context);                        /* after a good open; NULL: nothing */
};

/* Memory that child and parent share, zeroed: for contexts.  NULL when out of memory. */
void *child_alloc(size_t size);
void child_free(void *memory, size_t size);

/* Fork a child and make it ready.  On failure *child is NULL. */
int child_start(struct child **child, const struct child_service *service, void *context,
		struct carom_error *err);
void child_stop(struct child *child); /* ends it; NULL is legal */

/* A bench_run_fn with a struct child as its context: have run done there, and timed there. */
int child_run(void *child, unsigned n, double *seconds, struct carom_error *err);

#endif
