/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of a sample: its draws turned into values by the variables' distributions. */
#include "study/job.h"
#include "study/philox.h"

void job_draw(const struct job *job, uint64_t sample, double *values)
{
	for (size_t i = 0; i < job->n_variables; i++) {
		const struct job_variable *variable = &job->variables[i];
		double u = philox_uniform(job->seed, sample, variable->draw);

		values[i] = distribution_draw(&variable->distribution, variable->nominal, u);
	}
}
