/* SPDX-License-Identifier: BSD-3-Clause */
/* The probability of a failure from weighted samples, and that nothing else is told of them. */
#include <jansson.h>
#include <math.h>

#include "base/mem.h"
#include "study/failure.h"
#include "study/store-json.h"
#include "study/store.h"
#include "support-circuit.h"
#include "support-store.h"

enum { N = 400 };

static double shift[] = {3, -4};
static struct job_importance importance = {.shift = shift,
					   .n = 2,
					   .measure = 1,
					   .is_upper = true,
					   .n_batches = 3,
					   .batch_samples = 500};

/* Each is put by the caller: f3db (limit 2.5e6) and its weight. */
static struct carom_store *store_of(struct store_fixture *fixture, const double *f3db,
				    const double *log_weight, size_t n)
{
	struct carom_store *store;
	struct store_rows *rows;

	fixture->job.importance = &importance;
	fixture->job.n_samples = n;
	fixture->variables[0].is_varied = fixture->variables[1].is_varied = true;
	fixture->variables[1].rank = 1;
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	for (uint64_t k = 0; k < n; k++) {
		const double values[] = {40, f3db[k], 0};

		store_rows_put_weight(rows, k, log_weight[k]);
		store_rows_put(rows, k, (const double[]){1e3, 100}, isnan(f3db[k]) ? NULL : values,
			       0.001, 0, isnan(f3db[k]) ? CAROM_SAMPLE_CRASHED : CAROM_SAMPLE_OK);
	}
	store_rows_close(rows);
	store = fixture_store(fixture);
	return store;
}

static void few(struct store_fixture *fixture, struct carom_store **store)
{
	static const double f3db[] = {2.4e6, 2.6e6, 2.7e6, NAN, 0.1e6};
	const double log_weight[] = {0, log(0.2), log(0.3), log(0.1), 5};

	*store = store_of(fixture, f3db, log_weight, 5);
}

static void it_is_the_mean_of_the_weights_of_what_fails(void **state)
{
	struct carom_store *store;
	struct carom_failure failure;
	struct carom_error err = CAROM_ERROR_INIT;

	few(*state, &store);
	assert_int_equal(carom_store_failure(store, NULL, &failure, &err), 0);
	assert_string_equal(failure.measurement, "f3db");
	assert_string_equal(failure.unit, "Hz");
	assert_same_bits(failure.limit, 2.5e6);
	assert_true(failure.is_upper);
	assert_int_equal(failure.n, 5);
	assert_int_equal(failure.n_failed, 3); /* the crashed one too, not the one below 1e6 */
	assert_int_equal(failure.n_missing, 1);
	assert_double_equal(failure.probability, 0.6 / 5, 1e-14, 0);
	assert_double_equal(failure.effective, 0.36 / 0.14, 1e-13, 0);
	assert_double_equal(failure.relative_error, sqrt((5 * 0.14 / 0.36 - 1) / 4), 1e-13, 0);
	assert_double_equal(failure.sigma, 1.1749867920660904, 1e-13, 0); /* scipy norm.isf(.12) */
	assert_true(failure.sigma_ci.lower < failure.sigma &&
		    failure.sigma < failure.sigma_ci.upper);
	assert_double_equal(failure.distance, 5, 1e-15, 0);
	assert_int_equal(failure.n_searched, 1500);
	assert_string_equal(failure.doubt,
			    "fewer than ten effective failures: the interval itself is not known");
	carom_store_close(store);
}

static void a_wider_confidence_has_a_wider_interval(void **state)
{
	const struct carom_statistics_options options = {.size = sizeof(options),
							 .confidence = 0.99};
	struct carom_store *store;
	struct carom_failure usual, wide;

	few(*state, &store);
	assert_int_equal(carom_store_failure(store, NULL, &usual, NULL), 0);
	assert_int_equal(carom_store_failure(store, &options, &wide, NULL), 0);
	assert_double_equal(log(wide.ci.upper / wide.probability) /
				    log(usual.ci.upper / usual.probability),
			    2.5758293035489004 / 1.9599639845400545, 1e-12, 0);
	carom_store_close(store);
}

/* What a figure of equal weights would be is wrong here. */
static void nothing_else_is_told_of_weighted_samples(void **state)
{
	struct carom_store *store;
	struct carom_summary summary;
	struct carom_fits fits;
	struct carom_cells cells;
	struct carom_histogram histogram;
	struct carom_worst worst[2];
	struct carom_error err = CAROM_ERROR_INIT;
	size_t n = 2;

	few(*state, &store);
	assert_int_equal(carom_store_summarise(store, NULL, &summary, &err), 0);
	assert_int_equal(summary.n_measurements, 0);
	assert_false(summary.has_spec);
	assert_true(isnan(summary.yield.value));
	assert_int_equal(summary.n_tried, 5);
	assert_int_equal(summary.n_status[CAROM_SAMPLE_CRASHED], 1);
	carom_summary_release(&summary);
	assert_int_equal(carom_store_fit(store, NULL, &fits, &err), 0);
	assert_int_equal(fits.n, 0);
	carom_fits_release(&fits);
	assert_ok(&err);
	assert_int_equal(carom_store_worst(store, NULL, 1, worst, &n, &err), CAROM_ERROR_STATE);
	assert_error_says(&err, "samples of importance sampling have weights: of them there is the "
				"probability of failure alone\nstudy plain samples as well "
				"(importance never); each sample is in the CSV, with the "
				"logarithm of its weight");
	assert_int_equal(carom_store_summarise_cells(store, NULL, &cells, NULL), CAROM_ERROR_STATE);
	assert_int_equal(carom_store_histogram(store, NULL, 1, 0, &histogram, NULL),
			 CAROM_ERROR_STATE);
	carom_store_close(store);
}

