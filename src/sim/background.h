/* SPDX-License-Identifier: BSD-3-Clause */
/* A run while its caller does something else, on a thread of its own. */
#ifndef SIM_BACKGROUND_H
#define SIM_BACKGROUND_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "carom-plot.h"
#include "sim/run-options.h"

/*
 *	NONE ──start──▶ RUNNING ──the run has ended──▶ DONE ──wait──▶ NONE
 */
enum background_state { BACKGROUND_NONE, BACKGROUND_RUNNING, BACKGROUND_DONE };

struct background {
	_Atomic enum background_state state; /* stored under the mutex */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	pthread_t thread;
	struct run_options_copy copy; /* from here on the thread's while it is RUNNING */
	struct carom_result *result;
	struct carom_error err;
};

void background_init(struct background *background);
void background_release(struct background *background);

#endif
