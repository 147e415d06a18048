/* SPDX-License-Identifier: BSD-3-Clause */
/* The session's thread: a hand-over that spins a little before it sleeps. */
#include "sim/session-thread.h"

#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/mem.h"
#include "sim/patience.h"

#define LOOKS_PER_TIME 32 /* a look takes 10 to 40 ns, the time of day about as much */

/*
 *	READY ──call──▶ ASKED ──the call returned──▶ READY        (the caller; the thread)
 *	  └────stop───▶ ENDED                                     (the caller; the thread returns)
 */
enum stage { STAGE_READY, STAGE_ASKED, STAGE_ENDED };

struct session_thread {
	pthread_t id;
	int core;
	bool has_other_cpus;     /* before the thread starts */
	session_thread_fn *call; /* written before ASKED, read after it; arg too */
	void *arg;
	_Atomic enum stage stage; /* stored with release under the mutex, loaded with acquire */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
};

/* Look for a while whether the stage is another than the given one. */
static void look(struct session_thread *thread, enum stage stage)
{
	int64_t end = patience_end(thread->has_other_cpus);

	do {
		for (int i = 0; i < LOOKS_PER_TIME; i++) {
			if (atomic_load_explicit(&thread->stage, memory_order_acquire) != stage)
				return;
			patience_relax();
		}
	} while (patience_lasts(end));
}

/* Wait until the stage is another than the given one, and return it. */
static enum stage wait_while(struct session_thread *thread, enum stage stage)
{
	enum stage now;

	look(thread, stage);
	now = atomic_load_explicit(&thread->stage, memory_order_acquire);
	if (now != stage)
		return now;
	pthread_mutex_lock(&thread->mutex);
	while ((now = atomic_load_explicit(&thread->stage, memory_order_acquire)) == stage)
		pthread_cond_wait(&thread->changed, &thread->mutex);
	pthread_mutex_unlock(&thread->mutex);
	return now;
}

static void set_stage(struct session_thread *thread, enum stage stage)
{
	pthread_mutex_lock(&thread->mutex);
	atomic_store_explicit(&thread->stage, stage, memory_order_release);
	pthread_mutex_unlock(&thread->mutex);
	pthread_cond_signal(&thread->changed); /* one side waits at most; it finds the mutex free */
}

void session_thread_pin(int core)
{
	cpu_set_t set;

	if (core < 1 || core > CPU_SETSIZE)
		return;
	CPU_ZERO(&set);
	CPU_SET((unsigned)core - 1, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void *serve(void *arg)
{
	struct session_thread *thread = arg;

	fesetenv(FE_DFL_ENV); /* a new thread calculates as the one that made it */
	session_thread_pin(thread->core);
	while (wait_while(thread, STAGE_READY) == STAGE_ASKED) {
		thread->call(thread->arg);
		set_stage(thread, STAGE_READY);
	}
	return NULL;
}

/* The new thread inherits the mask of the one that makes it. */
int session_thread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*run)(void *arg),
			  void *arg)
{
	sigset_t blocked, before;
	int code;

	sigfillset(&blocked);
	sigdelset(&blocked, SIGSEGV);
	sigdelset(&blocked, SIGILL);
	sigdelset(&blocked, SIGFPE);
	sigdelset(&blocked, SIGBUS);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	code = pthread_create(id, attributes, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

int session_thread_start(struct session_thread **thread, int core, struct carom_error *err)
{
	struct session_thread *made = *thread = mem_zalloc(1, sizeof(*made));

	if (!made)
		return carom_fail_memory(err);
	made->core = core;
	made->has_other_cpus = patience_has_other_cpus();
	atomic_init(&made->stage, STAGE_READY);
	pthread_mutex_init(&made->mutex, NULL);
	pthread_cond_init(&made->changed, NULL);
	errno = session_thread_create(&made->id, NULL, serve, made);
	if (errno == 0)
		return 0;
	mem_free(made);
	*thread = NULL;
	return carom_fail_errno(err, "the session's thread cannot be started");
}

void session_thread_stop(struct session_thread *thread)
{
	if (!thread)
		return;
	set_stage(thread, STAGE_ENDED);
	pthread_join(thread->id, NULL);
	pthread_cond_destroy(&thread->changed);
	pthread_mutex_destroy(&thread->mutex);
	mem_free(thread);
}

void session_thread_call(struct session_thread *thread, session_thread_fn *call, void *arg)
{
	thread->call = call;
	thread->arg = arg;
	set_stage(thread, STAGE_ASKED);
	wait_while(thread, STAGE_ASKED);
}

bool session_thread_is_current(const struct session_thread *thread)
{
	return pthread_equal(thread->id, pthread_self());
}
