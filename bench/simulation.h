/* SPDX-License-Identifier: BSD-3-Clause */
/* One circuit, simulated with one value changed each time: by files, by a reload, in place. */
#ifndef BENCH_SIMULATION_H
#define BENCH_SIMULATION_H

#include <limits.h>
#include <stddef.h>

#include "carom-circuit.h"
#include "carom-session.h"

#define SIMULATION_MAX_KINDS 3

/* The last v(out) of each analysis: what a simulation is for, and what is compared. */
struct simulation_outcome {
	size_t n_points[SIMULATION_MAX_KINDS]; /* 0: no such analysis */
	int n_parts[SIMULATION_MAX_KINDS];     /* 1: real, 2: complex */
	double last[SIMULATION_MAX_KINDS][2];
};

struct simulation {
	struct carom_circuit *circuit;
	struct carom_session *session; /* borrowed */
	struct carom_element element;  /* the one that changes: r1 */
	double nominal;
	char deck[PATH_MAX], raw[PATH_MAX]; /* files of the first way */
	unsigned count;                     /* simulations so far */
	struct simulation_outcome outcome;  /* of the last one */
};

/* folder: for files.  The circuit is taken over, also after a failure. */
int simulation_init(struct simulation *simulation, struct carom_circuit *circuit,
		    struct carom_session *session, const char *folder, struct carom_error *err);
void simulation_release(struct simulation *simulation);

/* One simulation with r1 of so many ohms. */
typedef int simulation_fn(struct simulation *simulation, double ohms, struct carom_error *err);
simulation_fn simulation_by_file;   /* deck written, ngspice -b -r, RAW file read into columns */
simulation_fn simulation_by_reload; /* edited circuit loaded into the session, run */
simulation_fn simulation_by_alter;  /* value set in the loaded circuit, run */

/* The same as paths of a benchmark: each time another value. */
int simulation_run_file(void *simulation, unsigned n, double *seconds, struct carom_error *err);
int simulation_run_reload(void *simulation, unsigned n, double *seconds, struct carom_error *err);
int simulation_run_alter(void *simulation, unsigned n, double *seconds, struct carom_error *err);

/* "op", "ac", "tran". */
const char *simulation_kind(size_t index);

/*
 * The largest difference of two outcomes, relative to the magnitudes; INFINITY if one has an
 * analysis that the other has not.
 */
double simulation_difference(const struct simulation_outcome *a,
			     const struct simulation_outcome *b);

#endif
