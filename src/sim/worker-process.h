/* SPDX-License-Identifier: BSD-3-Clause */
/* The helper program carom-worker as a process: what it gets, and how its end is learned of. */
#ifndef SIM_WORKER_PROCESS_H
#define SIM_WORKER_PROCESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "carom-error.h"

/* The descriptors that a worker finds open begin here. */
#define WORKER_FIRST_FD 3

struct worker_process {
	pid_t pid;  /* 0: there is none */
	int pid_fd; /* refers to this process even when its number is another's; -1: not to be had */
	bool is_kept; /* by a thread of this process, whose end would be its end */
	pthread_t keeper;
};

/*
 * Start the program with fds as its descriptors 3, 4, ... and no others but the first three, no signal
 * blocked or ignored, and part (may be NULL) as its one argument.  The descriptors stay the caller's.
 * Before it is that program it asks the system to be killed with this process, however that ends.
 */
int worker_start(struct worker_process *process, const char *program, const char *part,
		 const int *fds, size_t n_fds, struct carom_error *err);

void worker_kill(const struct worker_process *process);

/* How a process ended.  A host that waits for any child may have been told instead. */
struct worker_end {
	int error; /* errno: it could not be started; 0: it was */
	bool is_known;
	int signal; /* 0: it exited, with this status */
	int status;
};

/* Wait for its end; *process is empty then, and may have been. */
struct worker_end worker_wait(struct worker_process *process);

/* A copy of the descriptor, clear of the numbers that a worker's get, or a negative status. */
int worker_descriptor(int fd, struct carom_error *err);

/* Memory to be shared with workers: a descriptor, or a negative status. */
int worker_memory(const char *name, unsigned flags, struct carom_error *err);

/* Two ends of a socket of that type; ends[1] is to be passed to worker_start and closed. */
int worker_socket(int ends[2], int type, struct carom_error *err);

#endif
