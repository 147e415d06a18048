/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All paths must lead to the same numbers before it matters how fast they are.  ERROR_STATE if they
 * do not.
 */
#ifndef BENCH_CHECK_H
#define BENCH_CHECK_H

#include "simulation.h"

#define CHECK_TOLERANCE 1e-9 /* relative */

/* What was compared, for the record. */
struct check {
	unsigned n_compared;
	double largest; /* relative difference */
};

/* Simulate for a few values of r1 by file and by the other ways. */
int check_simulations(struct check *check, struct simulation *simulation, struct carom_error *err);

/*
 * Run a study of r1 on n_workers, with its store at this path, and simulate its samples in the
 * session: check_simulations, which comes first, has compared that with ngspice -b.
 */
int check_samples(struct check *check, struct simulation *simulation, const char *store,
		  unsigned n_workers, struct carom_error *err);

#endif
