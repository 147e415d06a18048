/* SPDX-License-Identifier: BSD-3-Clause */
/* Moments and quantiles against known values. */
#include <math.h>
#include <string.h>

#include "statistics/philox.h"
#include "statistics/stats.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

static const double few[] = {3.1, -2, 8, 0.5, 7.25, 8, 1e-3};

/* numpy.mean(few), numpy.std(few, ddof=1) */
static void moments_are_those_of_the_values(void **state)
{
	struct stats_moments m = stats_moments(few, N_OF(few));

	(void)state;
	assert_int_equal(m.n, 7);
	assert_double_equal(m.mean, 3.5501428571428577, 1e-15, 0);
	assert_double_equal(m.sd, 4.207095214379768, 1e-15, 0);
	assert_true(m.min == -2 && m.max == 8);
}

/* scipy.stats.skew(few, bias=False), scipy.stats.kurtosis(few, bias=False); and of 1 2 3 4 100 */
static void skew_and_kurtosis_are_without_bias(void **state)
{
	const double skewed[] = {1, 2, 3, 4, 100};
	struct stats_moments m = stats_moments(few, N_OF(few));

	(void)state;
	assert_double_equal(m.skew, -0.05411231451251562, 1e-13, 0);
	assert_double_equal(m.kurtosis, -2.173886471406182, 1e-13, 0);
	m = stats_moments(skewed, N_OF(skewed));
	assert_double_equal(m.skew, 2.232395911636458, 1e-13, 0);
	assert_double_equal(m.kurtosis, 4.986865957200654, 1e-13, 0);
}

static void shape_does_not_depend_on_the_unit(void **state)
{
	struct stats_moments m, small, large;
	double scaled[N_OF(few)];

	(void)state;
	m = stats_moments(few, N_OF(few));
	for (size_t i = 0; i < N_OF(few); i++)
		scaled[i] = few[i] * 0x1p-1000;
	small = stats_moments(scaled, N_OF(few));
	for (size_t i = 0; i < N_OF(few); i++)
		scaled[i] = few[i] * 0x1p1000;
	large = stats_moments(scaled, N_OF(few));
	assert_same_bits(small.kurtosis, m.kurtosis);
	assert_same_bits(large.kurtosis, m.kurtosis);
	assert_same_bits(small.sd, m.sd * 0x1p-1000);
	assert_same_bits(large.skew, m.skew);
}

static void shape_takes_three_and_four_values(void **state)
{
	struct stats_moments m = stats_moments(few, 3);

	(void)state;
	assert_true(isfinite(m.skew) && isnan(m.kurtosis));
	assert_true(isnan(stats_moments(few, 2).skew) && isfinite(stats_moments(few, 2).sd));
	assert_true(isfinite(stats_moments(few, 4).kurtosis));
}

static void one_value_has_no_deviation_and_none_has_nothing(void **state)
{
	struct stats_moments m = stats_moments(few, 1);

	(void)state;
	assert_true(m.n == 1 && m.mean == 3.1 && m.min == 3.1 && m.max == 3.1);
	assert_true(isnan(m.sd));
	m = stats_moments(NULL, 0);
	assert_int_equal(m.n, 0);
	assert_true(isnan(m.mean) && isnan(m.sd) && isnan(m.min) && isnan(m.max));
}

static void a_constant_column_has_exactly_no_deviation(void **state)
{
	double column[1000];
	struct stats_moments m;

	(void)state;
	for (size_t i = 0; i < N_OF(column); i++)
		column[i] = 0.1;
	m = stats_moments(column, N_OF(column));
	assert_same_bits(m.mean, 0.1);
	assert_same_bits(m.sd, 0);
	assert_true(isnan(m.skew) && isnan(m.kurtosis));
}

/* Sums of squares lose everything here: 1e9 + {4, 7, 13, 16} has variance 30 (n - 1). */
static void a_large_mean_does_not_swallow_the_deviation(void **state)
{
	const double column[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
	struct stats_moments m = stats_moments(column, 4);

	(void)state;
	assert_same_bits(m.mean, 1e9 + 10);
	assert_double_equal(m.sd, sqrt(30), 1e-12, 0);
}

static void sorting_puts_values_in_order(void **state)
{
	double values[1000];

	(void)state;
	for (size_t i = 0; i < N_OF(values); i++)
		values[i] = floor(1000 * philox_uniform(1, i, 0)) - 500;
	values[17] = -INFINITY;
	values[18] = INFINITY;
	stats_sort(values, N_OF(values));
	for (size_t i = 1; i < N_OF(values); i++)
		assert_true(values[i - 1] <= values[i]);
	assert_true(values[0] == -INFINITY && values[999] == INFINITY);
}

/* numpy.quantile(few, p, method='linear') */
static void quantiles_are_of_type_seven(void **state)
{
	static const struct {
		double p, quantile;
	} cases[] = {{0, -2},       {0.05, -1.3997}, {0.25, 0.2505}, {0.5, 3.1},
		     {0.75, 7.625}, {0.95, 8},       {1, 8}};
	double sorted[N_OF(few)];

	(void)state;
	memcpy(sorted, few, sizeof(few));
	stats_sort(sorted, N_OF(sorted));
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(stats_quantile(sorted, N_OF(sorted), cases[i].p),
				    cases[i].quantile, 1e-15, 0);
}

static void quantiles_of_one_value_are_that_value_and_of_none_nan(void **state)
{
	(void)state;
	stats_sort(NULL, 0);
	assert_true(isnan(stats_quantile(NULL, 0, 0.5)));
	assert_same_bits(stats_quantile(few, 1, 0), 3.1);
	assert_same_bits(stats_quantile(few, 1, 0.3), 3.1);
	assert_same_bits(stats_quantile(few, 1, 1), 3.1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_those_of_the_values),
		cmocka_unit_test(skew_and_kurtosis_are_without_bias),
		cmocka_unit_test(shape_does_not_depend_on_the_unit),
		cmocka_unit_test(shape_takes_three_and_four_values),
		cmocka_unit_test(one_value_has_no_deviation_and_none_has_nothing),
		cmocka_unit_test(a_constant_column_has_exactly_no_deviation),
		cmocka_unit_test(a_large_mean_does_not_swallow_the_deviation),
		cmocka_unit_test(sorting_puts_values_in_order),
		cmocka_unit_test(quantiles_are_of_type_seven),
		cmocka_unit_test(quantiles_of_one_value_are_that_value_and_of_none_nan),
	};

	return run_all_tests(tests);
}
