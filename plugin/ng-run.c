/* SPDX-License-Identifier: BSD-3-Clause */
/* Running analyses, and making sure that they did run. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ng-analysis.h"
#include "ng-diagnosis.h"
#include "ng-leaks.h"
#include "ng-points.h"
#include "ng-state.h"

static const struct carom_run_options no_options = {.size = sizeof(no_options)};

/* ---- the plots of the last run ---- */

/* A run that was left by longjmp: free what it had, for unloading does not, and give up the library. */
static void abandon(struct ng_session *session)
{
	if (!session->callbacks.is_locked) {
		ng_command(session, "destroy all");
		ng_command(session, "remcirc");
		ng_forget_commands(session);
	}
	session->is_wrecked |= session->callbacks.is_locked;
	ng_poison(session);
}

void ng_session_destroy_plots(struct ng_session *session)
{
	if (!session->has_plots)
		return;
	ng_begin(session);
	if (session->is_left)
		abandon(session);
	else
		ng_command(session, "destroy all");
	session->has_plots = session->is_stopped = session->can_resume = false;
	session->last_plot[0] = '\0';
	ng_end(session);
	if (session->is_spoilt)
		ng_poison(session);
}

bool ng_session_is_stopped(const struct ng_session *session)
{
	return session->is_stopped;
}

static void note_last_plot(struct ng_session *session)
{
	session->last_plot[0] = '\0';
	strncat(session->last_plot, session->api.cur_plot(), sizeof(session->last_plot) - 1);
	if (strcmp(session->last_plot, "const") == 0)
		session->last_plot[0] = '\0';
}

/* ---- one command that simulates ---- */

/* False: a callback has left the run. */
static bool run_to_the_end(struct ng_session *session, const char *command)
{
	struct ng_callbacks *callbacks = &session->callbacks;

	callbacks->end = NG_GO_ON;
	callbacks->n_ended_plots = 0;
	callbacks->is_interrupted = callbacks->has_met_stop = callbacks->is_locked = false;
	if (setjmp(callbacks->unwind)) {
		ng_leaks_call_was_left();
		callbacks->can_unwind = false;
		session->is_left = true;
		session->is_loaded = false;
		return false;
	}
	callbacks->can_unwind = true;
	ng_command(session, command);
	callbacks->can_unwind = false;
	session->is_wrecked |= callbacks->asked_to_exit;
	return true;
}

static int fail_to_end(enum ng_end end, struct carom_error *err)
{
	switch (end) {
	case NG_END_CANCELLED:
		return carom_fail(err, CAROM_ERROR_CANCELLED, "the run was cancelled");
	case NG_END_LIMIT:
		return carom_fail(err, CAROM_ERROR_LIMIT,
				  "the run took longer than its time limit");
	case NG_END_MEMORY:
		return carom_fail_memory(err);
	case NG_GO_ON:
	case NG_END_ASKED:
		break;
	}
	return CAROM_OK;
}

static int explain_leaving(const struct ng_callbacks *callbacks, struct carom_error *err)
{
	if (callbacks->sync.error.status)
		return ng_sync_fail(&callbacks->sync, err);
	if (callbacks->asked_to_exit)
		return ng_diagnose(&callbacks->messages, "", CAROM_ERROR_POISONED, err);
	return fail_to_end(callbacks->end, err);
}

/* ---- did it run? ---- */

/* ngspice's own verdict, which it keeps in a variable: 0 if no analysis failed. */
static bool has_good_status(struct ng_session *session)
{
	struct ng_messages *messages = &session->callbacks.messages;

	messages->wants_answer = true;
	ng_command(session, "echo $sim_status");
	messages->wants_answer = false;
	return strcmp(messages->answer, "0") == 0;
}

/*
 * Does any plot have points?  An .ac from 1k to 1 hertz succeeds without; beside others that have
 * some it is left as it is.  An empty circuit has an operating point without vectors.
 */
static int check_lengths(struct ng_session *session, size_t n_plots, struct carom_error *err)
{
	struct ng_vector vector = {.length = 0};

	for (size_t i = 0; i < n_plots && vector.length == 0; i++) {
		const char *plot = ng_capture_plot_name(&session->api, i);
		struct ng_plot found;
		int status = ng_capture_plot(&session->api, i, &found, err);

		if (!status && found.n_vectors > 0)
			status = ng_capture_first(&session->api, plot, &vector, err);
		if (status)
			return status;
	}
	if (vector.length > 0)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "analysis %s has no points\ncheck its range",
			  ng_capture_plot_name(&session->api, 0));
}

