/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The harness of the benchmarks: does one piece of work by several paths, in turn, and tells how
 * long each takes and how they compare.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "carom-error.h"
#include "environment.h"

#define BENCH_MAX_PATHS 9

/*
 * Do the work n times.  *seconds is NAN before: left so, the time of the call is what counts;
 * otherwise the path's own figure for all n.  0 or a status with *err set.
 */
typedef int bench_run_fn(void *context, unsigned n, double *seconds, struct carom_error *err);

struct bench_path {
	const char *name; /* "file": in tables and JSON */
	bench_run_fn *run;
	void *context;
	unsigned n;       /* times in each repetition; 0: as many as fill it */
	const char *base; /* a path to be compared with besides the first; NULL: none */
};

struct bench_case {
	const char *name;                         /* "rc-op": for --filter and JSON */
	const char *text;                         /* "RC low-pass, operating point" */
	struct bench_path paths[BENCH_MAX_PATHS]; /* others are compared with the first */
	size_t n_paths;
	json_t *facts; /* what else is to be kept in the JSON; an object, borrowed */
};

struct bench {
	const char *program;
	const char *json;   /* file to write; NULL: none */
	const char *filter; /* part of the names of the cases wanted; NULL: all */
	const char *path;   /* name of the only path wanted; NULL: all */
	bool is_quick;
	unsigned n_rounds; /* repetitions of each path */
	double batch_s;    /* time that a repetition is to take */
	struct environment_load start;
	json_t *cases;
};

double bench_now_s(void); /* monotonic clock */

/*
 * Read the options: --help and wrong ones end the program.  about: one paragraph for --help.
 */
int bench_open(struct bench *bench, int argc, char **argv, const char *about,
	       struct carom_error *err);

bool bench_wants(const struct bench *bench, const char *case_name);

/*
 * Measure the paths of a case: each is warmed up and its number of repeats found, then they take
 * turns, A B C C B A ..., so that what disturbs the machine disturbs all alike.  Prints the table.
 */
int bench_run(struct bench *bench, const struct bench_case *the_case, struct carom_error *err);

/* Write the JSON unless status says that something failed; then print *err. The exit status. */
int bench_close(struct bench *bench, int status, struct carom_error *err);

#endif
