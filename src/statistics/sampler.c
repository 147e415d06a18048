/* SPDX-License-Identifier: BSD-3-Clause */
/* Plain random numbers, Latin hypercube and scrambled Sobol' points. */
#include "statistics/sampler.h"

#include <inttypes.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/lhs.h"
#include "statistics/philox.h"

#define SOBOL_MAX_SAMPLES (1ull << SOBOL_BITS)

CAROM_API const char *carom_sampler_name(enum carom_sampler sampler)
{
	static const char *const names[] = {
		[CAROM_SAMPLER_PLAIN] = "plain",
		[CAROM_SAMPLER_LHS] = "lhs",
		[CAROM_SAMPLER_SOBOL] = "sobol",
	};

	return (unsigned)sampler < sizeof(names) / sizeof(names[0]) ? names[sampler] : "?";
}

static int init_sobol(struct sampler *sampler, uint32_t n_dimensions, struct carom_error *err)
{
	if (n_dimensions > SOBOL_MAX_DIMENSIONS)
		return carom_fail(err, CAROM_ERROR_LIMIT,
				  "sampler sobol draws up to %d different values, and this study "
				  "has %" PRIu32 ": use sampler lhs",
				  SOBOL_MAX_DIMENSIONS, n_dimensions);
	if (sampler->n_samples > SOBOL_MAX_SAMPLES)
		return carom_fail(err, CAROM_ERROR_LIMIT,
				  "sampler sobol has up to %llu samples: use sampler lhs",
				  SOBOL_MAX_SAMPLES);
	sampler->dimensions = mem_zalloc(n_dimensions, sizeof(*sampler->dimensions));
	if (!sampler->dimensions)
		return carom_fail_memory(err);
	for (uint32_t i = 0; i < n_dimensions; i++)
		sobol_dimension_init(&sampler->dimensions[i], i);
	sampler->n_dimensions = n_dimensions;
	return 0;
}

int sampler_init(struct sampler *sampler, enum carom_sampler kind, uint64_t seed,
		 uint64_t n_samples, uint32_t n_dimensions, struct carom_error *err)
{
	*sampler = (struct sampler){.kind = kind, .seed = seed, .n_samples = n_samples};
	return kind == CAROM_SAMPLER_SOBOL ? init_sobol(sampler, n_dimensions, err) : 0;
}

void sampler_release(struct sampler *sampler)
{
	mem_free(sampler->dimensions);
}

/* The bits below those of the scrambled point are random, as if scrambled without end. */
static double sobol_uniform(const struct sampler *sampler, uint64_t sample, uint32_t dimension,
			    uint64_t draw)
{
	uint64_t key = philox_bits(sampler->seed, PHILOX_NO_SAMPLE, dimension);
	uint32_t point = sobol_point(&sampler->dimensions[dimension], (uint32_t)sample);
	uint64_t top = sobol_scramble(point, key);
	uint64_t rest = philox_bits(sampler->seed, sample, draw) >> SOBOL_BITS;

	return philox_bits_to_uniform(top << SOBOL_BITS | rest);
}

double sampler_uniform(const struct sampler *sampler, uint64_t sample, uint32_t dimension,
		       uint64_t draw)
{
	switch (sampler->kind) {
	case CAROM_SAMPLER_LHS:
		return lhs_uniform(sampler->seed, draw, sampler->n_samples, sample);
	case CAROM_SAMPLER_SOBOL:
		return sobol_uniform(sampler, sample, dimension, draw);
	default:
		return philox_uniform(sampler->seed, sample, draw);
	}
}
