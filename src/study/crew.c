/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The crew: forks workers, replaces the ones that die, closes their samples, enforces the time
 * limit.
 */
#include "study/crew.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "study/engine.h"
#include "study/store.h"
#include "study/worker.h"

#define STOP_GRACE_NS 1000000000ull /* after a stop: time to finish the samples at hand */
#define TIME_CHECK_MS 20
#define MAX_IDLE_DEATHS 16 /* workers that died without a sample, in a row */

/* ---- workers ---- */

void crew_kill(const struct crew *crew)
{
	for (uint32_t i = 0; i < crew->shared->n_workers; i++)
		if (crew->shared->slot[i].pid > 0)
			kill(crew->shared->slot[i].pid, SIGKILL);
}

static void run_child(const struct crew *crew, uint32_t slot, pid_t parent)
{
	struct worker worker = {crew->job, crew->shared, slot, crew->session, crew->rows};
	enum worker_exit status = WORKER_EXIT_DONE;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	sigprocmask(SIG_SETMASK, &crew->old_signals, NULL);
	close(POOL_FD_CONTROL);
	close(crew->signal_fd);
	if (crew->task == CREW_PROBE)
		worker_probe(&worker);
	else if (crew->task == CREW_NOMINAL)
		worker_nominal(&worker);
	else
		status = worker_run(&worker);
	_exit(status);
}

static int start_worker(struct crew *crew, uint32_t index, struct carom_error *err)
{
	struct pool_slot *slot = &crew->shared->slot[index];
	pid_t parent = getpid(), pid;

	slot->sample = POOL_NO_SAMPLE;
	slot->is_bound = slot->is_memory_bound = false;
	crew->timed_out[index] = false;
	pid = fork();
	if (pid < 0)
		return carom_fail_errno(err, "cannot start a worker");
	if (pid == 0)
		run_child(crew, index, parent);
	slot->pid = pid;
	crew->n_running++;
	return 0;
}

/* In the place of one that ended before the samples did. */
static int start_again(struct crew *crew, uint32_t index, struct carom_error *err)
{
	crew->shared->slot[index].n_restarted++;
	return start_worker(crew, index, err);
}

/* The row of a sample whose worker did not live to write it. */
static void close_sample(struct crew *crew, uint32_t index, uint64_t sample, int wait_status)
{
	struct pool_slot *slot = &crew->shared->slot[index];
	bool timed_out = crew->timed_out[index];
	double *values = mem_zalloc(crew->job->n_variables, sizeof(double));
	char message[STORE_MESSAGE_SIZE];

	if (!values)
		return; /* stays pending: another worker takes it */
	if (timed_out)
		snprintf(message, sizeof(message), "over the time limit of %g s",
			 crew->job->time_limit_s);
	else if (WIFSIGNALED(wait_status))
		snprintf(message, sizeof(message), "the simulator died of signal %d (%s)",
			 WTERMSIG(wait_status), strsignal(WTERMSIG(wait_status)));
	else
		snprintf(message, sizeof(message), "the simulator ended its process (status %d)",
			 WEXITSTATUS(wait_status));
	store_rows_put_weight(crew->rows, sample,
			      job_draw(crew->job, crew->shared->first_sample + sample, values));
	/*
	 * it may have died between its waveforms and its row; failing to undo them changes no row
	 */
	store_rows_put_waves(crew->rows, sample, NULL, NULL);
	store_rows_put_message(crew->rows, sample, message);
	store_rows_put(crew->rows, sample, values, NULL,
		       1e-9 * (double)(clock_now_ns() - slot->started_ns), (int)index,
		       timed_out ? CAROM_SAMPLE_TIMEOUT : CAROM_SAMPLE_CRASHED);
	slot->n_done++;
	slot->n_failed++;
	mem_free(values);
}

/* A worker ended otherwise than by running out of samples: its sample is closed, it is replaced. */
static int replace_worker(struct crew *crew, uint32_t index, int wait_status,
			  struct carom_error *err)
{
	uint64_t sample = crew->shared->slot[index].sample;
	bool was_stopped =
		crew->stop_seen_ns && !crew->timed_out[index] && WIFSIGNALED(wait_status);

