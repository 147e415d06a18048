/* SPDX-License-Identifier: BSD-3-Clause */
/* The values that varied parameters reach, so that they are set in the loaded circuit. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
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
		 circuit_file(builder->study->circuit, builder->copy_file[line]));
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
 * ngspice selects the bin anew when l or w is set, and the values of the others were not: those that
 * no transistor has at first are not among the targets.
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

static int add_value(struct job *job, const struct carom_circuit *circuit,
		     const struct resolved_value *value, struct carom_error *reason)
{
	struct alter alter;
	int status = alter_init(&alter, circuit, value->target, 0, reason);

	if (status)
		return status;
	job->values[job->n_values++] =
		(struct job_value){value->value, alter.target, alter.is_model};
	return 0;
}

static void drop_values(struct job *job)
{
	for (size_t i = 0; i < job->n_values; i++)
		mem_free(job->values[i].target);
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
	for (size_t i = 0; i < program->n_ops; i++)
		if (program->ops[i].code == PROGRAM_INPUT)
			program->ops[i].a = variables[program->ops[i].a];
	job->ops = program->ops;
	job->n_ops = program->n_ops;
	memset(program, 0, sizeof(*program));
	return status;
}

static int resolve(struct job_builder *builder, const char *const *params,
		   const uint32_t *variables, size_t n, struct carom_error *err)
{
	struct job *job = builder->job;
	struct carom_error reason = CAROM_ERROR_INIT;
	struct resolution resolution;
	const char *size;
	int status = resolution_init(&resolution, builder->circuit, params, n, &reason);

	if (status == 0)
		reason = resolution.obstacle;
	if (reason.status == 0)
		take_values(builder, &resolution, variables, &reason);
	if (reason.status == 0 && is_torn(job, &size))
		carom_fail(&reason, CAROM_ERROR_PARAMETER,
			   "%s selects the model, of which a parameter varies as well", size);
	resolution_release(&resolution);
	if (reason.status)
		drop_values(job);
	return reason.status ? set_obstacle(builder, &reason, err) : 0;
}

int job_build_values(struct job_builder *builder, struct carom_error *err)
{
	const struct job *job = builder->job;
	const char **params = mem_zalloc(job->n_variables, sizeof(*params));
	uint32_t *variables = mem_zalloc(job->n_variables, sizeof(*variables));
	size_t n = 0;
	int status = params && variables ? 0 : carom_fail_memory(err);

	for (uint32_t i = 0; i < job->n_variables && status == 0; i++)
		if (job->variables[i].is_param) {
			params[n] = job->variables[i].name;
			variables[n++] = i;
		}
	if (status == 0 && n > 0)
		status = resolve(builder, params, variables, n, err);
	mem_free(params);
	mem_free(variables);
	return status;
}
