/* SPDX-License-Identifier: BSD-3-Clause */
/* Running a study: job, plan, store, pool. */
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "carom-topology.h"
#include "study/folder.h"
#include "study/pool.h"
#include "study/run.h"
#include "study/search.h"
#include "study/store-resume.h"
#include "study/until.h"

#define DEFAULT_TIME_LIMIT_S 600

/* The store's folder need not exist yet, its parent must: the worker has another directory. */
static char *absolute_path(const char *path)
{
	struct text text = TEXT_INIT;
	char cwd[PATH_MAX];

	if (path[0] != '/' && getcwd(cwd, sizeof(cwd))) {
		text_append(&text, cwd);
		text_append_char(&text, '/');
	}
	text_append(&text, path);
	while (text.length > 1 && text.data[text.length - 1] == '/')
		text.data[--text.length] = '\0';
	return text_take(&text);
}

static int complete_job(struct job *job, const struct carom_study_options *options,
			struct carom_error *err)
{
	int status = 0;

	job->store = absolute_path(options->store);
	if (options->library)
		job->library = absolute_path(options->library);
	if (!job->store || (options->library && !job->library))
		return carom_fail_memory(err);
	if (options->time_limit_s > 0)
		job->time_limit_s = options->time_limit_s;
	else if (job->time_limit_s <= 0)
		job->time_limit_s = DEFAULT_TIME_LIMIT_S;
	for (size_t i = 0; i < job->n_sections && status == 0; i++)
		status = complete_job(job->sections[i], options, err);
	return status;
}

/* ---- preparing ---- */

int run_copy_options(struct carom_study_options *options, const struct carom_study_options *given,
		     struct carom_error *err)
{
	*options = (struct carom_study_options){.size = sizeof(*options)};
	if (!given || given->size < sizeof(given->size) || given->size > sizeof(*options))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "size of the study's options is %zu\nset it to sizeof(struct "
				  "carom_study_options)",
				  given ? given->size : 0);
	memcpy(options, given, given->size);
	return 0;
}

/* A store that is there is completed by the route that made it. */
static int find_store(struct run *run, enum carom_route *route, struct carom_error *err)
{
	enum carom_route made;
	int status;

	if (!run->options.resume)
		return 0;
	if (run->options.overwrite)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "a store is either overwritten or gone on with");
	status = store_resume_route(run->options.store, &made, NULL);
	if (status == CAROM_ERROR_NOT_FOUND)
		return 0;
	run->resumes = true;
	if (!status && *route == CAROM_ROUTE_AUTO)
		*route = made;
	return 0;
}

static int make_plan(struct run *run, struct carom_error *err)
{
	struct carom_plan_options options = {.size = sizeof(options),
					     .n_workers = run->options.n_workers,
					     .use_smt = run->options.use_smt,
					     .allowed = run->options.cores,
					     .bind = run->options.no_pin ? CAROM_BIND_NONE
									 : run->options.bind};

	return carom_plan_new(&run->plan, &options, err);
}

static void force_route(struct job *job, bool is_forced)
{
	job->route_is_forced = is_forced;
	for (size_t i = 0; i < job->n_sections; i++)
		job->sections[i]->route_is_forced = is_forced;
}

int run_prepare(struct run *run, struct carom_study *study,
		const struct carom_study_options *options, struct carom_error *err)
{
	enum carom_route route;
	int status;

	*run = (struct run){.study = study};
	if (!study)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study");
	if (carom_study_poll(study, NULL))
		return carom_fail(err, CAROM_ERROR_STATE, "the study is running already");
	status = run_copy_options(&run->options, options, err);
	route = run->options.route;
	if (status)
		return status;
	if (!run->options.store || !*run->options.store)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a study needs a store to write to");
	status = find_store(run, &route, err);
	if (status)
		return status;
	memset(&study->facts, 0, sizeof(study->facts));
	study->sends_all = run->options.sends_all;
	status = job_new(&run->job, study, route, err);
	if (status)
		return status;
	if (run->job->notes)
		pool_add_note(&study->facts, run->job->notes);
	status = until_check(&study->until, run->job, err);
	if (status)
		return status;
	force_route(run->job, run->options.route != CAROM_ROUTE_AUTO);
	study->facts.reach = run->job->reach;
	if (run->options.worker && !(run->worker = mem_strdup(run->options.worker)))
		return carom_fail_memory(err);
	run->options.worker = run->worker;
	status = complete_job(run->job, &run->options, err);
	return status ? status : make_plan(run, err);
}

