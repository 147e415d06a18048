/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The template process: loads the circuit once and has a crew of workers forked from the loaded
 * state.  It never runs an analysis itself, so that what it forks is always pristine.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "study/code-models.h"
#include "study/engine.h"
#include "study/nominal.h"
#include "study/probe.h"
#include "study/store.h"

#define MAX_FRUITLESS 8 /* rounds in which no sample was finished */

/* ---- talking to the host ---- */

static void send_report(const struct crew *crew, enum pool_report_kind kind,
			const struct carom_error *error)
{
	struct pool_report report = {.magic = POOL_MAGIC, .kind = kind};

	if (error)
		report.error = *error;
	if (crew->session) {
		snprintf(report.library, sizeof(report.library), "%s",
			 ng_session_library(crew->session));
		snprintf(report.version, sizeof(report.version), "%s",
			 ng_session_version(crew->session));
	}
	/* A host that is gone is noticed by poll(). */
	if (send(POOL_FD_CONTROL, &report, sizeof(report), MSG_NOSIGNAL) < 0)
		return;
}

static void send_note(const struct crew *crew, const char *text)
{
	struct carom_error note = CAROM_ERROR_INIT;

	snprintf(note.text, sizeof(note.text), "%s", text);
	send_report(crew, POOL_REPORT_NOTE, &note);
}

/* ---- the study ---- */

static uint64_t count_pending(const struct crew *crew)
{
	uint64_t n = 0;

	for (uint64_t i = 0; i < crew->job->n_samples; i++)
		n += job_owns(crew->job, crew->shared->first_sample + i) &&
		     store_rows_status(crew->rows, i) == CAROM_SAMPLE_PENDING;
	return n;
}

