/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Importance sampling in the job: whose failures, beyond which limit, and the shift of the draws.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "study/job-build.h"

void job_importance_free(struct job_importance *importance)
{
	if (!importance)
		return;
	mem_free(importance->shift);
	mem_free(importance->deviates);
	mem_free(importance);
}

double job_importance_limit(const struct job *job)
{
	const struct job_measure *measure = &job->measures[job->importance->measure];

	return job->importance->is_upper ? measure->upper : measure->lower;
}

static double shift_of(const struct job *job, size_t variable)
{
	return job->importance->shift[job->variables[variable].rank];
}

double job_importance_deviate(const struct job *job, size_t index)
{
	const struct job_variable *variable = &job->variables[index];
	const struct correlation *correlation;
	double sum = 0;

	if (!variable->is_varied)
		return 0;
	if (!variable->correlation)
		return shift_of(job, index);
	correlation = &job->correlations[variable->correlation - 1];
	for (size_t i = 0; i <= variable->row; i++)
		sum += correlation->factor[triangle_size(variable->row) + i] *
		       shift_of(job, correlation->variables[i]);
	return sum;
}

/* ---- the statement ---- */

static int find_measure(const struct job *job, const struct study_importance *asked,
			uint32_t *measure, struct carom_error *err)
{
	for (uint32_t i = 0; i < job->n_measures; i++) {
		if (name_compare(job->measures[i].name, asked->name) != 0)
			continue;
		*measure = i;
		return job->measures[i].has_spec
			       ? 0
			       : job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
					  "importance: %s has no spec, so nothing fails\nadd a "
					  "statement \"spec\"",
					  asked->name);
	}
	return job_fail(err, CAROM_ERROR_NOT_FOUND, &asked->place,
			"importance: there is no measurement \"%s\"", asked->name);
}

static int choose_side(const struct job_measure *measure, const struct study_importance *asked,
		       bool *is_upper, struct carom_error *err)
{
	bool has_lower = !isnan(measure->lower), has_upper = !isnan(measure->upper);

	if (asked->side == SIDE_ONLY && has_lower && has_upper)
		return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
				"importance: the spec of %s has two limits, which fail apart from "
				"each other\nsay \"%s lower\" or \"%s upper\", and study the other "
				"as well: the two probabilities add up",
				asked->name, asked->name, asked->name);
	*is_upper = asked->side == SIDE_UPPER || (asked->side == SIDE_ONLY && has_upper);
	if (*is_upper ? has_upper : has_lower)
		return 0;
	return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
			"importance: the spec of %s has no %s limit", asked->name,
			*is_upper ? "upper" : "lower");
}

static int check_study(const struct job *job, const struct study_importance *asked,
		       struct carom_error *err)
{
	if (job->cells.n_corners * job->cells.n_steps > 1)
		return job_fail(
			err, CAROM_ERROR_ARGUMENT, &asked->place,
			"importance: corners and steps fail in different places\nstudy one "
			"at a time, as in --corner never --corner \"slow: temp=125\", --step "
			"never, or leave importance out (importance never)");
	if (job->n_corners > 0 && job->corners[0].sections)
		return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
				"importance: a corner with another section of a library is not "
				"searched\nname the section on the deck's .lib line");
	if (job->sampler.kind != CAROM_SAMPLER_PLAIN)
		return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
				"importance: the sampler is plain, not %s",
				carom_sampler_name(job->sampler.kind));
	return 0;
}

int job_build_importance(struct job_builder *builder, struct carom_error *err)
{
	const struct study_importance *asked = &builder->study->importance;
	struct job *job = builder->job;
	struct job_importance *importance;
	int status;

	if (!asked->name)
		return 0;
	importance = job->importance = mem_zalloc(1, sizeof(*importance));
	if (!importance)
		return carom_fail_memory(err);
	importance->n = job->n_draws;
	importance->shift = mem_zalloc(importance->n, sizeof(*importance->shift));
	importance->deviates = mem_zalloc(importance->n, sizeof(*importance->deviates));
	if (!importance->shift || !importance->deviates)
		return carom_fail_memory(err);
	status = check_study(job, asked, err);
	if (!status)
		status = find_measure(job, asked, &importance->measure, err);
	return status ? status
		      : choose_side(&job->measures[importance->measure], asked,
				    &importance->is_upper, err);
}

/* ---- the shift of the last run ---- */

int job_recall_shift(struct job *job, const struct carom_study *study, uint64_t sample,
		     struct carom_error *err)
{
	const struct study_importance *known = &study->importance;

	if (!job->importance)
		return 0;
	job->importance->is_found = true;
	if (sample == CAROM_SAMPLE_NOMINAL)
		return 0;
	if (!known->shift || known->n_shift != job->importance->n)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "the shift of importance sampling is not known\nrun the study "
				  "first, or name its store");
	memcpy(job->importance->shift, known->shift, known->n_shift * sizeof(*known->shift));
	return 0;
}

int job_remember_shift(const struct job *job, struct carom_study *study, struct carom_error *err)
{
	size_t size = job->importance->n * sizeof(*job->importance->shift);
	double *shift = mem_alloc(size);

	if (!shift)
		return carom_fail_memory(err);
	memcpy(shift, job->importance->shift, size);
	mem_free(study->importance.shift);
	study->importance.shift = shift;
	study->importance.n_shift = job->importance->n;
	return 0;
}
