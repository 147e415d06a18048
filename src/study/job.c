/* SPDX-License-Identifier: BSD-3-Clause */
/* The job: put together from a study and its circuit; freed. */
#include "study/job.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/include.h"
#include "study/job-build.h"
#include "study/study.h"

static void line_release(struct job_line *line)
{
	mem_free(line->text);
}

static void variable_release(struct job_variable *variable)
{
	mem_free(variable->name);
	mem_free(variable->unit);
	mem_free(variable->definition);
	mem_free(variable->target);
	mem_free(variable->uses);
}

static void copy_release(struct job_copy *copy)
{
	mem_free(copy->target);
}

static void value_release(struct job_value *value)
{
	mem_free(value->name);
	mem_free(value->target);
}

void job_measure_release(struct job_measure *measure)
{
	mem_free(measure->name);
	mem_free(measure->unit);
	mem_free(measure->plot);
	mem_free(measure->definition);
	mem_free(measure->source);
	mem_free(measure->formula.ops);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		mem_free(measure->numbers[i].ops);
	measure_release(&measure->measure);
}

void job_grid_release(struct job_grid *grid)
{
	mem_free(grid->name);
	mem_free(grid->unit);
	mem_free(grid->label);
	mem_free(grid->values);
}

static void wave_release(struct job_wave *wave)
{
	mem_free(wave->name);
	mem_free(wave->unit);
	mem_free(wave->plot);
	mem_free(wave->expression);
	mem_free(wave->definition);
	mem_free(wave->source);
}

static void corner_release(struct job_corner *corner)
{
	mem_free(corner->name);
	mem_free(corner->settings);
	mem_free(corner->sections);
}

static void step_release(struct job_step *step)
{
	mem_free(step->targets);
	mem_free(step->definition);
	mem_free(step->variables);
	mem_free(step->values);
}

void job_free(struct job *job)
{
	if (!job)
		return;
	for (size_t i = 0; i < job->n_files; i++)
		mem_free(job->files[i]);
	for (size_t i = 0; i < job->n_lines; i++)
		line_release(&job->lines[i]);
	for (size_t i = 0; i < job->n_tables; i++)
		distribution_table_release(&job->tables[i]);
	for (size_t i = 0; i < job->n_variables; i++)
		variable_release(&job->variables[i]);
	for (size_t i = 0; i < job->n_correlations; i++)
		correlation_release(&job->correlations[i]);
	for (size_t i = 0; i < job->n_correlates; i++)
		mem_free(job->correlates[i]);
	for (size_t i = 0; i < job->n_copies; i++)
		copy_release(&job->copies[i]);
	for (size_t i = 0; i < job->n_values; i++)
		value_release(&job->values[i]);
	for (size_t i = 0; i < job->n_measures; i++)
		job_measure_release(&job->measures[i]);
	for (size_t i = 0; i < job->n_grids; i++)
		job_grid_release(&job->grids[i]);
	for (size_t i = 0; i < job->n_waves; i++)
		wave_release(&job->waves[i]);
	mem_free(job->grids);
	mem_free(job->waves);
	for (size_t i = 0; i < job->n_corners; i++)
		corner_release(&job->corners[i]);
	for (size_t i = 0; i < job->n_steps; i++)
		step_release(&job->steps[i]);
	for (size_t i = 0; i < job->n_sections; i++)
		job_free(job->sections[i]);
	mem_free(job->sections);
	mem_free(job->corners);
	mem_free(job->steps);
	mem_free(job->files);
	mem_free(job->lines);
	mem_free(job->tables);
	mem_free(job->variables);
	mem_free(job->correlations);
	mem_free(job->correlates);
	mem_free(job->copies);
	mem_free(job->ops);
	mem_free(job->values);
	mem_free(job->measures);
	sampler_release(&job->sampler);
	mem_free(job->draws);
	job_importance_free(job->importance);
	mem_free(job->nominal);
	mem_free(job->hazard);
	mem_free(job->notes);
	mem_free(job->obstacle);
	mem_free(job->deck_hash);
	mem_free(job->title);
	mem_free(job->library);
	mem_free(job->store);
	mem_free(job->folder);
	mem_free(job);
}

size_t job_wave_points(const struct job *job)
{
	size_t n = 0;

	for (size_t i = 0; i < job->n_waves; i++)
		n += job->grids[job->waves[i].grid].n;
	return n;
}

static uint64_t hash_lines(const struct job *job, uint64_t hash)
{
	for (size_t i = 0; i < job->n_lines; i++)
		for (const char *c = job->lines[i].text;; c++) {
			hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
			if (!*c)
				break;
		}
	return hash;
}

char *job_hash(const struct job *job)
{
	char hex[17];
	uint64_t hash = hash_lines(job, 0xcbf29ce484222325u);

	for (size_t i = 0; i < job->n_sections; i++)
		hash = hash_lines(job->sections[i], hash);
	snprintf(hex, sizeof(hex), "%016" PRIx64, hash);
	return mem_strdup(hex);
}

static int check_study(const struct carom_study *study, struct carom_error *err)
{
	const char *deck = circuit_file(study->circuit, 0);

	if (study->n_measures == 0 && study->n_keeps == 0)
		return carom_fail_at(err, CAROM_ERROR_ARGUMENT, deck, 0, 0,
				     "no measurement: add one, such as "
				     "\"*carom measure vout max(v(out))\" or --measure, or keep a "
				     "waveform");
	return 0;
}

