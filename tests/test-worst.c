/* SPDX-License-Identifier: BSD-3-Clause */
/* The worst samples of a store. */
#include <math.h>

#include "base/mem.h"
#include "carom-statistics.h"
#include "study/store.h"
#include "support-store.h"

/* f3db (1e6 to 2.5e6) of samples that are all ok but the last two. */
static struct carom_store *opened(struct store_fixture *fixture)
{
	static const double f3db[] = {1.5e6, 2.4e6, 0.9e6, 2.6e6, 2.4e6, NAN, 1e9};
	const double parameters[] = {1e3, 100};
	struct store_rows *writer;
	struct carom_store *store;

	fixture->job.n_samples = 7;
	fixture_create(fixture);
	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < 7; k++)
		store_rows_put(writer, k, parameters, (const double[]){40, f3db[k], 0}, 0.001, 0,
			       k == 6   ? CAROM_SAMPLE_CRASHED
			       : k == 5 ? CAROM_SAMPLE_MEASURE
					: CAROM_SAMPLE_OK);
	store_rows_close(writer);
	store = fixture_store(fixture);
	return store;
}

static void the_least_margin_comes_first(void **state)
{
	static const uint64_t order[] = {2, 3, 1, 4, 0};
	struct carom_store *store = opened(*state);
	struct carom_worst list[8];
	size_t n = 8;

	assert_int_equal(carom_store_worst(store, NULL, 1, list, &n, NULL), 0);
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(list[i].sample, order[i]);
	assert_true(list[0].value == 0.9e6 && list[0].margin == -0.1e6);
	assert_true(list[2].value == 2.4e6 && list[2].margin == 0.1e6);
	carom_store_close(store);
}

static void no_more_are_listed_than_asked_for(void **state)
{
	struct carom_store *store = opened(*state);
	struct carom_worst list[3] = {{.sample = 77}, {.sample = 77}, {.sample = 77}};
	size_t n = 2;

	assert_int_equal(carom_store_worst(store, NULL, 1, list, &n, NULL), 0);
	assert_int_equal(n, 2);
	assert_true(list[0].sample == 2 && list[1].sample == 3 && list[2].sample == 77);
	n = 0;
	assert_int_equal(carom_store_worst(store, NULL, 1, list, &n, NULL), 0);
	assert_int_equal(n, 0);
	carom_store_close(store);
}

static void a_spec_of_one_side_has_margins_too(void **state)
{
	struct carom_store *store = opened(*state);
	struct carom_worst list[1];
	size_t n = 1;

	assert_int_equal(carom_store_worst(store, NULL, 0, list, &n, NULL), 0);
	assert_true(n == 1 && list[0].sample == 0 && list[0].margin == 2);
	carom_store_close(store);
}

static void without_a_spec_none_is_worst(void **state)
{
	struct carom_store *store = opened(*state);
	struct carom_worst list[1];
	size_t n = 1;

	assert_int_equal(carom_store_worst(store, NULL, 2, list, &n, NULL), 0);
	assert_int_equal(n, 0);
	n = 1;
	assert_int_equal(carom_store_worst(store, NULL, 9, list, &n, NULL), 0);
	assert_int_equal(n, 0);
	n = 1;
	mem_fail_after(0);
	assert_int_equal(carom_store_worst(store, NULL, 1, list, &n, NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_int_equal(n, 0);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(the_least_margin_comes_first),
		STORE_CASE(no_more_are_listed_than_asked_for),
		STORE_CASE(a_spec_of_one_side_has_margins_too),
		STORE_CASE(without_a_spec_none_is_worst),
	};

	return run_all_tests(tests);
}
