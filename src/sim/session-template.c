/* SPDX-License-Identifier: BSD-3-Clause */
/* The template's side of an isolated session: opens libngspice, forks workers, says how they ended. */
#include "sim/session-template.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "carom-version.h"
#include "sim/session-thread.h"
#include "sim/session-worker.h"

struct template
{
	struct session_worker worker; /* as it is to be forked; its wire is the template's */
	struct worker_process fork;   /* pid 0: there is none */
	int fork_error;               /* errno of the last one; 0: it began */
};

/* ---- open ---- */

/* Before ngspice is loaded, so that it all counts. */
static int limit_memory(uint64_t size, struct carom_error *err)
{
	struct rlimit limit = {size, size};

	if (size == 0 || setrlimit(RLIMIT_AS, &limit) == 0)
		return 0;
	return carom_fail_errno(err, "the simulator's memory cannot be limited to %llu bytes",
				(unsigned long long)size);
}

static int open_ngspice(struct template *t, const struct message_open *open,
			struct carom_error *err)
{
	int status = limit_memory(open->memory_limit, err);

	session_thread_pin(open->core);
	return status ? status : session_worker_open(&t->worker, open, err);
}

static void serve_open(struct template *t)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct pack *body = &t->worker.message.body;
	struct message_open open;

	message_open(body, &open);
	if (body->failed || !open.version || !open.scratch ||
	    strcmp(open.version, CAROM_VERSION_STRING) != 0)
		carom_fail(&err, CAROM_ERROR_LIBRARY,
			   "carom-worker is of version " CAROM_VERSION_STRING
			   ", libcarom of another: install both of one version");
	else
		open_ngspice(t, &open, &err);
	session_worker_reply(&t->worker, &err, NULL);
	if (err.status)
		_exit(EXIT_FAILURE);
}

/* ---- workers ---- */

static void be_worker(struct template *t, pid_t template, const char *scratch, int released)
{
	eventfd_t value;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != template || eventfd_read(released, &value))
		_exit(EXIT_FAILURE);
	close(released);
	session_worker_serve(&t->worker, t->worker.message.fd, scratch);
}

static int fork_worker(struct template *t, const char *scratch, int released)
{
	pid_t template = getpid(), pid = fork();

	if (pid == 0)
		be_worker(t, template, scratch, released);
	t->fork = (struct worker_process){.pid = pid, .pid_fd = -1};
	return pid < 0 ? errno : 0;
}

/*
 * To the session the end of the socket is the end of the worker.  So that it does not take a dead one
 * for alive, a worker says nothing before this process has let go of that end.
 */
static void serve_start(struct template *t)
{
	int fd = t->worker.message.fd, released = eventfd(0, EFD_CLOEXEC);
	const char *scratch = NULL;

	message_start(&t->worker.message.body, &scratch);
	if (!scratch || fd < 0)
		_exit(EXIT_FAILURE);
	t->fork_error = released < 0 ? errno : fork_worker(t, scratch, released);
	close(fd);
	if (released >= 0) {
		eventfd_write(released, 1);
		close(released);
	}
}

static void serve_end(struct template *t)
{
	struct worker_end end;
	struct pack pack;

	worker_kill(&t->fork);
	end = worker_wait(&t->fork);
	end.error = t->fork_error;
	pack = wire_begin(&t->worker.wire);
	message_ended(&pack, &end);
	if (wire_send(&t->worker.wire, MESSAGE_ENDED, -1))
		_exit(EXIT_FAILURE);
}

static void serve(struct template *t)
{
	switch ((enum session_message)t->worker.message.kind) {
	case MESSAGE_START:
		serve_start(t);
		break;
	case MESSAGE_END:
		serve_end(t);
		break;
	default:
		_exit(EXIT_FAILURE);
	}
}

/* ---- life ---- */

static void nothing(int number)
{
	(void)number;
}

/* Ctrl-C goes to the whole terminal group; the host decides what it means.  Commands see it. */
static void leave_interrupt_to_the_host(void)
{
	struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};

	sigaction(SIGINT, &action, NULL);
}

static struct session_page *map_page(void)
{
	void *page = mmap(NULL, sizeof(struct session_page), PROT_READ | PROT_WRITE, MAP_SHARED,
			  SESSION_FD_PAGE, 0);

	close(SESSION_FD_PAGE);
	return page == MAP_FAILED ? NULL : page;
}

static int receive(struct template *t)
{
	return wire_receive(&t->worker.wire, &t->worker.message);
}

/* What it has goes with it, the worker too. */
int session_template_main(void)
{
	struct template t = {.worker = {.page = map_page()}};

	if (!t.worker.page) {
		fputs("carom-worker is started by carom, not by hand\n", stderr);
		return EXIT_FAILURE;
	}
	leave_interrupt_to_the_host();
	/* ngspice dates each plot; with TZ unset that looks at this file each time. */
	setenv("TZ", ":/etc/localtime", 0);
	wire_init(&t.worker.wire, SESSION_FD_WIRE);
	if (receive(&t) || t.worker.message.kind != MESSAGE_OPEN)
		return EXIT_FAILURE;
	serve_open(&t);
	while (!receive(&t))
		serve(&t);
	_exit(EXIT_SUCCESS);
}
