/* SPDX-License-Identifier: BSD-3-Clause */
/* What drives the measurements of a store: correlations and standardised coefficients. */
#include <math.h>

#include "base/mem.h"
#include "carom-statistics.h"
#include "statistics/philox.h"
#include "study/store.h"
#include "support-store.h"

enum { N = 400, R1 = 0, BF = 1, R2 = 2, C1 = 3, N_PARAMETERS = 4 };

static struct job_variable variables[N_PARAMETERS] = {
	{.name = "r1", .unit = "ohm", .nominal = 1e3, .definition = "gauss 1%"},
	{.name = "q1:bf", .unit = "", .nominal = 100, .definition = "uniform 20%"},
	{.name = "r2", .unit = "ohm", .nominal = 2e3, .definition = "gauss 1%"},
	{.name = "c1", .unit = "F", .nominal = 1e-9, .definition = "gauss 1%"},
};

static double uniform(uint64_t k, uint64_t stream)
{
	return philox_uniform(3, k, stream) - 0.5;
}

/*
 * r1 and bf vary by themselves, r2 with r1, c1 not at all.  gain = 3 r1 - 4 bf
 * in units of their spread, so coefficients 0.6 and -0.8; f3db grows with r1
 * alone, far from a line; offset is constant.
 */
static struct carom_store *opened(struct store_fixture *fixture, uint64_t n)
{
	struct store_rows *writer;
	struct carom_store *store;

	fixture->job.variables = variables;
	fixture->job.n_variables = N_PARAMETERS;
	fixture->job.n_samples = n;
	fixture_create(fixture);
	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < n; k++) {
		double a = uniform(k, 0), b = uniform(k, 1);
		const double parameters[] = {1e3 * (1 + 0.01 * a), 100 * (1 + 0.2 * b),
					     2e3 * (1 + 0.01 * a), 1e-9};

		store_rows_put(writer, k, parameters,
			       (const double[]){40 + 3 * a - 4 * b, exp(20 * a), 1e-3}, 0.001, 0,
			       k % 50 == 7 ? CAROM_SAMPLE_TIMEOUT : CAROM_SAMPLE_OK);
	}
	store_rows_close(writer);
	store = fixture_store(fixture);
	return store;
}

static struct carom_fits fitted(const struct carom_store *store)
{
	struct carom_fits fits;

	assert_int_equal(carom_store_fit(store, NULL, &fits, NULL), 0);
	return fits;
}

