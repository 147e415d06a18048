/* SPDX-License-Identifier: BSD-3-Clause */
/* The corners and steps of a study: what they set becomes variables of the job. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "study/job-target.h"
#include "study/phrase.h"

/* ---- corners ---- */

static int add_setting(struct targets *targets, struct job_corner *corner, size_t *capacity,
		       const struct study_setting *asked)
{
	int status = targets_match(targets, asked->target, strlen(asked->target));

	if (status)
		return status;
	if (!mem_reserve(&corner->settings, capacity, corner->n_settings + targets->n_matched,
			 sizeof(*corner->settings)))
		return carom_fail_memory(targets->err);
	for (size_t i = 0; i < targets->n_matched; i++)
		corner->settings[corner->n_settings++] =
			(struct job_setting){targets->matched[i], asked->value, asked->is_relative};
	return 0;
}

static int match_corner(struct targets *targets, struct job_corner *corner,
			const struct study_corner *asked)
{
	size_t capacity = 0;
	int status = 0;

	corner->name = mem_strdup(asked->name);
	corner->sections = asked->sections ? mem_strdup(asked->sections) : NULL;
	if (!corner->name || (asked->sections && !corner->sections))
		return carom_fail_memory(targets->err);
	targets->place = &asked->place;
	for (size_t i = 0; i < asked->n_settings && status == 0; i++)
		status = add_setting(targets, corner, &capacity, &asked->settings[i]);
	return status;
}

/* ---- steps ---- */

static int copy_step(struct job_step *step, const struct study_step *asked, struct carom_error *err)
{
	step->targets = mem_strdup(asked->targets);
	step->definition = mem_strdup(asked->definition);
	step->values = mem_zalloc(asked->n_values, sizeof(*step->values));
	if (!step->targets || !step->definition || !step->values)
		return carom_fail_memory(err);
	memcpy(step->values, asked->values, asked->n_values * sizeof(*step->values));
	step->n_values = asked->n_values;
	return 0;
}

static int match_step(struct targets *targets, struct job_step *step,
		      const struct study_step *asked)
{
	int status = copy_step(step, asked, targets->err);
	const char *at = asked->targets, *word;
	size_t capacity = 0, length;

	targets->place = &asked->place;
	while (status == 0 && (word = phrase_word(&at, &length))) {
		size_t n = step->n_variables;

		status = targets_match(targets, word, length);
		if (status)
			break;
		if (!mem_reserve(&step->variables, &capacity, n + targets->n_matched,
				 sizeof(*step->variables)))
			return carom_fail_memory(targets->err);
		memcpy(step->variables + n, targets->matched,
		       targets->n_matched * sizeof(*targets->matched));
		step->n_variables += targets->n_matched;
	}
	return status;
}

/* Two steps of one variable are no grid: the values of the first would never be seen. */
static int check_apart(const struct targets *targets, const struct study_step *asked, size_t index)
{
	const struct job_step *steps = targets->builder->job->steps;

	for (size_t i = 0; i < index; i++)
		for (size_t a = 0; a < steps[i].n_variables; a++)
			for (size_t b = 0; b < steps[index].n_variables; b++)
				if (steps[i].variables[a] == steps[index].variables[b])
					return job_fail(
						targets->err, CAROM_ERROR_PARAMETER, &asked->place,
						"step %s: what \"%s\" names is stepped by "
						"\"step %s\" already",
						asked->targets, asked->targets, steps[i].targets);
	return 0;
}

/* ---- both ---- */

int job_match_cells(struct targets *targets)
{
	const struct carom_study *study = targets->builder->study;
	struct job *job = targets->builder->job;
	int status = 0;

	job->corners = mem_zalloc(study->n_corners, sizeof(*job->corners));
	job->steps = mem_zalloc(study->n_steps, sizeof(*job->steps));
	if (!job->corners || !job->steps)
		return carom_fail_memory(targets->err);
	for (size_t i = 0; i < study->n_corners && status == 0; i++)
		status = match_corner(targets, &job->corners[job->n_corners++], &study->corners[i]);
	for (size_t i = 0; i < study->n_steps && status == 0; i++) {
		status = match_step(targets, &job->steps[job->n_steps++], &study->steps[i]);
		if (status == 0)
			status = check_apart(targets, &study->steps[i], i);
	}
	return status;
}

static bool has_draws(const struct job *job)
{
	for (size_t i = 0; i < job->n_variables; i++)
		if (job->variables[i].is_varied)
			return true;
	return false;
}

/* What a corner gives as a deviation becomes a value. */
static int settle(struct job_builder *builder, size_t index, struct carom_error *err)
{
	struct job_corner *corner = &builder->job->corners[index];

	for (size_t i = 0; i < corner->n_settings; i++) {
		struct job_setting *setting = &corner->settings[i];
		const struct job_variable *variable = &builder->job->variables[setting->variable];

		if (!setting->is_relative)
			continue;
		if (variable->is_temperature)
			return job_fail(err, CAROM_ERROR_PARAMETER,
					&builder->study->corners[index].place,
					"corner %s: %s is in degrees Celsius, of which there are "
					"no per cent",
					corner->name, variable->name);
		setting->value = variable->nominal * (1 + setting->value);
		setting->is_relative = false;
	}
	return 0;
}

int job_shape_cells(struct job_builder *builder, struct carom_error *err)
{
	struct job *job = builder->job;
	bool is_sweep = job->n_corners > 0 || job->n_steps > 0;
	uint64_t n_cells;
	int status = 0;

	for (size_t i = 0; i < job->n_corners && status == 0; i++)
		status = settle(builder, i, err);
	if (status)
		return status;
	job->cells = (struct cells){
		.n_draws = has_draws(job) || !is_sweep ? carom_study_samples(builder->study) : 1,
		.n_corners = job->n_corners > 0 ? job->n_corners : 1,
		.n_steps = 1};
	for (size_t i = 0; i < job->n_steps; i++)
		if (__builtin_mul_overflow(job->cells.n_steps, job->steps[i].n_values,
					   &job->cells.n_steps))
			return carom_fail(err, CAROM_ERROR_LIMIT, "too many combinations of steps");
	return cells_count(&job->cells, &n_cells, &job->n_samples)
		       ? 0
		       : carom_fail(err, CAROM_ERROR_LIMIT, "too many corners, steps and samples");
}
