/* SPDX-License-Identifier: BSD-3-Clause */
/* The session's thread: a hand-over that spins a little before it sleeps. */
#include "sim/session-thread.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/mem.h"

/*
 * How often a waiting side looks before it sleeps: its patience.  Waking a sleeper costs 40 to 100 us
 * on a virtual machine, a look 10 to 40 ns: so a call of up to 20 to 80 us, or one that follows
 * another within that time, wakes nobody.  Looking in vain halves the patience, for what is waited
 * for may be long, or have no CPU to run on but this one; success doubles it.  (Offering the CPU to
 * others by sched_yield is worse: the scheduler then keeps both sides on one CPU.)
 */
#define MOST_LOOKS 2000
#define FEWEST_LOOKS 100

/*
 *	READY ──call──▶ ASKED ──the call returned──▶ READY        (the caller; the thread)
 *	  └────stop───▶ ENDED                                     (the caller; the thread returns)
 */
enum stage { STAGE_READY, STAGE_ASKED, STAGE_ENDED };

struct session_thread {
	pthread_t id;
	int core;
	unsigned patience[2];    /* at STAGE_READY: the thread's; at STAGE_ASKED: the caller's */
	session_thread_fn *call; /* written before ASKED, read after it; arg too */
	void *arg;
	_Atomic enum stage stage; /* stored with release under the mutex, loaded with acquire */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
};

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#endif
}

/* Wait until the stage is another than the given one, and return it. */
static enum stage wait_while(struct session_thread *thread, enum stage stage)
{
	unsigned *patience = &thread->patience[stage];
	enum stage now = atomic_load_explicit(&thread->stage, memory_order_acquire);

	for (unsigned i = 0; now == stage && i < *patience; i++) {
		relax();
		now = atomic_load_explicit(&thread->stage, memory_order_acquire);
	}
	if (now != stage) {
		*patience = 2 * *patience < MOST_LOOKS ? 2 * *patience : MOST_LOOKS;
		return now;
	}
	*patience = *patience / 2 > FEWEST_LOOKS ? *patience / 2 : FEWEST_LOOKS;
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
	pthread_cond_signal(&thread->changed); /* one side waits at most */
	pthread_mutex_unlock(&thread->mutex);
}

static void pin(int core)
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

	pin(thread->core);
	while (wait_while(thread, STAGE_READY) == STAGE_ASKED) {
		thread->call(thread->arg);
		set_stage(thread, STAGE_READY);
	}
	return NULL;
}

/* The new thread inherits the mask of the one that makes it. */
static int create(struct session_thread *thread)
{
	sigset_t blocked, before;
	int code;

	sigfillset(&blocked);
	sigdelset(&blocked, SIGSEGV);
	sigdelset(&blocked, SIGILL);
	sigdelset(&blocked, SIGFPE);
	sigdelset(&blocked, SIGBUS);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	code = pthread_create(&thread->id, NULL, serve, thread);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

int session_thread_start(struct session_thread **thread, int core, struct carom_error *err)
{
	struct session_thread *made = *thread = mem_zalloc(1, sizeof(*made));

	if (!made)
		return carom_fail_memory(err);
	made->core = core;
	made->patience[STAGE_READY] = made->patience[STAGE_ASKED] = FEWEST_LOOKS;
	atomic_init(&made->stage, STAGE_READY);
	pthread_mutex_init(&made->mutex, NULL);
	pthread_cond_init(&made->changed, NULL);
	errno = create(made);
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
