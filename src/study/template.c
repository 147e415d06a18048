/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The template process: loads the circuit once, forks workers from the loaded state, replaces the
 * ones that die, enforces the time limit.  It never runs an analysis itself, so that what it forks
 * is always pristine.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "study/engine.h"
#include "study/pool.h"
#include "study/store.h"
#include "study/worker.h"

#define STOP_GRACE_NS 1000000000ull /* after a stop: time to finish the samples at hand */
#define TIME_CHECK_MS 20
#define MAX_IDLE_DEATHS 16 /* workers that died without a sample, in a row */

struct template
{
	struct job *job;
	struct pool_shared *shared;
	struct ng_session *session;
	struct store_rows *rows;
	int signal_fd;
	sigset_t old_signals;
	bool is_probing;
	bool *timed_out; /* per slot: killed by us for the time limit */
	uint32_t n_running;
	uint32_t n_idle_deaths;
	uint64_t stop_seen_ns; /* 0: not asked to stop */
};

/* ---- talking to the host ---- */

static void send_report(const struct template *t, enum pool_report_kind kind,
			const struct carom_error *error)
{
	struct pool_report report = {.magic = POOL_MAGIC, .kind = kind};

	if (error)
		report.error = *error;
	if (t->session) {
		snprintf(report.library, sizeof(report.library), "%s",
			 ng_session_library(t->session));
		snprintf(report.version, sizeof(report.version), "%s",
			 ng_session_version(t->session));
	}
	/* A host that is gone is noticed by poll(). */
	if (send(POOL_FD_CONTROL, &report, sizeof(report), MSG_NOSIGNAL) < 0)
		return;
}

static void send_note(const struct template *t, const char *text)
{
	struct carom_error note = CAROM_ERROR_INIT;

	snprintf(note.text, sizeof(note.text), "%s", text);
	send_report(t, POOL_REPORT_NOTE, &note);
}

/* ---- workers ---- */

static void kill_workers(const struct template *t)
{
	for (uint32_t i = 0; i < t->shared->n_workers; i++)
		if (t->shared->slot[i].pid > 0)
			kill(t->shared->slot[i].pid, SIGKILL);
}

static void run_child(const struct template *t, uint32_t slot, pid_t parent)
{
	struct worker worker = {t->job, t->shared, slot, t->session, t->rows};
	enum worker_exit status = WORKER_EXIT_DONE;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	sigprocmask(SIG_SETMASK, &t->old_signals, NULL);
	close(POOL_FD_CONTROL);
	close(t->signal_fd);
	if (t->is_probing)
		worker_probe(&worker);
	else
		status = worker_run(&worker);
	_exit(status);
}

static int start_worker(struct template *t, uint32_t index, struct carom_error *err)
{
	struct pool_slot *slot = &t->shared->slot[index];
	pid_t parent = getpid(), pid;

	slot->sample = POOL_NO_SAMPLE;
	slot->cpu_seen = -1;
	t->timed_out[index] = false;
	pid = fork();
	if (pid < 0)
		return carom_fail_errno(err, "cannot start a worker");
	if (pid == 0)
		run_child(t, index, parent);
	slot->pid = pid;
	slot->n_started += !t->is_probing;
	t->n_running++;
	return 0;
}

