/* SPDX-License-Identifier: BSD-3-Clause */
/* Looks for workers in /proc, ends them, and tries what is left of their sessions. */
#include "support-worker.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 5000 };

const struct carom_session_options isolated = {.size = sizeof(isolated), .is_isolated = true};

/* ---- processes ---- */

/* The parent of a process and its state, a letter; 0: there is no such process. */
static pid_t parent_of(pid_t pid, char *letter)
{
	char path[64], line[512], *after_name;
	FILE *file;
	int parent = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (fgets(line, sizeof(line), file) && (after_name = strrchr(line, ')'))) {
		*letter = after_name[2];
		sscanf(after_name + 4, "%d", &parent);
	}
	fclose(file);
	return parent;
}

bool is_running(pid_t pid)
{
	char letter = 'Z';

	return parent_of(pid, &letter) > 0 && letter != 'Z';
}

bool is_stopped(pid_t pid)
{
	char letter = 'Z';

	return parent_of(pid, &letter) > 0 && letter == 'T';
}

bool exists(pid_t pid)
{
	char letter;

	return parent_of(pid, &letter) > 0;
}

static pid_t find_children(pid_t parent, int *n)
{
	DIR *folder = opendir("/proc");
	struct dirent *entry;
	pid_t child = 0;
	char letter;

	assert_non_null(folder);
	*n = 0;
	while ((entry = readdir(folder))) {
		pid_t pid = atoi(entry->d_name);

		if (pid > 0 && parent_of(pid, &letter) == parent) {
			child = pid;
			++*n;
		}
	}
	closedir(folder);
	return child;
}

pid_t child_of(pid_t parent)
{
	int n;

	return find_children(parent, &n);
}

pid_t worker_of(pid_t host)
{
	pid_t template = child_of(host);

	return template ? child_of(template) : 0;
}

int count_children(void)
{
	int n;

	find_children(getpid(), &n);
	return n;
}

void assert_ends(pid_t pid)
{
	for (int i = 0; i < WAIT_MS && is_running(pid); i++)
		usleep(1000);
	assert_false(is_running(pid));
}

void kill_process(pid_t pid)
{
	struct pollfd end = {.fd = pidfd_open(pid, 0), .events = POLLIN};

	assert_true(pid > 0 && end.fd >= 0);
	kill(pid, SIGKILL);
	assert_int_equal(poll(&end, 1, WAIT_MS), 1);
	close(end.fd);
}

void kill_worker(void)
{
	kill_process(worker_of(getpid()));
}

void kill_template(void)
{
	kill_process(child_of(getpid()));
}

long memory_of(pid_t pid)
{
	char path[64], line[128];
	long kilobytes = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) && sscanf(line, "VmRSS: %ld", &kilobytes) != 1)
		;
	fclose(file);
	return kilobytes;
}

double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- sessions ---- */

void assert_works(struct carom_session *session)
{
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
}

void assert_run_crashes(struct carom_session *session, const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	assert_int_equal(carom_session_run(session, &result, &err), CAROM_ERROR_CRASHED);
	assert_null(result);
	if (!strstr(err.text, words) && !strstr(err.words, words) && !strstr(err.hint, words))
		fail_msg("%s: %s", err.text, err.words);
}
