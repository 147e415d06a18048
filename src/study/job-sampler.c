/* SPDX-License-Identifier: BSD-3-Clause */
/* The job's sampler: made for its draws, which are numbered by the order of their hashes. */
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "study/job.h"

static int compare_draws(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The different draws of the job, in ascending order. */
static int find_draws(struct job *job, struct carom_error *err)
{
	uint64_t *draws = mem_zalloc(job->n_variables, sizeof(*draws));
	size_t n_varied = 0;

	if (!draws)
		return carom_fail_memory(err);
	for (size_t i = 0; i < job->n_variables; i++)
		if (job->variables[i].is_varied)
			draws[n_varied++] = job->variables[i].draw;
	qsort(draws, n_varied, sizeof(*draws), compare_draws);
	job->n_draws = 0;
	for (size_t i = 0; i < n_varied; i++)
		if (job->n_draws == 0 || draws[job->n_draws - 1] != draws[i])
			draws[job->n_draws++] = draws[i];
	mem_free(job->draws);
	job->draws = draws;
	return 0;
}

int job_prepare_draws(struct job *job, struct carom_error *err)
{
	int status = find_draws(job, err);

	for (size_t i = 0; i < job->n_variables && status == 0; i++) {
		struct job_variable *variable = &job->variables[i];
		const uint64_t *place = bsearch(&variable->draw, job->draws, job->n_draws,
						sizeof(*job->draws), compare_draws);

		variable->rank =
			place ? (uint32_t)(place - job->draws) : UINT32_MAX; /* not varied */
	}
	return status ? status
		      : sampler_init(&job->sampler, job->sampler.kind, job->seed,
				     job->cells.n_draws, job->n_draws, err);
}
