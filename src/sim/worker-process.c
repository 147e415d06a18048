/* SPDX-License-Identifier: BSD-3-Clause */
/* Spawning carom-worker, killing it, and waiting for it in a host with children of its own. */
#include "sim/worker-process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "sim/session-thread.h"

#define FD_OUT_OF_THE_WAY 16
#define BIRTH_STACK 32768

/*
 * ThreadSanitizer takes a clone for a fork, and loses its own state to one that shares memory.  There a
 * program that cannot be executed is one that has ended at once.
 */
#ifdef __SANITIZE_THREAD__
#define SHARED_MEMORY 0
#else
#define SHARED_MEMORY CLONE_VM
#endif

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

/* ---- birth ---- */

/* A process that is to become a program; until then it is in the memory of the host, which waits. */
struct birth {
	const char *program;
	char *const *argv;
	const int *fds;
	size_t n_fds;
	pid_t host;
	int error; /* errno */
};

/* A handler is reset by exec, an ignored signal is not. */
static void reset_signals(void)
{
	struct sigaction action;
	sigset_t none;

	for (int number = 1; number < NSIG; number++) {
		if (sigaction(number, NULL, &action) || action.sa_handler != SIG_IGN)
			continue;
		action.sa_handler = SIG_DFL;
		sigaction(number, &action, NULL);
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int be_born(void *arg)
{
	struct birth *birth = arg;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != birth->host)
		return EXIT_FAILURE;
	reset_signals();
	for (size_t i = 0; i < birth->n_fds; i++)
		dup2(birth->fds[i], WORKER_FIRST_FD + (int)i);
	closefrom(WORKER_FIRST_FD + (int)birth->n_fds);
	execve(birth->program, birth->argv, environ);
	birth->error = errno;
	return EXIT_FAILURE;
}

/* 0: there is none, and birth->error tells why. */
static pid_t bear(struct birth *birth)
{
	_Alignas(16) char stack[BIRTH_STACK];
	pid_t pid =
		clone(be_born, stack + sizeof(stack), SHARED_MEMORY | CLONE_VFORK | SIGCHLD, birth);

	if (pid < 0)
		birth->error = errno;
	else if (birth->error)
		waitpid(pid, NULL, 0);
	return birth->error ? 0 : pid;
}

/* ---- life ---- */

/* By its number only where there is nothing better: a stranger may have that by now. */
static bool wait_for(const struct worker_process *process, siginfo_t *info, int how)
{
	int status;

	do
		status = process->pid_fd >= 0
				 ? waitid(P_PIDFD, (id_t)process->pid_fd, info, WEXITED | how)
				 : waitid(P_PID, (id_t)process->pid, info, WEXITED | how);
	while (status < 0 && errno == EINTR);
	return status == 0;
}

struct keeping {
	struct birth birth;
	struct worker_process process; /* written by the keeper before is_born */
	sem_t is_born;                 /* the keeper does not look at this struct behind it */
};

/*
 * The keeper: a thread that starts the process and lives as long.  The system kills the process, a
 * stopped one too, at the end of the thread that started it; the caller's may end before the host.
 */
static void *keep(void *arg)
{
	struct keeping *keeping = arg;
	struct worker_process process = {.pid = bear(&keeping->birth), .pid_fd = -1};
	siginfo_t info;

	if (process.pid > 0)
		process.pid_fd = pidfd_open(process.pid, 0);
	keeping->process.pid = process.pid;
	keeping->process.pid_fd = process.pid_fd;
	sem_post(&keeping->is_born);
	if (process.pid > 0)
		wait_for(&process, &info, WNOWAIT);
	return NULL;
}

int worker_start(struct worker_process *process, const char *program, const char *part,
		 const int *fds, size_t n_fds, struct carom_error *err)
{
	char *const argv[] = {(char *)"carom-worker", (char *)part, NULL};
	struct keeping keeping = {.birth = {program, argv, fds, n_fds, getpid(), 0}};

	*process = (struct worker_process){.pid_fd = -1};
	sem_init(&keeping.is_born, 0, 0);
	errno = session_thread_create(&keeping.process.keeper, NULL, keep, &keeping);
	if (errno)
		return carom_fail_errno(err, "cannot start %s", program);
	while (sem_wait(&keeping.is_born))
		;
	sem_destroy(&keeping.is_born);
	errno = keeping.birth.error;
	if (errno) {
		pthread_join(keeping.process.keeper, NULL);
		return carom_fail_errno(err, "cannot start %s", program);
	}
	*process = keeping.process;
	process->is_kept = true;
	return 0;
}

void worker_kill(const struct worker_process *process)
{
	if (process->pid > 0 && process->pid_fd >= 0)
		pidfd_send_signal(process->pid_fd, SIGKILL, NULL, 0);
	else if (process->pid > 0)
		kill(process->pid, SIGKILL);
}

struct worker_end worker_wait(struct worker_process *process)
{
	struct worker_end end = {.is_known = false};
	siginfo_t info;

	if (process->pid <= 0)
		return end;
	if (wait_for(process, &info, 0)) {
		end.is_known = true;
		*(info.si_code == CLD_EXITED ? &end.status : &end.signal) = info.si_status;
	}
	if (process->is_kept)
		pthread_join(process->keeper, NULL);
	if (process->pid_fd >= 0)
		close(process->pid_fd);
	*process = (struct worker_process){.pid_fd = -1};
	return end;
}
