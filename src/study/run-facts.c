/* SPDX-License-Identifier: BSD-3-Clause */
/* What is told of a run: why it went as it did, and all of its facts into the manifest. */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/error.h"
#include "carom-topology.h"
#include "study/pool.h"
#include "study/run.h"
#include "study/store.h"
#include "study/until.h"

void run_explain(const struct run *run)
{
	struct carom_study_facts *facts = &run->study->facts;
	const struct job *job = run->job;
	const char *why = "";

	if (run->options.no_pin || run->options.bind == CAROM_BIND_NONE)
		why = "; not pinned: asked not to";
	else if (carom_plan_is_simulated(run->plan))
		why = "; not pinned: simulated machine";
	snprintf(facts->pin_reason, sizeof(facts->pin_reason), "%s%s", carom_plan_reason(run->plan),
		 why);
	if (job->route == CAROM_ROUTE_RELOAD && job->obstacle)
		snprintf(facts->route_reason, sizeof(facts->route_reason), "%s", job->obstacle);
	else if (job->hazard)
		snprintf(facts->route_reason, sizeof(facts->route_reason), "%s", job->hazard);
	else if (job->route_is_forced)
		snprintf(facts->route_reason, sizeof(facts->route_reason), "asked for");
}

/* The looks that were not taken while samples were finished are taken now. */
void run_tell_until(const struct run *run, struct until_watch *until)
{
	struct carom_study_facts *facts = &run->study->facts;
	struct text text = TEXT_INIT;

	facts->n_counted = run->job->n_samples;
	if (!until)
		return;
	facts->is_enough = until_watch_poll(until);
	facts->n_counted = until_watch_counted(until);
	until_watch_print(until, &text);
	snprintf(facts->until, sizeof(facts->until), "%s", text_string(&text));
	text_release(&text);
}

static json_t *until_to_json(const struct run *run)
{
	const struct carom_study_facts *facts = &run->study->facts;

	return json_pack("{s:I, s:b, s:f, s:f, s:s}", "counted", (json_int_t)facts->n_counted,
			 "enough", facts->is_enough, "confidence", run->study->until.confidence,
			 "target", run->study->until.target, "text", facts->until);
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
void run_write_facts(const struct run *run, const struct store_draft *store)
{
	struct carom_study_facts *facts = &run->study->facts;
	json_t *object = json_pack(
		"{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:s, s:s, s:f, s:f, s:f, s:f, s:f, s:I, "
		"s:I, s:o, s:s}",
		"route", carom_route_name(facts->route), "route_reason", facts->route_reason,
		"library", facts->library, "ngspice_version", facts->version, "workers",
		(json_int_t)facts->n_workers, "pinned", (json_int_t)facts->n_pinned, "memory_bound",
		(json_int_t)facts->n_memory_bound, "restarted", (json_int_t)facts->n_restarted,
		"cpus", facts->cpus, "pin_reason", facts->pin_reason, "start_s", facts->start_s,
		"elapsed_s", facts->elapsed_s, "rate_hz", facts->rate_hz, "simulator_s",
		facts->simulator_s, "busy_s", facts->busy_s, "done", (json_int_t)facts->n_done,
		"kept", (json_int_t)facts->n_kept, "deck", reach_to_json(&facts->reach), "notes",
		facts->notes);
	bool is_whole = object && (!*facts->until ||
				   json_object_set_new(object, "until", until_to_json(run)) == 0);
	char *text = is_whole ? json_dumps(object, JSON_COMPACT) : NULL;
	struct carom_error err = CAROM_ERROR_INIT;

	if (text ? store_write_run(store_draft_folder(store), run->job, text, &err)
		 : carom_fail_memory(&err))
		pool_add_note(facts, err.text);
	free(text);
	json_decref(object);
}
