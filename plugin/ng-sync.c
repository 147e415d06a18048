/* SPDX-License-Identifier: BSD-3-Clause */
/* Trampolines from libngspice to the host that answers sources and steps. */
#include "ng-sync.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "ng-callback.h"

/*
 * ngspice's own limit is 1e-11 of the longest step it may take, which is not less than the longest it
 * has taken.  A step that is lost in the rounding of the time would never end.
 */
#define SHORTEST_OF_LONGEST 1e-11
#define SHORTEST_OF_TIME 1e-15

/*
 * Between these versions a step that ngspice has cut to just before the end is followed by one of a
 * length that is not positive.  43 was tried; the sources of the others have the same cut.
 */
enum { FIRST_WITHOUT_END = 40, FIRST_WITH_END = 45 };

/* Two might be a breakpoint and a cautious step after it; see leave_no_half(). */
#define HALVES_OF_NO_BREAKPOINT 3

/* After an error the run is left, or if it cannot be, goes on with values that do no harm. */
static void fail(struct ng_callbacks *callbacks)
{
	ng_callbacks_unwind(callbacks, callbacks->sync.error.status);
}

/* "v.x1.v2" of ngspice is v2 of x1. */
static const char *name_from_ng(const char *name)
{
	return strncmp(name + 1, ".x", 2) == 0 ? name + 2 : name;
}

static int get_value(double *value, double time, char *name, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;
	const struct ng_options *options = callbacks->options;
	struct carom_error *error = &callbacks->sync.error;

	(void)ident;
	*value = error->status ? 0 : options->source(options->cosim_arg, name_from_ng(name), time);
	if (isfinite(*value))
		return 0;
	carom_fail(error, CAROM_ERROR_ARGUMENT,
		   "the host answered %g as the value of the external source %s at %.9g s\nit must "
		   "be finite",
		   *value, name_from_ng(name), time);
	*value = 0;
	fail(callbacks);
	return 0;
}

static double shortest_step(const struct ng_sync *sync, double time)
{
	return fmax(SHORTEST_OF_LONGEST * sync->longest_step, SHORTEST_OF_TIME * time);
}

/* Is what the host wants of the step possible?  If not, the error says why. */
static bool can_follow(struct ng_sync *sync, const struct ng_step *step, bool is_kept,
		       double shortest)
{
	double next = *step->next_delta;

	if (!(next > 0))
		carom_fail(&sync->error, CAROM_ERROR_ARGUMENT,
			   "the host chose %g s as the step after %.9g s\nit must be positive",
			   next, step->time);
	else if (!is_kept && next >= step->delta)
		carom_fail(
			&sync->error, CAROM_ERROR_ARGUMENT,
			"the host took back the step to %.9g s without a shorter one in its place\n"
			"set *next_delta below %.9g s",
			step->time, step->delta);
	else if (!is_kept && sync->has_events)
		carom_fail(&sync->error, CAROM_ERROR_STATE,
			   "the host took back the step to %.9g s, and ngspice does not take back "
			   "the events of event-driven models\nshorten steps by *next_delta alone",
			   step->time);
	else if (!is_kept && step->delta <= shortest)
		carom_fail(
			&sync->error, CAROM_ERROR_TIMESTEP,
			"the host took back the step to %.9g s, which cannot be made shorter than "
			"%.3g s",
			step->time, step->delta);
	return sync->error.status == CAROM_OK;
}

/*
 * delta: the suggestion, to be made smaller.  time: where the next step begins if ngspice has its
 * way: the end of the step made, or its begin if it is_rejected.  True to take the step back.
 */
static bool ask_about_step(struct ng_callbacks *callbacks, double time, double *delta,
			   double made_delta, bool is_rejected)
{
	const struct ng_options *options = callbacks->options;
	struct ng_sync *sync = &callbacks->sync;
	double next = *delta, shortest;
	struct ng_step step = {is_rejected ? time + made_delta : time, made_delta, &next,
			       is_rejected};
	bool is_kept = options->step(options->cosim_arg, &step) || is_rejected;

	shortest = shortest_step(sync, step.time);
	if (!can_follow(sync, &step, is_kept, shortest)) {
		fail(callbacks);
		return false;
	}
	if (!is_kept || next < *delta)
		*delta = fmax(next, fmin(shortest, *delta));
	sync->suggestion = *delta;
	return !is_kept;
}

/*
 * Once a host sees steps, ngspice cuts what goes beyond the end of the transient to just before it, and
 * version 46 halves steps of which not quite two fit before a breakpoint: it would come near the end
 * by ever smaller halves.  Steps that are cut to less than half of what was suggested and would
 * reach the same time if they were twice as long are those.
 */
static void leave_no_half(struct ng_sync *sync, double time, double *delta)
{
	double end = time + 2 * *delta;
	bool is_cut = 2 * *delta < sync->suggestion;
	bool is_same = fabs(end - sync->end_of_halves) <= 4 * DBL_EPSILON * end;

	sync->n_halves = !is_cut ? 0 : is_same ? sync->n_halves + 1 : 1;
	sync->end_of_halves = end;
	if (sync->n_halves >= HALVES_OF_NO_BREAKPOINT)
		*delta *= 2;
	sync->suggestion = 0; /* one step, one look at it */
}

/* ngspice calls at two places: 0 before a step, cut by breakpoints or not, and 1 after it. */
static int get_step(double time, double *delta, double made_delta, int is_rejected, int ident,
		    int place, void *user)
{
	struct ng_callbacks *callbacks = user;

	(void)ident;
	if (callbacks->sync.error.status)
		return 0;
	if (place == 0) {
		if (callbacks->sync.suggestion > 0)
			leave_no_half(&callbacks->sync, time, delta);
		return 0;
	}
	callbacks->sync.longest_step = fmax(callbacks->sync.longest_step, made_delta);
	return ask_about_step(callbacks, time, delta, made_delta, is_rejected);
}

void ng_sync_register(struct ng_callbacks *callbacks, const struct ng_api *api)
{
	const struct ng_options *options = callbacks->options;
	int ident = 0;

	if (api->init_sync && (options->source || options->step))
		api->init_sync(options->source ? get_value : NULL,
			       options->source ? get_value : NULL, options->step ? get_step : NULL,
			       &ident, callbacks);
}

int ng_sync_check_version(const struct ng_callbacks *callbacks, struct carom_error *err)
{
	double version = strtod(callbacks->version, NULL);

	if (!callbacks->options->step || version < FIRST_WITHOUT_END || version >= FIRST_WITH_END)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_LIBRARY,
			  "ngspice %s does not come to the end of a transient whose steps a host "
			  "is told of\ntake version 39, or 45 and later, or do without the step "
			  "callback",
			  callbacks->version);
}

void ng_sync_begin(struct ng_sync *sync)
{
	carom_error_clear(&sync->error);
	sync->longest_step = sync->suggestion = 0;
	sync->n_halves = 0;
}

int ng_sync_fail(const struct ng_sync *sync, struct carom_error *err)
{
	return carom_fail_as(err, &sync->error);
}
