/* SPDX-License-Identifier: BSD-3-Clause */
/* Running a study: plan, job, store, pool, and the facts of the run into the manifest. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "carom-topology.h"
#include "study/folder.h"
#include "study/pool.h"
#include "study/store.h"
#include "study/study.h"

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
	job->store = absolute_path(options->store);
	if (options->library)
		job->library = absolute_path(options->library);
	if (!job->store || (options->library && !job->library))
		return carom_fail_memory(err);
	if (options->time_limit_s > 0)
		job->time_limit_s = options->time_limit_s;
	else if (job->time_limit_s <= 0)
		job->time_limit_s = DEFAULT_TIME_LIMIT_S;
	return 0;
}

static void explain(struct carom_study_facts *facts, const struct job *job,
		    const struct carom_plan *plan, const struct carom_study_options *options)
{
	const char *why = "";

	if (options->no_pin)
		why = "; not pinned: asked not to";
	else if (carom_plan_is_simulated(plan))
		why = "; not pinned: simulated machine";
	snprintf(facts->pin_reason, sizeof(facts->pin_reason), "%s%s", carom_plan_reason(plan),
		 why);
	if (job->route == CAROM_ROUTE_RELOAD && job->obstacle)
		snprintf(facts->route_reason, sizeof(facts->route_reason), "%s", job->obstacle);
	else if (job->hazard)
		snprintf(facts->route_reason, sizeof(facts->route_reason), "%s", job->hazard);
	else if (job->route_is_forced)
		snprintf(facts->route_reason, sizeof(facts->route_reason), "asked for");
}

static json_t *share_to_json(const struct carom_share *share)
{
	return json_pack("{s:I, s:I}", "sent", (json_int_t)share->sent, "all",
			 (json_int_t)share->all);
}

static json_t *reach_to_json(const struct carom_reach *reach)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "cards", share_to_json(&reach->cards),
			 "subcircuits", share_to_json(&reach->subcircuits), "models",
			 share_to_json(&reach->models), "params", share_to_json(&reach->params),
			 "functions", share_to_json(&reach->functions));
}

/* The samples are in the store: facts that cannot be written (a full disk) are no failure. */
static void write_facts(struct carom_study_facts *facts, const struct job *job)
{
	json_t *run = json_pack(
		"{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:s, s:f, s:f, s:f, s:f, s:f, s:I, s:o, "
		"s:s}",
		"route", carom_route_name(facts->route), "route_reason", facts->route_reason,
		"library", facts->library, "ngspice_version", facts->version, "workers",
		(json_int_t)facts->n_workers, "pinned", (json_int_t)facts->n_pinned, "restarted",
		(json_int_t)facts->n_restarted, "cpus", facts->cpus, "pin_reason",
		facts->pin_reason, "start_s", facts->start_s, "elapsed_s", facts->elapsed_s,
		"rate_hz", facts->rate_hz, "simulator_s", facts->simulator_s, "busy_s",
		facts->busy_s, "done", (json_int_t)facts->n_done, "deck",
		reach_to_json(&facts->reach), "notes", facts->notes);
	char *text = run ? json_dumps(run, JSON_COMPACT) : NULL;
	struct carom_error err = CAROM_ERROR_INIT;

	if (text ? store_write_run(job->store, job, text, &err) : carom_fail_memory(&err))
		pool_add_note(facts, err.text);
	free(text);
	json_decref(run);
}

/* A store that nothing came into is of no use, and in the way. */
static void close_store(struct carom_study *study, const struct job *job, int status)
{
	if (status && status != CAROM_ERROR_CANCELLED && study->facts.n_done == 0)
		folder_remove(AT_FDCWD, job->store, NULL);
	else
		write_facts(&study->facts, job);
}

static int run_job(struct carom_study *study, struct job *job,
		   const struct carom_study_options *options, struct carom_error *err)
{
	struct carom_plan_options plan_options = {.size = sizeof(plan_options),
						  .n_workers = options->n_workers};
	struct store_draft *draft;
	struct carom_plan *plan;
	int status;

	status = carom_plan_new(&plan, &plan_options, err);
	if (status)
		return status;
	status = store_draft_new(&draft, job->store, job, options->overwrite, err);
	if (status == 0) {
		status = pool_run(job, plan, draft, options, &study->is_cancelled, &study->facts,
				  err);
		explain(&study->facts, job, plan, options);
		if (store_draft_is_in_place(draft))
			close_store(study, job, status);
		store_draft_free(draft);
	}
	carom_plan_free(plan);
	return status;
}

CAROM_API int carom_study_run(struct carom_study *study, const struct carom_study_options *options,
			      struct carom_error *err)
{
	struct job *job;
	int status;

	if (!options || !options->store || !*options->store)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a study needs a store to write to");
	memset(&study->facts, 0, sizeof(study->facts));
	study->sends_all = options->sends_all;
	status = job_new(&job, study, options->route, err);
	if (status)
		return status;
	study->facts.reach = job->reach;
	status = complete_job(job, options, err);
	if (status == 0)
		status = run_job(study, job, options, err);
	job_free(job);
	return status;
}
