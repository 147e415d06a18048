/* SPDX-License-Identifier: BSD-3-Clause */
/* Waiting for the end of the host: in a thread while this one is at work, or in this one. */
#include "sim/host-watch.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/error.h"
#include "sim/session-thread.h"

#define STACK_SIZE 65536

enum { SOCKET, HOST, STOP, N_WATCHED };

static struct pollfd
	watched[N_WATCHED]; /* written before the thread starts and after it has ended */
static pthread_t thread;

static void *watch(void *arg)
{
	while (poll(watched, N_WATCHED, -1) <= 0)
		;
	if (!watched[STOP].revents)
		_exit(EXIT_FAILURE);
	return arg;
}

static int start_thread(void)
{
	pthread_attr_t attributes;
	int code;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes,
				  STACK_SIZE > PTHREAD_STACK_MIN ? STACK_SIZE : PTHREAD_STACK_MIN);
	code = session_thread_create(&thread, &attributes, watch, NULL);
	pthread_attr_destroy(&attributes);
	return code;
}

/* poll passes over a descriptor of -1, where there are no pidfds; the socket tells most of it. */
int host_watch_start(pid_t host, int socket, struct carom_error *err)
{
	watched[SOCKET] = (struct pollfd){.fd = socket, .events = POLLRDHUP};
	watched[HOST] = (struct pollfd){.fd = pidfd_open(host, 0), .events = POLLIN};
	watched[STOP] = (struct pollfd){.fd = eventfd(0, EFD_CLOEXEC), .events = POLLIN};
	errno = watched[STOP].fd < 0 ? errno : start_thread();
	return errno ? carom_fail_errno(err, "the host cannot be watched") : 0;
}

void host_watch_stop(void)
{
	eventfd_write(watched[STOP].fd, 1);
	pthread_join(thread, NULL);
	close(watched[STOP].fd);
}

void host_watch_wait(void)
{
	watched[SOCKET].events = POLLIN;
	while (poll(watched, STOP, -1) <= 0)
		;
	if (watched[HOST].revents)
		_exit(EXIT_FAILURE);
}