static bool has_sections(const struct carom_study *study)
{
	for (size_t i = 0; i < study->n_corners; i++)
		if (study->corners[i].sections)
			return true;
	return false;
}

static int check_variables(const struct job_builder *builder, struct carom_error *err)
{
	if (builder->job->n_variables == 0 && !has_sections(builder->study))
		return carom_fail_at(err, CAROM_ERROR_ARGUMENT, circuit_file(builder->deck, 0), 0,
				     0,
				     "nothing varies: add a statement such as "
				     "\"*carom vary r1 gauss 1%%\" or --vary");
	return 0;
}

/* By a command of its own, or by those of the values it reaches. */
static bool is_alterable(const struct job *job, const struct job_variable *variable)
{
	return variable->target || ((variable->is_param || variable->is_drawn) && !job->obstacle);
}

/* What the route needs of each variable; names the first that lacks it. */
static int check_route(const struct job *job, enum carom_route route, struct carom_error *err)
{
	for (size_t i = 0; i < job->n_variables; i++) {
		const struct job_variable *variable = &job->variables[i];

		if (route == CAROM_ROUTE_RELOAD && !variable->has_slot && !variable->is_drawn)
			return carom_fail(err, CAROM_ERROR_PARAMETER,
					  "%s can only be set in the loaded circuit, so the study "
					  "cannot reload the deck: give each instance a parameter "
					  "of its own and vary that",
					  variable->name);
		if (route != CAROM_ROUTE_RELOAD && !is_alterable(job, variable))
			return carom_fail(err, CAROM_ERROR_PARAMETER,
					  "%s cannot be set in the loaded circuit (%s): use "
					  "--route reload",
					  variable->name, job->obstacle);
	}
	return 0;
}

/*
 * Below this many lines "reset" costs less than a fork (measured: 31 µs + 0.6 µs a line; 500 µs).
 */
#define RESET_MAX_LINES 300

static enum carom_route fastest_route(const struct job_builder *builder)
{
	const struct job *job = builder->job;

	for (size_t i = 0; i < job->n_variables; i++)
		if (!is_alterable(job, &job->variables[i]))
			return CAROM_ROUTE_RELOAD;
	if (!job->hazard)
		return job_prefers_fork(builder) ? CAROM_ROUTE_FORK : CAROM_ROUTE_ALTER;
	return job->n_lines <= RESET_MAX_LINES ? CAROM_ROUTE_RESET : CAROM_ROUTE_FORK;
}

static int choose_route(const struct job_builder *builder, enum carom_route asked,
			struct carom_error *err)
{
	struct job *job = builder->job;
	const char *hazard = circuit_rerun_hazard(builder->circuit, &builder->prune);

	if (hazard && !(job->hazard = mem_strdup(hazard)))
		return carom_fail_memory(err);
	job->route_is_forced = asked != CAROM_ROUTE_AUTO;
	job->route = job->route_is_forced ? asked : fastest_route(builder);
	return check_route(job, job->route, err);
}

static int build(struct job_builder *builder, enum carom_route route, struct carom_error *err)
{
	struct job *job = builder->job;
	const struct carom_study *study = builder->study;
	int status;

	if ((status = check_study(study, err)) || (status = job_build_variables(builder, err)) ||
	    (status = job_build_correlations(builder, err)) ||
	    (status = check_variables(builder, err)) || (status = job_build_measures(builder, err)))
		return status;
	job->seed = study->seed;
	job->sampler.kind = study->sampler;
	job->time_limit_s = study->time_limit_s;
	job->is_trusted = circuit_root(builder->deck)->is_trusted;
	job->title = mem_strdup(carom_circuit_title(builder->deck));
	job->deck_hash = job_hash(job);
	job->nominal = mem_zalloc(1, sizeof(*job->nominal) +
					     job->n_measures * sizeof(*job->nominal->values));
	if (!job->title || !job->deck_hash || !job->nominal)
		return carom_fail_memory(err);
	if ((status = include_folder(&job->folder, circuit_file(circuit_root(builder->deck), 0),
				     err)))
		return status;
	status = job_shape_cells(builder, err);
	if (status == 0)
		status = job_prepare_draws(job, err);
	if (status == 0)
		status = job_build_importance(builder, err);
	return status ? status : choose_route(builder, route, err);
}

int job_new_alone(struct job **job, const struct carom_study *study,
		  const struct carom_circuit *deck, enum carom_route route, struct carom_error *err)
{
	struct job_builder builder = {
		.study = study, .deck = deck, .circuit = deck, .route = route};
	int status;

	*job = NULL;
	builder.job = mem_zalloc(1, sizeof(*builder.job));
	if (!builder.job)
		return carom_fail_memory(err);
	status = build(&builder, route, err);
	job_builder_release(&builder);
	if (status) {
		job_free(builder.job);
		return status;
	}
	*job = builder.job;
	return 0;
}

int job_new(struct job **job, const struct carom_study *study, enum carom_route route,
	    struct carom_error *err)
{
	int status = job_new_alone(job, study, study->circuit, route, err);

	if (status == 0)
		status = job_add_sections(*job, study, route, err);
	if (status) {
		job_free(*job);
		*job = NULL;
	}
	return status;
}