/* The row of a sample whose worker did not live to write it. */
static void close_sample(struct template *t, uint32_t index, uint64_t sample, int wait_status)
{
	struct pool_slot *slot = &t->shared->slot[index];
	bool timed_out = t->timed_out[index];
	double *values = mem_zalloc(t->job->n_variables, sizeof(double));
	char message[STORE_MESSAGE_SIZE];

	if (!values)
		return; /* stays pending: another worker takes it */
	if (timed_out)
		snprintf(message, sizeof(message), "over the time limit of %g s",
			 t->job->time_limit_s);
	else if (WIFSIGNALED(wait_status))
		snprintf(message, sizeof(message), "the simulator died of signal %d (%s)",
			 WTERMSIG(wait_status), strsignal(WTERMSIG(wait_status)));
	else
		snprintf(message, sizeof(message), "the simulator ended its process (status %d)",
			 WEXITSTATUS(wait_status));
	job_draw(t->job, sample, values);
	store_rows_put_message(t->rows, sample, message);
	store_rows_put(t->rows, sample, values, NULL,
		       1e-9 * (double)(engine_now_ns() - slot->started_ns), (int)index,
		       timed_out ? CAROM_SAMPLE_TIMEOUT : CAROM_SAMPLE_CRASHED);
	slot->n_done++;
	slot->n_failed++;
	mem_free(values);
}

/* A worker ended otherwise than by running out of samples: its sample is closed, it is replaced. */
static int replace_worker(struct template *t, uint32_t index, int wait_status,
			  struct carom_error *err)
{
	uint64_t sample = t->shared->slot[index].sample;
	bool was_stopped = t->stop_seen_ns && !t->timed_out[index] && WIFSIGNALED(wait_status);

	if (sample == POOL_NO_SAMPLE)
		t->n_idle_deaths++;
	else
		t->n_idle_deaths = 0;
	if (sample != POOL_NO_SAMPLE && !was_stopped &&
	    store_rows_status(t->rows, sample) == CAROM_SAMPLE_PENDING)
		close_sample(t, index, sample, wait_status);
	if (t->n_idle_deaths > MAX_IDLE_DEATHS)
		return carom_fail(err, CAROM_ERROR_CRASHED,
				  "worker processes die before they take a sample");
	return t->shared->stop == POOL_GO ? start_worker(t, index, err) : 0;
}

static int reap_one(struct template *t, pid_t pid, int wait_status, struct carom_error *err)
{
	for (uint32_t i = 0; i < t->shared->n_workers; i++) {
		struct pool_slot *slot = &t->shared->slot[i];

		if (slot->pid != pid)
			continue;
		slot->pid = 0;
		t->n_running--;
		if (t->is_probing ||
		    (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == WORKER_EXIT_DONE))
			return 0;
		if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == WORKER_EXIT_RECYCLE)
			return start_worker(t, i, err);
		return replace_worker(t, i, wait_status, err);
	}
	return 0;
}

static int reap(struct template *t, struct carom_error *err)
{
	int wait_status, status = 0;
	pid_t pid;

	while (status == 0 && (pid = waitpid(-1, &wait_status, WNOHANG)) > 0)
		status = reap_one(t, pid, wait_status, err);
	return status;
}

/* ---- waiting ---- */

static void enforce_time_limit(struct template *t)
{
	uint64_t now = engine_now_ns();
	uint64_t limit = (uint64_t)(1e9 * t->job->time_limit_s);

	for (uint32_t i = 0; i < t->shared->n_workers; i++) {
		struct pool_slot *slot = &t->shared->slot[i];
		uint64_t sample = slot->sample, started = slot->started_ns;

		/* The sample read again: started belongs to it and not to the next one. */
		if (slot->pid <= 0 || sample == POOL_NO_SAMPLE || sample != slot->sample ||
		    now < started || now - started < limit)
			continue;
		t->timed_out[i] = true;
		kill(slot->pid, SIGKILL);
	}
}

static void enforce_stop(struct template *t)
{
	uint64_t now = engine_now_ns();

	if (t->shared->stop == POOL_GO)
		return;
	if (!t->stop_seen_ns)
		t->stop_seen_ns = now;
	if (t->shared->stop == POOL_KILL || now - t->stop_seen_ns > STOP_GRACE_NS)
		kill_workers(t);
}