	if (sample == POOL_NO_SAMPLE)
		crew->n_idle_deaths++;
	else
		crew->n_idle_deaths = 0;
	if (sample != POOL_NO_SAMPLE && !was_stopped &&
	    store_rows_status(crew->rows, sample) == CAROM_SAMPLE_PENDING)
		close_sample(crew, index, sample, wait_status);
	if (crew->n_idle_deaths > MAX_IDLE_DEATHS)
		return carom_fail(err, CAROM_ERROR_CRASHED,
				  "worker processes die before they take a sample");
	return crew->shared->stop == POOL_GO ? start_again(crew, index, err) : 0;
}

/* The simulator, too, may end its process with such a status: in the middle of a sample. */
static bool is_own_exit(const struct pool_slot *slot, int wait_status, enum worker_exit status)
{
	return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == (int)status &&
	       slot->sample == POOL_NO_SAMPLE;
}

static int reap_one(struct crew *crew, pid_t pid, int wait_status, struct carom_error *err)
{
	for (uint32_t i = 0; i < crew->shared->n_workers; i++) {
		struct pool_slot *slot = &crew->shared->slot[i];

		if (slot->pid != pid)
			continue;
		slot->pid = 0;
		crew->n_running--;
		crew->was_killed = WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL &&
				   !crew->timed_out[i];
		if (crew->task != CREW_SAMPLES || is_own_exit(slot, wait_status, WORKER_EXIT_DONE))
			return 0;
		if (is_own_exit(slot, wait_status, WORKER_EXIT_RECYCLE))
			return start_again(crew, i, err);
		return replace_worker(crew, i, wait_status, err);
	}
	return 0;
}

static int reap(struct crew *crew, struct carom_error *err)
{
	int wait_status, status = 0;
	pid_t pid;

	while (status == 0 && (pid = waitpid(-1, &wait_status, WNOHANG)) > 0)
		status = reap_one(crew, pid, wait_status, err);
	return status;
}

/* ---- waiting ---- */

static void enforce_time_limit(struct crew *crew)
{
	uint64_t now = clock_now_ns();
	uint64_t limit = (uint64_t)(1e9 * crew->job->time_limit_s);

	for (uint32_t i = 0; i < crew->shared->n_workers; i++) {
		struct pool_slot *slot = &crew->shared->slot[i];
		uint64_t sample = slot->sample, started = slot->started_ns;

		/* The sample read again: started belongs to it and not to the next one. */
		if (slot->pid <= 0 || sample == POOL_NO_SAMPLE || sample != slot->sample ||
		    now < started || now - started < limit)
			continue;
		crew->timed_out[i] = true;
		kill(slot->pid, SIGKILL);
	}
}

static void enforce_stop(struct crew *crew)
{
	uint64_t now = clock_now_ns();

	if (crew->shared->stop == POOL_GO)
		return;
	if (!crew->stop_seen_ns)
		crew->stop_seen_ns = now;
	if (crew->shared->stop == POOL_KILL || now - crew->stop_seen_ns > STOP_GRACE_NS)
		crew_kill(crew);
}

/* Returns when something happened or it is time to look at the clock. */
static void wait_for_event(const struct crew *crew)
{
	struct pollfd fds[2] = {{.fd = POOL_FD_CONTROL, .events = POLLIN},
				{.fd = crew->signal_fd, .events = POLLIN}};
	struct signalfd_siginfo info;
	char wake;

	if (poll(fds, 2, TIME_CHECK_MS) <= 0)
		return;
	if (fds[0].revents && recv(POOL_FD_CONTROL, &wake, 1, MSG_DONTWAIT) == 0) {
		crew_kill(crew); /* the host is gone */
		_exit(1);
	}
	if (fds[1].revents && read(crew->signal_fd, &info, sizeof(info)) < 0)
		return;
}

int crew_supervise(struct crew *crew, struct carom_error *err)
{
	int status = 0;

	while (crew->n_running > 0 && status == 0) {
		crew->shared->n_beats++;
		wait_for_event(crew);
		status = reap(crew, err);
		enforce_time_limit(crew);
		enforce_stop(crew);
	}
	return status;
}

int crew_start(struct crew *crew, uint64_t n, struct carom_error *err)
{
	int status = 0;

	for (uint32_t i = 0; i < crew->shared->n_workers && i < n && status == 0; i++)
		status = start_worker(crew, i, err);
	return status;
}
