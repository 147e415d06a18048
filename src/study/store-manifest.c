/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the store says of itself: the manifest of the group and the attributes of its arrays.
 * Sources: xarray, "Zarr Encoding Specification" (_ARRAY_DIMENSIONS); CF Conventions 1.10, sections
 * 3.1 (units), 3.3 (long_name) and 3.5 (flags).
 */
#include "study/store-manifest.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "carom-version.h"
#include "study/store-json.h"
#include "study/store-name.h"

/* A seed takes all of 64 bits, JSON's readers 63: one that does not fit is a string of digits. */
static json_t *seed_json(uint64_t seed)
{
	char digits[24];

	if (seed <= INT64_MAX)
		return json_integer((json_int_t)seed);
	snprintf(digits, sizeof(digits), "%" PRIu64, seed);
	return json_string(digits);
}

static json_t *parameter_names(const struct job *job)
{
	json_t *names = json_array();
	bool is_complete = names != NULL;

	for (size_t i = 0; i < job->n_variables && is_complete; i++)
		is_complete = json_array_append_new(names,
						    store_json_string(job->variables[i].name)) == 0;
	return store_json_drop_unless(is_complete, names);
}

static json_t *measurement_names(const struct job *job)
{
	json_t *names = json_array();
	bool is_complete = names != NULL;

	for (size_t i = 0; i < job->n_measures && is_complete; i++)
		is_complete =
			json_array_append_new(names, store_json_string(job->measures[i].name)) == 0;
	return store_json_drop_unless(is_complete, names);
}

/* The values that a number of the deck's own is drawn for. */
static json_t *uses_json(const char *uses)
{
	json_t *list = json_array();
	bool is_complete = list != NULL;

	while (*uses && is_complete) {
		size_t length = strcspn(uses, " ");

		is_complete = json_array_append_new(list, json_stringn(uses, length)) == 0;
		uses += length + (uses[length] == ' ');
	}
	return store_json_drop_unless(is_complete, list);
}

static json_t *vary_json(const struct job_variable *variable)
{
	json_t *vary = json_pack("{s:o, s:o, s:o, s:o}", "name", store_json_string(variable->name),
				 "definition", store_json_string(variable->definition), "unit",
				 store_json_string(variable->unit), "nominal",
				 store_json_number(variable->nominal));

	if (!variable->uses || !vary)
		return vary;
	return store_json_drop_unless(
		json_object_set_new(vary, "uses", uses_json(variable->uses)) == 0, vary);
}

static json_t *varies_json(const struct job *job)
{
	json_t *varies = json_array();
	bool is_complete = varies != NULL;

	for (size_t i = 0; i < job->n_variables && is_complete; i++)
		is_complete = json_array_append_new(varies, vary_json(&job->variables[i])) == 0;
	return store_json_drop_unless(is_complete, varies);
}

static json_t *measure_json(const struct job_measure *measure)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "name", store_json_string(measure->name),
			 "definition", store_json_string(measure->definition), "unit",
			 store_json_string(measure->unit), "plot",
			 store_json_string(measure->plot));
}

static json_t *measures_json(const struct job *job)
{
	json_t *measures = json_array();
	bool is_complete = measures != NULL;

	for (size_t i = 0; i < job->n_measures && is_complete; i++)
		is_complete = json_array_append_new(measures, measure_json(&job->measures[i])) == 0;
	return store_json_drop_unless(is_complete, measures);
}

static json_t *spec_json(const struct job_measure *measure)
{
	return json_pack("{s:o, s:o}", "lower", store_json_number(measure->lower), "upper",
			 store_json_number(measure->upper));
}

/* By the measurement's name. */
static json_t *specs_json(const struct job *job)
{
	json_t *specs = json_object();
	bool is_complete = specs != NULL;

	for (size_t i = 0; i < job->n_measures && is_complete; i++) {
		const struct job_measure *measure = &job->measures[i];

		if (measure->has_spec)
			is_complete =
				json_object_set_new(specs, measure->name, spec_json(measure)) == 0;
	}
	return store_json_drop_unless(is_complete, specs);
}

/* As they were written. */
static json_t *correlates_json(const struct job *job)
{
	json_t *correlates = json_array();
	bool is_complete = correlates != NULL;

	for (size_t i = 0; i < job->n_correlates && is_complete; i++)
		is_complete = json_array_append_new(correlates,
						    store_json_string(job->correlates[i])) == 0;
	return store_json_drop_unless(is_complete, correlates);
}

