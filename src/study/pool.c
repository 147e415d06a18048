/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host's side of a run: spawn the template, watch shared memory, pass on cancel and progress.
 */
#include "study/pool.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "sim/worker-path.h"
#include "sim/worker-process.h"
#include "study/engine.h"
#include "study/folder.h"
#include "study/store-resume.h"
#include "study/until.h"
#include "topology/plan.h"

#define PROGRESS_MS 100
#define MAX_RESTARTS 3 /* of templates that were killed before they finished a sample */
#define MAX_SILENT 50  /* looks at a template that looks after nothing: it is stopped */

struct host {
	const struct job *job;
	const struct carom_plan *plan;
	const struct carom_study_options *options;
	struct carom_study_facts *facts;
	atomic_bool *is_cancelled;
	struct until_watch *until; /* NULL: all samples are wanted */
	struct pool_shared *shared;
	size_t shared_size;
	struct store_draft *store;
	const struct store_left *made; /* what of it is there already */
	int job_fd, shared_fd, store_fd, control;
	struct worker_process template;
	bool is_ready, is_finished; /* the template said so */
	uint32_t n_beats;           /* of the template, when it was last looked at */
	unsigned n_silent;          /* looks in a row that found no more */
	uint64_t started_ns, ready_ns;
	struct carom_error *err;
};

/* ---- shared memory and job ---- */

static void init_slots(struct host *host)
{
	const struct carom_plan *plan = host->plan;

	for (uint32_t i = 0; i < host->shared->n_workers; i++) {
		struct pool_slot *slot = &host->shared->slot[i];

		slot->sample = POOL_NO_SAMPLE;
		slot->numa_node = -1;
		if (carom_plan_is_simulated(plan))
			continue;
		slot->cpus = *plan_cpu_set(plan, i);
		if (!cpu_set_is_empty(&slot->cpus))
			slot->numa_node = carom_plan_numa_node(plan, i);
	}
}

static int make_shared(struct host *host)
{
	uint32_t n = carom_plan_worker_count(host->plan);

	host->shared_size = pool_shared_size(n, host->job->n_measures);
	host->shared_fd = worker_memory("carom-shared", 0, host->err);
	if (host->shared_fd < 0)
		return host->shared_fd;
	if (ftruncate(host->shared_fd, (off_t)host->shared_size) < 0)
		return carom_fail_errno(host->err, "shared memory");
	host->shared = mmap(NULL, host->shared_size, PROT_READ | PROT_WRITE, MAP_SHARED,
			    host->shared_fd, 0);
	if (host->shared == MAP_FAILED) {
		host->shared = NULL;
		return carom_fail_errno(host->err, "shared memory");
	}
	host->shared->magic = POOL_MAGIC;
	host->shared->n_workers = n;
	host->shared->route = host->job->route;
	host->shared->first_sample = host->job->first_sample;
	host->shared->wants_nominal = host->job->nominal != NULL;
	host->shared->made_route = host->made->route;
	snprintf(host->shared->made_version, sizeof(host->shared->made_version), "%s",
		 host->made->version);
	init_slots(host);
	return 0;
}

static int make_job(struct host *host)
{
	struct text bytes = TEXT_INIT;
	int status = job_pack(host->job, &bytes, host->err);

	host->job_fd = worker_memory("carom-job", 0, host->err);
	if (status == 0 && host->job_fd < 0)
		status = host->job_fd;
	if (status == 0 && folder_write_all(host->job_fd, bytes.data, bytes.length) < 0)
		status = carom_fail_errno(host->err, "cannot write the job");
	text_release(&bytes);
	return status;
}

static int take_store(struct host *host)
{
	host->store_fd = worker_descriptor(store_draft_folder(host->store), host->err);
	return host->store_fd < 0 ? host->store_fd : 0;
}

/* ---- the template process ---- */

static int start_template(struct host *host)
{
	char program[4096];
	int ends[2], status;

	status = worker_find(program, sizeof(program), host->options->worker, host->err);
	if (!status)
		status = worker_socket(ends, SOCK_SEQPACKET, host->err);
	if (status)
		return status;
	host->control = ends[0];
	status = worker_start(&host->template, program, NULL,
			      (int[]){host->job_fd, host->shared_fd, ends[1], host->store_fd}, 4,
			      host->err);
	close(ends[1]);
	return status;
}

static struct worker_end end_template(struct host *host)
{
	if (host->control >= 0)
		close(host->control);
	host->control = -1;
	return worker_wait(&host->template);
}

/* ---- what it reports ---- */

