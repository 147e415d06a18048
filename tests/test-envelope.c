/* SPDX-License-Identifier: BSD-3-Clause */
/* Envelopes: quantiles of kept waveforms at each point. */
#include <math.h>

#include "base/mem.h"
#include "carom-statistics.h"
#include "study/store.h"
#include "support-store.h"

static const double parameters[] = {1e3, 100};
static const double measurements[] = {40, 2e6, 0};

static void put(struct store_rows *rows, uint64_t sample, const double *values,
		enum carom_sample_status status)
{
	assert_int_equal(store_rows_put_waves(rows, sample, values, NULL), 0);
	store_rows_put(rows, sample, parameters, measurements, 1, 0, status);
}

/* Five samples: four with values, the fifth failed. */
static struct carom_store *some_store(struct store_fixture *fixture)
{
	struct store_rows *rows = fixture_create_keeping(fixture);
	struct carom_store *store;

	put(rows, 0, (double[]){4, 1, NAN, NAN, 0, 0}, CAROM_SAMPLE_OK);
	put(rows, 1, (double[]){1, 1, 7, NAN, 0, -INFINITY}, CAROM_SAMPLE_OK);
	put(rows, 2, (double[]){3, 1, 5, NAN, 0, 2}, CAROM_SAMPLE_MEASURE);
	put(rows, 3, (double[]){99, 99, 99, 99, 99, 99}, CAROM_SAMPLE_CRASHED);
	put(rows, 4, (double[]){2, 2, 6, NAN, 0, 4}, CAROM_SAMPLE_OK);
	store_rows_close(rows);
	store = fixture_store(fixture);
	return store;
}

static void quantiles_are_those_of_the_samples_that_have_values(void **state)
{
	struct carom_store *store = some_store(*state);
	const double p[] = {0, 0.25, 0.5, 1};
	struct carom_envelope envelope;

	assert_int_equal(
		carom_store_envelope(store, NULL, 0, CAROM_EVERY_CELL, p, 4, &envelope, NULL), 0);
	assert_int_equal(envelope.n_points, 4);
	assert_int_equal(envelope.n_quantiles, 4);
	assert_true(envelope.n[0] == 4 && envelope.n[2] == 3 && envelope.n[3] == 0);
	assert_same_bits(envelope.quantiles[0 * 4 + 0], 1);
	assert_same_bits(envelope.quantiles[1 * 4 + 0], 1.75);
	assert_same_bits(envelope.quantiles[2 * 4 + 0], 2.5);
	assert_same_bits(envelope.quantiles[3 * 4 + 0], 4);
	assert_same_bits(envelope.quantiles[2 * 4 + 2], 6);
	assert_true(isnan(envelope.quantiles[2 * 4 + 3]));
	carom_envelope_release(&envelope);
	assert_int_equal(
		carom_store_envelope(store, NULL, 1, CAROM_EVERY_CELL, p, 4, &envelope, NULL), 0);
	assert_int_equal(envelope.n[1], 3); /* minus infinity is no value */
	assert_same_bits(envelope.quantiles[2 * 2 + 1], 2);
	carom_envelope_release(&envelope);
	carom_store_close(store);
}

