/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs of a session: in the caller's time or in the background, and what they are told meanwhile. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ng-control.h"
#include "sim/run-options.h"
#include "sim/session-state.h"

/* ---- progress ---- */

/* Between the simulator, which knows where it is, and the host, who wants to know how far that is. */
struct relay {
	const struct carom_session *session;
	const struct carom_run_options *options; /* the host's */
	struct sweep own;                        /* of an analysis by call */
	bool has_own;
	char plot[32]; /* the one at hand, and how many of its kind came before */
	size_t number;
	char kind[8];
};

static size_t kind_length(const char *plot)
{
	return strcspn(plot, "0123456789");
}

/* Plots of one kind come one after the other. */
static void note_plot(struct relay *relay, const char *plot)
{
	size_t length = kind_length(plot);
	bool is_same_kind =
		strlen(relay->kind) == length && strncmp(relay->kind, plot, length) == 0;

	if (strcmp(relay->plot, plot) == 0)
		return;
	relay->number = is_same_kind ? relay->number + 1 : 0;
	snprintf(relay->plot, sizeof(relay->plot), "%s", plot);
	snprintf(relay->kind, sizeof(relay->kind), "%.*s", (int)length, plot);
}

static double fraction(const struct relay *relay, const struct carom_run_progress *progress)
{
	const struct sweep *found = relay->has_own ? &relay->own
						   : sweep_list_find(&relay->session->sweeps,
								     relay->kind, relay->number);
	struct sweep sweep;

	if (!found || strcmp(found->kind, relay->kind) != 0 || isnan(progress->at))
		return (double)NAN;
	sweep = *found;
	if (strcmp(sweep.kind, "tran") == 0 && relay->options->stop_time > 0)
		sweep.to = fmin(sweep.to, relay->options->stop_time);
	return sweep_fraction(&sweep, progress->at, progress->n_points);
}

static bool tell(void *arg, const struct carom_run_progress *progress)
{
	struct relay *relay = arg;
	struct carom_run_progress told = *progress;

	note_plot(relay, told.plot);
	told.fraction = fraction(relay, progress);
	return relay->options->progress(relay->options->progress_arg, &told);
}

/* ---- runs ---- */

/* 0 if it is not known.  Of two transients none can go on. */
static double max_step_of(const struct carom_session *session)
{
	const struct sweep *tran = sweep_list_find(&session->sweeps, "tran", 0);

	return tran ? tran->max_step : 0;
}

static int simulate(struct carom_session *session, const struct carom_run_options *options,
		    bool goes_on, struct carom_result **result, struct carom_error *err)
{
	struct relay relay = {.session = session, .options = options};
	struct carom_run_options told = *options;
	struct service_run run = {&told, session->simulator->control, goes_on,
				  goes_on ? max_step_of(session) : 0};
	int status = session_require_circuit(session, err);

	if (!status && options->analysis && !goes_on)
		status = session_check_analysis(session, options->analysis, err);
	if (status)
		return status;
	if (options->analysis)
		relay.has_own = sweep_read(&relay.own, options->analysis, NULL);
	if (options->progress) {
		told.progress = tell;
		told.progress_arg = &relay;
	}
	return session->simulator->ops->run(session->simulator, &run, result, err);
}

int session_run(struct carom_session *session, const struct carom_run_options *options,
		bool goes_on, struct carom_result **result, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	int status = simulate(session, options, goes_on, result, &reason);

	if (!status)
		return 0;
	reason.status = (enum carom_status)status;
	carom_error_place(&reason, session->source, 0);
	return carom_fail_as(err, &reason);
}

static int run_now(struct carom_session *session, const struct carom_run_options *options,
		   bool goes_on, struct carom_result **result, struct carom_error *err)
{
	struct carom_run_options read;
	int status = session_begin(session, err);

	*result = NULL;
	if (status)
		return status;
	status = run_options_read(&read, options, err);
	if (!status)
		status = session_run(session, &read, goes_on, result, err);
	session_end(session);
	return status;
}

CAROM_API int carom_session_run(struct carom_session *session, struct carom_result **result,
				struct carom_error *err)
{
	return run_now(session, NULL, false, result, err);
}

CAROM_API int carom_session_run_with(struct carom_session *session,
				     const struct carom_run_options *options,
				     struct carom_result **result, struct carom_error *err)
{
	return run_now(session, options, false, result, err);
}

CAROM_API int carom_session_resume(struct carom_session *session,
				   const struct carom_run_options *options,
				   struct carom_result **result, struct carom_error *err)
{
	return run_now(session, options, true, result, err);
}

/* ---- from any thread ---- */

CAROM_API void carom_session_cancel(struct carom_session *session)
{
	if (session)
		ng_control_cancel(session->simulator->control);
}

CAROM_API void carom_session_pause(struct carom_session *session)
{
	if (session)
		ng_control_pause(session->simulator->control);
}

CAROM_API void carom_session_unpause(struct carom_session *session)
{
	if (session)
		ng_control_unpause(session->simulator->control);
}
