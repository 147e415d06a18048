/* SPDX-License-Identifier: BSD-3-Clause */
/* Summaries of stores that were filled row by row. */
#include <math.h>

#include "base/mem.h"
#include "carom-statistics.h"
#include "study/store.h"
#include "support-store.h"

/* A row of the fixture's store: what its three measurements became. */
struct row {
	enum carom_sample_status status;
	double gain, f3db, offset; /* specs: gain >= 38, 1e6 <= f3db <= 2.5e6, none */
};

static const struct row rows[] = {
	{CAROM_SAMPLE_OK, 40, 1.5e6, 1e-3},
	{CAROM_SAMPLE_OK, 37, 1.5e6, -2e-3},       /* gain too low */
	{CAROM_SAMPLE_OK, 38, 1e6, 3e-3},          /* at the limits */
	{CAROM_SAMPLE_OK, 41, 2.6e6, 0},           /* f3db too high */
	{CAROM_SAMPLE_MEASURE, 39, NAN, 5e-3},     /* f3db could not be measured */
	{CAROM_SAMPLE_NO_CONVERGENCE, 45, 2e6, 7}, /* values that mean nothing */
	{CAROM_SAMPLE_TIMEOUT, NAN, NAN, NAN},
	{CAROM_SAMPLE_OK, 42, 2.5e6, INFINITY}, /* offset is no number */
	{CAROM_SAMPLE_PENDING, 50, 2e6, 9},
	{CAROM_SAMPLE_PENDING, NAN, NAN, NAN},
};
#define N_ROWS (sizeof(rows) / sizeof(*rows))

static void put(struct store_fixture *fixture, const struct row *list, uint64_t n)
{
	const double parameters[] = {1e3, 100};
	struct store_rows *writer;

	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < n; k++) {
		const double values[] = {list[k].gain, list[k].f3db, list[k].offset};

		store_rows_put(writer, k, parameters, values, 0.001, 0, list[k].status);
	}
	store_rows_close(writer);
}

static struct carom_store *opened(struct store_fixture *fixture, const struct row *list, uint64_t n)
{
	struct carom_store *store;

	fixture->job.n_samples = n;
	fixture_create(fixture);
	put(fixture, list, n);
	store = fixture_store(fixture);
	return store;
}

static struct carom_summary summarised(struct store_fixture *fixture,
				       const struct carom_store *store)
{
	struct carom_summary summary;

	assert_int_equal(carom_store_summarise(store, NULL, &summary, &fixture->err), 0);
	assert_ok(&fixture->err);
	return summary;
}

static void samples_are_counted_by_what_became_of_them(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);

	assert_int_equal(s.n_samples, 10);
	assert_int_equal(s.n_tried, 8);
	assert_int_equal(s.n_status[CAROM_SAMPLE_PENDING], 2);
	assert_int_equal(s.n_status[CAROM_SAMPLE_OK], 5);
	assert_int_equal(s.n_status[CAROM_SAMPLE_MEASURE], 1);
	assert_int_equal(s.n_status[CAROM_SAMPLE_NO_CONVERGENCE], 1);
	assert_int_equal(s.n_status[CAROM_SAMPLE_TIMEOUT], 1);
	assert_int_equal(s.n_status[CAROM_SAMPLE_CRASHED], 0);
	assert_int_equal(s.n_status[CAROM_SAMPLE_ERROR], 0);
	carom_summary_release(&s);
	carom_store_close(store);
}