static json_t *corner_json(const struct job *job, const struct job_corner *corner)
{
	json_t *settings = json_object();
	bool is_complete = settings != NULL;

	for (size_t i = 0; i < corner->n_settings && is_complete; i++) {
		const struct job_setting *setting = &corner->settings[i];

		is_complete = json_object_set_new(settings, job->variables[setting->variable].name,
						  store_json_number(setting->value)) == 0;
	}
	if (corner->sections && is_complete)
		is_complete = json_object_set_new(settings, "lib",
						  store_json_string(corner->sections)) == 0;
	return json_pack("{s:o, s:o}", "name", store_json_string(corner->name), "sets",
			 store_json_drop_unless(is_complete, settings));
}

static json_t *corners_json(const struct job *job)
{
	json_t *corners = json_array();
	bool is_complete = corners != NULL;

	for (size_t i = 0; i < job->n_corners && is_complete; i++)
		is_complete =
			json_array_append_new(corners, corner_json(job, &job->corners[i])) == 0;
	return store_json_drop_unless(is_complete, corners);
}

static json_t *step_json(const struct job *job, const struct job_step *step)
{
	json_t *parameters = json_array(), *values = json_array();
	bool is_complete = parameters && values;

	for (size_t i = 0; i < step->n_variables && is_complete; i++)
		is_complete =
			json_array_append_new(
				parameters,
				store_json_string(job->variables[step->variables[i]].name)) == 0;
	for (uint64_t i = 0; i < step->n_values && is_complete; i++)
		is_complete =
			json_array_append_new(values, store_json_number(step->values[i])) == 0;
	return json_pack("{s:o, s:o, s:o, s:o}", "targets", store_json_string(step->targets),
			 "definition", store_json_string(step->definition), "parameters",
			 store_json_drop_unless(is_complete, parameters), "values",
			 store_json_drop_unless(is_complete, values));
}

static json_t *steps_json(const struct job *job)
{
	json_t *steps = json_array();
	bool is_complete = steps != NULL;

	for (size_t i = 0; i < job->n_steps && is_complete; i++)
		is_complete = json_array_append_new(steps, step_json(job, &job->steps[i])) == 0;
	return store_json_drop_unless(is_complete, steps);
}

static json_t *cells_json(const struct job *job)
{
	return json_pack("{s:I, s:o, s:o}", "draws", (json_int_t)job->cells.n_draws, "corners",
			 corners_json(job), "steps", steps_json(job));
}

static json_t *varied_json(const struct job *job)
{
	return json_pack("{s:I, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "samples",
			 (json_int_t)job->n_samples, "seed", seed_json(job->seed), "sampler",
			 carom_sampler_name(job->sampler.kind), "time_limit_s",
			 store_json_number(job->time_limit_s), "varies", varies_json(job),
			 "correlates", correlates_json(job), "measures", measures_json(job),
			 "specs", specs_json(job));
}

static json_t *asked_json(const struct job *job)
{
	const struct job_importance *importance = job->importance;

	return json_pack("{s:o, s:s, s:o}", "measurement",
			 store_json_string(job->measures[importance->measure].name), "side",
			 importance->is_upper ? "upper" : "lower", "limit",
			 store_json_number(job_importance_limit(job)));
}

static json_t *keep_json(const struct job *job, const struct job_wave *wave)
{
	const struct job_grid *grid = &job->grids[wave->grid];

	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", store_json_string(wave->name),
			 "definition", store_json_string(wave->definition), "unit",
			 store_json_string(wave->unit), "plot", store_json_string(wave->plot),
			 "grid", store_json_string(grid->name));
}

static json_t *keeps_json(const struct job *job)
{
	json_t *keeps = json_array();
	bool is_complete = keeps != NULL;

	for (size_t i = 0; i < job->n_waves && is_complete; i++)
		is_complete = json_array_append_new(keeps, keep_json(job, &job->waves[i])) == 0;
	return store_json_drop_unless(is_complete, keeps);
}

/* The ends say where the points are, together with their number and the deck. */
static json_t *grid_json(const struct job_grid *grid)
{
	return json_pack(
		"{s:o, s:o, s:o, s:b, s:o, s:o, s:I}", "name", store_json_string(grid->name),
		"label", store_json_string(grid->label), "unit", store_json_string(grid->unit),
		"log", grid->is_log, "from", store_json_number(grid->values[0]), "to",
		store_json_number(grid->values[grid->n - 1]), "points", (json_int_t)grid->n);
}

