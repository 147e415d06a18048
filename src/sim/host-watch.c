/* SPDX-License-Identifier: BSD-3-Clause */
/* A thread that sleeps until the host is gone. */
#include "sim/host-watch.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/error.h"
#include "sim/session-thread.h"

#define STACK_SIZE 65536

static struct pollfd watched[2]; /* written before the thread starts */

static void *watch(void *arg)
{
	while (poll(watched, 2, -1) <= 0)
		;
	_exit(EXIT_FAILURE);
	return arg;
}

static int start_thread(void)
{
	pthread_attr_t attributes;
	pthread_t id;
	int code;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes,
				  STACK_SIZE > PTHREAD_STACK_MIN ? STACK_SIZE : PTHREAD_STACK_MIN);
	code = session_thread_create(&id, &attributes, watch, NULL);
	pthread_attr_destroy(&attributes);
	return code;
}

/* poll passes over a descriptor of -1, where there are no pidfds; the socket tells most of it. */
int host_watch_start(pid_t host, int socket, struct carom_error *err)
{
	watched[0] = (struct pollfd){.fd = socket, .events = POLLRDHUP};
	watched[1] = (struct pollfd){.fd = pidfd_open(host, 0), .events = POLLIN};
	errno = start_thread();
	return errno ? carom_fail_errno(err, "the host cannot be watched") : 0;
}
