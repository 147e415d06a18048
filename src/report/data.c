/* SPDX-License-Identifier: BSD-3-Clause */
/* All that a page shows. */
#include "base/error.h"
#include "base/mem.h"
#include "carom-version.h"
#include "report/report.h"
#include "report/thin.h"
#include "study/store-json.h"

uint64_t report_nth(const struct report *report, uint64_t i)
{
	uint64_t n_cells = report->population.n / report->n_draws;

	/* whole cells only */
	if (i >= n_cells * report->n_draws)
		return i;
	return i % n_cells * report->n_draws + i / n_cells;
}

int report_init(struct report *report, const struct carom_store *store,
		const struct carom_statistics_options *options, struct carom_error *err)
{
	int status;

	*report = (struct report){.store = store, .options.size = sizeof(report->options)};
	if (options)
		report->options = *options;
	status = population_init(&report->population, store, &report->options, err);
	if (status)
		return status;
	report->n_draws = carom_store_cell_samples(store);
	/* of the same samples, while a run goes on too */
	report->options.n_samples = report->population.n;
	status = carom_store_summarise(store, &report->options, &report->summary, err);
	if (!status)
		status = carom_store_fit(store, &report->options, &report->fits, err);
	if (!status && carom_store_log_weight(store))
		status = carom_store_failure(store, &report->options, &report->failure, err);
	report->values = mem_zalloc(report->population.n, sizeof(*report->values));
	return status || report->values ? status : carom_fail_memory(err);
}

void report_release(struct report *report)
{
	mem_free(report->values);
	population_release(&report->population);
	carom_fits_release(&report->fits);
	carom_summary_release(&report->summary);
}

static json_t *statuses_to_json(const struct carom_summary *summary)
{
	json_t *object = json_object();
	bool is_whole = object != NULL;

	for (int i = 0; i < CAROM_SAMPLE_STATUS_COUNT && is_whole; i++)
		is_whole = json_object_set_new(
				   object, carom_sample_status_text((enum carom_sample_status)i),
				   json_integer((json_int_t)summary->n_status[i])) == 0;
	return store_json_drop_unless(is_whole, object);
}

static int add_measurements(const struct report *report, json_t *data, struct carom_error *err)
{
	json_t *list = json_array();
	int status = json_object_set_new(data, "measurements", list) ? carom_fail_memory(err) : 0;

	for (size_t i = 0; i < report->summary.n_measurements && status == 0; i++) {
		json_t *object;

		status = report_measurement(report, i, &object, err);
		if (status)
			json_decref(object);
		else if (json_array_append_new(list, object))
			status = carom_fail_memory(err);
	}
	return status;
}

static int add_failures(const struct report *report, json_t *data, struct carom_error *err)
{
	json_t *failures;
	int status = report_failures(report, &failures, err);

	if (status == 0 && json_object_set_new(data, "failures", failures))
		status = carom_fail_memory(err);
	return status;
}

static int add_waves(const struct report *report, json_t *data, struct carom_error *err)
{
	json_t *waves;
	int status = report_waves(report, &waves, err);

	if (json_object_set_new(data, "waves", waves) && status == 0)
		status = carom_fail_memory(err);
	return status;
}

/* What importance sampling says; null without it. */
static json_t *failure_to_json(const struct carom_failure *failure)
{
	if (!failure->measurement)
		return json_null();
	return json_pack(
		"{s:o, s:o, s:o, s:b, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:s}",
		"measurement", store_json_string(failure->measurement), "unit",
		store_json_string(failure->unit), "limit", store_json_number(failure->limit),
		"is_upper", failure->is_upper, "failed", (json_int_t)failure->n_failed, "n",
		(json_int_t)failure->n, "effective", store_json_number(failure->effective),
		"probability", store_json_number(failure->probability), "ci",
		thin_interval(failure->ci), "relative_error",
		store_json_number(failure->relative_error), "sigma",
		store_json_number(failure->sigma), "sigma_ci", thin_interval(failure->sigma_ci),
		"distance", store_json_number(failure->distance), "searched",
		(json_int_t)failure->n_searched, "doubt", failure->doubt);
}

/* Weighted samples are of one, of which no statistics are told. */
static int add_cells(const struct report *report, json_t *data, struct carom_error *err)
{
	json_t *cells;
	int status = 0;

	if (report->failure.measurement)
		cells = json_pack("{s:i}", "n", 1);
	else
		status = report_cells(report, &cells, err);
	if (status == 0 && json_object_set_new(data, "cells", cells))
		status = carom_fail_memory(err);
	return status;
}

static json_t *heading(const struct report *report)
{
	const struct carom_summary *summary = &report->summary;
	json_t *yield = summary->has_spec
				? report_yields(&summary->yield, &summary->yield_of_values)
				: json_null();

	return json_pack("{s:s, s:f, s:s, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "version",
			 CAROM_VERSION_STRING, "confidence", summary->confidence, "sampler",
			 carom_store_sampler(report->store), "samples",
			 (json_int_t)carom_store_sample_count(report->store), "counted",
			 (json_int_t)summary->n_samples, "tried", (json_int_t)summary->n_tried,
			 "status", statuses_to_json(summary), "yield", yield, "running",
			 report_running(report), "failure", failure_to_json(&report->failure));
}

int report_data(const struct report *report, json_t **data, struct carom_error *err)
{
	int status;

	*data = heading(report);
	if (!*data)
		return carom_fail_memory(err);
	status = add_measurements(report, *data, err);
	if (!status)
		status = add_cells(report, *data, err);
	if (!status)
		status = add_waves(report, *data, err);
	if (!status)
		status = add_failures(report, *data, err);
	return status;
}