/* Of gain 40 37 38 41 39 42: numpy.mean, numpy.std(ddof=1), numpy.quantile */
static void statistics_are_of_simulated_samples_only(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);
	const struct carom_measurement_summary *gain = &s.measurements[0];

	assert_int_equal(s.n_measurements, 3);
	assert_string_equal(gain->name, "gain");
	assert_string_equal(gain->unit, "dB");
	assert_int_equal(gain->n, 6);
	assert_double_equal(gain->mean, 39.5, 1e-15, 0);
	assert_double_equal(gain->sd, 1.8708286933869707, 1e-15, 0);
	assert_true(gain->min == 37 && gain->max == 42);
	assert_double_equal(gain->quantiles[CAROM_QUANTILE_05].value, 37.25, 1e-15, 0);
	assert_double_equal(gain->quantiles[CAROM_QUANTILE_25].value, 38.25, 1e-15, 0);
	assert_double_equal(gain->quantiles[CAROM_QUANTILE_MEDIAN].value, 39.5, 1e-15, 0);
	assert_double_equal(gain->quantiles[CAROM_QUANTILE_75].value, 40.75, 1e-15, 0);
	assert_double_equal(gain->quantiles[CAROM_QUANTILE_95].value, 41.75, 1e-15, 0);
	carom_summary_release(&s);
	carom_store_close(store);
}

static void values_that_are_not_finite_are_left_out(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);

	assert_int_equal(s.measurements[1].n, 5);
	assert_true(s.measurements[1].min == 1e6 && s.measurements[1].max == 2.6e6);
	assert_int_equal(s.measurements[2].n, 5);
	assert_true(s.measurements[2].min == -2e-3 && s.measurements[2].max == 5e-3);
	carom_summary_release(&s);
	carom_store_close(store);
}

/* gain: all simulated but row 1; f3db: rows 0 1 2 7; intervals: scipy.stats.beta.ppf as below */
static void each_spec_has_its_yield_and_interval(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);
	const struct carom_measurement_summary *gain = &s.measurements[0],
					       *f3db = &s.measurements[1];

	assert_true(gain->has_spec && gain->lower == 38 && isnan(gain->upper));
	assert_int_equal(gain->yield.n_pass, 5);
	assert_double_equal(gain->yield.value, 5 / 8.0, 1e-15, 0);
	/* beta.ppf(0.025, 5, 4), beta.ppf(0.975, 6, 3) */
	assert_double_equal(gain->yield.exact.lower, 0.2448632163665516, 1e-12, 0);
	assert_double_equal(gain->yield.exact.upper, 0.9147665858627465, 1e-12, 0);
	assert_true(f3db->has_spec && f3db->lower == 1e6 && f3db->upper == 2.5e6);
	assert_int_equal(f3db->yield.n_pass, 4);
	assert_double_equal(f3db->yield.value, 4 / 8.0, 1e-15, 0);
	carom_summary_release(&s);
	carom_store_close(store);
}

static void a_measurement_without_a_spec_has_no_yield(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);
	const struct carom_measurement_summary *offset = &s.measurements[2];

	assert_false(offset->has_spec);
	assert_int_equal(offset->yield.n_pass, 0);
	assert_true(isnan(offset->lower) && isnan(offset->upper) && isnan(offset->yield.value));
	assert_true(isnan(offset->yield.exact.lower) && isnan(offset->yield.wilson.upper));
	carom_summary_release(&s);
	carom_store_close(store);
}

/* Rows 0, 2 and 7 meet both: beta.ppf(0.025, 3, 6), beta.ppf(0.975, 4, 5) */
static void the_joint_yield_asks_for_every_spec(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);

	assert_true(s.has_spec);
	assert_int_equal(s.yield.n_pass, 3);
	assert_double_equal(s.yield.value, 3 / 8.0, 1e-15, 0);
	assert_double_equal(s.yield.exact.lower, 0.08523341413725354, 1e-12, 0);
	assert_double_equal(s.yield.exact.upper, 0.7551367836334484, 1e-12, 0);
	carom_summary_release(&s);
	carom_store_close(store);
}

/* Of 8 tried, gain has a value in 6 and f3db in 5; of these 3 meet both. */
static void failed_samples_are_fails_or_left_out(void **state)
{
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);

	assert_true(s.measurements[0].yield.n == 8 && s.measurements[0].yield_of_values.n == 6);
	assert_int_equal(s.measurements[0].yield_of_values.n_pass, 5);
	assert_true(s.measurements[1].yield.n == 8 && s.measurements[1].yield_of_values.n == 5);
	assert_true(s.yield.n == 8 && s.yield_of_values.n == 5);
	assert_int_equal(s.yield_of_values.n_pass, 3);
	assert_double_equal(s.yield_of_values.value, 0.6, 1e-15, 0);
	carom_summary_release(&s);
	carom_store_close(store);
}

