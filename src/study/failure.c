/* SPDX-License-Identifier: BSD-3-Clause */
/* How probable a failure is, from the weighted samples of a store. */
#include "study/failure.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "statistics/normal.h"
#include "study/store-json.h"

#define FEW_FAILURES 10  /* effective ones: fewer do not know their own error */
#define LEAST_WORTH 0.01 /* effective failures for each sample, of a shift that leads to them */
#define MOST_MISSING 0.1 /* of the failures */

/* ---- what fails ---- */

static size_t find_measurement(const struct carom_store *store, const char *name)
{
	size_t n = carom_store_measurement_count(store), i = 0;

	while (i < n && name_compare(carom_store_measurement_name(store, i), name) != 0)
		i++;
	return i;
}

int failure_read_limit(const struct carom_store *store, struct failure_limit *limit,
		       struct carom_error *err)
{
	const json_t *study = json_object_get(store_json_manifest(store), "study");
	const json_t *asked = json_object_get(study, "importance");
	const char *name = json_string_value(json_object_get(asked, "measurement"));
	const char *side = json_string_value(json_object_get(asked, "side"));

	if (!carom_store_log_weight(store))
		return carom_fail(err, CAROM_ERROR_STATE,
				  "the samples have no weights: importance sampling did not draw "
				  "them");
	if (!name || !side || find_measurement(store, name) == carom_store_measurement_count(store))
		return carom_fail(err, CAROM_ERROR_FORMAT,
				  ".zattrs: importance is about no measurement");
	*limit = (struct failure_limit){
		.measurement = find_measurement(store, name),
		.limit = json_number_value(json_object_get(asked, "limit")),
		.is_upper = strcmp(side, "upper") == 0,
	};
	return 0;
}

bool failure_is_one(const struct population *population, const struct failure_limit *limit,
		    size_t sample)
{
	const double *column = carom_store_measurement(population->store, limit->measurement);

	if (!population_has_value(population, column, sample))
		return true;
	return limit->is_upper ? column[sample] > limit->limit : column[sample] < limit->limit;
}

struct importance failure_add(const struct population *population,
			      const struct failure_limit *limit)
{
	const double *log_weight = carom_store_log_weight(population->store);
	struct importance sum = {0};

	for (size_t k = 0; k < population->n; k++)
		if (population->status[k] != CAROM_SAMPLE_PENDING)
			importance_add(&sum, log_weight[k], failure_is_one(population, limit, k));
	return sum;
}

/* ---- all that is told of it ---- */

static uint64_t count_missing(const struct population *population,
			      const struct failure_limit *limit)
{
	const double *column = carom_store_measurement(population->store, limit->measurement);
	uint64_t n = 0;

	for (size_t k = 0; k < population->n; k++)
		n += population->status[k] != CAROM_SAMPLE_PENDING &&
		     !population_has_value(population, column, k);
	return n;
}

static int read_search(const struct carom_store *store, struct carom_failure *failure,
		       struct carom_error *err)
{
	const json_t *search = json_object_get(store_json_manifest(store), "importance");
	double *shift;
	size_t n;
	int status = store_json_doubles(json_object_get(search, "shift"), &shift, &n, err);

	if (status)
		return status;
	failure->distance = importance_distance(shift, n);
	mem_free(shift);
	failure->n_batches = (unsigned)json_integer_value(json_object_get(search, "batches"));
	failure->n_searched =
		failure->n_batches *
		(uint64_t)json_integer_value(json_object_get(search, "batch_samples"));
	return 0;
}

static const char *doubt_of(const struct carom_failure *failure)
{
	if (failure->n_failed == 0)
		return "no sample failed: nothing is known of the probability";
	if (failure->effective < FEW_FAILURES)
		return "fewer than ten effective failures: the interval itself is not known";
	if (failure->effective < LEAST_WORTH * (double)failure->n)
		return "weights are uneven: the shift does not lead to the likeliest failures";
	if ((double)failure->n_missing > MOST_MISSING * (double)failure->n_failed)
		return "many failures are samples without a value: look why they have none";
	return "";
}

/* More failures are fewer sigmas. */
static double sigma_of(double probability)
{
	return -normal_quantile(probability);
}

static void fill(struct carom_failure *failure, const struct importance *sum)
{
	struct importance_estimate estimate;

	importance_estimate(sum, failure->confidence, &estimate);
	failure->n = sum->n;
	failure->n_failed = sum->failed.n;
	failure->effective = estimate.effective;
	failure->probability = estimate.probability;
	failure->ci = (struct carom_interval){estimate.low, estimate.high};
	failure->relative_error = estimate.relative_error;
	failure->sigma = estimate.sigma;
	failure->sigma_ci =
		(struct carom_interval){sigma_of(estimate.high), sigma_of(estimate.low)};
}

CAROM_API int carom_store_failure(const struct carom_store *store,
				  const struct carom_statistics_options *options,
				  struct carom_failure *failure, struct carom_error *err)
{
	struct failure_limit limit;
	struct population population;
	struct importance sum;
	int status = failure_read_limit(store, &limit, err);

	*failure = (struct carom_failure){.doubt = ""};
	if (!status)
		status = population_init(&population, store, options, err);
	if (status)
		return status;
	*failure = (struct carom_failure){
		.measurement = carom_store_measurement_name(store, limit.measurement),
		.unit = carom_store_measurement_unit(store, limit.measurement),
		.limit = limit.limit,
		.is_upper = limit.is_upper,
		.confidence = population.confidence,
		.n_missing = count_missing(&population, &limit),
	};
	sum = failure_add(&population, &limit);
	fill(failure, &sum);
	failure->doubt = doubt_of(failure);
	population_release(&population);
	return read_search(store, failure, err);
}
