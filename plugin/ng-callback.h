/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions that libngspice calls: they copy out, translate and return, and never call ngspice
 * (it holds locks that are not recursive).  The one that ends a run does not return: see ng_unwind.
 */
#ifndef PLUGIN_NG_CALLBACK_H
#define PLUGIN_NG_CALLBACK_H

#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "ng-api.h"
#include "ng-message.h"
#include "ng-session.h"
#include "ng-sync.h"

/* The vectors of the analysis that runs, as the host gets them. */
struct ng_stream {
	char plot[64];
	size_t n;
	const char **names; /* into name_bytes, in the order they were saved */
	char *name_bytes;
	double *values;
};

struct ng_callbacks {
	const struct ng_options *options;
	struct ng_messages messages;
	struct ng_stream stream;
	struct ng_sync sync;
	char version[16];         /* from the banner of Init; "?" until it is told */
	bool asked_to_exit;       /* ngspice wants to be unloaded */
	bool has_quit;            /* because a command said so */
	atomic_bool is_cancelled; /* by any thread, relaxed: a flag and nothing behind it */

	/*
	 * Where a run that is to end early goes: ngspice 39 has no way to stop an analysis from its own
	 * thread, so the callback of a point leaves it by longjmp, as ngspice itself does on errors.
	 * What it leaves behind is freed and the library reloaded before the next circuit.
	 */
	jmp_buf unwind;
	bool can_unwind;
	enum carom_status why_unwound;
};

void ng_callbacks_init(struct ng_callbacks *callbacks, const struct ng_options *options);
void ng_callbacks_release(struct ng_callbacks *callbacks);

/* Before each call into ngspice: forget what it said. */
void ng_callbacks_clear(struct ng_callbacks *callbacks);

/* From a callback: leave the run, if one is under way; does not return then. */
void ng_callbacks_unwind(struct ng_callbacks *callbacks, enum carom_status why);

/* ngSpice_Init with these functions. */
void ng_callbacks_register(struct ng_callbacks *callbacks, const struct ng_api *api);

#endif