static json_t *grids_json(const struct job *job)
{
	json_t *grids = json_array();
	bool is_complete = grids != NULL;

	for (size_t i = 0; i < job->n_grids && is_complete; i++)
		is_complete = json_array_append_new(grids, grid_json(&job->grids[i])) == 0;
	return store_json_drop_unless(is_complete, grids);
}

/* With what makes the cells, where there is more than one, and the waveforms that are kept. */
static json_t *study_json(const struct job *job)
{
	json_t *study = varied_json(job);
	bool is_complete = study != NULL;

	if (is_complete && job->importance)
		is_complete = json_object_set_new(study, "importance", asked_json(job)) == 0;
	if (is_complete && (job->n_corners > 0 || job->n_steps > 0))
		is_complete = json_object_set_new(study, "cells", cells_json(job)) == 0;
	if (is_complete && job->n_waves > 0)
		is_complete = json_object_set_new(study, "keeps", keeps_json(job)) == 0 &&
			      json_object_set_new(study, "grids", grids_json(job)) == 0;
	return store_json_drop_unless(is_complete, study);
}

/* Nominal value of a measurement; NAN: there is none. */
static double nominal_value(const struct job *job, size_t measure)
{
	const struct job_nominal *nominal = job->nominal;

	return nominal && (nominal->status == CAROM_SAMPLE_OK ||
			   nominal->status == CAROM_SAMPLE_MEASURE)
		       ? nominal->values[measure]
		       : NAN;
}

static json_t *nominal_json(const struct job *job)
{
	json_t *values = json_object();
	bool is_complete = values != NULL;

	for (size_t i = 0; i < job->n_measures && is_complete; i++)
		is_complete = json_object_set_new(values, job->measures[i].name,
						  store_json_number(nominal_value(job, i))) == 0;
	return json_pack("{s:s, s:o, s:o}", "status",
			 carom_sample_status_text(job->nominal->status), "message",
			 store_json_string(job->nominal->message), "values",
			 store_json_drop_unless(is_complete, values));
}

static json_t *common_json(const struct job *job, json_t *run)
{
	return json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:O?}", "carom", CAROM_VERSION_STRING, "title",
		store_json_string(job->title), "deck_hash", store_json_string(job->deck_hash),
		"library", store_json_string(job->library), "parameters", parameter_names(job),
		"measurements", measurement_names(job), "study", study_json(job), "run", run);
}

/* By the parameters' names: where the centre of the samples is, in deviates. */
static json_t *deviates_json(const struct job *job)
{
	json_t *deviates = json_object();
	bool is_complete = deviates != NULL;

	for (size_t i = 0; i < job->n_variables && is_complete; i++)
		is_complete =
			json_object_set_new(deviates, job->variables[i].name,
					    store_json_number(job_importance_deviate(job, i))) == 0;
	return store_json_drop_unless(is_complete, deviates);
}

/* The search for the shift, as far as it has come. */
static json_t *search_json(const struct job *job)
{
	const struct job_importance *importance = job->importance;
	json_t *shift = json_array();
	bool is_complete = shift != NULL;

	for (size_t i = 0; i < importance->n && is_complete; i++)
		is_complete =
			json_array_append_new(shift, store_json_number(importance->shift[i])) == 0;
	return json_pack("{s:b, s:I, s:I, s:o, s:o, s:o}", "found", importance->is_found, "batches",
			 (json_int_t)importance->n_batches, "batch_samples",
			 (json_int_t)importance->batch_samples, "level",
			 store_json_number(importance->level), "shift",
			 store_json_drop_unless(is_complete, shift), "deviates",
			 deviates_json(job));
}

json_t *store_manifest(const struct job *job, json_t *run)
{
	json_t *manifest = common_json(job, run);

	if (manifest && job->importance)
		manifest = store_json_drop_unless(
			json_object_set_new(manifest, "importance", search_json(job)) == 0,
			manifest);
	if (!manifest || !job->nominal || job->nominal->status == CAROM_SAMPLE_PENDING)
		return manifest;
	return store_json_drop_unless(
		json_object_set_new(manifest, "nominal", nominal_json(job)) == 0, manifest);
}

json_t *store_plain_attributes(const char *unit, const char *long_name)
{
	return json_pack("{s:[s], s:s, s:s}", "_ARRAY_DIMENSIONS", STORE_DIMENSION, "units", unit,
			 "long_name", long_name);
}

