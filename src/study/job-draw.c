/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of a sample: its draws turned into values by the variables' distributions. */
#include "study/job.h"
#include "study/normal.h"

static double uniform(const struct job *job, uint64_t sample, size_t variable)
{
	return sampler_uniform(&job->sampler, sample, job->variables[variable].rank,
			       job->variables[variable].draw);
}

static void draw_deviates(const struct job *job, uint64_t sample,
			  const struct correlation *correlation)
{
	for (size_t i = 0; i < correlation->n; i++)
		correlation->deviates[i] =
			normal_quantile(uniform(job, sample, correlation->variables[i]));
	correlation_apply(correlation);
}

static double deviate_of(const struct job *job, const struct job_variable *variable)
{
	return job->correlations[variable->correlation - 1].deviates[variable->row];
}

void job_draw(const struct job *job, uint64_t sample, double *values)
{
	for (size_t i = 0; i < job->n_correlations; i++)
		draw_deviates(job, sample, &job->correlations[i]);
	for (size_t i = 0; i < job->n_variables; i++) {
		const struct job_variable *variable = &job->variables[i];

		values[i] = variable->correlation
				    ? distribution_draw_normal(&variable->distribution,
							       variable->nominal,
							       deviate_of(job, variable))
				    : distribution_draw(&variable->distribution, variable->nominal,
							uniform(job, sample, i));
	}
}