/* A worker that dies between taking an index and telling leaves it pending: hence the rounds. */
static int run_samples(struct crew *crew, struct carom_error *err)
{
	uint64_t pending = count_pending(crew), left;
	unsigned n_fruitless = 0; /* rounds in a row */
	int status = 0;

	while (pending > 0 && status == 0 && crew->shared->stop == POOL_GO) {
		crew->shared->next = 0;
		status = crew_start(crew, pending, err);
		if (!crew->is_ready && status == 0)
			send_report(crew, POOL_REPORT_READY, NULL);
		crew->is_ready = true;
		if (status == 0)
			status = crew_supervise(crew, err);
		store_rows_drop_pages(crew->rows);
		left = count_pending(crew);
		n_fruitless = left == pending ? n_fruitless + 1 : 0;
		if (status == 0 && n_fruitless > MAX_FRUITLESS && crew->shared->stop == POOL_GO)
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

static int open_job(struct crew *crew, struct carom_error *err)
{
	size_t size;
	void *bytes = map_fd(POOL_FD_JOB, PROT_READ, &size);
	int status;

	if (!bytes)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "carom-worker is started by carom, not by hand");
	status = job_unpack(&crew->whole, bytes, size, err);
	munmap(bytes, size);
	if (status)
		return status;
	crew->shared = map_fd(POOL_FD_SHARED, PROT_READ | PROT_WRITE, &size);
	if (!crew->shared || size < sizeof(*crew->shared) || crew->shared->magic != POOL_MAGIC ||
	    size < pool_shared_size(crew->shared->n_workers, crew->whole->n_measures))
		return carom_fail(err, CAROM_ERROR_FORMAT, "damaged shared memory");
	crew->timed_out = mem_zalloc(crew->shared->n_workers, sizeof(bool));
	return crew->timed_out ? 0 : carom_fail_memory(err);
}

static int load_circuit(struct crew *crew, struct carom_error *err)
{
	struct ng_options options = {.library = crew->job->library,
				     .is_private_process = true,
				     .is_trusted = crew->job->is_trusted};
	const char **lines;
	int status;

	/* ngspice dates each plot; with TZ unset that looks at a file each time. */
	setenv("TZ", "UTC0", 1);
	status = ng_session_open(&crew->session, &options, err);
	if (status)
		return status;
	lines = mem_zalloc(crew->job->n_lines, sizeof(*lines));
	if (!lines)
		return carom_fail_memory(err);
	for (size_t i = 0; i < crew->job->n_lines; i++)
		lines[i] = crew->job->lines[i].text;
	status = engine_load(crew->job, crew->session, lines, err);
	mem_free(lines);
	return status;
}

/* Whatever goes wrong without code models is tried with them. */
static int load_what_is_needed(struct crew *crew, struct carom_error *err)
{
	code_models_leave_out(!code_models_are_needed(crew->job));
	if (code_models_are_left_out() && load_circuit(crew, NULL) == 0)
		return 0;
	ng_session_close(crew->session);
	crew->session = NULL;
	code_models_leave_out(false);
	return load_circuit(crew, err);
}

/* Samples of one store come from one simulator, by one route: else they would not repeat. */
static int check_version(const struct crew *crew, struct carom_error *err)
{
	const char *made = crew->shared->made_version, *loaded = ng_session_version(crew->session);

	return !*made || strcmp(made, loaded) == 0
		       ? 0
		       : carom_fail(err, CAROM_ERROR_ARGUMENT,
				    "the store was made with ngspice %s, and %s is loaded\nload "
				    "that one (--library), or begin another store",
				    made, loaded);
}

static int check_route(const struct crew *crew, struct carom_error *err)
{
	enum carom_route made = (enum carom_route)crew->shared->made_route;
	enum carom_route route = (enum carom_route)crew->shared->route;

	return made == CAROM_ROUTE_AUTO || made == route
		       ? 0
		       : carom_fail(err, CAROM_ERROR_ARGUMENT,
				    "the store was made by route %s, and this run would take %s\n"
				    "ask for that one (--route), or begin another store",
				    carom_route_name(made), carom_route_name(route));
}

/* Its descriptor stays open in all workers: the store is theirs until the last one is gone. */
static int open_store(struct crew *crew, struct carom_error *err)
{
	return store_rows_open(&crew->rows, POOL_FD_STORE, crew->whole, err);
}

static int open_signals(struct crew *crew, struct carom_error *err)
{
	sigset_t signals;

	/* Ctrl-C goes to the whole terminal group; the host decides what it means. */
	signal(SIGINT, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, &crew->old_signals);
	crew->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return crew->signal_fd < 0 ? carom_fail_errno(err, "signalfd") : 0;
}

/* The samples of one deck, and what goes before them. */
static int run_deck(struct crew *crew, struct carom_error *err)
{
	bool has_samples = count_pending(crew) > 0;
	int status = load_what_is_needed(crew, err);

	if (status == 0)
		status = check_version(crew, err);
	if (status == 0 && has_samples && (status = probe_route(crew, send_note, err)) == 0)
		status = check_route(crew, err);
	if (status == 0 && crew->job == crew->whole)
		status = nominal_run(crew, err);
	return status ? status : run_samples(crew, err);
}

static bool has_work(const struct crew *crew)
{
	return count_pending(crew) > 0 || (crew->job == crew->whole && crew->shared->wants_nominal);
}

/* The deck's own samples, then those of each of the other sections, by the route of the first. */
static int run_decks(struct crew *crew, struct carom_error *err)
{
	struct job *whole = crew->whole;
	int status = 0;

	for (size_t i = 0; i <= whole->n_sections && status == 0; i++) {
		crew->job = i == 0 ? whole : whole->sections[i - 1];
		if (crew->is_ready)
			crew->shared->made_route = crew->job->route = crew->shared->route;
		if (crew->shared->stop == POOL_GO && has_work(crew))
			status = run_deck(crew, err);
		if (status == 0 && i < whole->n_sections) {
			ng_session_close(crew->session);
			crew->session = NULL;
		}
	}
	return status;
}

static int run(struct crew *crew, struct carom_error *err)
{
	int status;

	if ((status = open_job(crew, err)) || (status = open_signals(crew, err)) ||
	    (status = open_store(crew, err)))
		return status;
	return run_decks(crew, err);
}

int template_main(void)
{
	struct crew crew = {.signal_fd = -1};
	struct carom_error err = CAROM_ERROR_INIT;
	int status = run(&crew, &err);

	if (status && crew.shared)
		crew_kill(&crew);
	send_report(&crew, status ? POOL_REPORT_FAILED : POOL_REPORT_DONE, status ? &err : NULL);
	ng_session_close(crew.session);
	store_rows_close(crew.rows);
	job_free(crew.whole);
	mem_free(crew.timed_out);
	return status ? 1 : 0;
}
