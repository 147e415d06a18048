/* SPDX-License-Identifier: BSD-3-Clause */
/* From what ngspice said to an error: its category, its words, its place and what to do. */
#ifndef PLUGIN_NG_DIAGNOSIS_H
#define PLUGIN_NG_DIAGNOSIS_H

#include <stddef.h>

#include "carom-error.h"
#include "ng-message.h"

/*
 * All set *err and return its status: that of the kept line that says most about the cause, or
 * fallback if no line is known.
 */

/* Of a deck of n lines that was not loaded; sets err->line where the words tell it. */
int ng_diagnose_load(const struct ng_messages *messages, const char *const *lines, size_t n,
		     enum carom_status fallback, struct carom_error *err);

/* Of a run, or of a command: context is put before the words: "alter r1", or "". */
int ng_diagnose(const struct ng_messages *messages, const char *context, enum carom_status fallback,
		struct carom_error *err);

#endif
