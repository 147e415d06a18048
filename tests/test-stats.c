/* SPDX-License-Identifier: BSD-3-Clause */
/* Moments, quantiles, the incomplete beta function and exact intervals against known values. */
#include <math.h>
#include <string.h>

#include "study/philox.h"
#include "study/stats.h"
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

/* mpmath, 40 digits: betainc(a, b, 0, x, regularized=True) */
static void the_incomplete_beta_function_has_its_known_values(void **state)
{
	static const struct {
		double x, a, b, value;
	} cases[] = {
		{0.5, 0.5, 0.5, 0.5},
		{0.3, 2, 5, 0.579824999999999976},
		{0.9, 2, 5, 0.999945},
		{0.001, 1, 1000, 0.632304575229035963},
		{0.5, 200, 200, 0.5},
		{0.45, 200, 200, 0.022547053568539915},
		{0.95, 950, 51, 0.537529040801425156},
		{0.999, 10000, 10, 0.45674113523447534},
		{1e-10, 0.1, 3, 0.115499999997899987},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(stats_beta(cases[i].x, cases[i].a, cases[i].b), cases[i].value,
				    1e-14 + 5e-15 * (cases[i].a + cases[i].b), 0);
}

static void the_incomplete_beta_function_is_flat_outside_its_interval(void **state)
{
	(void)state;
	assert_same_bits(stats_beta(0, 2, 3), 0);
	assert_same_bits(stats_beta(-1, 2, 3), 0);
	assert_same_bits(stats_beta(1, 2, 3), 1);
	assert_same_bits(stats_beta(2, 2, 3), 1);
	assert_true(isnan(stats_beta(NAN, 2, 3)));
}

/* mpmath, 40 digits: findroot(lambda x: betainc(a, b, 0, x, regularized=True) - p, ...) */
static void the_beta_quantile_has_its_known_values(void **state)
{
	static const struct {
		double p, a, b, x;
	} cases[] = {
		{0.5, 0.5, 0.5, 0.5},
		{0.3, 2, 5, 0.181803471318949163},
		{0.975, 51, 50, 0.601678870496699002},
		{1e-12, 3, 1000, 1.81538819767214911e-7},
		{0.999999, 3, 4, 0.983826486704940816},
		{1e-10, 0.1, 0.2, 4.39887475419436931e-99},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(stats_beta_quantile(cases[i].p, cases[i].a, cases[i].b),
				    cases[i].x, 1e-12, 0);
}

static void the_beta_quantile_ends_where_probability_does(void **state)
{
	(void)state;
	assert_same_bits(stats_beta_quantile(0, 2, 3), 0);
	assert_same_bits(stats_beta_quantile(1, 2, 3), 1);
	assert_true(isnan(stats_beta_quantile(-0.1, 2, 3)));
	assert_true(isnan(stats_beta_quantile(NAN, 2, 3)));
}

/* The same in mpmath: lower at (0.025, k, n - k + 1), upper at (0.975, k + 1, n - k). */
static void the_exact_interval_has_its_known_ends(void **state)
{
	static const struct {
		uint64_t k, n;
		double lower, upper;
	} cases[] = {
		{0, 10, 0, 0.308497107818760824},
		{1, 10, 0.0025285785444617845, 0.44501611702819542},
		{5, 10, 0.187086028447398532, 0.812913971552601468},
		{10, 10, 0.691502892181239176, 1},
		{0, 1000, 0, 0.00368208389686567209},
		{950, 1000, 0.934609512084506352, 0.962664602395338232},
		{999, 1000, 0.994441075720173327, 0.999974682512508706},
		{1000, 1000, 0.996317916103134328, 1},
		{9950, 10000, 0.993413373570920081, 0.996286693820444512},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct carom_interval c = stats_clopper_pearson(cases[i].k, cases[i].n, 0.95);

		assert_double_equal(c.lower, cases[i].lower, 1e-13, 0);
		assert_double_equal(c.upper, cases[i].upper, 1e-13, 0);
	}
}

/* mpmath as above at 0.005 and 0.995 */
static void a_higher_level_widens_the_interval(void **state)
{
	struct carom_interval c = stats_clopper_pearson(18, 20, 0.99);

	(void)state;
	assert_double_equal(c.lower, 0.612874742932473799, 1e-13, 0);
	assert_double_equal(c.upper, 0.994704850525228174, 1e-13, 0);
}

static void no_trial_says_nothing(void **state)
{
	struct carom_interval c = stats_clopper_pearson(0, 0, 0.95);

	(void)state;
	assert_true(c.lower == 0 && c.upper == 1);
}

/* The probability that the interval holds the true proportion, summed over every outcome. */
static double coverage(double proportion, uint64_t n)
{
	double sum = 0;

	for (uint64_t k = 0; k <= n; k++) {
		struct carom_interval c = stats_clopper_pearson(k, n, 0.95);
		double ways = lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma((double)(n - k) + 1);

		if (c.lower <= proportion && proportion <= c.upper)
			sum += exp(ways + (double)k * log(proportion) +
				   (double)(n - k) * log1p(-proportion));
	}
	return sum;
}

static void the_exact_interval_covers_at_least_what_it_says(void **state)
{
	(void)state;
	for (double proportion = 0.01; proportion < 1; proportion += 0.0333) {
		assert_true(coverage(proportion, 7) >= 0.95);
		assert_true(coverage(proportion, 60) >= 0.95);
	}
	assert_true(coverage(0.5, 60) < 0.98); /* but it is not arbitrarily wide */
}

/* Millions of samples: symmetric about a half, and close to the normal approximation. */
static void the_exact_interval_holds_for_a_million_trials(void **state)
{
	struct carom_interval c = stats_clopper_pearson(500000, 1000000, 0.95);

	(void)state;
	assert_double_equal(c.lower, 1 - c.upper, 1e-11, 0);
	assert_double_equal(c.upper - c.lower, 2 * 1.959963984540054 * 0.5e-3, 2e-3, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_those_of_the_values),
		cmocka_unit_test(one_value_has_no_deviation_and_none_has_nothing),
		cmocka_unit_test(a_constant_column_has_exactly_no_deviation),
		cmocka_unit_test(a_large_mean_does_not_swallow_the_deviation),
		cmocka_unit_test(sorting_puts_values_in_order),
		cmocka_unit_test(quantiles_are_of_type_seven),
		cmocka_unit_test(quantiles_of_one_value_are_that_value_and_of_none_nan),
		cmocka_unit_test(the_incomplete_beta_function_has_its_known_values),
		cmocka_unit_test(the_incomplete_beta_function_is_flat_outside_its_interval),
		cmocka_unit_test(the_beta_quantile_has_its_known_values),
		cmocka_unit_test(the_beta_quantile_ends_where_probability_does),
		cmocka_unit_test(the_exact_interval_has_its_known_ends),
		cmocka_unit_test(a_higher_level_widens_the_interval),
		cmocka_unit_test(no_trial_says_nothing),
		cmocka_unit_test(the_exact_interval_covers_at_least_what_it_says),
		cmocka_unit_test(the_exact_interval_holds_for_a_million_trials),
	};

	return run_all_tests(tests);
}
