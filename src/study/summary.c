/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary of a store: statistics of each measurement and the yield of the specs. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/estimate.h"
#include "study/population.h"
#include "study/store.h"

static const double probabilities[CAROM_QUANTILE_COUNT] = {
	[CAROM_QUANTILE_LOW] = 0.00135,  [CAROM_QUANTILE_05] = 0.05, [CAROM_QUANTILE_25] = 0.25,
	[CAROM_QUANTILE_MEDIAN] = 0.5,   [CAROM_QUANTILE_75] = 0.75, [CAROM_QUANTILE_95] = 0.95,
	[CAROM_QUANTILE_HIGH] = 0.99865,
};

static const struct carom_yield no_yield = {
	.value = NAN,
	.exact = {NAN, NAN},
	.wilson = {NAN, NAN},
	.sigma = NAN,
	.sigma_ci = {NAN, NAN},
};

/* What a summary is made of and with. */
struct tally {
	struct population population;
	bool *meets_all; /* of each sample: the specs looked at so far */
	bool *has_all;   /* likewise: it has their values */
	double *values;  /* the finite ones of the measurement at hand */
};

static int tally_init(struct tally *tally, const struct carom_store *store,
		      const struct carom_statistics_options *options, struct carom_error *err)
{
	size_t n;
	int status;

	*tally = (struct tally){0};
	status = population_init(&tally->population, store, options, err);
	if (status)
		return status;
	n = tally->population.n;
	tally->meets_all = mem_alloc(n);
	tally->has_all = mem_alloc(n);
	tally->values = mem_zalloc(n, sizeof(*tally->values));
	if (!tally->meets_all || !tally->has_all || !tally->values)
		return carom_fail_memory(err);
	memset(tally->meets_all, true, n);
	memset(tally->has_all, true, n);
	return 0;
}

static void tally_release(struct tally *tally)
{
	population_release(&tally->population);
	mem_free(tally->meets_all);
	mem_free(tally->has_all);
	mem_free(tally->values);
}

static void count_statuses(const struct population *population, struct carom_summary *summary)
{
	for (size_t k = 0; k < population->n; k++)
		summary->n_status[population->status[k]]++;
	summary->confidence = population->confidence;
	summary->n_samples = population->n;
	summary->n_tried = population->n - summary->n_status[CAROM_SAMPLE_PENDING];
}

/* Samples without a value fail, whatever the reason. */
static uint64_t count_passes(struct tally *tally,
			     const struct carom_measurement_summary *measurement,
			     const double *column)
{
	uint64_t n_pass = 0;

	for (size_t k = 0; k < tally->population.n; k++) {
		bool meets = population_meets(&tally->population, column, measurement->lower,
					      measurement->upper, k);

		n_pass += meets;
		tally->meets_all[k] &= meets;
		tally->has_all[k] &= population_has_value(&tally->population, column, k);
	}
	store_drop_column(tally->population.store, column);
	return n_pass;
}

/* The values are sorted in place. */
static void describe(struct carom_measurement_summary *measurement, double *values, size_t n,
		     double confidence)
{
	struct stats_moments moments = stats_moments(values, n);

	measurement->n = n;
	measurement->mean = moments.mean;
	measurement->mean_ci = estimate_mean(&moments, confidence);
	measurement->sd = moments.sd;
	measurement->sd_ci = estimate_sd(&moments, confidence);
	measurement->skew = moments.skew;
	measurement->kurtosis = moments.kurtosis;
	measurement->min = moments.min;
	measurement->max = moments.max;
	measurement->capability =
		estimate_capability(&moments, measurement->lower, measurement->upper, confidence);
	stats_sort(values, n);
	for (int i = 0; i < CAROM_QUANTILE_COUNT; i++)
		measurement->quantiles[i] = (struct carom_quantile){
			probabilities[i], stats_quantile(values, n, probabilities[i]),
			estimate_quantile(values, n, probabilities[i], confidence)};
}

static void summarise_measurement(struct tally *tally, size_t index, uint64_t n_tried,
				  struct carom_measurement_summary *measurement)
{
	const struct carom_store *store = tally->population.store;
	const double confidence = tally->population.confidence;
	uint64_t n_pass;

	measurement->name = carom_store_measurement_name(store, index);
	measurement->unit = carom_store_measurement_unit(store, index);
	measurement->lower = measurement->upper = NAN;
	measurement->yield = measurement->yield_of_values = no_yield;
	measurement->has_spec =
		carom_store_spec(store, index, &measurement->lower, &measurement->upper);
	describe(measurement, tally->values,
		 population_values(&tally->population, index, tally->values), confidence);
	if (!measurement->has_spec)
		return;
	n_pass = count_passes(tally, measurement, carom_store_measurement(store, index));
	measurement->yield = estimate_yield(n_pass, n_tried, confidence);
	measurement->yield_of_values = estimate_yield(n_pass, measurement->n, confidence);
}

/* After every measurement was looked at. */
static void summarise_yield(const struct tally *tally, struct carom_summary *summary)
{
	uint64_t n_pass = 0, n_values = 0;

	summary->yield = summary->yield_of_values = no_yield;
	for (size_t i = 0; i < summary->n_measurements; i++)
		summary->has_spec |= summary->measurements[i].has_spec;
	if (!summary->has_spec)
		return;
	for (size_t k = 0; k < tally->population.n; k++) {
		n_pass += tally->meets_all[k];
		n_values += tally->has_all[k];
	}
	summary->yield = estimate_yield(n_pass, summary->n_tried, summary->confidence);
	summary->yield_of_values = estimate_yield(n_pass, n_values, summary->confidence);
}

static void fill(struct carom_summary *summary, struct tally *tally)
{
	count_statuses(&tally->population, summary);
	for (size_t i = 0; i < summary->n_measurements; i++)
		summarise_measurement(tally, i, summary->n_tried, &summary->measurements[i]);
	summarise_yield(tally, summary);
}

CAROM_API int carom_store_summarise(const struct carom_store *store,
				    const struct carom_statistics_options *options,
				    struct carom_summary *summary, struct carom_error *err)
{
	struct tally tally;
	int status = tally_init(&tally, store, options, err);

	*summary = (struct carom_summary){0};
	if (!carom_store_log_weight(store))
		summary->n_measurements = carom_store_measurement_count(store);
	summary->measurements = mem_zalloc(summary->n_measurements, sizeof(*summary->measurements));
	if (status == 0 && !summary->measurements)
		status = carom_fail_memory(err);
	if (status == 0)
		fill(summary, &tally);
	else
		carom_summary_release(summary);
	tally_release(&tally);
	return status;
}

CAROM_API void carom_summary_release(struct carom_summary *summary)
{
	if (!summary)
		return;
	mem_free(summary->measurements);
	*summary = (struct carom_summary){0};
}
