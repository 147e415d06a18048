/* SPDX-License-Identifier: BSD-3-Clause */
/* Cancel, time limit and progress of a run, for a few nanoseconds per point. */
#include "ng-watch.h"

#include <math.h>
#include <time.h>

/*
 * Reading the clock takes 25 to 40 ns, as long as a point of the smallest circuits may be streamed
 * in.  So points are skipped while they are fast, and never so many that slow ones go unseen.
 */
enum { LONGEST_STRIDE = 64 };
static const double fast_s = 0.001, slow_s = 0.005;

static const double usual_interval_s = 0.1;

/* How long no point must have come before a run is left in the middle of its words. */
static const double patience_s = 0.1;

enum carom_status ng_status_of_end(enum ng_end end)
{
	switch (end) {
	case NG_END_CANCELLED:
		return CAROM_ERROR_CANCELLED;
	case NG_END_LIMIT:
		return CAROM_ERROR_LIMIT;
	case NG_END_MEMORY:
		return CAROM_ERROR_MEMORY;
	case NG_GO_ON:
	case NG_END_ASKED:
		break;
	}
	return CAROM_OK;
}

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double interval_s(const struct ng_watch *watch)
{
	double interval = watch->options->progress_interval_s;

	return interval > 0 ? interval : usual_interval_s;
}

void ng_watch_begin(struct ng_watch *watch, const struct carom_run_options *options,
		    struct ng_control *control)
{
	*watch = (struct ng_watch){.options = options,
				   .control = control,
				   .stride = options->progress || options->time_limit_s > 0};
	if (watch->stride == 0)
		return; /* nobody asks for the time */
	watch->started_s = watch->looked_s = now_s();
	watch->progress_s = watch->started_s + interval_s(watch);
	watch->countdown = watch->stride;
}

static bool is_over_limit(const struct ng_watch *watch, double now)
{
	double limit = watch->options->time_limit_s;

	return limit > 0 && now - watch->started_s >= limit;
}

static void adapt(struct ng_watch *watch, double now)
{
	double elapsed = now - watch->looked_s;

	if (elapsed > slow_s && watch->stride > 1)
		watch->stride /= 2;
	else if (elapsed < fast_s && watch->stride < LONGEST_STRIDE)
		watch->stride *= 2;
	watch->looked_s = now;
	watch->countdown = watch->stride;
}

static bool tell(const struct ng_watch *watch, const char *plot, double at, size_t n_points,
		 double now)
{
	struct carom_run_progress progress = {.plot = plot,
					      .fraction = NAN,
					      .at = at,
					      .n_points = n_points,
					      .elapsed_s = now - watch->started_s};

	return watch->options->progress(watch->options->progress_arg, &progress);
}

static enum ng_end look(struct ng_watch *watch, const char *plot, double at, size_t n_points)
{
	double now = now_s();

	adapt(watch, now);
	if (is_over_limit(watch, now))
		return NG_END_LIMIT;
	if (!watch->options->progress || now < watch->progress_s)
		return NG_GO_ON;
	watch->progress_s = now + interval_s(watch);
	return tell(watch, plot, at, n_points, now) ? NG_GO_ON : NG_END_ASKED;
}

enum ng_end ng_watch_point(struct ng_watch *watch, const char *plot, double at, size_t index)
{
	watch->n_points++;
	if (ng_control_is_set(watch->control) && ng_control_hold(watch->control))
		return NG_END_CANCELLED;
	if (watch->stride == 0 || --watch->countdown > 0)
		return NG_GO_ON;
	return look(watch, plot, at, index + 1);
}

enum ng_end ng_watch_text(struct ng_watch *watch)
{
	bool is_cancelled = ng_control_is_cancelled(watch->control);
	double now;

	if (!is_cancelled && !(watch->options->time_limit_s > 0))
		return NG_GO_ON;
	now = now_s();
	if (!is_cancelled && !is_over_limit(watch, now))
		return NG_GO_ON;
	if (watch->silent_s == 0 || watch->n_points_silent != watch->n_points) {
		watch->silent_s = now;
		watch->n_points_silent = watch->n_points;
	}
	if (now - watch->silent_s < patience_s)
		return NG_GO_ON;
	return is_cancelled ? NG_END_CANCELLED : NG_END_LIMIT;
}

void ng_watch_tell(const struct ng_watch *watch, const char *plot, double at, size_t n_points)
{
	if (watch->options->progress)
		tell(watch, plot, at, n_points, now_s());
}
