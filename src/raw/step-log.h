/* SPDX-License-Identifier: BSD-3-Clause */
/* What was stepped, as a simulator's log says. */
#ifndef RAW_STEP_LOG_H
#define RAW_STEP_LOG_H

#include <stddef.h>

#include "base/error.h"

struct step_log {
	char *text;    /* of the log, cut into the values */
	char **values; /* "r=1k temp=27" for each step, in the order of the log */
	size_t n, capacity;
};

/* Released in any case.  Any text is a log; it may have no steps. */
int step_log_read(struct step_log *log, const char *path, struct carom_error *err);
void step_log_release(struct step_log *log);

/* The log beside a RAW file, to be freed by mem_free: *path is NULL if there is none. */
int step_log_find(const char *raw, char **path, struct carom_error *err);

#endif
