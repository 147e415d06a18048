/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions that libngspice calls: they copy out, translate and return.  They do not call ngspice
 * (it holds locks that are not recursive), but for the one of a point, when the run is to end: it
 * sets a condition to stop, at which the analysis pauses as if the user had set it.
 */
#ifndef PLUGIN_NG_CALLBACK_H
#define PLUGIN_NG_CALLBACK_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "ng-api.h"
#include "ng-message.h"
#include "ng-session.h"
#include "ng-stop.h"
#include "ng-stream.h"
#include "ng-sync.h"
#include "ng-watch.h"

struct ng_callbacks {
	const struct ng_options *options;
	const struct ng_api *api;
	struct ng_messages messages;
	struct ng_sync sync;
	char version[16];             /* from the banner of Init; "?" until it is told */
	bool sees_points;             /* ngspice was given functions for them */
	bool asked_to_exit;           /* ngspice wants to be unloaded */
	bool is_muted;                /* what ngspice says is of no interest */
	bool has_quit;                /* because a command said so */
	struct ng_stop_list *listing; /* takes the answer to "status"; NULL: nothing asked */

	/* Of the run; stream.options is NULL outside of one. */
	struct ng_stream stream;
	struct ng_watch watch;
	enum ng_end end;      /* why it is to end early */
	size_t n_ended_plots; /* stream.n_plots when ngspice was last told so */
	bool is_interrupted;  /* ngspice said that it stopped */
	bool has_met_stop;    /* and that a condition to stop was met */

	/*
	 * Where a run goes that is left in the midst of an analysis, by longjmp, as ngspice itself does
	 * on errors.  What it leaves behind can be looked at; then it is freed and the library
	 * reloaded before the next circuit.
	 */
	jmp_buf unwind;
	bool can_unwind;
	bool is_locked; /* it was left from the callback of text, which holds a lock of ngspice's */
	enum carom_status why_unwound;
};

void ng_callbacks_init(struct ng_callbacks *callbacks, const struct ng_options *options);
void ng_callbacks_release(struct ng_callbacks *callbacks);

/* Before each call into ngspice: forget what it said. */
void ng_callbacks_clear(struct ng_callbacks *callbacks);

/* From a callback: leave the run, if one is under way; does not return then. */
void ng_callbacks_unwind(struct ng_callbacks *callbacks, enum carom_status why);

/* ngSpice_Init with these functions; those for points only if they are to be seen. */
void ng_callbacks_register(struct ng_callbacks *callbacks, const struct ng_api *api,
			   bool sees_points);

#endif
