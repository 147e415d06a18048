/* SPDX-License-Identifier: BSD-3-Clause */
/* The job's measurements: each tied to a plot of the deck, its vectors checked and saved. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "study/job-build.h"
#include "study/job-vector.h"

/* ---- one measurement ---- */

static int find_measure(const struct job *job, size_t before, const char *name)
{
	for (size_t i = 0; i < before; i++)
		if (name_compare(job->measures[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int copy_measure(struct measure *copy, const struct measure *measure)
{
	bool is_whole = true;

	*copy = *measure;
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		if (measure->expressions[i]) {
			copy->expressions[i] = mem_strdup(measure->expressions[i]);
			is_whole = is_whole && copy->expressions[i];
		}
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		if (measure->arguments[i].name) {
			copy->arguments[i].name = mem_strdup(measure->arguments[i].name);
			is_whole = is_whole && copy->arguments[i].name;
		}
	return is_whole ? 0 : CAROM_ERROR_MEMORY;
}

static struct job_asked asked_of(const struct study_measure *measure)
{
	return (struct job_asked){"measure", measure->name, measure->analysis, "", &measure->place};
}

static int resolve_arguments(const struct job_builder *builder, size_t index,
			     const struct study_measure *asked, struct carom_error *err)
{
	const struct job *job = builder->job;
	struct job_measure *measure = &job->measures[index];

	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++) {
		struct measure_argument *argument = &measure->measure.arguments[i];
		const char *name = argument->name;

		measure->argument_index[i] = -1;
		if (name && *name == '{') {
			struct job_asked by = asked_of(asked);
			int status = job_resolve_argument(builder, measure, i, &by, err);

			if (status)
				return status;
			continue;
		}
		if (!name)
			continue;
		measure->argument_index[i] = find_measure(job, index, name);
		if (measure->argument_index[i] < 0)
			return job_fail(err, CAROM_ERROR_NOT_FOUND, &asked->place,
					"measure %s: \"%s\" is neither a number nor an earlier "
					"measurement",
					asked->name, name);
	}
	return 0;
}

static char *definition_of(const struct study_measure *asked)
{
	struct text text = TEXT_INIT;

	if (asked->analysis && !asked->formula)
		text_printf(&text, "%s ", asked->analysis);
	if (asked->formula)
		text_printf(&text, "= %s", asked->formula);
	else
		measure_print(&asked->measure, &text);
	return text_take(&text);
}

static char *unit_of(const struct measure *measure, const char *plot)
{
	struct text text = TEXT_INIT;

	measure_append_unit(measure->reducer, job_vector_unit(measure->expressions[0]),
			    job_scale_unit(plot), &text);
	return text_take(&text);
}

static int check_expressions(const struct job_builder *builder, const struct study_measure *measure,
			     const char *plot, struct carom_error *err)
{
	struct job_asked asked = asked_of(measure);
	int status = 0;

	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS && status == 0; i++)
		if (measure->measure.expressions[i])
			status = job_vector_check(builder->circuit, &asked,
						  measure->measure.expressions[i], plot, err);
	return status;
}

static int resolve_waveform(struct job_builder *builder, size_t index,
			    const struct study_measure *asked, struct carom_error *err)
{
	struct job_measure *measure = &builder->job->measures[index];
	struct job_asked by = asked_of(asked);
	struct job_plot plot;
	int status;

	if (copy_measure(&measure->measure, &asked->measure))
		return carom_fail_memory(err);
	status = job_resolve_plot(builder, &by, &plot, err);
	if (status)
		return status;
	measure->plot = plot.name;
	if ((status = resolve_arguments(builder, index, asked, err)) ||
	    (status = check_expressions(builder, asked, measure->plot, err)))
		return status;
	measure->unit = unit_of(&asked->measure, measure->plot);
	return measure->unit ? 0 : carom_fail_memory(err);
}

/* The next one of the job; it is the last there is, whole or not. */
static int resolve_measure(struct job_builder *builder, const struct study_measure *asked,
			   struct carom_error *err)
{
	size_t index = builder->job->n_measures++;
	struct job_measure *measure = &builder->job->measures[index];

	measure->lower = measure->upper = NAN;
	measure->name = mem_strdup(asked->name);
	measure->source = mem_strdup(asked->place.source ? asked->place.source : "");
	measure->line = (uint32_t)asked->place.line;
	measure->definition = definition_of(asked);
	if (!measure->name || !measure->source || !measure->definition)
		return carom_fail_memory(err);
	if (!asked->formula)
		return resolve_waveform(builder, index, asked, err);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		measure->argument_index[i] = -1;
	measure->unit = mem_strdup("");
	return measure->unit ? job_resolve_formula(builder, measure, asked, err)
			     : carom_fail_memory(err);
}

/* Of a card that cannot be taken a note is left. */
static int resolve_card(struct job_builder *builder, const struct study_measure *asked,
			struct text *notes, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	struct job *job = builder->job;
	int status = resolve_measure(builder, asked, &reason);

	if (status == 0 || status == CAROM_ERROR_MEMORY)
		return status ? carom_fail_memory(err) : 0;
	job_measure_release(&job->measures[--job->n_measures]);
	job->measures[job->n_measures] = (struct job_measure){.name = NULL};
	text_printf(notes, "%s%s:%d: left out: %s", notes->length ? "\n" : "", asked->place.source,
		    asked->place.line, reason.text);
	return 0;
}

static int resolve_all(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct text notes = TEXT_INIT;
	int status = 0;

	text_append(&notes, text_string(&study->notes));
	for (size_t i = 0; i < study->n_measures && status == 0; i++)
		status = study->measures[i].is_card
				 ? resolve_card(builder, &study->measures[i], &notes, err)
				 : resolve_measure(builder, &study->measures[i], err);
	if (!status && study->n_measures > 0 && builder->job->n_measures == 0 &&
	    study->n_keeps == 0)
		status = carom_fail_at(err, CAROM_ERROR_ARGUMENT, circuit_file(study->circuit, 0),
				       0, 0, "none of the .meas cards can be taken\n%s",
				       text_string(&notes));
	if (notes.length == 0 && !notes.failed) {
		text_release(&notes);
		return status;
	}
	builder->job->notes = text_take(&notes);
	return status || builder->job->notes ? status : carom_fail_memory(err);
}

static int resolve_spec(struct job *job, const struct study_spec *spec, struct carom_error *err)
{
	int index = find_measure(job, job->n_measures, spec->name);

	if (index < 0)
		return job_fail(err, CAROM_ERROR_NOT_FOUND, &spec->place,
				"spec %s: there is no measurement of that name", spec->name);
	job->measures[index].has_spec = true;
	job->measures[index].lower = spec->lower;
	job->measures[index].upper = spec->upper;
	return 0;
}

/* ---- what the simulator is to save ---- */

static void append_saves(struct text *text, const struct measure *measure)
{
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		if (measure->expressions[i])
			job_vector_append_saves(text, measure->expressions[i]);
}

/*
 * Saving only what is looked at makes an AC run up to 1.4 times faster.  Left alone where an
 * analysis has vectors of its own names (noise, sens, ...), which a .save would leave out.
 */
static int add_save(struct job_builder *builder, struct carom_error *err)
{
	const struct job *job = builder->job;
	struct text text = TEXT_INIT;
	int status = 0;

	if (!job_every_analysis_is_plain(builder->circuit))
		return 0;
	text_append(&text, ".save");
	for (size_t i = 0; i < job->n_measures; i++)
		append_saves(&text, &job->measures[i].measure);
	for (size_t i = 0; i < job->n_waves; i++)
		job_vector_append_saves(&text, job->waves[i].expression);
	if (text.failed)
		status = carom_fail_memory(err);
	else if (text.length > strlen(".save"))
		return job_add_line(builder, text_take(&text), err);
	text_release(&text);
	return status;
}

int job_build_measures(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct job *job = builder->job;
	int status;

	job->measures = mem_zalloc(study->n_measures, sizeof(*job->measures));
	if (!job->measures)
		return carom_fail_memory(err);
	status = resolve_all(builder, err);
	for (size_t i = 0; i < study->n_specs && status == 0; i++)
		status = resolve_spec(job, &study->specs[i], err);
	if (!status)
		status = job_build_waves(builder, err);
	return status ? status : add_save(builder, err);
}