/* In the samples drawn, the spreads of a and b differ by per cent. */
static void coefficients_are_in_units_of_the_spread(void **state)
{
	struct carom_store *store = opened(*state, N);
	struct carom_fits fits = fitted(store);
	const struct carom_fit *gain = &fits.list[0];

	assert_int_equal(gain->n, N - 8);
	assert_int_equal(gain->n_regressors, 2);
	assert_int_equal(gain->n_list, N_PARAMETERS);
	assert_int_equal(gain->list[0].parameter, BF);
	assert_int_equal(gain->list[1].parameter, R1);
	assert_double_equal(gain->list[0].coefficient, -0.8, 0.08, 0);
	assert_double_equal(gain->list[1].coefficient, 0.6, 0.08, 0);
	assert_double_equal(gain->r2, 1, 1e-12, 0);
	assert_double_equal(gain->r2_adjusted, 1, 1e-12, 0);
	assert_false(gain->has_few_samples);
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void constant_and_collinear_parameters_are_named(void **state)
{
	struct carom_store *store = opened(*state, N);
	struct carom_fits fits = fitted(store);
	const struct carom_driver *list = fits.list[0].list;

	assert_true(list[0].kind == CAROM_DRIVER_REGRESSOR &&
		    list[1].kind == CAROM_DRIVER_REGRESSOR);
	assert_true(list[2].parameter == R2 && list[2].kind == CAROM_DRIVER_COLLINEAR);
	assert_int_equal(list[2].collinear_with, R1);
	assert_true(isnan(list[2].coefficient));
	assert_double_equal(list[2].pearson, list[1].pearson, 1e-9, 0);
	assert_true(list[3].parameter == C1 && list[3].kind == CAROM_DRIVER_CONSTANT);
	assert_true(isnan(list[3].pearson) && isnan(list[3].spearman));
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void ranks_see_what_a_line_does_not(void **state)
{
	struct carom_store *store = opened(*state, N);
	struct carom_fits fits = fitted(store);
	const struct carom_driver *r1 = &fits.list[1].list[0];

	assert_int_equal(r1->parameter, R1);
	assert_double_equal(r1->spearman, 1, 1e-14, 0);
	assert_true(r1->pearson > 0.5 && r1->pearson < 0.8);
	assert_double_equal(fits.list[1].r2, r1->pearson * r1->pearson, 0.02, 0);
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void what_does_not_vary_is_driven_by_nothing(void **state)
{
	struct carom_store *store = opened(*state, N);
	struct carom_fits fits = fitted(store);

	assert_true(isnan(fits.list[2].r2) && isnan(fits.list[2].r2_adjusted));
	for (size_t i = 0; i < N_PARAMETERS; i++)
		assert_true(isnan(fits.list[2].list[i].coefficient) &&
			    isnan(fits.list[2].list[i].pearson));
	carom_fits_release(&fits);
	carom_store_close(store);
}

/*
 * Three parameters vary: four samples would be explained whatever they are; correlations there are.
 */
static void too_few_samples_have_no_coefficients(void **state)
{
	struct carom_store *store = opened(*state, 4);
	struct carom_fits fits = fitted(store);

	assert_true(isnan(fits.list[0].r2) && isnan(fits.list[0].list[0].coefficient));
	assert_true(fits.list[0].list[0].kind == CAROM_DRIVER_REGRESSOR);
	assert_true(fabs(fits.list[0].list[0].pearson) >= fabs(fits.list[0].list[1].pearson));
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void fewer_than_ten_samples_for_each_parameter_are_few(void **state)
{
	struct carom_store *store = opened(*state, 19);
	struct carom_fits fits = fitted(store);

	assert_true(fits.list[0].n == 18 && fits.list[0].has_few_samples &&
		    !isnan(fits.list[0].r2));
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void an_empty_store_has_fits_of_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct carom_fits fits;

	fixture_create(fixture);
	store = fixture_store(fixture);
	fits = fitted(store);
	assert_true(fits.list[0].n == 0 && isnan(fits.list[0].r2) && fits.list[0].n_list == 2);
	carom_fits_release(&fits);
	carom_store_close(store);
}

/* f3db is missing where gain is not: each is fitted where it has values. */
static void measurements_have_samples_of_their_own(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *writer;
	struct carom_store *store;
	struct carom_fits fits;

	fixture->job.n_samples = 60;
	fixture_create(fixture);
	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < 60; k++)
		store_rows_put(writer, k, (const double[]){uniform(k, 0), uniform(k, 1)},
			       (const double[]){2 * uniform(k, 0), k % 3 ? uniform(k, 1) : NAN,
						-uniform(k, 0)},
			       0.001, 0, k % 3 ? CAROM_SAMPLE_OK : CAROM_SAMPLE_MEASURE);
	store_rows_close(writer);
	carom_store_open(&store, fixture->path, &fixture->err);
	fits = fitted(store);
	assert_true(fits.list[0].n == 60 && fits.list[1].n == 40 && fits.list[2].n == 60);
	assert_true(fits.list[0].list[0].parameter == 0 && fits.list[1].list[0].parameter == 1);
	assert_double_equal(fits.list[0].list[0].coefficient, 1, 1e-12, 0);
	assert_double_equal(fits.list[1].list[0].coefficient, 1, 1e-12, 0);
	assert_double_equal(fits.list[2].list[0].coefficient, -1, 1e-12, 0);
	carom_fits_release(&fits);
	carom_store_close(store);
}

/*
 * scipy.stats.pearsonr and spearmanr of these columns; numpy.linalg.lstsq of the standardised ones
 */
static void five_samples_agree_with_scipy(void **state)
{
	static const double x[] = {1, 2, 3, 4, 5}, z[] = {2, 1, 4, 3, 7},
			    y[] = {1.1, 1.9, 3.5, 3.3, 9};
	struct store_fixture *fixture = *state;
	struct store_rows *writer;
	struct carom_store *store;
	struct carom_fits fits;

	fixture_create(fixture);
	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < 5; k++)
		store_rows_put(writer, k, (const double[]){x[k], z[k]},
			       (const double[]){y[k], 0, 0}, 0.001, 0, CAROM_SAMPLE_OK);
	store_rows_close(writer);
	carom_store_open(&store, fixture->path, &fixture->err);
	fits = fitted(store);
	assert_int_equal(fits.list[0].list[0].parameter, 1);
	assert_double_equal(fits.list[0].list[0].coefficient, 0.7048623380662127, 1e-12, 0);
	assert_double_equal(fits.list[0].list[0].pearson, 0.950692681214584, 1e-12, 0);
	assert_double_equal(fits.list[0].list[0].spearman, 0.8999999999999998, 1e-12, 0);
	assert_double_equal(fits.list[0].list[1].coefficient, 0.2982786520399464, 1e-12, 0);
	assert_double_equal(fits.list[0].list[1].pearson, 0.8792003816177456, 1e-12, 0);
	assert_double_equal(fits.list[0].list[1].spearman, 0.8999999999999998, 1e-12, 0);
	assert_double_equal(fits.list[0].r2, 0.932354170765296, 1e-12, 0);
	assert_double_equal(fits.list[0].r2_adjusted, 0.8647083415305921, 1e-12, 0);
	assert_true(fits.list[0].has_few_samples);
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void memory_that_runs_out_leaves_no_fits(void **state)
{
	struct carom_store *store = opened(*state, 50);
	struct carom_fits fits;
	int nth = 0;

	for (;; nth++) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(nth);
		if (carom_store_fit(store, NULL, &fits, &err) == 0)
			break;
		mem_fail_after(-1);
		assert_int_equal(err.status, CAROM_ERROR_MEMORY);
		assert_true(fits.n == 0 && fits.list == NULL);
	}
	mem_fail_after(-1);
	assert_true(nth > 20);
	carom_fits_release(&fits);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(coefficients_are_in_units_of_the_spread),
		STORE_CASE(constant_and_collinear_parameters_are_named),
		STORE_CASE(ranks_see_what_a_line_does_not),
		STORE_CASE(what_does_not_vary_is_driven_by_nothing),
		STORE_CASE(too_few_samples_have_no_coefficients),
		STORE_CASE(fewer_than_ten_samples_for_each_parameter_are_few),
		STORE_CASE(an_empty_store_has_fits_of_nothing),
		STORE_CASE(measurements_have_samples_of_their_own),
		STORE_CASE(five_samples_agree_with_scipy),
		STORE_CASE(memory_that_runs_out_leaves_no_fits),
	};

	return run_all_tests(tests);
}
