/* SPDX-License-Identifier: BSD-3-Clause */
/* The processes of isolated sessions, as /proc shows them, and what tests do to them. */
#ifndef TESTS_SUPPORT_WORKER_H
#define TESTS_SUPPORT_WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "support-session.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SHADOW \
	true /* of all memory: no address space can be limited, and large blocks take time */
#else
#define HAS_SHADOW false
#endif

extern const struct carom_session_options isolated;

/* The child of a process, the template if that is the host's one; 0: it has none. */
pid_t child_of(pid_t parent);
pid_t worker_of(pid_t host); /* the child of its child */
int count_children(void);
bool is_running(pid_t pid); /* zombies are not */
bool exists(pid_t pid);     /* zombies do */
bool is_stopped(pid_t pid);
long memory_of(pid_t pid); /* resident, kB */

double now_s(void); /* of the monotonic clock */

/* Kill the worker, the template or any other process, and wait until it is dead. */
void kill_worker(void);
void kill_template(void);
void kill_process(pid_t pid);
void assert_ends(pid_t pid); /* within some seconds */

/* A load and a run have the right result. */
void assert_works(struct carom_session *session);

/* A run fails with ERROR_CRASHED, and its error has these words somewhere. */
void assert_run_crashes(struct carom_session *session, const char *words);

#endif