json_t *store_parameter_attributes(const struct job_variable *variable)
{
	return json_pack("{s:[s], s:o, s:o, s:o}", "_ARRAY_DIMENSIONS", STORE_DIMENSION, "units",
			 store_json_string(variable->unit), "definition",
			 store_json_string(variable->definition), "nominal",
			 store_json_number(variable->nominal));
}

json_t *store_measurement_attributes(const struct job *job, size_t index)
{
	const struct job_measure *measure = &job->measures[index];
	double nominal = nominal_value(job, index);
	json_t *attributes = json_pack("{s:[s], s:o, s:o}", "_ARRAY_DIMENSIONS", STORE_DIMENSION,
				       "units", store_json_string(measure->unit), "definition",
				       store_json_string(measure->definition));
	bool is_complete = attributes != NULL;

	if (is_complete && measure->has_spec && !isnan(measure->lower))
		is_complete = json_object_set_new(attributes, "spec_lower",
						  store_json_number(measure->lower)) == 0;
	if (is_complete && measure->has_spec && !isnan(measure->upper))
		is_complete = json_object_set_new(attributes, "spec_upper",
						  store_json_number(measure->upper)) == 0;
	if (is_complete && !isnan(nominal))
		is_complete =
			json_object_set_new(attributes, "nominal", store_json_number(nominal)) == 0;
	return store_json_drop_unless(is_complete, attributes);
}

json_t *store_corner_attributes(const struct job *job)
{
	json_t *names = json_array();
	bool is_complete = names != NULL;

	for (size_t i = 0; i < job->n_corners && is_complete; i++)
		is_complete =
			json_array_append_new(names, store_json_string(job->corners[i].name)) == 0;
	return json_pack("{s:[s], s:s, s:o}", "_ARRAY_DIMENSIONS", STORE_DIMENSION, "long_name",
			 "corner of the sample", "corners",
			 store_json_drop_unless(is_complete, names));
}

json_t *store_grid_attributes(const struct job_grid *grid)
{
	return json_pack("{s:[o], s:o, s:o}", "_ARRAY_DIMENSIONS", store_json_string(grid->name),
			 "units", store_json_string(grid->unit), "long_name",
			 store_json_string(grid->label));
}

static json_t *add_wave_attributes(const struct job *job, size_t index, json_t *dimensions)
{
	const struct job_wave *wave = &job->waves[index];

	return json_pack("{s:o, s:o, s:o}", "_ARRAY_DIMENSIONS", dimensions, "units",
			 store_json_string(wave->unit), "definition",
			 store_json_string(wave->definition));
}

static json_t *grid_name(const struct job *job, size_t index)
{
	return store_json_string(job->grids[job->waves[index].grid].name);
}

json_t *store_wave_attributes(const struct job *job, size_t index)
{
	return add_wave_attributes(job, index,
				   json_pack("[s, o]", STORE_DIMENSION, grid_name(job, index)));
}

json_t *store_nominal_attributes(const struct job *job, size_t index)
{
	return add_wave_attributes(job, index, json_pack("[o]", grid_name(job, index)));
}

/* Flag meanings are words with blanks between them, so a blank in a word becomes "_". */
static json_t *flag_meanings(void)
{
	struct text words = TEXT_INIT;
	json_t *meanings = NULL;

	for (int status = 0; status < CAROM_SAMPLE_STATUS_COUNT; status++) {
		const char *c = carom_sample_status_text((enum carom_sample_status)status);

		text_append(&words, status ? " " : "");
		for (; *c; c++)
			text_append_char(&words, *c == ' ' ? '_' : *c);
	}
	if (!words.failed)
		meanings = json_string(text_string(&words));
	text_release(&words);
	return meanings;
}

static json_t *flag_values(void)
{
	json_t *values = json_array();
	bool is_complete = values != NULL;

	for (int status = 0; status < CAROM_SAMPLE_STATUS_COUNT && is_complete; status++)
		is_complete = json_array_append_new(values, json_integer(status)) == 0;
	return store_json_drop_unless(is_complete, values);
}

json_t *store_status_attributes(void)
{
	return json_pack("{s:[s], s:s, s:o, s:o}", "_ARRAY_DIMENSIONS", STORE_DIMENSION,
			 "long_name", "what became of the sample", "flag_values", flag_values(),
			 "flag_meanings", flag_meanings());
}
