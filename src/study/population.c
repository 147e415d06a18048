/* SPDX-License-Identifier: BSD-3-Clause */
/* The samples that statistics are of. */
#include "study/population.h"

#include "base/error.h"
#include "base/mem.h"
#include "study/store.h"

#define DEFAULT_CONFIDENCE 0.95

/* A number that is no status (from a damaged file) says no more than that something went wrong. */
static uint8_t status_from_byte(int8_t byte)
{
	return byte >= 0 && byte < CAROM_SAMPLE_STATUS_COUNT ? (uint8_t)byte : CAROM_SAMPLE_ERROR;
}

static void copy_statuses(struct population *population)
{
	const int8_t *live = carom_store_status(population->store);

	/* a row is whole once its status is seen: store_rows_put() */
	for (size_t k = 0; k < population->n; k++)
		population->status[k] =
			status_from_byte(__atomic_load_n(&live[k], __ATOMIC_ACQUIRE));
}

int population_check_weights(const struct carom_store *store, struct carom_error *err)
{
	return carom_store_log_weight(store)
		       ? carom_fail(err, CAROM_ERROR_STATE,
				    "samples of importance sampling have weights: of them there is "
				    "the probability of failure alone\nstudy plain samples as well "
				    "(importance never); each sample is in the CSV, with the "
				    "logarithm of its weight")
		       : 0;
}

int population_init(struct population *population, const struct carom_store *store,
		    const struct carom_statistics_options *options, struct carom_error *err)
{
	static const struct carom_statistics_options defaults = {.size = sizeof(defaults)};
	const struct carom_statistics_options *asked = options ? options : &defaults;
	uint64_t n = asked->n_samples ? asked->n_samples : carom_store_counted(store);

	*population = (struct population){
		.store = store,
		.confidence = asked->confidence == 0 ? DEFAULT_CONFIDENCE : asked->confidence,
	};
	if (!(population->confidence > 0 && population->confidence < 1))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a confidence is between 0 and 1");
	if (n > carom_store_sample_count(store))
		n = carom_store_sample_count(store);
	population->n = (size_t)n;
	population->status = mem_alloc(population->n);
	if (!population->status)
		return carom_fail_memory(err);
	copy_statuses(population);
	return 0;
}

void population_release(struct population *population)
{
	mem_free(population->status);
	population->status = NULL;
}

size_t population_values(const struct population *population, size_t measurement, double *values)
{
	const double *column = carom_store_measurement(population->store, measurement);
	size_t n = 0;

	for (size_t k = 0; k < population->n; k++) {
		if (population_has_value(population, column, k))
			values[n++] = column[k];
	}
	store_drop_column(population->store, column);
	return n;
}
