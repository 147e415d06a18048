/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs in the background: the same run, on another thread. */
#include <errno.h>
#include <stdint.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "ng-control.h"
#include "sim/session-state.h"
#include "sim/session-thread.h"

void background_init(struct background *background)
{
	pthread_condattr_t attributes;

	atomic_init(&background->state, BACKGROUND_NONE);
	pthread_mutex_init(&background->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&background->changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

void background_release(struct background *background)
{
	pthread_cond_destroy(&background->changed);
	pthread_mutex_destroy(&background->mutex);
}

static void set_state(struct background *background, enum background_state state)
{
	pthread_mutex_lock(&background->mutex);
	atomic_store(&background->state, state);
	pthread_cond_broadcast(&background->changed);
	pthread_mutex_unlock(&background->mutex);
}

static void *run(void *arg)
{
	struct carom_session *session = arg;
	struct background *background = &session->background;

	pthread_mutex_lock(&session->mutex);
	session_run(session, &background->copy.options, false, &background->result,
		    &background->err);
	pthread_mutex_unlock(&session->mutex);
	set_state(background, BACKGROUND_DONE);
	return NULL;
}

static int start(struct carom_session *session, const struct carom_run_options *options,
		 struct carom_error *err)
{
	struct background *background = &session->background;
	struct carom_run_options read;
	int status = session_require_circuit(session, err);

	if (!status)
		status = run_options_read(&read, options, err);
	if (!status)
		status = run_options_copy(&background->copy, &read, err);
	if (status)
		return status;
	background->result = NULL;
	carom_error_clear(&background->err);
	set_state(background, BACKGROUND_RUNNING);
	errno = session_thread_create(&background->thread, NULL, run, session);
	if (errno == 0)
		return 0;
	set_state(background, BACKGROUND_NONE);
	run_options_free_copy(&background->copy);
	return carom_fail_errno(err, "the thread of a run cannot be started");
}

CAROM_API int carom_session_start(struct carom_session *session,
				  const struct carom_run_options *options, struct carom_error *err)
{
	int status = session_begin(session, err);

	if (status)
		return status;
	status = start(session, options, err);
	session_end(session);
	return status;
}

CAROM_API bool carom_session_is_running(const struct carom_session *session)
{
	return session && atomic_load(&session->background.state) == BACKGROUND_RUNNING;
}

/* ---- waiting ---- */

/* The state after the wait; one of several waiting threads sees DONE, and the others NONE. */
static enum background_state wait_for(struct background *background, double timeout_s)
{
	struct timespec end = clock_end(timeout_s);
	enum background_state state;
	int code = 0;

	pthread_mutex_lock(&background->mutex);
	while ((state = atomic_load(&background->state)) == BACKGROUND_RUNNING && code == 0)
		code = timeout_s < 0 ? pthread_cond_wait(&background->changed, &background->mutex)
				     : pthread_cond_timedwait(&background->changed,
							      &background->mutex, &end);
	if (state == BACKGROUND_DONE) {
		pthread_join(background->thread, NULL);
		run_options_free_copy(&background->copy);
		atomic_store(&background->state, BACKGROUND_NONE);
	}
	pthread_mutex_unlock(&background->mutex);
	return state;
}

static int take_outcome(struct background *background, struct carom_result **result,
			struct carom_error *err)
{
	struct carom_error outcome = background->err;

	*result = background->result;
	background->result = NULL;
	if (outcome.status && err)
		*err = outcome;
	return (int)outcome.status;
}

CAROM_API int carom_session_wait(struct carom_session *session, double timeout_s,
				 struct carom_result **result, struct carom_error *err)
{
	*result = NULL;
	if (err && err->status)
		return (int)err->status;
	if (!session)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "there is no session");
	if (session->simulator->ops->is_calling(session->simulator))
		return carom_fail(err, CAROM_ERROR_STATE,
				  "a callback must not wait for the run it is called by");
	switch (wait_for(&session->background, timeout_s)) {
	case BACKGROUND_DONE:
		return take_outcome(&session->background, result, err);
	case BACKGROUND_RUNNING:
		return carom_fail(err, CAROM_ERROR_LIMIT, "the run goes on after %g s of waiting",
				  timeout_s);
	case BACKGROUND_NONE:
		break;
	}
	return carom_fail(err, CAROM_ERROR_STATE, "no run was started in the background");
}

void session_end_background(struct carom_session *session)
{
	struct carom_result *result;

	if (atomic_load(&session->background.state) == BACKGROUND_NONE)
		return;
	ng_control_cancel(session->simulator->control);
	if (wait_for(&session->background, -1) != BACKGROUND_DONE)
		return;
	take_outcome(&session->background, &result, NULL);
	carom_result_free(result);
}