/* Returns when something happened or it is time to look at the clock. */
static void wait_for_event(const struct template *t)
{
	struct pollfd fds[2] = {{.fd = POOL_FD_CONTROL, .events = POLLIN},
				{.fd = t->signal_fd, .events = POLLIN}};
	struct signalfd_siginfo info;
	char wake;

	if (poll(fds, 2, TIME_CHECK_MS) <= 0)
		return;
	if (fds[0].revents && recv(POOL_FD_CONTROL, &wake, 1, MSG_DONTWAIT) == 0) {
		kill_workers(t); /* the host is gone */
		_exit(1);
	}
	if (fds[1].revents && read(t->signal_fd, &info, sizeof(info)) < 0)
		return;
}

static int supervise(struct template *t, struct carom_error *err)
{
	int status = 0;

	while (t->n_running > 0 && status == 0) {
		wait_for_event(t);
		status = reap(t, err);
		enforce_time_limit(t);
		enforce_stop(t);
	}
	return status;
}

/* ---- the study ---- */

static enum carom_route next_route(enum carom_route route)
{
	return route == CAROM_ROUTE_ALTER ? CAROM_ROUTE_RESET : CAROM_ROUTE_FORK;
}

/* An error may lie in the values of one sample: then another is tried, by another process. */
static bool may_probe_again(const struct template *t)
{
	const struct pool_probe *probe = &t->shared->probe;

	return probe->outcome == POOL_PROBE_FAILED && probe->error.status != CAROM_ERROR_VECTOR &&
	       probe->sample > 0 && probe->sample < POOL_PROBE_SAMPLES &&
	       probe->sample < t->job->n_samples;
}

static int probe_route(struct template *t, struct carom_error *err)
{
	int status;

	t->shared->probe.sample = 0;
	t->is_probing = true;
	do {
		t->shared->probe.outcome = POOL_PROBE_NOTHING;
		status = start_worker(t, 0, err);
		if (status == 0)
			status = supervise(t, err);
	} while (status == 0 && may_probe_again(t));
	t->is_probing = false;
	return status;
}

/* Find the fastest route from the job's on that gives one result for one sample. */
static int verify_route(struct template *t, struct carom_error *err)
{
	struct pool_shared *shared = t->shared;

	shared->route = t->job->route;
	for (;;) {
		char note[160];
		int status = probe_route(t, err);

		if (status)
			return status;
		if (shared->probe.outcome == POOL_PROBE_FAILED) {
			*err = shared->probe.error;
			return err->status;
		}
		if (shared->probe.outcome != POOL_PROBE_DIFFERENT ||
		    shared->route == CAROM_ROUTE_FORK)
			return 0; /* FORK: the second run of a probe means nothing there */
		if (t->job->route_is_forced || shared->route == CAROM_ROUTE_RELOAD) {
			send_note(t, "a sample that is run again does not repeat its result");
			return 0;
		}
		snprintf(note, sizeof(note),
			 "route %s does not repeat its results with this circuit; %s taken",
			 carom_route_name((enum carom_route)shared->route),
			 carom_route_name(next_route((enum carom_route)shared->route)));
		send_note(t, note);
		shared->route = next_route((enum carom_route)shared->route);
	}
}

static uint64_t count_pending(const struct template *t)
{
	uint64_t n = 0;

	for (uint64_t i = 0; i < t->job->n_samples; i++)
		n += store_rows_status(t->rows, i) == CAROM_SAMPLE_PENDING;
	return n;
}

static int start_workers(struct template *t, uint64_t n, struct carom_error *err)
{
	int status = 0;

	t->shared->next = 0;
	for (uint32_t i = 0; i < t->shared->n_workers && i < n && status == 0; i++)
		status = start_worker(t, i, err);
	return status;
}

