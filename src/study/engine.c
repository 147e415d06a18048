/* SPDX-License-Identifier: BSD-3-Clause */
/* One sample: set the values by the study's route, run, take the measurements. */
#include "study/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "study/engine-wave.h"
#include "study/reload.h"

struct engine {
	const struct job *job;
	struct ng_session *session;
	enum carom_route route;
	bool has_run;      /* the loaded circuit carries the state of a run */
	bool has_plots;    /* plots are known */
	char (*plots)[64]; /* per measure, then per wave: the simulator's name of its plot */
	struct ng_vector *vectors; /* per expression: it over the last run */
	size_t *same_as;       /* per expression: first one of the same plot and text, or itself */
	struct reload *reload; /* RELOAD only */
	double *results;       /* of the job's program */
	double *inputs;        /* of formulas: values of the sample, then its measurements */
	double *formula;       /* results of a formula's program */
	double *waves;         /* what is kept of the last sample */
	size_t n_points;       /* of all waves */
	struct wave_room room;
	uint64_t simulator_ns;
};

uint64_t engine_simulator_ns(const struct engine *engine)
{
	return engine->simulator_ns;
}

/* ---- life ---- */

/*
 * Expressions are numbered through all measures, MEASURE_MAX_EXPRESSIONS each, then through the
 * waves.  What they are of is numbered likewise.
 */
static size_t first_of_wave(const struct job *job, size_t wave)
{
	return job->n_measures * MEASURE_MAX_EXPRESSIONS + wave;
}

static size_t owner_of(const struct job *job, size_t index)
{
	size_t n = first_of_wave(job, 0);

	return index < n ? index / MEASURE_MAX_EXPRESSIONS : job->n_measures + (index - n);
}

/* NULL: there is none. */
static const char *expression_of(const struct job *job, size_t index)
{
	size_t owner = owner_of(job, index);

	return owner < job->n_measures
		       ? job->measures[owner].measure.expressions[index % MEASURE_MAX_EXPRESSIONS]
		       : job->waves[owner - job->n_measures].expression;
}

/* NULL for a formula. */
static const char *plot_of_owner(const struct job *job, size_t owner)
{
	if (owner >= job->n_measures)
		return job->waves[owner - job->n_measures].plot;
	return job->measures[owner].is_formula ? NULL : job->measures[owner].plot;
}

static const char *plot_of(const struct job *job, size_t index)
{
	return plot_of_owner(job, owner_of(job, index));
}

static size_t find_same(const struct job *job, size_t index)
{
	const char *expression = expression_of(job, index);

	for (size_t i = 0; i < index && expression; i++)
		if (expression_of(job, i) && strcmp(expression_of(job, i), expression) == 0 &&
		    strcmp(plot_of(job, i), plot_of(job, index)) == 0)
			return i;
	return index;
}

static size_t longest_formula(const struct job *job)
{
	size_t longest = 0;

	for (size_t i = 0; i < job->n_measures; i++) {
		const struct job_measure *measure = &job->measures[i];

		longest = measure->formula.n_ops > longest ? measure->formula.n_ops : longest;
		for (size_t k = 0; k < MEASURE_MAX_ARGUMENTS; k++)
			if (measure->numbers[k].n_ops > longest)
				longest = measure->numbers[k].n_ops;
	}
	return longest;
}

int engine_new(struct engine **engine, const struct job *job, struct ng_session *session,
	       enum carom_route route, struct carom_error *err)
{
	struct engine *made = mem_zalloc(1, sizeof(*made));
	size_t n_expressions = first_of_wave(job, job->n_waves);

	*engine = NULL;
	if (!made)
		return carom_fail_memory(err);
	made->job = job;
	made->session = session;
	made->route = route;
	made->plots = mem_zalloc(job->n_measures + job->n_waves, sizeof(*made->plots));
	made->vectors = mem_zalloc(n_expressions, sizeof(*made->vectors));
	made->same_as = mem_zalloc(n_expressions, sizeof(*made->same_as));
	made->results = mem_zalloc(job->n_ops, sizeof(*made->results));
	made->inputs = mem_zalloc(job->n_variables + job->n_measures, sizeof(*made->inputs));
	made->formula = mem_zalloc(longest_formula(job), sizeof(*made->formula));
	made->n_points = job_wave_points(job);
	made->waves = mem_zalloc(made->n_points, sizeof(*made->waves));
	made->reload = route == CAROM_ROUTE_RELOAD ? reload_new(job) : NULL;
	if (!made->plots || !made->vectors || !made->same_as || !made->results || !made->inputs ||
	    !made->formula || !made->waves || (route == CAROM_ROUTE_RELOAD && !made->reload)) {
		engine_free(made);
		return carom_fail_memory(err);
	}
	for (size_t i = 0; i < n_expressions; i++)
		made->same_as[i] = find_same(job, i);
	*engine = made;
	return 0;
}

