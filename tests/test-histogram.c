/* SPDX-License-Identifier: BSD-3-Clause */
/* Histograms of a measurement. */

#include "base/mem.h"
#include "carom-statistics.h"
#include "statistics/philox.h"
#include "study/store.h"
#include "support-store.h"

enum { N = 1000 };

/* gain: 0 .. 9 ten by ten, as many as n; f3db: uniform; offset: always 7. */
static struct carom_store *opened(struct store_fixture *fixture, uint64_t n)
{
	const double parameters[] = {1e3, 100};
	struct store_rows *writer;
	struct carom_store *store;

	fixture->job.n_samples = n;
	fixture_create(fixture);
	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < n; k++)
		store_rows_put(writer, k, parameters,
			       (const double[]){(double)(k % 10), philox_uniform(1, k, 0), 7},
			       0.001, 0, CAROM_SAMPLE_OK);
	store_rows_close(writer);
	store = fixture_store(fixture);
	return store;
}

static struct carom_histogram histogram(const struct carom_store *store, size_t measurement,
					size_t n_bins)
{
	struct carom_histogram h;

	assert_int_equal(carom_store_histogram(store, NULL, measurement, n_bins, &h, NULL), 0);
	return h;
}

static void every_value_is_counted_in_its_bin(void **state)
{
	struct carom_store *store = opened(*state, 100);
	struct carom_histogram h = histogram(store, 0, 3);

	assert_int_equal(h.n_bins, 3);
	assert_true(h.lower == 0 && h.width == 3);
	assert_true(h.counts[0] == 30 && h.counts[1] == 30); /* 0 1 2, 3 4 5 */
	assert_int_equal(h.counts[2], 40);                   /* 6 7 8, and 9: the upper end */
	carom_histogram_release(&h);
	carom_store_close(store);
}

/* Uniform: range 1, interquartile range 1/2, so n^(1/3) bins. */
static void the_number_of_bins_goes_with_the_cube_root(void **state)
{
	struct carom_store *store = opened(*state, N);
	struct carom_histogram h = histogram(store, 1, 0);
	uint64_t sum = 0;

	assert_true(h.n_bins >= 9 && h.n_bins <= 12);
	for (size_t i = 0; i < h.n_bins; i++)
		sum += h.counts[i];
	assert_int_equal(sum, N);
	carom_histogram_release(&h);
	carom_store_close(store);
}

static void a_constant_has_one_bin(void **state)
{
	struct carom_store *store = opened(*state, 5);
	struct carom_histogram h = histogram(store, 2, 0);

	assert_true(h.n_bins == 1 && h.counts[0] == 5 && h.lower == 7);
	carom_histogram_release(&h);
	h = histogram(store, 2, 4);
	assert_true(h.n_bins == 4 && h.counts[0] == 5 && h.counts[3] == 0);
	carom_histogram_release(&h);
	carom_store_close(store);
}

static void nothing_measured_has_no_bins(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_histogram h;
	struct carom_store *store;

	fixture_create(fixture);
	store = fixture_store(fixture);
	h = histogram(store, 0, 0);
	assert_true(h.n_bins == 0 && h.counts == NULL);
	carom_histogram_release(&h);
	assert_int_equal(carom_store_histogram(store, NULL, 3, 0, &h, NULL), CAROM_ERROR_ARGUMENT);
	carom_histogram_release(&h);
	carom_store_close(store);
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct carom_store *store = opened(*state, 5);
	struct carom_histogram h;

	for (int nth = 0; nth < 3; nth++) {
		mem_fail_after(nth);
		assert_int_equal(carom_store_histogram(store, NULL, 0, 0, &h, NULL),
				 CAROM_ERROR_MEMORY);
		mem_fail_after(-1);
		assert_true(h.n_bins == 0);
		carom_histogram_release(&h);
	}
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(every_value_is_counted_in_its_bin),
		STORE_CASE(the_number_of_bins_goes_with_the_cube_root),
		STORE_CASE(a_constant_has_one_bin),
		STORE_CASE(nothing_measured_has_no_bins),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