/* A worker that dies between taking an index and telling leaves it pending: hence the rounds. */
static int run_samples(struct template *t, struct carom_error *err)
{
	uint64_t pending = count_pending(t), left;
	bool is_first = true;
	int status = 0;

	while (pending > 0 && status == 0 && t->shared->stop == POOL_GO) {
		status = start_workers(t, pending, err);
		if (is_first && status == 0)
			send_report(t, POOL_REPORT_READY, NULL);
		is_first = false;
		if (status == 0)
			status = supervise(t, err);
		store_rows_drop_pages(t->rows);
		left = count_pending(t);
		if (status == 0 && left == pending && t->shared->stop == POOL_GO)
			return carom_fail(err, CAROM_ERROR_CRASHED,
					  "workers end without taking a sample");
		pending = left;
	}
	return status;
}

/* ---- life ---- */

static void *map_fd(int fd, int protection, size_t *size)
{
	struct stat info;
	void *memory;

	if (fstat(fd, &info) < 0 || info.st_size <= 0)
		return NULL;
	*size = (size_t)info.st_size;
	memory = mmap(NULL, *size, protection, MAP_SHARED, fd, 0);
	close(fd);
	return memory == MAP_FAILED ? NULL : memory;
}

static int open_job(struct template *t, struct carom_error *err)
{
	size_t size;
	void *bytes = map_fd(POOL_FD_JOB, PROT_READ, &size);
	int status;

	if (!bytes)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "carom-worker is started by carom, not by hand");
	status = job_unpack(&t->job, bytes, size, err);
	munmap(bytes, size);
	if (status)
		return status;
	t->shared = map_fd(POOL_FD_SHARED, PROT_READ | PROT_WRITE, &size);
	if (!t->shared || size < sizeof(*t->shared) || t->shared->magic != POOL_MAGIC ||
	    size < sizeof(*t->shared) + t->shared->n_workers * sizeof(struct pool_slot))
		return carom_fail(err, CAROM_ERROR_FORMAT, "damaged shared memory");
	t->timed_out = mem_zalloc(t->shared->n_workers, sizeof(bool));
	return t->timed_out ? 0 : carom_fail_memory(err);
}

static int load_circuit(struct template *t, struct carom_error *err)
{
	struct ng_options options = {.library = t->job->library,
				     .is_private_process = true,
				     .is_trusted = t->job->is_trusted};
	const char **lines;
	int status;

	/* ngspice dates each plot; with TZ unset that looks at a file each time. */
	setenv("TZ", "UTC0", 1);
	status = ng_session_open(&t->session, &options, err);
	if (status)
		return status;
	lines = mem_zalloc(t->job->n_lines, sizeof(*lines));
	if (!lines)
		return carom_fail_memory(err);
	for (size_t i = 0; i < t->job->n_lines; i++)
		lines[i] = t->job->lines[i].text;
	status = engine_load(t->job, t->session, lines, err);
	mem_free(lines);
	return status;
}

static int open_store(struct template *t, struct carom_error *err)
{
	int status = store_rows_open(&t->rows, POOL_FD_STORE, t->job, err);

	close(POOL_FD_STORE);
	return status;
}

static int open_signals(struct template *t, struct carom_error *err)
{
	sigset_t signals;

	/* Ctrl-C goes to the whole terminal group; the host decides what it means. */
	signal(SIGINT, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, &t->old_signals);
	t->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return t->signal_fd < 0 ? carom_fail_errno(err, "signalfd") : 0;
}

static int run(struct template *t, struct carom_error *err)
{
	int status;

	if ((status = open_job(t, err)) || (status = open_signals(t, err)) ||
	    (status = open_store(t, err)) || (status = load_circuit(t, err)) ||
	    (status = verify_route(t, err)))
		return status;
	return run_samples(t, err);
}

int template_main(void)
{
	struct template t = {.signal_fd = -1};
	struct carom_error err = CAROM_ERROR_INIT;
	int status = run(&t, &err);

	if (status && t.shared)
		kill_workers(&t);
	send_report(&t, status ? POOL_REPORT_FAILED : POOL_REPORT_DONE, status ? &err : NULL);
	ng_session_close(t.session);
	store_rows_close(t.rows);
	job_free(t.job);
	mem_free(t.timed_out);
	return status ? 1 : 0;
}