void engine_free(struct engine *engine)
{
	if (!engine)
		return;
	reload_free(engine->reload);
	mem_free(engine->plots);
	mem_free(engine->vectors);
	mem_free(engine->same_as);
	mem_free(engine->results);
	mem_free(engine->inputs);
	mem_free(engine->formula);
	mem_free(engine->waves);
	mem_free(engine->room.values);
	mem_free(engine);
}

/* ---- values in ---- */

int engine_load(const struct job *job, struct ng_session *session, const char *const *lines,
		struct carom_error *err)
{
	int status;

	ng_session_set_input_folder(session, job->folder);
	status = ng_session_load(session, lines, job->n_lines, err);

	if (status && err && err->line > 0 && (size_t)err->line <= job->n_lines) {
		const struct job_line *line = &job->lines[err->line - 1];

		err->line = (int)line->line;
		if (line->file < job->n_files)
			snprintf(err->source, sizeof(err->source), "%s", job->files[line->file]);
	}
	return status;
}

static int set_value(const struct engine *engine, const char *target, bool is_model, double value,
		     struct carom_error *err)
{
	return is_model ? ng_session_altermod(engine->session, target, value, err)
			: ng_session_alter(engine->session, target, value, err);
}

/* What varied parameters reach. */
static int alter_values(const struct engine *engine, const double *values, struct carom_error *err)
{
	const struct job *job = engine->job;
	int status = 0;

	program_run(job->ops, job->n_ops, values, engine->results);
	for (size_t i = 0; i < job->n_values && status == 0; i++)
		status = set_value(engine, job->values[i].target, job->values[i].is_model,
				   operand_value(job->values[i].value, engine->results), err);
	return status;
}

static int alter_all(const struct engine *engine, const double *values, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < engine->job->n_variables && status == 0; i++) {
		const struct job_variable *variable = &engine->job->variables[i];

		if (variable->is_temperature)
			status = ng_session_set_temperature(engine->session, values[i], err);
		else if (variable->target)
			status = set_value(engine, variable->target, variable->is_model, values[i],
					   err);
	}
	for (size_t i = 0; i < engine->job->n_copies && status == 0; i++) {
		const struct job_copy *copy = &engine->job->copies[i];

		status = ng_session_altermod(engine->session, copy->target, values[copy->variable],
					     err);
	}
	return status ? status : alter_values(engine, values, err);
}

static int set_values(struct engine *engine, const double *values, struct carom_error *err)
{
	const char *const *lines;
	int status = 0;

	if (engine->route == CAROM_ROUTE_RELOAD) {
		lines = reload_lines(engine->reload, values);
		return lines ? engine_load(engine->job, engine->session, lines, err)
			     : carom_fail_memory(err);
	}
	if (engine->route == CAROM_ROUTE_RESET && engine->has_run)
		status = ng_session_reset(engine->session, err);
	return status ? status : alter_all(engine, values, err);
}

/* ---- measurements out ---- */

/* "tran1" is plot number 1 of kind "tran"; "tran" means the first. */
static bool is_kind(const char *plot, const char *kind, size_t length)
{
	return strncmp(plot, kind, length) == 0 &&
	       strspn(plot + length, "0123456789") == strlen(plot + length);
}

static int find_plot(struct engine *engine, const char *asked, char found[64],
		     struct carom_error *err)
{
	size_t length = strcspn(asked, "0123456789");
	unsigned long ordinal = asked[length] ? strtoul(asked + length, NULL, 10) : 1;
	size_t n = ng_session_plot_count(engine->session);

	for (size_t i = 0; i < n; i++) {
		struct ng_plot plot;
		int status = ng_session_plot(engine->session, i, &plot, err);

		if (status)
			return status;
		if (is_kind(plot.name, asked, length) && --ordinal == 0) {
			memcpy(found, plot.name, sizeof(plot.name));
			return 0;
		}
	}
	return carom_fail(err, CAROM_ERROR_VECTOR, "the run made no plot \"%s\"", asked);
}

/* The names are the same in every run of a deck, because each run begins without plots. */
static int find_plots(struct engine *engine, struct carom_error *err)
{
	const struct job *job = engine->job;
	int status = 0;

	for (size_t i = 0; i < job->n_measures + job->n_waves && status == 0; i++)
		if (plot_of_owner(job, i))
			status = find_plot(engine, plot_of_owner(job, i), engine->plots[i], err);
	engine->has_plots = status == 0;
	return status;
}

