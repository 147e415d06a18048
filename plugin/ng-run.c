/* SPDX-License-Identifier: BSD-3-Clause */
/* Running a deck's analyses, and making sure that they did run. */
#include <string.h>

#include "base/error.h"
#include "ng-diagnosis.h"
#include "ng-state.h"

void ng_session_destroy_plots(struct ng_session *session)
{
	if (!session->has_plots)
		return;
	ng_begin(session);
	ng_command(session, "destroy all");
	session->has_plots = false;
	session->last_plot[0] = '\0';
	ng_end(session);
}

void ng_session_cancel(struct ng_session *session)
{
	atomic_store_explicit(&session->callbacks.is_cancelled, true, memory_order_relaxed);
}

/* False: the callback of a point has left the run. */
static bool run_to_the_end(struct ng_session *session)
{
	struct ng_callbacks *callbacks = &session->callbacks;

	if (setjmp(callbacks->unwind))
		return false;
	callbacks->can_unwind = true;
	ng_command(session, "run");
	callbacks->can_unwind = false;
	return true;
}

/* Free what the run had, for unloading does not, and give up the library. */
static int give_up(struct ng_session *session, struct carom_error *err)
{
	struct ng_callbacks *callbacks = &session->callbacks;

	callbacks->can_unwind = false;
	ng_command(session, "destroy all");
	ng_command(session, "remcirc");
	ng_forget_commands(session);
	ng_end(session);
	ng_poison(session);
	if (callbacks->sync.error.status)
		return ng_sync_fail(&callbacks->sync, err);
	if (callbacks->why_unwound == CAROM_ERROR_MEMORY)
		return carom_fail_memory(err);
	return carom_fail(err, callbacks->why_unwound,
			  "the run was cancelled; load the circuit again");
}

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
			status = ng_capture_vector(&session->api, plot, 0, &vector, err);
		if (status)
			return status;
	}
	if (vector.length > 0)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "analysis %s has no points; check its range",
			  ng_capture_plot_name(&session->api, 0));
}

/*
 * Return codes mean nothing.  A failed run always says so on stderr, so the verdict is asked for
 * only if there are words other than notes and warnings.  What depends on the deck alone (which
 * plots there are, that they have points) is checked in its first run, and then only compared.
 */
static int check_run(struct ng_session *session, struct carom_error *err)
{
	const struct ng_messages *messages = &session->callbacks.messages;
	size_t n_plots;

	if (session->callbacks.asked_to_exit)
		return ng_diagnose(messages, "", CAROM_ERROR_POISONED, err);
	if (messages->n_errors + messages->n_details > 0 && !has_good_status(session))
		return ng_diagnose(messages, "", CAROM_ERROR_SIMULATOR, err);
	n_plots = ng_capture_plot_count(&session->api);
	if (n_plots == 0 || (session->n_plots && n_plots != session->n_plots))
		return ng_diagnose(messages, "an analysis left no results", CAROM_ERROR_SIMULATOR,
				   err);
	if (session->n_plots == 0) {
		int status = check_lengths(session, n_plots, err);

		if (status)
			return status;
		session->n_plots = n_plots;
	}
	return CAROM_OK;
}

static void note_last_plot(struct ng_session *session)
{
	session->last_plot[0] = '\0';
	strncat(session->last_plot, session->api.cur_plot(), sizeof(session->last_plot) - 1);
}

int ng_session_run(struct ng_session *session, struct carom_error *err)
{
	int status = ng_require_circuit(session, err);

	if (status)
		return status;
	ng_session_destroy_plots(session);
	ng_begin(session);
	atomic_store_explicit(&session->callbacks.is_cancelled, false, memory_order_relaxed);
	session->has_plots = true;
	ng_sync_begin(&session->callbacks.sync);
	if (!run_to_the_end(session))
		return give_up(session, err);
	status = check_run(session, err);
	ng_forget_commands(session);
	if (!status)
		note_last_plot(session);
	ng_end(session);
	if (status)
		ng_session_destroy_plots(session);
	return status;
}
