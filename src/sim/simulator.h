/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A simulator as a session sees it, wherever it runs: sim/service.h behind a thread of this process
 * or behind another process.
 *
 * Thread rule: one call at a time, from any thread, but not from a callback of the simulator's;
 * simulator_is_calling may be asked by any thread at any time.
 */
#ifndef SIM_SIMULATOR_H
#define SIM_SIMULATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-session.h"
#include "sim/service.h"

struct simulator;

/* Each as the function of sim/service.h. */
struct simulator_ops {
	void (*close)(struct simulator *simulator);
	int (*load)(struct simulator *simulator, const struct service_deck *deck,
		    struct carom_error *err);
	int (*alter)(struct simulator *simulator, struct alter *alters, size_t n_alters,
		     struct carom_error *err);
	int (*run)(struct simulator *simulator, const struct service_run *run,
		   struct carom_result **result, struct carom_error *err);
	int (*plots)(struct simulator *simulator, struct carom_result **result,
		     struct carom_error *err);
	bool (*is_calling)(const struct simulator *simulator); /* is this code a callback of its? */
};

/* The head of each kind's own struct. */
struct simulator {
	const struct simulator_ops *ops;
	char *library; /* path of libngspice, and its version; owned */
	char *version;
	struct ng_control *control; /* of its runs; any thread may use it */
	bool is_loaded;             /* a deck is; after each call */
	bool has_died;              /* since the last load; so no deck is */
};

/* On failure *simulator is NULL. */
int simulator_thread_open(struct simulator **simulator, const struct carom_session_options *options,
			  struct carom_error *err);
int simulator_process_open(struct simulator **simulator,
			   const struct carom_session_options *options, struct carom_error *err);

#endif
