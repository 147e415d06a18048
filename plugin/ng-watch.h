/* SPDX-License-Identifier: BSD-3-Clause */
/* Looking at a run from inside, at its points: is it to go on?  Progress is told here too. */
#ifndef PLUGIN_NG_WATCH_H
#define PLUGIN_NG_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"
#include "carom-run.h"
#include "ng-control.h"

/* What becomes of a run. */
enum ng_end {
	NG_GO_ON,
	NG_END_ASKED, /* by a callback: no error */
	NG_END_CANCELLED,
	NG_END_LIMIT,
	NG_END_MEMORY,
};

/* CAROM_OK where it is no error. */
enum carom_status ng_status_of_end(enum ng_end end);

struct ng_watch {
	const struct carom_run_options *options;
	struct ng_control *control; /* NULL: nobody can tell it anything */
	double started_s, looked_s; /* on the monotonic clock */
	double progress_s;          /* when progress is told next */
	/* The clock is read at every stride-th point only; 0: never. */
	unsigned stride, countdown;
	size_t n_points;        /* of all plots of the run */
	size_t n_points_silent; /* n_points when an end was first due at a line of text, */
	double silent_s;        /* and the time; 0: not yet */
};

void ng_watch_begin(struct ng_watch *watch, const struct carom_run_options *options,
		    struct ng_control *control);

/* At a point of the named plot, its index-th, at this value of its scale. */
enum ng_end ng_watch_point(struct ng_watch *watch, const char *plot, double at, size_t index);

/*
 * At a line of text.  A run that is to end does so at its next point; other than NG_GO_ON only if it is
 * due for a while and no point has come.
 */
enum ng_end ng_watch_text(struct ng_watch *watch);

/* The last word on progress: the analysis has ended.  Nothing without a callback for it. */
void ng_watch_tell(const struct ng_watch *watch, const char *plot, double at, size_t n_points);

#endif
