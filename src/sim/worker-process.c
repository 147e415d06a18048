/* SPDX-License-Identifier: BSD-3-Clause */
/* Spawning carom-worker, killing it, and waiting for it in a host with children of its own. */
#include "sim/worker-process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"

#define FD_OUT_OF_THE_WAY 16

extern char **environ;

/* ---- descriptors ---- */

int worker_descriptor(int fd, struct carom_error *err)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, FD_OUT_OF_THE_WAY);

	return copy < 0 ? carom_fail_errno(err, "no descriptor is left for a worker") : copy;
}

/* The old one is closed. */
static int move_away(int fd, struct carom_error *err)
{
	int moved = worker_descriptor(fd, err);

	close(fd);
	return moved;
}

int worker_memory(const char *name, unsigned flags, struct carom_error *err)
{
	int fd = memfd_create(name, MFD_CLOEXEC | flags);

	return fd < 0 ? carom_fail_errno(err, "no memory can be shared with a worker")
		      : move_away(fd, err);
}

int worker_socket(int ends[2], int type, struct carom_error *err)
{
	if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) < 0)
		return carom_fail_errno(err, "no socket can be made for a worker");
	ends[1] = move_away(ends[1], err);
	if (ends[1] >= 0)
		return 0;
	close(ends[0]);
	return CAROM_ERROR_SYSTEM;
}

/* ---- life ---- */

/* A handler is reset by exec, an ignored signal is not. */
static void set_signals(posix_spawnattr_t *attributes)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(pid_t *pid, const char *program, const char *part, const int *fds, size_t n_fds)
{
	char *const argv[] = {(char *)"carom-worker", (char *)part, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return error;
	posix_spawnattr_init(&attributes);
	set_signals(&attributes);
	for (size_t i = 0; i < n_fds && !error; i++)
		error = posix_spawn_file_actions_adddup2(&actions, fds[i],
							 WORKER_FIRST_FD + (int)i);
	if (!error)
		error = posix_spawn_file_actions_addclosefrom_np(&actions,
								 WORKER_FIRST_FD + (int)n_fds);
	if (!error)
		error = posix_spawn(pid, program, &actions, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error;
}

int worker_start(struct worker_process *process, const char *program, const char *part,
		 const int *fds, size_t n_fds, struct carom_error *err)
{
	errno = spawn(&process->pid, program, part, fds, n_fds);
	if (errno) {
		process->pid = 0;
		return carom_fail_errno(err, "cannot start %s", program);
	}
	process->pid_fd = pidfd_open(process->pid, 0);
	return 0;
}

void worker_kill(const struct worker_process *process)
{
	if (process->pid > 0 && process->pid_fd >= 0)
		pidfd_send_signal(process->pid_fd, SIGKILL, NULL, 0);
	else if (process->pid > 0)
		kill(process->pid, SIGKILL);
}

/* By its number only where there is nothing better: a stranger may have that by now. */
static bool wait_for(const struct worker_process *process, siginfo_t *info)
{
	int status;

	do
		status = process->pid_fd >= 0
				 ? waitid(P_PIDFD, (id_t)process->pid_fd, info, WEXITED)
				 : waitid(P_PID, (id_t)process->pid, info, WEXITED);
	while (status < 0 && errno == EINTR);
	return status == 0;
}

struct worker_end worker_wait(struct worker_process *process)
{
	struct worker_end end = {.is_known = false};
	siginfo_t info;

	if (process->pid <= 0)
		return end;
	if (wait_for(process, &info)) {
		end.is_known = true;
		*(info.si_code == CLD_EXITED ? &end.status : &end.signal) = info.si_status;
	}
	if (process->pid_fd >= 0)
		close(process->pid_fd);
	*process = (struct worker_process){0, -1};
	return end;
}
