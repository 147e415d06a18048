/* SPDX-License-Identifier: BSD-3-Clause */
/* Least squares: certified values, ill-conditioned and dependent regressors, rows in blocks. */
#include <math.h>

#include "base/mem.h"
#include "statistics/philox.h"
#include "statistics/regression.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

static struct regression *solved(struct regression *r)
{
	assert_true(regression_solve(r, 1e-13));
	return r;
}

/*
 * J. W. Longley, JASA 62 (1967) 819: y, x1 .. x6; condition number 5e9.
 * Certified values: NIST Statistical Reference Datasets, "Longley".
 */
static const double longley[16][7] = {
	{60323, 83.0, 234289, 2356, 1590, 107608, 1947},
	{61122, 88.5, 259426, 2325, 1456, 108632, 1948},
	{60171, 88.2, 258054, 3682, 1616, 109773, 1949},
	{61187, 89.5, 284599, 3351, 1650, 110929, 1950},
	{63221, 96.2, 328975, 2099, 3099, 112075, 1951},
	{63639, 98.1, 346999, 1932, 3594, 113270, 1952},
	{64989, 99.0, 365385, 1870, 3547, 115094, 1953},
	{63761, 100.0, 363112, 3578, 3350, 116219, 1954},
	{66019, 101.2, 397469, 2904, 3048, 117388, 1955},
	{67857, 104.6, 419180, 2822, 2857, 118734, 1956},
	{68169, 108.4, 442769, 2936, 2798, 120445, 1957},
	{66513, 110.8, 444546, 4681, 2637, 121950, 1958},
	{68655, 112.6, 482704, 3813, 2552, 123366, 1959},
	{69564, 114.2, 502601, 3931, 2514, 125368, 1960},
	{69331, 115.7, 518173, 4806, 2572, 127852, 1961},
	{70551, 116.9, 554894, 4007, 2827, 130081, 1962},
};

/* A column of ones, then x1 .. x6; rows in two blocks. */
static struct regression *longley_regression(void)
{
	struct regression *r = regression_new(7, 1);

	assert_non_null(r);
	for (size_t first = 0; first < 16; first += 9) {
		size_t n = first + 9 < 16 ? 9 : 16 - first;

		for (size_t i = 0; i < n; i++) {
			regression_column(r, 0)[i] = 1;
			for (size_t j = 1; j < 7; j++)
				regression_column(r, j)[i] = longley[first + i][j];
			regression_column(r, 7)[i] = longley[first + i][0];
		}
		regression_take(r, n);
	}
	return solved(r);
}

static void longleys_data_have_their_certified_coefficients(void **state)
{
	static const double certified[] = {
		-3482258.63459582, 15.0618722713733,    -0.0358191792925910, -2.02022980381683,
		-1.03322686717359, -0.0511041056535807, 1829.15146461355};
	struct regression *r = longley_regression();

	(void)state;
	assert_int_equal(regression_rank(r), 7);
	for (size_t j = 0; j < N_OF(certified); j++) {
		assert_double_equal(regression_coefficient(r, 0, j), certified[j], 1e-7, 0);
		assert_true(regression_partner(r, j) == REGRESSION_NONE);
	}
	assert_double_equal(regression_residual(r, 0), 836424.055505915, 1e-8, 0);
	regression_free(r);
}

/*
 * Powers of x on 30 points of [1, 2] with a little noise; condition number 3e9:
 *	x = 1 + numpy.arange(30) / 29; y = numpy.cos(3 * x) + (numpy.arange(30)
 *% 7 - 3) * 1e-3 numpy.linalg.lstsq(numpy.vander(x, 9, increasing=True), y,
 *rcond=None)[0]
 */
static void ill_conditioned_powers_agree_with_numpy(void **state)
{
	static const double numpy[] = {170.39868764342742,  -945.561695254755, 2275.706133116715,
				       -3102.9726782812036, 2609.584694738356, -1383.0657027121972,
				       451.3712834617065,   -83.0610178319796, 6.607165720677472};
	struct regression *r = regression_new(N_OF(numpy), 1);

	(void)state;
	assert_non_null(r);
	for (int i = 0; i < 30; i++) {
		double x = 1 + i / 29.0;

		for (size_t j = 0; j < N_OF(numpy); j++)
			regression_column(r, j)[i] = pow(x, (double)j);
		regression_column(r, N_OF(numpy))[i] = cos(3 * x) + (i % 7 - 3) * 1e-3;
	}
	regression_take(r, 30);
	solved(r);
	for (size_t j = 0; j < N_OF(numpy); j++)
		assert_double_equal(regression_coefficient(r, 0, j), numpy[j], 1e-5, 0);
	assert_double_equal(regression_residual(r, 0), 9.585461008391544e-05, 1e-7, 0);
	regression_free(r);
}

