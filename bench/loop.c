/* SPDX-License-Identifier: BSD-3-Clause */
/* Talking to the program "plain" over a socket that is its standard input and output. */
#include "loop.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

struct loop {
	pid_t pid;
	int socket;
	FILE *answers;
	struct loop_outcome outcome;
};

extern char **environ;

/* Beside this program. */
static int find_program(char path[PATH_MAX], struct carom_error *err)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (length < 0)
		return carom_fail_errno(err, "/proc/self/exe");
	self[length] = '\0';
	if (snprintf(path, PATH_MAX, "%s/plain", dirname(self)) >= PATH_MAX)
		return carom_fail(err, CAROM_ERROR_LIMIT, "the path of this program is too long");
	return 0;
}

static int spawn(struct loop *loop, unsigned cpu, int socket, struct carom_error *err)
{
	char path[PATH_MAX], number[16];
	char *argv[] = {path, number, NULL};
	posix_spawn_file_actions_t actions;
	int status = find_program(path, err);

	if (status)
		return status;
	snprintf(number, sizeof(number), "%u", cpu);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
	errno = posix_spawn(&loop->pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return errno ? carom_fail_errno(err, "%s", path) : 0;
}

static int connect_to(struct loop *loop, unsigned cpu, struct carom_error *err)
{
	int sockets[2], status;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
		return carom_fail_errno(err, "socketpair");
	loop->socket = sockets[0];
	loop->answers = fdopen(sockets[0], "r");
	status = loop->answers ? spawn(loop, cpu, sockets[1], err)
			       : carom_fail_errno(err, "a loop over libngspice");
	close(sockets[1]);
	return status;
}

static int say(const struct loop *loop, const char *text, struct carom_error *err)
{
	ssize_t length = (ssize_t)strlen(text);

	return send(loop->socket, text, (size_t)length, MSG_NOSIGNAL) == length
		       ? 0
		       : carom_fail_errno(err, "the plain loop is gone");
}

int loop_start(struct loop **loop, const char *deck, unsigned cpu, struct carom_error *err)
{
	int status;

	*loop = mem_zalloc(1, sizeof(**loop));
	if (!*loop)
		return carom_fail_memory(err);
	status = connect_to(*loop, cpu, err);
	if (!status)
		status = say(*loop, deck, err);
	if (status) {
		loop_stop(*loop);
		*loop = NULL;
	}
	return status;
}

void loop_stop(struct loop *loop)
{
	if (!loop)
		return;
	if (loop->answers)
		fclose(loop->answers); /* its standard input ends */
	while (loop->pid > 0 && waitpid(loop->pid, NULL, 0) < 0 && errno == EINTR)
		;
	mem_free(loop);
}

struct loop_outcome loop_outcome(const struct loop *loop)
{
	return loop->outcome;
}

/* ---- samples ---- */

static int ask(const struct loop *loop, unsigned n, struct carom_error *err)
{
	char text[16];

	snprintf(text, sizeof(text), "%u\n", n);
	return say(loop, text, err);
}

static int take_answer(struct loop *loop, double *seconds, struct carom_error *err)
{
	if (fscanf(loop->answers, "%la %la %la", seconds, &loop->outcome.last,
		   &loop->outcome.peak) != 3)
		return carom_fail(err, CAROM_ERROR_CRASHED, "the plain loop died");
	return 0;
}

int loop_run(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	int status = ask(context, n, err);

	return status ? status : take_answer(context, seconds, err);
}

int loop_team_run(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct loop_team *team = context;
	struct loop *loops[LOOP_MAX] = {NULL};
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < team->n && !status; i++) {
		status = loop_start(&loops[i], team->deck, team->cpus[i], err);
		if (!status)
			status = ask(loops[i], n * (i + 1) / team->n - n * i / team->n, err);
	}
	for (unsigned i = 0; i < team->n && !status; i++)
		status = take_answer(loops[i], &(double){0}, err);
	for (unsigned i = 0; i < team->n; i++)
		loop_stop(loops[i]);
	return status;
}
