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

/* The different draws of the job in ascending order; the caller frees them.  NULL: no memory. */
static uint64_t *distinct_draws(const struct job *job, uint32_t *n)
{
	uint64_t *draws = mem_zalloc(job->n_variables, sizeof(*draws));

	size_t n_varied = 0;

	*n = 0;
	for (size_t i = 0; draws && i < job->n_variables; i++)
		if (job->variables[i].is_varied)
			draws[n_varied++] = job->variables[i].draw;
	if (draws)
		qsort(draws, n_varied, sizeof(*draws), compare_draws);
	for (size_t i = 0; draws && i < n_varied; i++)
		if (*n == 0 || draws[*n - 1] != draws[i])
			draws[(*n)++] = draws[i];
	return draws;
}

int job_prepare_draws(struct job *job, struct carom_error *err)
{
	uint32_t n_draws;
	uint64_t *draws = distinct_draws(job, &n_draws);

	if (!draws)
		return carom_fail_memory(err);
	for (size_t i = 0; i < job->n_variables; i++) {
		struct job_variable *variable = &job->variables[i];
		const uint64_t *place =
			bsearch(&variable->draw, draws, n_draws, sizeof(*draws), compare_draws);

		variable->rank = place ? (uint32_t)(place - draws) : UINT32_MAX; /* not varied */
	}
	mem_free(draws);
	return sampler_init(&job->sampler, job->sampler.kind, job->seed, job->cells.n_draws,
			    n_draws, err);
}