/*
 * Return codes mean nothing.  A failed run always says so on stderr, so the verdict is asked for
 * only if there are words other than notes and warnings.  What depends on the deck alone (which
 * plots there are, that they have points) is checked in its first run, and then only compared.
 */
static int check_run(struct ng_session *session, bool is_of_deck, struct carom_error *err)
{
	const struct ng_messages *messages = &session->callbacks.messages;
	size_t n_plots, n_expected = is_of_deck ? session->n_plots : 0;

	if (session->callbacks.asked_to_exit)
		return ng_diagnose(messages, "", CAROM_ERROR_POISONED, err);
	if (messages->n_faults > 0 ||
	    (messages->n_errors + messages->n_details > 0 && !has_good_status(session)))
		return ng_diagnose(messages, "", CAROM_ERROR_SIMULATOR, err);
	n_plots = ng_capture_plot_count(&session->api);
	if (n_plots == 0 || (n_expected && n_plots != n_expected))
		return ng_diagnose(messages, "an analysis left no results", CAROM_ERROR_SIMULATOR,
				   err);
	if (n_expected == 0) {
		int status = check_lengths(session, n_plots, err);

		if (status)
			return status;
		if (is_of_deck)
			session->n_plots = n_plots;
	}
	return CAROM_OK;
}

/*
 * Only these leave the circuit as it was when they stop half-way, and only these come to the same when
 * they go on: nested sweeps repeat or omit points, noise adds up wrongly, sensitivities end at once.
 */
static bool is_harmless(const char *plot)
{
	return strncmp(plot, "tran", 4) == 0 || strncmp(plot, "ac", 2) == 0;
}

/*
 * The run stopped, and may go on.  ngspice can resume one analysis only, and in a sweep the source
 * has the value it was stopped at.
 */
static int take_stop(struct ng_session *session, struct carom_error *err)
{
	const struct ng_callbacks *callbacks = &session->callbacks;
	bool is_sound = is_harmless(callbacks->stream.plot);

	session->is_stopped = true;
	session->can_resume = is_sound && callbacks->stream.n_plots == 1 &&
			      ng_capture_plot_count(&session->api) == 1;
	session->is_spoilt |= !is_sound;
	return fail_to_end(callbacks->end, err);
}

/*
 * A condition that is met at the last point stops the first analysis of the next run, for ngspice
 * looks for it between points.
 */
static int check_end(struct ng_session *session, const struct carom_run_options *options,
		     struct carom_error *err)
{
	const struct ng_callbacks *callbacks = &session->callbacks;
	int status;

	if (callbacks->is_interrupted)
		return take_stop(session, err);
	status = check_run(session, !options->analysis, err);
	session->is_spoilt |= callbacks->has_met_stop;
	session->is_stopped = callbacks->has_met_stop || callbacks->end != NG_GO_ON;
	if (!status && callbacks->end != NG_GO_ON)
		status = fail_to_end(callbacks->end, err);
	return status;
}

/* ---- the run ---- */

static int go(struct ng_session *session, const struct carom_run_options *options,
	      struct ng_control *control, const char *command, struct carom_error *err)
{
	struct ng_callbacks *callbacks = &session->callbacks;
	int status;

	ng_sync_begin(&callbacks->sync);
	ng_watch_begin(&callbacks->watch, options, control);
	session->has_plots = true;
	if (!run_to_the_end(session, command))
		status = explain_leaving(callbacks, err);
	else
		status = check_end(session, options, err);
	if (callbacks->asked_to_exit)
		return status;
	note_last_plot(session);
	return session->is_left ? status : ng_points_finish(session, options, command, status, err);
}

static int prepare(struct ng_session *session, const struct carom_run_options *options,
		   char command[NG_COMMAND_SIZE], struct carom_error *err)
{
	int status = CAROM_OK;

	strcpy(command, "run");
	if (options->analysis)
		status = ng_analysis_read(options->analysis, command, err);
	if (!status && (options->n_save || session->saves.asked || options->keeps_nothing ||
			session->callbacks.sees_points))
		status = ng_saves_set(session, options, err);
	if (!status)
		status = ng_points_prepare(session, options, command, err);
	if (!status)
		status = ng_stops_set(session, options, err);
	return status;
}

