/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a page shows of the kept waveforms: their envelopes, the nominal one, those of the worst
 * samples.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "report/report.h"
#include "report/thin.h"
#include "study/store-json.h"

/* Point number i of those that are shown, both ends among them. */
struct picked {
	size_t n, n_shown;
};

static struct picked pick(size_t n)
{
	return (struct picked){n, n < REPORT_WAVE_POINTS ? n : REPORT_WAVE_POINTS};
}

static size_t point_of(const struct picked *picked, size_t i)
{
	return picked->n_shown == picked->n ? i : i * (picked->n - 1) / (picked->n_shown - 1);
}

/* The shown ones of so many values; null where one is not finite. */
static json_t *shown_values(const struct picked *picked, const double *values, bool is_exact)
{
	double list[REPORT_WAVE_POINTS];

	for (size_t i = 0; i < picked->n_shown; i++)
		list[i] = values[point_of(picked, i)];
	return is_exact ? thin_exact(list, picked->n_shown) : thin_array(list, picked->n_shown);
}

/* ---- the envelope ---- */

static json_t *most_values(const struct carom_envelope *envelope)
{
	uint64_t most = 0;

	for (size_t i = 0; i < envelope->n_points; i++)
		most = envelope->n[i] > most ? envelope->n[i] : most;
	return json_integer((json_int_t)most);
}

static json_t *quantiles(const struct picked *picked, const struct carom_envelope *envelope)
{
	json_t *list = json_array();
	bool is_whole = list != NULL;

	for (size_t i = 0; i < envelope->n_quantiles && is_whole; i++)
		is_whole = json_array_append_new(
				   list, shown_values(picked,
						      envelope->quantiles + i * envelope->n_points,
						      false)) == 0;
	return store_json_drop_unless(is_whole, list);
}

/* Of the samples of a cell, or of all. */
static int add_envelope(const struct report *report, size_t index, uint64_t cell,
			const struct picked *picked, json_t *object, struct carom_error *err)
{
	struct carom_envelope envelope;
	int status = carom_store_envelope(report->store, &report->options, index, cell, NULL, 0,
					  &envelope, err);

	if (status)
		return status;
	if (json_object_set_new(object, "n", most_values(&envelope)) ||
	    json_object_set_new(object, "p", thin_exact(envelope.p, envelope.n_quantiles)) ||
	    json_object_set_new(object, "quantiles", quantiles(picked, &envelope)))
		status = carom_fail_memory(err);
	carom_envelope_release(&envelope);
	return status;
}

/* The first ones; which they are is said where the cells are. */
static int add_cells(const struct report *report, size_t index, const struct picked *picked,
		     json_t *object, struct carom_error *err)
{
	uint64_t n = carom_store_cell_count(report->store);
	json_t *list = json_array();
	int status = json_object_set_new(object, "cells", list) ? carom_fail_memory(err) : 0;

	for (uint64_t i = 0; n > 1 && i < n && i < REPORT_WAVE_CELLS && status == 0; i++) {
		json_t *cell = json_object();

		if (json_array_append_new(list, cell))
			status = carom_fail_memory(err);
		else
			status = add_envelope(report, index, i, picked, cell, err);
	}
	return status;
}

/* ---- the worst samples ---- */

struct worst {
	uint64_t sample;
	size_t measurement;
};

static bool is_listed(const struct worst *list, size_t n, uint64_t sample)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].sample == sample)
			return true;
	return false;
}

/* Of the first measurements that have a spec; a sample is named once. */
static int find_worst(const struct report *report, struct worst list[REPORT_WAVE_WORST], size_t *n,
		      struct carom_error *err)
{
	int status = 0;

	*n = 0;
	for (size_t i = 0; i < report->summary.n_measurements && *n < REPORT_WAVE_WORST; i++) {
		struct carom_worst worst;
		size_t n_found = 1;

		status = carom_store_worst(report->store, &report->options, i, &worst, &n_found,
					   err);
		if (status)
			return status;
		if (n_found > 0 && !is_listed(list, *n, worst.sample))
			list[(*n)++] = (struct worst){worst.sample, i};
	}
	return 0;
}

static int add_worst(const struct report *report, size_t index, const struct picked *picked,
		     json_t *object, struct carom_error *err)
{
	double *values = mem_alloc(picked->n * sizeof(*values));
	struct worst list[REPORT_WAVE_WORST];
	json_t *worst = json_array();
	size_t n = 0;
	int status = values ? find_worst(report, list, &n, err) : carom_fail_memory(err);

	for (size_t i = 0; i < n && status == 0; i++) {
		const char *name = carom_store_measurement_name(report->store, list[i].measurement);

		status = carom_store_wave_read(report->store, index, list[i].sample, values, err);
		if (status == 0 &&
		    json_array_append_new(worst, json_pack("{s:I, s:o, s:o}", "sample",
							   (json_int_t)list[i].sample, "of",
							   store_json_string(name), "values",
							   shown_values(picked, values, false))))
			status = carom_fail_memory(err);
	}
	if (json_object_set_new(object, "worst", worst) && status == 0)
		status = carom_fail_memory(err);
	mem_free(values);
	return status;
}

/* ---- all of it ---- */

static json_t *facts(const struct carom_wave *wave, const struct picked *picked)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:I, s:o, s:o}", "name",
			 store_json_string(wave->name), "unit", store_json_string(wave->unit),
			 "definition", store_json_string(wave->definition), "scale",
			 store_json_string(wave->scale), "scale_unit",
			 store_json_string(wave->scale_unit), "log", wave->is_log, "points",
			 (json_int_t)wave->n_points, "x", shown_values(picked, wave->grid, true),
			 "nominal", shown_values(picked, wave->nominal, false));
}

static int make_wave(const struct report *report, size_t index, json_t **object,
		     struct carom_error *err)
{
	const struct carom_wave *wave = carom_store_wave(report->store, index);
	const struct picked picked = pick(wave->n_points);
	int status;

	*object = facts(wave, &picked);
	if (!*object)
		return carom_fail_memory(err);
	status = add_envelope(report, index, CAROM_EVERY_CELL, &picked, *object, err);
	if (!status)
		status = add_cells(report, index, &picked, *object, err);
	return status ? status : add_worst(report, index, &picked, *object, err);
}

int report_waves(const struct report *report, json_t **list, struct carom_error *err)
{
	bool is_weighted = carom_store_log_weight(report->store);
	size_t n = is_weighted ? 0 : carom_store_wave_count(report->store);
	int status = 0;

	*list = json_array();
	for (size_t i = 0; i < n && *list && status == 0; i++) {
		json_t *object;

		status = make_wave(report, i, &object, err);
		if (status)
			json_decref(object);
		else if (json_array_append_new(*list, object))
			status = carom_fail_memory(err);
	}
	return *list ? status : carom_fail_memory(err);
}
