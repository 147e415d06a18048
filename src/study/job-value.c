/* SPDX-License-Identifier: BSD-3-Clause */
/* The values that varied parameters and draws reach, so that they are set in the loaded circuit. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-graph.h"
#include "circuit/card-expression.h"
#include "circuit/resolve.h"
#include "sim/alter.h"
#include "study/job-build.h"

/* ---- obstacles ---- */

/* A line of the copy is one that the user never saw. */
static void place_in_users_files(const struct job_builder *builder, struct carom_error *reason)
{
	size_t line = (size_t)reason->line - 1;

	if (!builder->copy || reason->line < 1 || line >= builder->n_copy_lines ||
	    builder->copy_file[line] == NAME_NONE)
		return;
	reason->line = (int)builder->copy_line[line];
	snprintf(reason->source, sizeof(reason->source), "%s",
		 circuit_file(builder->deck, builder->copy_file[line]));
}

static int set_obstacle(const struct job_builder *builder, struct carom_error *reason,
			struct carom_error *err)
{
	struct job *job = builder->job;
	char text[sizeof(*reason)];

	if (reason->status == CAROM_ERROR_MEMORY)
		return carom_fail_memory(err);
	place_in_users_files(builder, reason);
	job->obstacle = mem_strdup(carom_error_format(reason, text, sizeof(text)));
	return job->obstacle ? 0 : carom_fail_memory(err);
}

/*
 * ngspice selects the bin anew when l or w is set, and the values of the others were not: those
 * that no transistor has at first are not among the targets.
 */
static bool is_torn(const struct job *job, const char **size)
{
	bool has_models = false;

	*size = NULL;
	for (size_t i = 0; i < job->n_values; i++)
		has_models |= job->values[i].is_model;
	for (size_t i = 0; i < job->n_variables; i++)
		if (job->variables[i].selects_bin)
			*size = job->variables[i].name;
	return has_models && *size;
}

/* ---- values ---- */

/* Without a target where there is an obstacle. */
static int add_value(struct job *job, const struct carom_circuit *circuit,
		     const struct resolved_value *value, struct carom_error *reason)
{
	struct alter alter = {.target = NULL};
	int status = value->target ? alter_init(&alter, circuit, value->target, 0, reason) : 0;
	struct job_value *made = &job->values[job->n_values];

	if (status)
		return status;
	*made = (struct job_value){
		.value = value->value, .target = alter.target, .is_model = alter.is_model};
	job->n_values++;
	if (!value->target)
		return 0;
	made->name = mem_strdup(value->target);
	return made->name ? 0 : carom_fail_memory(reason);
}

static void drop_values(struct job *job)
{
	for (size_t i = 0; i < job->n_values; i++) {
		mem_free(job->values[i].name);
		mem_free(job->values[i].target);
	}
	mem_free(job->values);
	mem_free(job->ops);
	job->values = NULL;
	job->ops = NULL;
	job->n_values = job->n_ops = 0;
}

/* The program goes to the job; its inputs are the variables by their own numbers. */
static int take_values(const struct job_builder *builder, struct resolution *resolution,
		       const uint32_t *variables, struct carom_error *reason)
{
	struct program *program = &resolution->program;
	struct job *job = builder->job;
	int status = 0;

	job->values = mem_zalloc(resolution->n_values, sizeof(*job->values));
	if (!job->values)
		return carom_fail_memory(reason);
	for (size_t i = 0; i < resolution->n_values && status == 0; i++)
		status = add_value(job, builder->circuit, &resolution->values[i], reason);
	if (status)
		return status;
	for (size_t i = 0; i < program->n_ops; i++)
		if (program->ops[i].code == PROGRAM_INPUT)
			program->ops[i].a = variables[program->ops[i].a];
	job->ops = program->ops;
	job->n_ops = program->n_ops;
	memset(program, 0, sizeof(*program));
	return status;
}

/* The variable that each input of the program is: the params, then the draws. */
static uint32_t *number_inputs(const struct job *job, const uint32_t *params, size_t n)
{
	uint32_t *variables = mem_zalloc(job->n_variables, sizeof(*variables));
	size_t n_draws = 0;

	for (size_t i = 0; variables && i < n; i++)
		variables[i] = params[i];
	for (uint32_t i = 0; variables && i < job->n_variables; i++)
		if (job->variables[i].is_drawn)
			variables[n + n_draws++] = i;
	return variables;
}