/* What a run by conditions, or one that failed, has left on ngspice's list must not be done again. */
static void finish(struct ng_session *session, const struct carom_run_options *options, int status)
{
	bool has_stops = options->stop_when || options->stop_time > 0 ||
			 session->callbacks.n_ended_plots > 0;

	ng_stream_end(&session->callbacks.stream);
	if (has_stops && !session->is_left && ng_stops_clear(session, NULL))
		session->is_spoilt = true;
	if (has_stops || status)
		ng_forget_commands(session);
	ng_end(session);
}

static int begin(struct ng_session *session, const struct carom_run_options *options,
		 struct carom_error *err)
{
	int status = ng_require_circuit(session, err);

	if (status)
		return status;
	ng_session_destroy_plots(session); /* which may give up the library */
	if (!session->is_poisoned && !ng_saves_need_reload(&session->saves, options))
		return CAROM_OK;
	ng_poison(session);
	return carom_fail(err, CAROM_ERROR_STATE,
			  "the circuit has to be loaded again after what the last run did to it");
}

bool ng_session_can_run(struct ng_session *session, const struct carom_run_options *options)
{
	if (!session->is_loaded || session->is_spoilt)
		return false;
	if (!session->may_sweep_temperature && options && options->analysis &&
	    ng_analysis_sweeps_temperature(options->analysis)) {
		session->may_sweep_temperature = true; /* see know_deck() */
		return false;
	}
	if (session->callbacks.sees_points && options && options->analysis &&
	    ng_analysis_kind(options->analysis) == NG_KIND_PZ) {
		session->may_find_no_roots = true; /* see know_deck(), too */
		return false;
	}
	return !ng_saves_need_reload(&session->saves, options ? options : &no_options);
}

int ng_session_run_with(struct ng_session *session, const struct carom_run_options *options,
			struct ng_control *control, struct carom_error *err)
{
	char command[NG_COMMAND_SIZE];
	int status;

	options = options ? options : &no_options;
	session->is_by_call = options->analysis != NULL;
	status = begin(session, options, err);
	if (status)
		return status;
	ng_begin(session);
	status = prepare(session, options, command, err);
	if (!status && !ng_stream_start(&session->callbacks.stream, options))
		status = carom_fail_memory(err);
	if (!status)
		status = go(session, options, control, command, err);
	finish(session, options, status);
	return status;
}

int ng_session_run(struct ng_session *session, struct carom_error *err)
{
	return ng_session_run_with(session, NULL, NULL, err);
}

/* The distance below which breakpoints count as one; 0: ngspice's own, which changes with a resume. */
static void set_min_break(struct ng_session *session, double seconds)
{
	char command[NG_COMMAND_SIZE];

	snprintf(command, sizeof(command), "option minbreak=%.17g", seconds);
	ng_command(session, command);
}

static int check_resume(struct ng_session *session, bool keeps_breaks, struct carom_error *err)
{
	bool is_tran = strncmp(session->callbacks.stream.plot, "tran", 4) == 0;
	int status = ng_require_circuit(session, err);

	if (status)
		return status;
	if (!session->can_resume)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "there is no run that can be resumed: it must have been one "
				  "transient or ac analysis, and stopped");
	if (!is_tran || !session->has_edges || keeps_breaks ||
	    (session->has_min_break && !session->is_by_call))
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_STATE,
			  "ngspice would lose edges of pulses if this transient went on\n"
			  "have it on a card of the deck, with numbers, not by call");
}

int ng_session_resume(struct ng_session *session, const struct carom_run_options *options,
		      double max_step, struct ng_control *control, struct carom_error *err)
{
	bool keeps_breaks = max_step > 0 && !session->is_by_call && !session->has_min_break;
	int status = check_resume(session, keeps_breaks, err);

	if (status)
		return status;
	options = options ? options : &no_options;
	ng_begin(session);
	session->can_resume = session->is_stopped = false;
	if (keeps_breaks)
		set_min_break(session, 10 * (1e-11 * max_step)); /* as in a run that begins */
	status = ng_stops_set(session, options, err);
	if (!status && !ng_stream_go_on(&session->callbacks.stream, options))
		status = carom_fail_memory(err);
	if (!status)
		status = go(session, options, control, "resume", err);
	if (keeps_breaks)
		set_min_break(session, 0);
	finish(session, options, status);
	return status;
}