static int evaluate_expression(struct engine *engine, size_t index, struct carom_error *err)
{
	const char *expression = expression_of(engine->job, index);
	char slot[32];

	if (!expression)
		return 0;
	if (engine->same_as[index] < index) {
		engine->vectors[index] = engine->vectors[engine->same_as[index]];
		return 0;
	}
	snprintf(slot, sizeof(slot), "carom%zu", index);
	return ng_session_evaluate(engine->session, engine->plots[owner_of(engine->job, index)],
				   slot, expression, &engine->vectors[index], err);
}

static int evaluate(struct engine *engine, size_t measure, struct carom_error *err)
{
	size_t first = measure * MEASURE_MAX_EXPRESSIONS;
	int status = 0;

	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS && status == 0; i++)
		status = evaluate_expression(engine, first + i, err);
	return status;
}

/* A mistake in the statement, the same in every sample: not a measurement that fails. */
static int check_kind(const struct measure *measure, size_t expression, bool is_complex,
		      struct carom_error *err)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);

	if (is_complex && !rule->is_of_complex)
		return carom_fail(err, CAROM_ERROR_VECTOR,
				  "%s is complex: measure db(), mag(), cph(), real() or imag() "
				  "of it",
				  measure->expressions[expression]);
	if (!is_complex && rule->is_of_complex)
		return carom_fail(err, CAROM_ERROR_VECTOR,
				  "%s is real: %s takes a complex response, such as v(out)/v(in)",
				  measure->expressions[expression], rule->name);
	return 0;
}

static int find_columns(struct engine *engine, size_t index, struct measure_column *columns,
			const char **why, struct carom_error *err)
{
	const struct measure *measure = &engine->job->measures[index].measure;
	struct ng_vector x = {.data = NULL};

	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS && measure->expressions[i]; i++) {
		const struct ng_vector *y = &engine->vectors[index * MEASURE_MAX_EXPRESSIONS + i];

		if (check_kind(measure, i, y->is_complex, err))
			return (int)err->status;
		if (y->length > 1 && !x.data &&
		    ng_session_scale(engine->session, engine->plots[index], &x, err))
			return (int)err->status;
		if (x.data && x.length < y->length)
			*why = "the vector is longer than its scale";
		columns[i] =
			(struct measure_column){y->length > 1 ? x.data : NULL, x.is_complex ? 2 : 1,
						y->data, y->is_complex, y->length};
	}
	return 0;
}

/* A function of what is not a number may be one: such inputs are looked for first. */
static double calculate(struct engine *engine, const struct job_formula *formula, const char **why)
{
	double result;

	for (size_t i = 0; i < formula->n_ops; i++)
		if (formula->ops[i].code == PROGRAM_INPUT &&
		    isnan(engine->inputs[formula->ops[i].a])) {
			*why = "an earlier measurement that is needed has no value";
			return NAN;
		}
	program_run(formula->ops, formula->n_ops, engine->inputs, engine->formula);
	result = operand_value(formula->value, engine->formula);
	if (isfinite(result))
		return result;
	*why = "the result is not a finite number";
	return NAN;
}

static double argument_of(struct engine *engine, const struct job_measure *measure, size_t i,
			  const double *measurements, const char **why)
{
	int from = measure->argument_index[i];

	if (measure->numbers[i].n_ops > 0)
		return calculate(engine, &measure->numbers[i], why);
	return from < 0 ? measure->measure.arguments[i].number : measurements[from];
}

static double take(struct engine *engine, size_t index, const double *measurements,
		   const char **why, struct carom_error *err)
{
	const struct job_measure *measure = &engine->job->measures[index];
	struct measure_column columns[MEASURE_MAX_EXPRESSIONS];
	double arguments[MEASURE_MAX_ARGUMENTS];

	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		arguments[i] = argument_of(engine, measure, i, measurements, why);
	if (find_columns(engine, index, columns, why, err) || *why)
		return NAN;
	return measure_take(&measure->measure, columns, arguments, why);
}

static double measure_one(struct engine *engine, size_t index, const double *measurements,
			  const char **why, struct carom_error *err)
{
	const struct job_measure *measure = &engine->job->measures[index];

	if (measure->is_formula)
		return calculate(engine, &measure->formula, why);
	return evaluate(engine, index, err) ? NAN : take(engine, index, measurements, why, err);
}