/* What a run that goes on with this store has to do as well, should this one be killed. */
static int write_origin(struct host *host)
{
	const struct carom_study_facts *facts = host->facts;
	json_t *run = json_pack("{s:s, s:s, s:s}", "route",
				carom_route_name((enum carom_route)host->shared->route), "library",
				facts->library, "ngspice_version", facts->version);
	char *text = run ? json_dumps(run, JSON_COMPACT) : NULL;
	int status =
		text ? store_write_run(store_draft_folder(host->store), host->job, text, host->err)
		     : carom_fail_memory(host->err);

	free(text);
	json_decref(run);
	return status;
}

static void take_nominal(struct host *host)
{
	struct pool_nominal *from = &host->shared->nominal;
	struct job_nominal *nominal = host->job->nominal;

	if (!nominal || from->status == CAROM_SAMPLE_PENDING)
		return;
	error_terminate(&from->error);
	nominal->status = (enum carom_sample_status)from->status;
	snprintf(nominal->message, sizeof(nominal->message), "%.*s",
		 (int)sizeof(nominal->message) - 1, from->error.text);
	memcpy(nominal->values, pool_nominal_values(host->shared),
	       host->job->n_measures * sizeof(*nominal->values));
	host->facts->nominal_status = nominal->status;
	memcpy(host->facts->nominal_message, nominal->message, sizeof(nominal->message));
}

/* From here on there will be samples.  A template that is left alone ends. */
static void begin(struct host *host)
{
	if (host->is_ready)
		return;
	take_nominal(host);
	if (store_write_nominal(store_draft_folder(host->store), host->job, host->err) ||
	    write_origin(host) || store_draft_put_in_place(host->store, host->err)) {
		host->is_finished = true;
		return;
	}
	host->ready_ns = clock_now_ns();
	host->is_ready = true;
}

static void take_report(struct host *host, struct pool_report *report)
{
	error_terminate(&report->error);
	switch ((enum pool_report_kind)report->kind) {
	case POOL_REPORT_READY:
		memcpy(host->facts->library, report->library, sizeof(host->facts->library));
		memcpy(host->facts->version, report->version, sizeof(host->facts->version));
		begin(host);
		break;
	case POOL_REPORT_NOTE:
		pool_add_note(host->facts, report->error.text);
		break;
	case POOL_REPORT_FAILED:
		if (host->err && !host->err->status)
			*host->err = report->error;
		host->is_finished = true;
		break;
	case POOL_REPORT_DONE:
		host->is_finished = true;
		break;
	}
}

/* False once the other end is closed, or there is no more to be told. */
static bool receive(struct host *host)
{
	struct pool_report report;
	struct pollfd fd = {.fd = host->control, .events = POLLIN};
	ssize_t n;

	if (poll(&fd, 1, PROGRESS_MS) <= 0)
		return true;
	n = recv(host->control, &report, sizeof(report), MSG_DONTWAIT);
	if (n == (ssize_t)sizeof(report) && report.magic == POOL_MAGIC)
		take_report(host, &report);
	return !host->is_finished && (n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN)));
}

/* ---- progress and cancel ---- */

static unsigned search_batch(const struct job *job)
{
	return job->importance && !job->importance->is_found ? job->importance->n_batches + 1 : 0;
}

static void copy_reached(const struct until_watch *until, struct carom_progress *progress)
{
	struct text text = TEXT_INIT;

	until_watch_reached(until, &text);
	snprintf(progress->reached, sizeof(progress->reached), "%s", text_string(&text));
	text_release(&text);
}

static void get_progress(const struct host *host, struct carom_progress *progress)
{
	uint64_t now = clock_now_ns(), n_failed, n_done;
	double working_s;

	*progress = (struct carom_progress){.search = search_batch(host->job)};
	if (host->until)
		copy_reached(host->until, progress);
	pool_count(host->shared, &n_done, &n_failed);
	working_s = host->is_ready ? 1e-9 * (double)(now - host->ready_ns) : 0;
	progress->n_samples = host->job->n_samples;
	progress->n_done = host->made->n_kept + n_done;
	progress->n_failed = host->made->n_kept_failed + n_failed;
	progress->elapsed_s = 1e-9 * (double)(now - host->started_ns);
	progress->rate_hz = working_s > 0 ? (double)n_done / working_s : 0;
	progress->eta_s =
		n_done ? (double)(progress->n_samples - progress->n_done) / progress->rate_hz : NAN;
}

static bool is_to_stop(struct host *host)
{
	return atomic_load(host->is_cancelled) ||
	       (host->until && host->is_ready && until_watch_poll(host->until));
}

static void look_after(struct host *host)
{
	struct carom_progress progress;
	char wake = 0;

	get_progress(host, &progress);
	if (host->options->progress && host->is_ready &&
	    !host->options->progress(host->options->progress_arg, &progress))
		atomic_store(host->is_cancelled, true);
	if (host->shared->stop != POOL_GO || !is_to_stop(host))
		return;
	host->shared->stop = POOL_STOP;
	if (send(host->control, &wake, 1, MSG_NOSIGNAL) < 0)
		return; /* it is ending; receive() sees that */
}

