/* SPDX-License-Identifier: BSD-3-Clause */
/* The progress line on a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "carom.h"

/* Of which study progress is told. */
struct progress_study {
	const struct carom_study *study;
	bool has_told; /* of its nominal run */
};

/*
 * A carom_progress_fn; arg: a struct progress_study.  A nominal run that failed is told of; nothing
 * else is written unless stderr is a terminal.
 */
bool progress_show(void *arg, const struct carom_progress *progress);

/* The same for one run. */
void progress_show_run(const struct carom_run_progress *progress);

/* A share from 0 to 1 of work that has taken so long. */
void progress_show_share(double share, double elapsed_s);

/* Wipe the line. */
void progress_end(void);

/* "1:02:03", "4:05" or "12 s"; "?" if unknown. buffer of 32 bytes. */
const char *progress_time(double seconds, char buffer[32]);

#endif
