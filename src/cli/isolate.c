/* SPDX-License-Identifier: BSD-3-Clause */
/* A child for what may crash; a pipe tells whether it came to its end. */
#include "isolate.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"

static int fail(const char *what)
{
	fprintf(stderr, "carom: no process can be made for %s: %s\n", what, strerror(errno));
	return EXIT_SIMULATOR;
}

/* The status goes through the pipe: ngspice, or a model in it, may call exit() with any. */
static int work(int (*call)(void *arg), void *arg, int end)
{
	unsigned char status;
	ssize_t n;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	status = (unsigned char)call(arg);
	fflush(stdout);
	n = write(end, &status, 1);
	close(end);
	return n == 1 ? status : EXIT_SIMULATOR;
}

static int explain(int wait_status, const char *what)
{
	int number = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;

	if (number == SIGINT || number == SIGTERM) {
		fprintf(stderr, "carom: interrupted\n");
		return EXIT_INTERRUPTED;
	}
	if (number)
		fprintf(stderr, "carom: ngspice crashed at %s (%s)\n", what, strsignal(number));
	else
		fprintf(stderr, "carom: ngspice ended the process at %s\n", what);
	return EXIT_SIMULATOR;
}

static int wait_for(pid_t child, int end, const char *what)
{
	unsigned char status;
	int wait_status = 0;
	bool has_status = read(end, &status, 1) == 1;

	while (waitpid(child, &wait_status, 0) < 0 && errno == EINTR)
		;
	return has_status && WIFEXITED(wait_status) ? status : explain(wait_status, what);
}

/* The child gets the interrupt from the terminal as well; this process outlives it to say so. */
int isolate(int (*call)(void *arg), void *arg, const char *what)
{
	struct sigaction ignored = {.sa_handler = SIG_IGN}, before;
	int ends[2];
	pid_t child;
	int status;

	if (pipe(ends))
		return fail(what);
	fflush(NULL);
	sigaction(SIGINT, &ignored, &before);
	child = fork();
	if (child == 0) {
		sigaction(SIGINT, &before, NULL);
		close(ends[0]);
		return work(call, arg, ends[1]);
	}
	close(ends[1]);
	status = child < 0 ? fail(what) : wait_for(child, ends[0], what);
	close(ends[0]);
	sigaction(SIGINT, &before, NULL);
	return status;
}