void run_release(struct run *run)
{
	carom_plan_free(run->plan);
	job_free(run->job);
	mem_free(run->worker);
}

/* ---- executing ---- */

/* A new store that nothing came into is of no use, and in the way. */
static void close_store(const struct run *run, const struct store_draft *store, int status)
{
	bool is_empty = status && status != CAROM_ERROR_CANCELLED && run->study->facts.n_done == 0;

	if (!store_draft_is_in_place(store))
		return;
	if (!is_empty)
		run_write_facts(run, store);
	else if (!run->resumes)
		folder_remove(AT_FDCWD, run->job->store, NULL);
}

/* *left tells what there is of it already. */
static int open_store(struct store_draft **store, const struct run *run, struct store_left *left,
		      struct carom_error *err)
{
	const struct job *job = run->job;

	*left = (struct store_left){.route = CAROM_ROUTE_AUTO, .n_pending = job->n_samples};
	return run->resumes ? store_resume(store, job, run->options.retry_failed, left, err)
			    : store_draft_new(store, job->store, job, run->options.overwrite, err);
}

/* All that is missing, or what of it is wanted. */
static int fill_store(struct run *run, struct store_draft *store, const struct store_left *left,
		      struct until_watch *until, struct carom_error *err)
{
	struct carom_study *study = run->study;
	int status;

	study->facts.n_kept = left->n_kept;
	if (left->n_pending == 0 || (until && run->resumes && until_watch_poll(until))) {
		run_tell_until(run, until);
		return 0;
	}
	status = pool_run(run->job, run->plan, store, left, &run->options, &study->is_cancelled,
			  until, &study->facts, err);
	run_explain(run);
	run_tell_until(run, until);
	close_store(run, store, status);
	return status;
}

/* Where the samples are drawn, in a store that will have them. */
static int find_shift(const struct run *run, struct store_draft *store, struct carom_error *err)
{
	int status = search_shift(run, store, err);

	if (status)
		close_store(run, store, status);
	return status ? status : job_remember_shift(run->job, run->study, err);
}

static int run_samples(struct run *run, struct store_draft *store, const struct store_left *left,
		       struct carom_error *err)
{
	struct until_goal error;
	const struct until asked = run->job->importance
					   ? until_of_importance(&run->study->until, &error)
					   : run->study->until;
	struct until_watch *until = NULL;
	int status = 0;

	if (asked.n > 0) {
		until = until_watch_new(&asked, run->job->store, run->job->n_samples);
		status = until ? 0 : carom_fail_memory(err);
	}
	if (status == 0)
		status = fill_store(run, store, left, until, err);
	until_watch_free(until);
	return status;
}

int run_execute(struct run *run, struct carom_error *err)
{
	struct store_draft *store;
	struct store_left left;
	int status = open_store(&store, run, &left, err);

	if (status)
		return status;
	if (run->job->importance)
		status = find_shift(run, store, err);
	if (status == 0)
		status = run_samples(run, store, &left, err);
	store_draft_free(store);
	return status;
}

CAROM_API int carom_study_run(struct carom_study *study, const struct carom_study_options *options,
			      struct carom_error *err)
{
	struct run run;
	int status = run_prepare(&run, study, options, err);

	if (!status)
		status = run_execute(&run, err);
	run_release(&run);
	return status;
}
