/* SPDX-License-Identifier: BSD-3-Clause */
/* The engine: from the values of a sample to its measurements, in this process's simulator. */
#ifndef STUDY_ENGINE_H
#define STUDY_ENGINE_H

#include "study/job.h"

struct ng_session;
struct engine;

/*
 * session has the job's deck loaded.  route: ALTER, RESET or RELOAD (FORK is ALTER in a process of
 * its own for each sample).  Job and session are borrowed.
 */
int engine_new(struct engine **engine, const struct job *job, struct ng_session *session,
	       enum carom_route route, struct carom_error *err);
void engine_free(struct engine *engine);

/*
 * Simulate.  values: n_variables; measurements: n_measures, NAN where one could not be taken.  err
 * (clear, not NULL) tells why the status is not OK, with its place in the deck where it is known.
 */
enum carom_sample_status engine_simulate(struct engine *engine, const double *values,
					 double *measurements, struct carom_error *err);

/* The kept waveforms of the last sample, one behind the other; NAN where it has none. */
const double *engine_waves(const struct engine *engine);

/* Time spent inside the simulator so far, ns. */
uint64_t engine_simulator_ns(const struct engine *engine);

/* Load the job's deck; an error is given the place of the line in the user's files. */
int engine_load(const struct job *job, struct ng_session *session, const char *const *lines,
		struct carom_error *err);

#endif