static void samples_of_equal_weight_have_none(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct carom_failure failure;
	struct carom_error err = CAROM_ERROR_INIT;

	fixture_create(fixture);
	assert_int_equal(carom_store_open(&store, fixture->path, NULL), 0);
	assert_null(carom_store_log_weight(store));
	assert_true(isnan(carom_store_deviate(store, 0)));
	assert_int_equal(carom_store_failure(store, NULL, &failure, &err), CAROM_ERROR_STATE);
	assert_error_says(&err,
			  "the samples have no weights: importance sampling did not draw them");
	carom_store_close(store);
}

static void a_store_tells_where_its_samples_are(void **state)
{
	struct carom_store *store;

	few(*state, &store);
	assert_same_bits(carom_store_log_weight(store)[4], 5);
	assert_same_bits(carom_store_deviate(store, 0), 3);
	assert_same_bits(carom_store_deviate(store, 1), -4);
	assert_true(isnan(carom_store_deviate(store, 2)));
	carom_store_close(store);
}

/* ---- doubts ---- */

static void assert_doubt(struct store_fixture *fixture, const double *f3db,
			 const double *log_weight, const char *doubt)
{
	struct carom_store *store = store_of(fixture, f3db, log_weight, N);
	struct carom_failure failure;

	assert_int_equal(carom_store_failure(store, NULL, &failure, NULL), 0);
	assert_string_equal(failure.doubt, doubt);
	carom_store_close(store);
}

static void fill(double *f3db, double *log_weight, size_t n_failed)
{
	for (size_t k = 0; k < N; k++) {
		f3db[k] = k < n_failed ? 3e6 : 2e6;
		log_weight[k] = -10;
	}
}

static void even_weights_of_many_failures_are_believed(void **state)
{
	double f3db[N], log_weight[N];

	fill(f3db, log_weight, 100);
	assert_doubt(*state, f3db, log_weight, "");
}

static void no_failure_says_nothing(void **state)
{
	double f3db[N], log_weight[N];

	fill(f3db, log_weight, 0);
	assert_doubt(*state, f3db, log_weight,
		     "no sample failed: nothing is known of the probability");
}

static void a_sample_that_outweighs_all_is_a_doubt(void **state)
{
	double f3db[N], log_weight[N];

	fill(f3db, log_weight, 100);
	log_weight[17] = -2;
	assert_doubt(*state, f3db, log_weight,
		     "fewer than ten effective failures: the interval itself is not known");
}

static void failures_without_a_value_are_a_doubt(void **state)
{
	double f3db[N], log_weight[N];

	fill(f3db, log_weight, 100);
	for (size_t k = 0; k < 12; k++)
		f3db[k] = NAN;
	assert_doubt(*state, f3db, log_weight,
		     "many failures are samples without a value: look why they have none");
}

/* ---- damage, no memory ---- */

static void a_manifest_that_names_no_measurement_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct carom_failure failure;
	struct carom_error err = CAROM_ERROR_INIT;

	few(fixture, &store);
	json_object_del((json_t *)json_object_get(store_json_manifest(store), "study"),
			"importance");
	assert_int_equal(carom_store_failure(store, NULL, &failure, &err), CAROM_ERROR_FORMAT);
	assert_error_says(&err, ".zattrs: importance is about no measurement");
	carom_store_close(store);
}

static int attempt(void *store)
{
	struct carom_failure failure;

	return carom_store_failure(store, NULL, &failure, NULL);
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	struct carom_store *store;

	few(*state, &store);
	assert_survives_no_memory(attempt, store);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(it_is_the_mean_of_the_weights_of_what_fails),
		STORE_CASE(a_wider_confidence_has_a_wider_interval),
		STORE_CASE(nothing_else_is_told_of_weighted_samples),
		STORE_CASE(samples_of_equal_weight_have_none),
		STORE_CASE(a_store_tells_where_its_samples_are),
		STORE_CASE(even_weights_of_many_failures_are_believed),
		STORE_CASE(no_failure_says_nothing),
		STORE_CASE(a_sample_that_outweighs_all_is_a_doubt),
		STORE_CASE(failures_without_a_value_are_a_doubt),
		STORE_CASE(a_manifest_that_names_no_measurement_is_refused),
		STORE_CASE(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
