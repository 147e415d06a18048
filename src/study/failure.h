/* SPDX-License-Identifier: BSD-3-Clause */
/* The failures of weighted samples, as a sum that says how probable they are. */
#ifndef STUDY_FAILURE_H
#define STUDY_FAILURE_H

#include "statistics/importance.h"
#include "study/population.h"

/* One side of the spec of a measurement. */
struct failure_limit {
	size_t measurement;
	double limit;
	bool is_upper;
};

/* What the store's samples were drawn for.  ERROR_STATE if they have no weights. */
int failure_read_limit(const struct carom_store *store, struct failure_limit *limit,
		       struct carom_error *err);

/* Beyond the limit, or without a value. */
bool failure_is_one(const struct population *population, const struct failure_limit *limit,
		    size_t sample);

/* All samples that are finished. */
struct importance failure_add(const struct population *population,
			      const struct failure_limit *limit);

#endif