static enum carom_sample_status measure_all(struct engine *engine, const double *values,
					    double *measurements, struct carom_error *err)
{
	const struct job *job = engine->job;
	const struct job_measure *failed = NULL;
	const char *failed_why = NULL;

	memcpy(engine->inputs, values, job->n_variables * sizeof(*values));
	if (!engine->has_plots && find_plots(engine, err))
		return CAROM_SAMPLE_ERROR;
	for (size_t i = 0; i < job->n_measures; i++) {
		const struct job_measure *measure = &job->measures[i];
		const char *why = NULL;

		measurements[i] = measure_one(engine, i, measurements, &why, err);
		engine->inputs[job->n_variables + i] = measurements[i];
		if (err->status) {
			carom_fail_context(err, err->status, "measure %s", measure->name);
			carom_error_place(err, measure->source, (int)measure->line);
			return CAROM_SAMPLE_ERROR;
		}
		if (isnan(measurements[i]) && !failed) {
			failed = measure;
			failed_why = why ? why : "not a number";
		}
	}
	if (!failed)
		return CAROM_SAMPLE_OK;
	carom_fail_at(err, CAROM_ERROR_MEASURE, failed->source, (int)failed->line, 0, "%s: %s",
		      failed->name, failed_why);
	return CAROM_SAMPLE_MEASURE;
}

/* ---- waveforms out ---- */

const double *engine_waves(const struct engine *engine)
{
	return engine->waves;
}

static int keep_one(struct engine *engine, size_t index, double *values, const char **why,
		    struct carom_error *err)
{
	const struct job *job = engine->job;
	const struct job_wave *wave = &job->waves[index];
	const struct ng_vector *y = &engine->vectors[first_of_wave(job, index)];
	struct measure_column column;
	struct ng_vector x;
	int status = evaluate_expression(engine, first_of_wave(job, index), err);

	if (!status)
		status = ng_session_scale(engine->session, engine->plots[job->n_measures + index],
					  &x, err);
	if (status)
		return status;
	if (x.length != y->length) {
		*why = "the vector is not as long as its scale";
		return 0;
	}
	column = (struct measure_column){x.data, x.is_complex ? 2 : 1, y->data, y->is_complex,
					 y->length};
	return engine_keep_wave(wave, &job->grids[wave->grid], &column, &engine->room, values, why,
				err);
}

/* Of a sample whose measurements were taken, with that status. */
static enum carom_sample_status keep_waves(struct engine *engine, enum carom_sample_status sample,
					   struct carom_error *err)
{
	double *values = engine->waves;

	for (size_t i = 0; i < engine->job->n_waves; i++) {
		const struct job_wave *wave = &engine->job->waves[i];
		struct carom_error failure = CAROM_ERROR_INIT;
		const char *why = NULL;
		int status = keep_one(engine, i, values, &why, &failure);

		if (status) {
			carom_fail_context(&failure, status, "keep %s", wave->name);
			carom_error_place(&failure, wave->source, (int)wave->line);
			*err = failure;
			return CAROM_SAMPLE_ERROR;
		}
		if (why && sample == CAROM_SAMPLE_OK) {
			carom_fail_at(err, CAROM_ERROR_MEASURE, wave->source, (int)wave->line, 0,
				      "keep %s: %s", wave->name, why);
			sample = CAROM_SAMPLE_MEASURE;
		}
		values += engine->job->grids[wave->grid].n;
	}
	return sample;
}

/* ---- one sample ---- */

static enum carom_sample_status status_of_error(int status)
{
	return status == CAROM_ERROR_CONVERGENCE || status == CAROM_ERROR_TIMESTEP
		       ? CAROM_SAMPLE_NO_CONVERGENCE
		       : CAROM_SAMPLE_ERROR;
}

enum carom_sample_status engine_simulate(struct engine *engine, const double *values,
					 double *measurements, struct carom_error *err)
{
	enum carom_sample_status sample;
	uint64_t started = clock_now_ns();
	int status;

	for (size_t i = 0; i < engine->job->n_measures; i++)
		measurements[i] = NAN;
	for (size_t i = 0; i < engine->n_points; i++)
		engine->waves[i] = NAN;
	status = set_values(engine, values, err);
	if (status == 0) {
		status = ng_session_run(engine->session, err);
		engine->has_run = true;
	}
	sample = status ? status_of_error(status) : measure_all(engine, values, measurements, err);
	if (sample == CAROM_SAMPLE_OK || sample == CAROM_SAMPLE_MEASURE)
		sample = keep_waves(engine, sample, err);
	engine->simulator_ns += clock_now_ns() - started;
	return sample;
}
