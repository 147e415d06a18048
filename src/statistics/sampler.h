/* SPDX-License-Identifier: BSD-3-Clause */
/* The sampler: the uniform number behind each draw of each sample, a function of its address. */
#ifndef STATISTICS_SAMPLER_H
#define STATISTICS_SAMPLER_H

#include "carom-study.h"
#include "statistics/sobol.h"

struct sampler {
	enum carom_sampler kind;
	uint64_t seed;
	uint64_t n_samples;                 /* of the Monte Carlo run */
	struct sobol_dimension *dimensions; /* owned; SOBOL only */
	uint32_t n_dimensions;
};

/*
 * n_dimensions: different draws of a sample.  Fails where the sampler has not enough dimensions or
 * points; then there is nothing to release.
 */
int sampler_init(struct sampler *sampler, enum carom_sampler kind, uint64_t seed,
		 uint64_t n_samples, uint32_t n_dimensions, struct carom_error *err);
void sampler_release(struct sampler *sampler);

/*
 * In the open interval (0, 1).  sample: below n_samples; dimension: of the draw, below
 * n_dimensions; draw: the hash that names it.  PLAIN and LHS look at the hash, SOBOL at the
 * dimension.
 */
double sampler_uniform(const struct sampler *sampler, uint64_t sample, uint32_t dimension,
		       uint64_t draw);

#endif