/*
 * Regressor 1 repeats 0 (twice as large), 3 is the sum of 0 and 2, 5 is nothing; y = 3 x0 - x2 + 5
 * x4.
 */
static struct regression *dependent_regression(size_t n_rows)
{
	struct regression *r = regression_new(6, 2);

	assert_non_null(r);
	for (size_t first = 0; first < n_rows; first += REGRESSION_BLOCK) {
		size_t n = first + REGRESSION_BLOCK < n_rows ? REGRESSION_BLOCK : n_rows - first;

		for (size_t i = 0; i < n; i++) {
			double x0 = philox_uniform(1, first + i, 0) - 0.5;
			double x2 = philox_uniform(1, first + i, 2) - 0.5;
			double x4 = philox_uniform(1, first + i, 4) - 0.5;
			const double row[] = {x0, 2 * x0, x2, x0 + x2, x4, 0, 3 * x0 - x2 + 5 * x4,
					      x4};

			for (size_t j = 0; j < N_OF(row); j++)
				regression_column(r, j)[i] = row[j];
		}
		regression_take(r, n);
	}
	return solved(r);
}

static void assert_dependence_is_found(const struct regression *r)
{
	static const double expected[] = {3, NAN, -1, NAN, 5, NAN};

	assert_int_equal(regression_rank(r), 3);
	for (size_t j = 0; j < N_OF(expected); j++) {
		if (isnan(expected[j]))
			assert_true(isnan(regression_coefficient(r, 0, j)));
		else
			assert_double_equal(regression_coefficient(r, 0, j), expected[j], 1e-12, 0);
	}
	assert_double_equal(regression_coefficient(r, 1, 4), 1, 1e-12, 0);
	assert_double_equal(regression_coefficient(r, 1, 0), 0, 0, 1e-13);
	assert_true(regression_residual(r, 0) < 1e-24 && regression_residual(r, 1) < 1e-24);
}

static void dependent_regressors_are_named_and_left_out(void **state)
{
	struct regression *r = dependent_regression(1000);

	(void)state;
	assert_dependence_is_found(r);
	assert_true(regression_partner(r, 0) == REGRESSION_NONE);
	assert_int_equal(regression_partner(r, 1), 0);
	assert_true(regression_partner(r, 2) == REGRESSION_NONE);
	assert_true(regression_partner(r, 3) == 0 || regression_partner(r, 3) == 2);
	regression_free(r);
}

static void blocks_may_be_short(void **state)
{
	struct regression *r = dependent_regression(REGRESSION_BLOCK + 1);

	(void)state;
	assert_dependence_is_found(r);
	regression_free(r);
	r = dependent_regression(7);
	assert_dependence_is_found(r);
	regression_free(r);
}

static void no_regressor_leaves_everything_unexplained(void **state)
{
	struct regression *r = regression_new(0, 1);

	(void)state;
	assert_non_null(r);
	for (int i = 0; i < 3; i++)
		regression_column(r, 0)[i] = i;
	regression_take(r, 3);
	solved(r);
	assert_double_equal(regression_residual(r, 0), 5, 1e-15, 0);
	assert_int_equal(regression_rank(r), 0);
	regression_free(r);
}

static void memory_that_runs_out_is_said(void **state)
{
	struct regression *r;

	(void)state;
	for (int nth = 0; nth < 7; nth++) {
		mem_fail_after(nth);
		assert_null(regression_new(3, 1));
		mem_fail_after(-1);
	}
	r = regression_new(3, 1);
	mem_fail_after(0);
	assert_false(regression_solve(r, 0));
	mem_fail_after(-1);
	regression_free(r);
	regression_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(longleys_data_have_their_certified_coefficients),
		cmocka_unit_test(ill_conditioned_powers_agree_with_numpy),
		cmocka_unit_test(dependent_regressors_are_named_and_left_out),
		cmocka_unit_test(blocks_may_be_short),
		cmocka_unit_test(no_regressor_leaves_everything_unexplained),
		cmocka_unit_test(memory_that_runs_out_is_said),
	};

	return run_all_tests(tests);
}