/* gain 40 37 38 41 39 42: t.ppf(0.975, 5) sd / sqrt(6); sqrt(5 / chi2.ppf) sd; ranks 1 and 6 */
static void intervals_are_at_the_confidence_asked_for(void **state)
{
	struct carom_statistics_options options = {.size = sizeof(options), .confidence = 0.99};
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s = summarised(*state, store);
	const struct carom_measurement_summary *gain = &s.measurements[0];
	double width = gain->mean_ci.upper - gain->mean_ci.lower;

	assert_double_equal(s.confidence, 0.95, 0, 0);
	assert_double_equal(width / 2, 2.5705818356363151 * 1.8708286933869707 / sqrt(6), 1e-12, 0);
	assert_double_equal(gain->sd_ci.lower, 1.8708286933869707 * sqrt(5 / 12.832501994030027),
			    1e-12, 0);
	assert_true(gain->quantiles[CAROM_QUANTILE_MEDIAN].ci.lower == 37);
	assert_true(gain->quantiles[CAROM_QUANTILE_MEDIAN].ci.upper == 42);
	/* one limit, 38: (39.5 - 38) / (3 sd) */
	assert_double_equal(gain->capability.cpk, 1.5 / (3 * 1.8708286933869707), 1e-13, 0);
	carom_summary_release(&s);
	assert_int_equal(carom_store_summarise(store, &options, &s, NULL), 0);
	gain = &s.measurements[0];
	assert_double_equal(s.confidence, 0.99, 0, 0);
	assert_true(gain->mean_ci.upper - gain->mean_ci.lower > width);
	assert_true(gain->quantiles[CAROM_QUANTILE_MEDIAN].ci.lower == -INFINITY);
	carom_summary_release(&s);
	options.confidence = 1;
	assert_int_equal(carom_store_summarise(store, &options, &s, NULL), CAROM_ERROR_ARGUMENT);
	assert_true(s.measurements == NULL);
	carom_store_close(store);
}

static void the_first_samples_alone_may_be_looked_at(void **state)
{
	struct carom_statistics_options options = {.size = sizeof(options), .n_samples = 3};
	struct carom_store *store = opened(*state, rows, N_ROWS);
	struct carom_summary s;

	assert_int_equal(carom_store_summarise(store, &options, &s, NULL), 0);
	assert_true(s.n_samples == 3 && s.n_tried == 3 && s.measurements[0].n == 3);
	assert_int_equal(s.yield.n_pass, 2);
	carom_summary_release(&s);
	options.n_samples = 100;
	assert_int_equal(carom_store_summarise(store, &options, &s, NULL), 0);
	assert_int_equal(s.n_samples, N_ROWS);
	carom_summary_release(&s);
	carom_store_close(store);
}

/* Of what has no spec it does not matter whether it could be measured; of what was not simulated all does. */
static void a_sample_passes_by_the_measurements_that_have_a_spec(void **state)
{
	static const struct row list[] = {
		{CAROM_SAMPLE_MEASURE, 40, 1.5e6, NAN},      /* no offset: it has no spec */
		{CAROM_SAMPLE_MEASURE, 40, NAN, 1e-3},       /* no f3db, which has one */
		{CAROM_SAMPLE_NO_CONVERGENCE, 40, 1.5e6, 0}, /* values that mean nothing */
		{CAROM_SAMPLE_ERROR, 40, 1.5e6, 0},
	};
	struct carom_store *store = opened(*state, list, 4);
	struct carom_summary s = summarised(*state, store);

	assert_true(s.yield.n_pass == 1 && s.yield.n == 4);
	assert_int_equal(s.measurements[0].yield.n_pass, 2);
	carom_summary_release(&s);
	carom_store_close(store);
}

