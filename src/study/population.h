/* SPDX-License-Identifier: BSD-3-Clause */
/* The samples that statistics are of: a snapshot of a store that a run may go on writing. */
#ifndef STUDY_POPULATION_H
#define STUDY_POPULATION_H

#include <math.h>
#include <stdbool.h>

#include "carom-statistics.h"

struct population {
	const struct carom_store *store;
	double confidence;
	size_t n;        /* samples 0 .. n - 1 */
	uint8_t *status; /* a copy: enum carom_sample_status of each */
};

/* All samples have the same weight, or ERROR_STATE. */
int population_check_weights(const struct carom_store *store, struct carom_error *err);

/* options as of carom_store_summarise.  After a failure there is nothing to release. */
int population_init(struct population *population, const struct carom_store *store,
		    const struct carom_statistics_options *options, struct carom_error *err);
void population_release(struct population *population);

/* A number, of a sample that was simulated. */
static inline bool population_is_value(enum carom_sample_status status, double number)
{
	return (status == CAROM_SAMPLE_OK || status == CAROM_SAMPLE_MEASURE) && isfinite(number);
}

static inline bool population_has_value(const struct population *population, const double *column,
					size_t sample)
{
	return population_is_value((enum carom_sample_status)population->status[sample],
				   column[sample]);
}

/* It has a value within the limits; one that is NAN is none. */
static inline bool population_meets(const struct population *population, const double *column,
				    double lower, double upper, size_t sample)
{
	return population_has_value(population, column, sample) && !(column[sample] < lower) &&
	       !(column[sample] > upper);
}

/* Copy the values of a measurement to where there is room for n; returns how many. */
size_t population_values(const struct population *population, size_t measurement, double *values);

#endif
