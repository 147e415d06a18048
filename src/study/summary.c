/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary of a store: statistics of each measurement and the yield of the specs. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-store.h"
#include "study/stats.h"

#define LEVEL 0.95 /* of the intervals */

/* What a summary is made of and with. */
struct tally {
	const struct carom_store *store;
	size_t n_samples;
	uint8_t *status; /* a copy, because a run may go on writing */
	bool *meets_all; /* of each sample: the specs looked at so far */
	double *values;  /* the finite ones of the measurement at hand */
};

static bool tally_init(struct tally *tally, const struct carom_store *store)
{
	const size_t n = (size_t)carom_store_sample_count(store);

	*tally = (struct tally){
		.store = store,
		.n_samples = n,
		.status = mem_alloc(n),
		.meets_all = mem_alloc(n),
		.values = mem_zalloc(n, sizeof(*tally->values)),
	};
	if (!tally->status || !tally->meets_all || !tally->values)
		return false;
	memset(tally->meets_all, true, n);
	return true;
}

static void tally_release(struct tally *tally)
{
	mem_free(tally->status);
	mem_free(tally->meets_all);
	mem_free(tally->values);
}

/* A number that is no status (from a damaged file) says no more than that something went wrong. */
static uint8_t status_from_byte(int8_t byte)
{
	return byte >= 0 && byte < CAROM_SAMPLE_STATUS_COUNT ? (uint8_t)byte : CAROM_SAMPLE_ERROR;
}

static void count_statuses(struct tally *tally, struct carom_summary *summary)
{
	const int8_t *live = carom_store_status(tally->store);

	for (size_t k = 0; k < tally->n_samples; k++) {
		/* a row is whole once its status is seen: store_rows_put() */
		tally->status[k] = status_from_byte(__atomic_load_n(&live[k], __ATOMIC_ACQUIRE));
		summary->n_status[tally->status[k]]++;
	}
	summary->n_samples = tally->n_samples;
	summary->n_tried = tally->n_samples - summary->n_status[CAROM_SAMPLE_PENDING];
}

static bool has_value(const struct tally *tally, const double *column, size_t sample)
{
	uint8_t status = tally->status[sample];

	return (status == CAROM_SAMPLE_OK || status == CAROM_SAMPLE_MEASURE) &&
	       isfinite(column[sample]);
}

/* A limit that is NAN is met. */
static bool is_within(const struct carom_measurement_summary *measurement, double value)
{
	return !(value < measurement->lower) && !(value > measurement->upper);
}

/* Samples without a value fail, whatever the reason. */
static void count_passes(struct tally *tally, struct carom_measurement_summary *measurement,
			 const double *column)
{
	for (size_t k = 0; k < tally->n_samples; k++) {
		bool meets = has_value(tally, column, k) && is_within(measurement, column[k]);

		measurement->n_pass += meets;
		tally->meets_all[k] &= meets;
	}
}

/* The values are sorted in place. */
static void describe(struct carom_measurement_summary *measurement, double *values, size_t n)
{
	struct stats_moments moments = stats_moments(values, n);

	measurement->n = n;
	measurement->mean = moments.mean;
	measurement->sd = moments.sd;
	measurement->min = moments.min;
	measurement->max = moments.max;
	stats_sort(values, n);
	measurement->q05 = stats_quantile(values, n, 0.05);
	measurement->q25 = stats_quantile(values, n, 0.25);
	measurement->median = stats_quantile(values, n, 0.5);
	measurement->q75 = stats_quantile(values, n, 0.75);
	measurement->q95 = stats_quantile(values, n, 0.95);
}

static double yield_of(uint64_t n_pass, uint64_t n_tried)
{
	return n_tried > 0 ? (double)n_pass / (double)n_tried : NAN;
}

static void summarise_measurement(struct tally *tally, size_t index, uint64_t n_tried,
				  struct carom_measurement_summary *measurement)
{
	const double *column = carom_store_measurement(tally->store, index);
	size_t n = 0;

	measurement->name = carom_store_measurement_name(tally->store, index);
	measurement->unit = carom_store_measurement_unit(tally->store, index);
	for (size_t k = 0; k < tally->n_samples; k++) {
		if (has_value(tally, column, k))
			tally->values[n++] = column[k];
	}
	describe(measurement, tally->values, n);
	measurement->lower = measurement->upper = NAN;
	measurement->yield = measurement->yield_ci.lower = measurement->yield_ci.upper = NAN;
	measurement->has_spec =
		carom_store_spec(tally->store, index, &measurement->lower, &measurement->upper);
	if (!measurement->has_spec)
		return;
	count_passes(tally, measurement, column);
	measurement->yield = yield_of(measurement->n_pass, n_tried);
	measurement->yield_ci = stats_clopper_pearson(measurement->n_pass, n_tried, LEVEL);
}

/* After every measurement was looked at. */
static void summarise_yield(const struct tally *tally, struct carom_summary *summary)
{
	summary->yield = summary->yield_ci.lower = summary->yield_ci.upper = NAN;
	for (size_t i = 0; i < summary->n_measurements; i++)
		summary->has_spec |= summary->measurements[i].has_spec;
	if (!summary->has_spec)
		return;
	for (size_t k = 0; k < tally->n_samples; k++)
		summary->n_pass += tally->meets_all[k];
	summary->yield = yield_of(summary->n_pass, summary->n_tried);
	summary->yield_ci = stats_clopper_pearson(summary->n_pass, summary->n_tried, LEVEL);
}

static void fill(struct carom_summary *summary, struct tally *tally)
{
	count_statuses(tally, summary);
	for (size_t i = 0; i < summary->n_measurements; i++)
		summarise_measurement(tally, i, summary->n_tried, &summary->measurements[i]);
	summarise_yield(tally, summary);
}

CAROM_API int carom_store_summarise(const struct carom_store *store, struct carom_summary *summary,
				    struct carom_error *err)
{
	struct tally tally;
	bool is_ready = tally_init(&tally, store);

	*summary = (struct carom_summary){.n_measurements = carom_store_measurement_count(store)};
	summary->measurements = mem_zalloc(summary->n_measurements, sizeof(*summary->measurements));
	if (is_ready && summary->measurements) {
		fill(summary, &tally);
	} else {
		carom_summary_release(summary);
		is_ready = false;
	}
	tally_release(&tally);
	return is_ready ? 0 : carom_fail_memory(err);
}

CAROM_API void carom_summary_release(struct carom_summary *summary)
{
	if (!summary)
		return;
	mem_free(summary->measurements);
	*summary = (struct carom_summary){0};
}
