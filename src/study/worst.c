/* SPDX-License-Identifier: BSD-3-Clause */
/* The samples of a store that are closest to failing a spec, or fail it most. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "study/population.h"
#include "study/store.h"

/* To the nearer limit; one that is NAN is none. */
static double margin_of(double value, double lower, double upper)
{
	return fmin(value - lower, upper - value);
}

/* Keeps the list, at most most long, sorted: a new one goes behind those that are as bad. */
static void insert(struct carom_worst *list, size_t *n, size_t most,
		   const struct carom_worst *sample)
{
	size_t at = *n;

	if (*n == most && !(sample->margin < list[most - 1].margin))
		return;
	while (at > 0 && sample->margin < list[at - 1].margin)
		at--;
	if (*n < most)
		++*n;
	memmove(&list[at + 1], &list[at], (*n - at - 1) * sizeof(*list));
	list[at] = *sample;
}

CAROM_API int carom_store_worst(const struct carom_store *store,
				const struct carom_statistics_options *options, size_t measurement,
				struct carom_worst *list, size_t *n, struct carom_error *err)
{
	const double *column = carom_store_measurement(store, measurement);
	const size_t most = *n;
	struct population population;
	double lower, upper;
	int status;

	*n = 0;
	if (most == 0 || !carom_store_spec(store, measurement, &lower, &upper))
		return 0;
	status = population_check_weights(store, err);
	if (!status)
		status = population_init(&population, store, options, err);
	if (status)
		return status;
	for (size_t k = 0; k < population.n; k++) {
		struct carom_worst sample = {k, column[k], margin_of(column[k], lower, upper)};

		if (population_has_value(&population, column, k))
			insert(list, n, most, &sample);
	}
	store_drop_column(store, column);
	population_release(&population);
	return 0;
}
