/* SPDX-License-Identifier: BSD-3-Clause */
/* Co-simulation: EXTERNAL sources and the steps of a transient, as the host answers them. */
#ifndef PLUGIN_NG_SYNC_H
#define PLUGIN_NG_SYNC_H

#include <stdbool.h>

#include "carom-error.h"

struct ng_api;
struct ng_callbacks;

struct ng_sync {
	bool has_events; /* the circuit has nodes of events */

	/* of one run */
	struct carom_error error; /* what was wrong with an answer: the run is left */
	double longest_step;      /* so far */
	double suggestion;        /* of the next step, when the last one was made; 0: none */
	double end_of_halves;     /* which the last step would reach if it was twice as long */
	unsigned n_halves;        /* that were to reach it, one after the other */
};

/* ngSpice_Init_Sync for the callbacks that the options have; nothing if they have none. */
void ng_sync_register(struct ng_callbacks *callbacks, const struct ng_api *api);

/*
 * ERROR_LIBRARY if the options have steps and this version of ngspice fails at the end of transients
 * once a host sees them, or even calls exit().
 */
int ng_sync_check_version(const struct ng_callbacks *callbacks, struct carom_error *err);

/* Before a run. */
void ng_sync_begin(struct ng_sync *sync);

/* The error of an answer becomes the run's. */
int ng_sync_fail(const struct ng_sync *sync, struct carom_error *err);

#endif
