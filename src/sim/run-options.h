/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of a run: checked, copied, and as bytes for another process. */
#ifndef SIM_RUN_OPTIONS_H
#define SIM_RUN_OPTIONS_H

#include "base/pack.h"
#include "carom-error.h"
#include "carom-run.h"

/* Those of a host of any version, NULL for the defaults, as this version has them; nothing is copied. */
int run_options_read(struct carom_run_options *read, const struct carom_run_options *options,
		     struct carom_error *err);

/*
 * Move everything but callbacks and their arguments.  Unpacked strings are borrowed from the bytes;
 * unpacked arrays are released by run_options_release, also if the pack has failed.
 */
void run_options_pass(struct pack *pack, struct carom_run_options *options);
void run_options_release(struct carom_run_options *options);

/* All of it in memory of its own. */
struct run_options_copy {
	struct carom_run_options options;
	struct text bytes;
};
int run_options_copy(struct run_options_copy *copy, const struct carom_run_options *options,
		     struct carom_error *err);
void run_options_free_copy(struct run_options_copy *copy); /* a zeroed one is legal */

#endif