/* Counted in looks: a host that was stopped itself finds no fault. */
static void watch_beats(struct host *host)
{
	uint32_t n_beats = host->shared->n_beats;

	host->n_silent = n_beats == host->n_beats ? host->n_silent + 1 : 0;
	host->n_beats = n_beats;
	if (host->is_ready && host->n_silent > MAX_SILENT)
		worker_kill(&host->template);
}

/* One life of the template. 0: it said that it has finished, well or with *host->err. */
static int watch_template(struct host *host)
{
	int status = start_template(host);
	struct worker_end end;

	if (status) {
		end_template(host);
		return status;
	}
	host->n_silent = 0;
	while (receive(host)) {
		look_after(host);
		watch_beats(host);
	}
	look_after(host);
	end = end_template(host);
	if (host->is_finished)
		return host->err && host->err->status ? (int)host->err->status : 0;
	if (end.signal)
		return carom_fail(host->err, CAROM_ERROR_CRASHED, "carom-worker died of signal %d",
				  end.signal);
	if (end.is_known)
		return carom_fail(host->err, CAROM_ERROR_CRASHED,
				  "carom-worker ended with status %d", end.status);
	return carom_fail(host->err, CAROM_ERROR_CRASHED, "carom-worker ended");
}

static bool may_live_again(const struct host *host, unsigned n_fruitless)
{
	return !host->is_finished && host->is_ready && host->shared->stop == POOL_GO &&
	       n_fruitless <= MAX_RESTARTS;
}

static void begin_anew(struct host *host, const char *note)
{
	pool_add_note(host->facts, note);
	for (uint32_t slot = 0; slot < host->shared->n_workers; slot++)
		host->shared->slot[slot].pid = 0;
}

/* A template that dies while samples are run is replaced: what is finished is in the store. */
static int watch(struct host *host)
{
	struct carom_error *caller = host->err;
	uint64_t n_done, n_failed, n_before = 0;
	unsigned n_fruitless = 0; /* lives in a row that finished no sample */
	int status;

	for (;;) {
		struct carom_error err = CAROM_ERROR_INIT;

		host->err = &err;
		status = watch_template(host);
		pool_count(host->shared, &n_done, &n_failed);
		n_fruitless = n_done > n_before ? 0 : n_fruitless + 1;
		n_before = n_done;
		if (status && may_live_again(host, n_fruitless)) {
			begin_anew(host, err.text);
			continue;
		}
		if (status && caller && !caller->status)
			*caller = err;
		host->err = caller;
		return status;
	}
}

/* ---- the whole run ---- */

static void fill_facts(struct host *host)
{
	struct carom_study_facts *facts = host->facts;
	uint64_t now = clock_now_ns();

	pool_fill_facts(host->shared, host->plan, facts);
	facts->n_kept = host->made->n_kept;
	facts->elapsed_s = 1e-9 * (double)(now - host->started_ns);
	facts->start_s = host->is_ready ? 1e-9 * (double)(host->ready_ns - host->started_ns) : 0;
	if (facts->elapsed_s > facts->start_s)
		facts->rate_hz = (double)facts->n_done / (facts->elapsed_s - facts->start_s);
}

static void close_descriptors(const struct host *host)
{
	const int fds[] = {host->job_fd, host->shared_fd, host->store_fd};

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

int pool_run(const struct job *job, const struct carom_plan *plan, struct store_draft *store,
	     const struct store_left *made, const struct carom_study_options *options,
	     atomic_bool *is_cancelled, struct until_watch *until, struct carom_study_facts *facts,
	     struct carom_error *err)
{
	struct host host = {.job = job,
			    .plan = plan,
			    .store = store,
			    .made = made,
			    .options = options,
			    .facts = facts,
			    .is_cancelled = is_cancelled,
			    .until = until,
			    .job_fd = -1,
			    .shared_fd = -1,
			    .store_fd = -1,
			    .control = -1,
			    .started_ns = clock_now_ns(),
			    .err = err};
	int status;

	if ((status = make_shared(&host)) == 0 && (status = make_job(&host)) == 0 &&
	    (status = take_store(&host)) == 0)
		status = watch(&host);
	if (host.shared) {
		fill_facts(&host);
		if (status == 0 && host.shared->stop != POOL_GO &&
		    !(until && until_watch_is_met(until)))
			status = carom_fail(err, CAROM_ERROR_CANCELLED, "%s",
					    host.is_ready
						    ? "cancelled; what was finished is in the store"
						    : "cancelled before it could begin");
		munmap(host.shared, host.shared_size);
	}
	close_descriptors(&host);
	return status;
}