/* Values that are not set are of use only where draws have them written into the deck. */
static int take(struct job_builder *builder, struct resolution *resolution, const uint32_t *params,
		size_t n, struct carom_error *reason)
{
	struct job *job = builder->job;
	uint32_t *variables = number_inputs(job, params, n);
	const char *size;
	int status = variables ? 0 : carom_fail_memory(reason);

	if (status == 0)
		status = take_values(builder, resolution, variables, reason);
	mem_free(variables);
	if (status == 0 && resolution->n_draws > 0)
		status = job_find_uses(job, resolution, reason);
	if (status == 0 && is_torn(job, &size))
		carom_fail(&resolution->obstacle, CAROM_ERROR_PARAMETER,
			   "%s selects the model, of which a parameter varies as well", size);
	return status;
}

static int write_draws(struct job_builder *builder, const struct resolution *resolution,
		       struct carom_error *err)
{
	int status = job_write_nominal(builder, err);

	if (status == 0 && (resolution->obstacle.status || builder->route == CAROM_ROUTE_RELOAD))
		status = job_write_slots(builder, resolution, err);
	return status;
}

static int fail_blocked(const struct job_builder *builder, struct carom_error *blocker,
			struct carom_error *err)
{
	place_in_users_files(builder, blocker);
	return carom_fail_at(err, blocker->status, blocker->source, blocker->line, 0, "%s",
			     blocker->text);
}

static int resolve(struct job_builder *builder, struct resolution *resolution,
		   const uint32_t *params, size_t n, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	int status;

	if (resolution->blocker.status)
		return fail_blocked(builder, &resolution->blocker, err);
	if ((status = job_add_draws(builder, resolution, err)))
		return status;
	if (take(builder, resolution, params, n, &reason))
		carom_fail_at(&resolution->obstacle, reason.status, reason.source, reason.line, 0,
			      "%s", reason.text);
	if (resolution->obstacle.status &&
	    (status = set_obstacle(builder, &resolution->obstacle, err)))
		return status;
	if (resolution->n_draws > 0)
		return write_draws(builder, resolution, err);
	if (resolution->obstacle.status)
		drop_values(builder->job);
	return 0;
}

int job_build_values(struct job_builder *builder, struct carom_error *err)
{
	const struct job *job = builder->job;
	const char **names = mem_zalloc(job->n_variables, sizeof(*names));
	uint32_t *params = mem_zalloc(job->n_variables, sizeof(*params));
	struct resolution resolution = {.n_values = 0};
	size_t n = 0;
	int status = names && params ? 0 : carom_fail_memory(err);

	for (uint32_t i = 0; i < job->n_variables && status == 0; i++)
		if (job->variables[i].is_param) {
			names[n] = job->variables[i].name;
			params[n++] = i;
		}
	if (status == 0)
		status = resolution_init_drawing(&resolution, builder->circuit, names, n, err);
	if (status == 0)
		status = resolve(builder, &resolution, params, n, err);
	resolution_release(&resolution);
	mem_free(names);
	mem_free(params);
	return status;
}

/* ---- many models ---- */

/*
 * Looks at a device (1.3 µs each, BSIM4) that take as long as a fork of a deck of a kit (2.5 ms).
 */
#define FORK_MIN_LOOKS 2000

static bool has_transient(const struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_cards; i++)
		if (circuit->cards[i].role == CARD_ANALYSIS && card_is(&circuit->cards[i], ".tran"))
			return true;
	return false;
}

static uint64_t count_devices(const struct carom_circuit *circuit)
{
	struct carom_statistics statistics;
	uint64_t n = 0;

	if (carom_circuit_statistics(circuit, &statistics, NULL))
		return 0;
	for (const char *kind = "dqjmz"; *kind; kind++)
		n += statistics.flat_by_kind[*kind - 'a'];
	return n;
}

/* Each altermod after a transient analysis looks at every device (spiceif.c, if_setparam). */
bool job_prefers_fork(const struct job_builder *builder)
{
	const struct job *job = builder->job;
	uint64_t n_models = job->n_copies;

	for (size_t i = 0; i < job->n_values; i++)
		n_models += job->values[i].is_model;
	for (size_t i = 0; i < job->n_variables; i++)
		n_models += job->variables[i].is_model;
	return n_models > 0 && has_transient(builder->circuit) &&
	       count_devices(builder->circuit) >= (FORK_MIN_LOOKS + n_models - 1) / n_models;
}