static void there_are_usual_quantiles(void **state)
{
	static const double usual[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
	struct carom_store *store = some_store(*state);
	struct carom_envelope envelope;

	assert_int_equal(
		carom_store_envelope(store, NULL, 0, CAROM_EVERY_CELL, NULL, 0, &envelope, NULL),
		0);
	assert_int_equal(envelope.n_quantiles, 7);
	assert_memory_equal(envelope.p, usual, sizeof(usual));
	carom_envelope_release(&envelope);
	carom_store_close(store);
}

static void the_first_samples_or_a_cell_may_be_asked_for(void **state)
{
	struct carom_store *store = some_store(*state);
	struct carom_statistics_options options = {.size = sizeof(options), .n_samples = 2};
	const double median = 0.5;
	struct carom_envelope envelope;

	assert_int_equal(carom_store_envelope(store, &options, 0, CAROM_EVERY_CELL, &median, 1,
					      &envelope, NULL),
			 0);
	assert_same_bits(envelope.quantiles[0], 2.5);
	carom_envelope_release(&envelope);
	assert_int_equal(carom_store_envelope(store, &options, 0, 0, &median, 1, &envelope, NULL),
			 0);
	assert_same_bits(envelope.quantiles[0], 2.5); /* there is one cell */
	carom_envelope_release(&envelope);
	carom_store_close(store);
}

static void a_cell_has_its_own_samples(void **state)
{
	struct store_fixture *fixture = *state;
	struct job_corner corners[2] = {{.name = (char *)"slow"}, {.name = (char *)"fast"}};
	const double median = 0.5;
	struct carom_envelope envelope;
	struct carom_store *store;
	struct store_rows *rows;

	fixture->job.n_samples = 4;
	fixture->job.corners = corners;
	fixture->job.n_corners = 2;
	fixture->job.cells = (struct cells){2, 2, 1};
	rows = fixture_create_keeping(fixture);
	for (uint64_t k = 0; k < 4; k++)
		put(rows, k, (double[]){(double)k, 0, 0, 0, 0, 0}, CAROM_SAMPLE_OK);
	store_rows_close(rows);
	store = fixture_store(fixture);
	for (uint64_t cell = 0; cell < 2; cell++) {
		assert_int_equal(
			carom_store_envelope(store, NULL, 0, cell, &median, 1, &envelope, NULL), 0);
		assert_same_bits(envelope.quantiles[0], 0.5 + 2 * (double)cell);
		assert_int_equal(envelope.n[0], 2);
		carom_envelope_release(&envelope);
	}
	assert_int_equal(carom_store_envelope(store, NULL, 0, 2, &median, 1, &envelope, NULL),
			 CAROM_ERROR_NOT_FOUND);
	carom_store_close(store);
}

/* 2 million samples by 4 points are 64 MB: they are looked at by halves. */
static void many_samples_are_looked_at_in_blocks_of_points(void **state)
{
	struct store_fixture *fixture = *state;
	const double ends[] = {0, 0.5, 1};
	const uint64_t n = 2000001;
	struct carom_envelope envelope;
	struct carom_store *store;
	struct store_rows *rows;

	fixture->job.n_variables = 0;
	fixture->job.n_measures = 0;
	fixture->job.n_samples = n;
	rows = fixture_create_keeping(fixture);
	for (uint64_t k = 0; k < n; k += 2) {
		double at = (double)k;

		put(rows, k, (double[]){at, -at, 2 * at, 1, 0, 0}, CAROM_SAMPLE_OK);
	}
	store_rows_close(rows);
	store = fixture_store(fixture);
	assert_int_equal(
		carom_store_envelope(store, NULL, 0, CAROM_EVERY_CELL, ends, 3, &envelope, NULL),
		0);
	assert_int_equal(envelope.n[3], 1000001);
	assert_same_bits(envelope.quantiles[1 * 4 + 0], 1e6);
	assert_same_bits(envelope.quantiles[0 * 4 + 1], -2e6);
	assert_same_bits(envelope.quantiles[2 * 4 + 2], 4e6);
	assert_same_bits(envelope.quantiles[1 * 4 + 3], 1);
	carom_envelope_release(&envelope);
	carom_store_close(store);
}

static void what_is_asked_wrongly_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = some_store(fixture);
	const double wrong[] = {0.5, NAN};
	struct carom_envelope envelope;

	assert_int_equal(carom_store_envelope(store, NULL, 2, CAROM_EVERY_CELL, NULL, 0, &envelope,
					      &fixture->err),
			 CAROM_ERROR_NOT_FOUND);
	carom_error_clear(&fixture->err);
	assert_int_equal(carom_store_envelope(store, NULL, 0, CAROM_EVERY_CELL, wrong, 2, &envelope,
					      &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(fixture->err.text, "a quantile is of a share from 0 to 1, not nan");
	assert_int_equal(envelope.n_points, 0);
	carom_store_close(store);
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct carom_store *store = some_store(*state);
	struct carom_envelope envelope;
	int status = 1;

	for (int64_t n = 0; status; n++) {
		mem_fail_after(n);
		status = carom_store_envelope(store, NULL, 0, CAROM_EVERY_CELL, NULL, 0, &envelope,
					      NULL);
		mem_fail_after(-1);
		assert_int_equal(status, envelope.n_points ? 0 : CAROM_ERROR_MEMORY);
	}
	carom_envelope_release(&envelope);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(quantiles_are_those_of_the_samples_that_have_values),
		STORE_CASE(there_are_usual_quantiles),
		STORE_CASE(the_first_samples_or_a_cell_may_be_asked_for),
		STORE_CASE(a_cell_has_its_own_samples),
		STORE_CASE(many_samples_are_looked_at_in_blocks_of_points),
		STORE_CASE(what_is_asked_wrongly_is_refused),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
