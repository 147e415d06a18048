/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The session's thread: it makes the calls that callers hand over, one at a time, in their order.
 *
 * It blocks every signal but those that a fault of its own raises, so that the host's handlers run
 * on the host's threads.
 */
#ifndef SIM_SESSION_THREAD_H
#define SIM_SESSION_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "carom-error.h"

struct session_thread;

/*
 * core: logical CPU to run on, from 1; 0: any.  A core that is refused is not an error.  On failure
 * *thread is NULL.
 */
int session_thread_start(struct session_thread **thread, int core, struct carom_error *err);

/*
 * pthread_create for any thread that the library makes: with the signals blocked as above.  Returns 0
 * or an error number.
 */
int session_thread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*run)(void *arg),
			  void *arg);

/* Have the calling thread run on this core; as above. */
void session_thread_pin(int core);

/* Ends the thread after its last call.  NULL is legal. */
void session_thread_stop(struct session_thread *thread);

/*
 * Have call(arg) made on the thread and wait for its return.  One caller at a time: callers see to
 * that themselves.
 */
typedef void session_thread_fn(void *arg);
void session_thread_call(struct session_thread *thread, session_thread_fn *call, void *arg);

/* Is this code running on the thread? */
bool session_thread_is_current(const struct session_thread *thread);

#endif
