/* SPDX-License-Identifier: BSD-3-Clause */
/* A study in the background: a thread of its own runs it, the host looks on. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "study/job.h"
#include "study/run.h"

struct background {
	struct run run;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t ended;
	bool is_running;
	bool has_progress;
	bool has_begun; /* the store is in its place, and there may be samples */
	struct carom_progress progress;
	int status;
	struct carom_error error;
	carom_progress_fn *told; /* the host's own; set before the thread begins */
	void *told_arg;
	struct carom_store *results; /* the host's thread's */
};

/* ---- the study's thread ---- */

static bool take_progress(void *arg, const struct carom_progress *progress)
{
	struct background *background = arg;

	pthread_mutex_lock(&background->lock);
	background->progress = *progress;
	background->has_progress = true;
	background->has_begun |= progress->search == 0;
	pthread_mutex_unlock(&background->lock);
	return !background->told || background->told(background->told_arg, progress);
}

static void *execute(void *arg)
{
	struct background *background = arg;
	struct carom_error error = CAROM_ERROR_INIT;
	int status = run_execute(&background->run, &error);

	pthread_mutex_lock(&background->lock);
	background->status = status;
	background->error = error;
	background->has_begun |= status == 0;
	background->is_running = false;
	pthread_cond_broadcast(&background->ended);
	pthread_mutex_unlock(&background->lock);
	return NULL;
}

/* Signals are for the host's threads. */
static int start_thread(struct background *background)
{
	sigset_t all, before;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&background->thread, NULL, execute, background);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

/* ---- the host's ---- */

static void background_free(struct background *background)
{
	if (!background)
		return;
	carom_store_close(background->results);
	run_release(&background->run);
	pthread_cond_destroy(&background->ended);
	pthread_mutex_destroy(&background->lock);
	mem_free(background);
}

static struct background *background_new(void)
{
	struct background *background = mem_zalloc(1, sizeof(*background));
	pthread_condattr_t clock;

	if (!background)
		return NULL;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&background->ended, &clock);
	pthread_condattr_destroy(&clock);
	pthread_mutex_init(&background->lock, NULL);
	return background;
}

static void watch_progress(struct background *background)
{
	struct carom_study_options *options = &background->run.options;

	background->told = options->progress;
	background->told_arg = options->progress_arg;
	options->progress = take_progress;
	options->progress_arg = background;
}

CAROM_API int carom_study_start(struct carom_study *study,
				const struct carom_study_options *options, struct carom_error *err)
{
	struct background *background;
	int status;

	if (!study)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study");
	if (study->background && study->background->thread)
		return carom_fail(err, CAROM_ERROR_STATE, "the study is running already");
	background_free(study->background);
	study->background = NULL;
	background = background_new();
	if (!background)
		return carom_fail_memory(err);
	status = run_prepare(&background->run, study, options, err);
	if (!status) {
		watch_progress(background);
		background->is_running = true;
		errno = start_thread(background);
		if (errno)
			status = carom_fail_errno(err, "cannot start a thread");
	}
	if (status)
		background_free(background);
	else
		study->background = background;
	return status;
}

CAROM_API bool carom_study_poll(struct carom_study *study, struct carom_progress *progress)
{
	struct background *background = study->background;
	bool is_running = false;

	if (progress)
		*progress = (struct carom_progress){
			.n_samples = background ? background->run.job->n_samples
						: carom_study_samples(study)};
	if (!background)
		return false;
	pthread_mutex_lock(&background->lock);
	is_running = background->is_running;
	if (progress && background->has_progress)
		*progress = background->progress;
	pthread_mutex_unlock(&background->lock);
	return is_running;
}

/* True once it has ended. */
static bool wait_for_end(struct background *background, double timeout_s)
{
	struct timespec end = clock_end(timeout_s);
	bool has_ended;
	int error = 0;

	pthread_mutex_lock(&background->lock);
	while (background->is_running && error != ETIMEDOUT)
		error = timeout_s < 0 ? pthread_cond_wait(&background->ended, &background->lock)
				      : pthread_cond_timedwait(&background->ended,
							       &background->lock, &end);
	has_ended = !background->is_running;
	pthread_mutex_unlock(&background->lock);
	return has_ended;
}

CAROM_API int carom_study_wait(struct carom_study *study, double timeout_s, struct carom_error *err)
{
	struct background *background = study ? study->background : NULL;

	if (!background || !background->thread)
		return carom_fail(err, CAROM_ERROR_STATE, "the study was not started");
	if (!wait_for_end(background, timeout_s))
		return carom_fail(err, CAROM_ERROR_LIMIT, "the study is still running");
	pthread_join(background->thread, NULL);
	background->thread = 0;
	return background->status ? carom_fail_as(err, &background->error) : 0;
}

CAROM_API int carom_study_results(struct carom_study *study, const struct carom_store **store,
				  struct carom_error *err)
{
	struct background *background = study ? study->background : NULL;
	bool has_begun = false;
	int status = 0;

	*store = NULL;
	if (background) {
		pthread_mutex_lock(&background->lock);
		has_begun = background->has_begun;
		pthread_mutex_unlock(&background->lock);
	}
	if (!has_begun)
		return carom_fail(err, CAROM_ERROR_STATE, "there are no samples yet");
	if (!background->results)
		status = carom_store_open(&background->results, background->run.job->store, err);
	*store = background->results;
	return status;
}

void study_end_background(struct carom_study *study)
{
	if (study->background && study->background->thread) {
		carom_study_cancel(study);
		carom_study_wait(study, -1, NULL);
	}
	background_free(study->background);
	study->background = NULL;
}
