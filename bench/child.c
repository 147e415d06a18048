/* SPDX-License-Identifier: BSD-3-Clause */
/* Serving repetitions to the parent over a pair of sockets. */
#include "child.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

struct child {
	pid_t pid;
	int socket;
};

struct reply {
	int status;
	double seconds;
	struct carom_error err;
};

void *child_alloc(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

void child_free(void *memory, size_t size)
{
	if (memory)
		munmap(memory, size);
}

/* The child's life: a reply when ready, then one for each request, until the parent is gone. */
static void serve(int socket, const struct child_service *service, void *context)
{
	struct reply reply = {.err = CAROM_ERROR_INIT};
	int opened = service->open(context, &reply.err);
	unsigned n;

	reply.status = opened;
	while (send(socket, &reply, sizeof(reply), MSG_NOSIGNAL) == sizeof(reply) &&
	       recv(socket, &n, sizeof(n), 0) == sizeof(n)) {
		double started = bench_now_s();

		reply.seconds = NAN;
		reply.status = service->run(context, n, &reply.seconds, &reply.err);
		if (isnan(reply.seconds))
			reply.seconds = bench_now_s() - started;
	}
	if (!opened && service->close)
		service->close(context);
}

static int receive_reply(const struct child *child, struct reply *reply, struct carom_error *err)
{
	if (recv(child->socket, reply, sizeof(*reply), 0) != sizeof(*reply))
		return carom_fail(err, CAROM_ERROR_CRASHED, "the process of this path died");
	if (!reply->status)
		return 0;
	return carom_fail_at(err, reply->status, reply->err.source, reply->err.line, 0, "%s",
			     reply->err.text);
}

static int fork_child(struct child *child, const struct child_service *service, void *context,
		      struct carom_error *err)
{
	int sockets[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
		return carom_fail_errno(err, "socketpair");
	child->pid = fork();
	if (child->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(sockets[0]);
		serve(sockets[1], service, context);
		_exit(0);
	}
	child->socket = sockets[0];
	close(sockets[1]);
	return child->pid < 0 ? carom_fail_errno(err, "fork") : 0;
}

int child_start(struct child **child, const struct child_service *service, void *context,
		struct carom_error *err)
{
	struct reply reply;
	int status;

	*child = mem_zalloc(1, sizeof(**child));
	if (!*child)
		return carom_fail_memory(err);
	status = fork_child(*child, service, context, err);
	if (!status)
		status = receive_reply(*child, &reply, err);
	if (status) {
		child_stop(*child);
		*child = NULL;
	}
	return status;
}

void child_stop(struct child *child)
{
	if (!child)
		return;
	/* Children that were forked later hold the socket open too: closing alone ends nothing. */
	shutdown(child->socket, SHUT_RDWR);
	close(child->socket);
	while (child->pid > 0 && waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	mem_free(child);
}

int child_run(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct child *child = context;
	struct reply reply;
	int status;

	if (send(child->socket, &n, sizeof(n), MSG_NOSIGNAL) != sizeof(n))
		return carom_fail_errno(err, "the process of this path is gone");
	status = receive_reply(child, &reply, err);
	*seconds = reply.seconds;
	return status;
}
