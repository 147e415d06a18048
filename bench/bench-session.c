/* SPDX-License-Identifier: BSD-3-Clause */
/* What it costs to have the simulator in a process of its own: to begin, to recover, to hand over. */
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/error.h"
#include "bench.h"
#include "carom-session.h"
#include "points.h"

static const char about[] =
	"Microseconds for the life of a session and for its largest results, by\n"
	"  session   the simulator in this process\n"
	"  isolated  the simulator in carom-worker\n"
	"  restart   the same after the worker was killed\n"
	"for points streamed, and for those of a long run against memcpy.\n"
	"What single simulations cost on both levels is told by bench-engine.\n";

static const char divider[] = "divider\n"
			      "v1 in 0 10\n"
			      "r1 in out 1k\n"
			      "r2 out 0 1k\n"
			      ".op\n"
			      ".end\n";

/* 100,000 points of 10 vectors: 8 MB. */
static const char wide[] = "ladder\n"
			   "v1 a 0 sin(0 1 1k)\n"
			   "r1 a b 1k\nr2 b c 1k\nr3 c d 1k\nr4 d e 1k\n"
			   "r5 e f 1k\nr6 f g 1k\nr7 g h 1k\nr8 h 0 1k\n"
			   ".tran 10n 1m 0 10n\n"
			   ".end\n";

struct level {
	bool is_isolated;
	struct carom_circuit *circuit;
	struct carom_session *session;
	double sum; /* of what was read of results */
};

static int open_session(struct level *level, struct carom_error *err)
{
	const struct carom_session_options options = {.size = sizeof(options),
						      .is_isolated = level->is_isolated};

	return carom_session_open(&level->session, &options, err);
}

static int open_and_close(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		status = open_session(context, err);
		carom_session_close(((struct level *)context)->session);
	}
	return status;
}

static int load(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct level *level = context;
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++)
		status = carom_session_load(level->session, level->circuit, err);
	return status;
}

static int child_of_thread(int pid, const char *thread)
{
	char path[300];
	int child = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%s/children", pid, thread);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (fscanf(file, "%d", &child) != 1)
		child = 0;
	fclose(file);
	return child;
}

/* The child of a process that has one, whichever of its threads has made it; 0: it has none. */
static int child_of(int pid)
{
	char path[64];
	int child = 0;
	DIR *threads;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	threads = opendir(path);
	if (!threads)
		return 0;
	for (struct dirent *thread; child == 0 && (thread = readdir(threads));)
		child = child_of_thread(pid, thread->d_name);
	closedir(threads);
	return child;
}

/* This program has one isolated session at a time: a template, whose child is the worker. */
static int kill_worker(struct carom_error *err)
{
	int fd = pidfd_open(child_of(child_of((int)getpid())), 0);
	struct pollfd end = {.fd = fd, .events = POLLIN};

	if (fd < 0 || pidfd_send_signal(fd, SIGKILL, NULL, 0) || poll(&end, 1, -1) != 1)
		carom_fail_errno(err, "the worker cannot be killed");
	if (fd >= 0)
		close(fd);
	return err->status;
}

/* Of what was killed only the load that follows is timed. */
static int restart(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct level *level = context;
	int status = 0;

	*seconds = 0;
	for (unsigned i = 0; i < n && !status; i++) {
		double began;

		status = kill_worker(err);
		began = bench_now_s();
		if (!status)
			status = carom_session_load(level->session, level->circuit, err);
		*seconds += bench_now_s() - began;
	}
	return status;
}

/* A result of which every number has been read, as a host does that draws it. */
static int run_and_read(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct level *level = context;
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		struct carom_result *result;
		const struct carom_plot *plot;

		status = carom_session_run(level->session, &result, err);
		plot = status ? NULL : carom_result_plot(result, 0);
		for (size_t j = 0; plot && j < carom_plot_vector_count(plot); j++) {
			const struct carom_vector *vector = carom_plot_vector(plot, j);

			for (size_t k = 0; k < carom_vector_length(vector); k++)
				level->sum += carom_vector_real(vector)[k];
		}
		carom_result_free(result);
	}
	return status;
}

static int prepare(struct level *level, const char *deck, struct carom_error *err)
{
	int status =
		carom_circuit_import_text(&level->circuit, deck, strlen(deck), "bench", NULL, err);

	if (!status)
		status = open_session(level, err);
	return status ? status : carom_session_load(level->session, level->circuit, err);
}

static void release(struct level *level)
{
	carom_session_close(level->session);
	carom_circuit_free(level->circuit);
}

static int run_restart(struct bench *bench, struct carom_error *err)
{
	struct level level = {.is_isolated = true};
	struct bench_case the_case = {
		.name = "session-restart",
		.text = "load a circuit of three elements, after the worker was killed",
		.paths = {{"isolated", load, &level, 0, NULL},
			  {"restart", restart, &level, 0, NULL}},
		.n_paths = 2,
	};
	int status;

	if (!bench_wants(bench, the_case.name))
		return 0;
	status = prepare(&level, divider, err);
	if (!status)
		status = bench_run(bench, &the_case, err);
	release(&level);
	return status;
}

static int run_case(struct bench *bench, const char *name, const char *text, bench_run_fn *run,
		    const char *deck, struct carom_error *err)
{
	struct level levels[] = {{.is_isolated = false}, {.is_isolated = true}};
	struct bench_case the_case = {
		.name = name,
		.text = text,
		.paths = {{"session", run, &levels[0], 0, NULL},
			  {"isolated", run, &levels[1], 0, NULL}},
		.n_paths = 2,
	};
	int status = 0;

	if (!bench_wants(bench, name))
		return 0;
	for (int i = 0; i < 2 && deck && !status; i++)
		status = prepare(&levels[i], deck, err);
	if (!status)
		status = bench_run(bench, &the_case, err);
	for (int i = 0; i < 2 && deck; i++)
		release(&levels[i]);
	return status;
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct bench bench;
	int status = bench_open(&bench, argc, argv, about, &err);

	if (!status)
		status = run_case(&bench, "session-open", "open a session and close it",
				  open_and_close, NULL, &err);
	if (!status)
		status = run_case(&bench, "session-load", "load a circuit of three elements", load,
				  divider, &err);
	if (!status)
		status = run_case(&bench, "session-wide", "100,000 points of 10 vectors, all read",
				  run_and_read, wide, &err);
	if (!status)
		status = run_restart(&bench, &err);
	if (!status)
		status = points_run_stream(&bench, &err);
	if (!status)
		status = points_run_capture(&bench, &err);
	return bench_close(&bench, status, &err);
}