static void a_study_without_specs_has_no_yield(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct carom_summary s;

	fixture->measures[0].has_spec = fixture->measures[1].has_spec = false;
	store = opened(fixture, rows, N_ROWS);
	s = summarised(fixture, store);
	assert_false(s.has_spec);
	assert_int_equal(s.yield.n_pass, 0);
	assert_true(isnan(s.yield.value) && isnan(s.yield.exact.lower) &&
		    isnan(s.yield.exact.upper));
	assert_int_equal(s.measurements[0].n, 6);
	carom_summary_release(&s);
	carom_store_close(store);
}

static void before_the_first_sample_nothing_is_known(void **state)
{
	struct carom_store *store = opened(*state, &rows[N_ROWS - 1], 1);
	struct carom_summary s = summarised(*state, store);

	assert_int_equal(s.n_tried, 0);
	assert_true(isnan(s.yield.value) && s.yield.exact.lower == 0 && s.yield.exact.upper == 1);
	assert_int_equal(s.measurements[0].n, 0);
	assert_true(isnan(s.measurements[0].mean) &&
		    isnan(s.measurements[0].quantiles[CAROM_QUANTILE_MEDIAN].value));
	carom_summary_release(&s);
	carom_store_close(store);
}

static void a_run_that_goes_on_is_seen_by_the_next_summary(void **state)
{
	struct store_fixture *fixture = *state;
	const struct row later[] = {rows[0], rows[2]};
	struct carom_store *store = opened(fixture, (struct row[]){rows[0], rows[9]}, 2);
	struct carom_summary s = summarised(fixture, store);

	assert_true(s.n_tried == 1 && s.yield.n_pass == 1);
	carom_summary_release(&s);
	put(fixture, later, 2);
	s = summarised(fixture, store);
	assert_true(s.n_tried == 2 && s.yield.n_pass == 2 && s.measurements[0].n == 2);
	carom_summary_release(&s);
	carom_store_close(store);
}

static void a_number_that_is_no_status_counts_as_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = opened(fixture, rows, 3);
	struct carom_summary s;

	fixture_write(fixture, "status/0", "\x01\x64\xff");
	s = summarised(fixture, store);
	assert_int_equal(s.n_status[CAROM_SAMPLE_OK], 1);
	assert_int_equal(s.n_status[CAROM_SAMPLE_ERROR], 2);
	assert_int_equal(s.yield.n_pass, 1);
	carom_summary_release(&s);
	carom_store_close(store);
}

static void memory_that_runs_out_leaves_an_empty_summary(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = opened(fixture, rows, N_ROWS);
	struct carom_summary s;

	for (int nth = 0; nth < 5; nth++) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(nth);
		assert_int_equal(carom_store_summarise(store, NULL, &s, &err), CAROM_ERROR_MEMORY);
		mem_fail_after(-1);
		assert_int_equal(err.status, CAROM_ERROR_MEMORY);
		assert_true(s.n_measurements == 0 && s.measurements == NULL);
	}
	mem_fail_after(5);
	assert_int_equal(carom_store_summarise(store, NULL, &s, NULL), 0);
	mem_fail_after(-1);
	carom_summary_release(&s);
	assert_true(s.n_samples == 0 && s.measurements == NULL);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(samples_are_counted_by_what_became_of_them),
		STORE_CASE(statistics_are_of_simulated_samples_only),
		STORE_CASE(values_that_are_not_finite_are_left_out),
		STORE_CASE(each_spec_has_its_yield_and_interval),
		STORE_CASE(a_measurement_without_a_spec_has_no_yield),
		STORE_CASE(the_joint_yield_asks_for_every_spec),
		STORE_CASE(failed_samples_are_fails_or_left_out),
		STORE_CASE(intervals_are_at_the_confidence_asked_for),
		STORE_CASE(the_first_samples_alone_may_be_looked_at),
		STORE_CASE(a_sample_passes_by_the_measurements_that_have_a_spec),
		STORE_CASE(a_study_without_specs_has_no_yield),
		STORE_CASE(before_the_first_sample_nothing_is_known),
		STORE_CASE(a_run_that_goes_on_is_seen_by_the_next_summary),
		STORE_CASE(a_number_that_is_no_status_counts_as_an_error),
		STORE_CASE(memory_that_runs_out_leaves_an_empty_summary),
	};

	return run_all_tests(tests);
}
