/* SPDX-License-Identifier: BSD-3-Clause */
/* The samples of a Monte Carlo study as paths of a benchmark. */
#ifndef BENCH_SAMPLING_H
#define BENCH_SAMPLING_H

#include <stdbool.h>

#include "carom-study.h"

struct sampling {
	struct carom_study *study; /* borrowed */
	const char *store;         /* folder to write, over and over */
	unsigned n_workers;
	bool is_all_in; /* the time of the whole call; otherwise that of the samples alone */
};

/* A study of n samples on n_workers pinned workers. */
int sampling_run(void *sampling, unsigned n, double *seconds, struct carom_error *err);

#endif
