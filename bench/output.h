/* SPDX-License-Identifier: BSD-3-Clause */
/* The outcome of a case as a table for people and as JSON. */
#ifndef BENCH_OUTPUT_H
#define BENCH_OUTPUT_H

#include "bench.h"
#include "statistics.h"

struct bench_comparison {
	const char *with; /* name of the other path; NULL: none */
	struct statistics_ratio ratio;
};

/* One path of a case, measured.  Times are microseconds for one piece of work. */
struct bench_result {
	const char *name;
	unsigned n; /* pieces in each repetition */
	double *us; /* one for each round */
	size_t n_rounds;
	double median, mad, min;
	struct bench_comparison first, base;
};

void output_table(const struct bench_case *the_case, const struct bench_result *results);

/* A new reference; NULL when out of memory. */
json_t *output_json(const struct bench_case *the_case, const struct bench_result *results);

#endif
