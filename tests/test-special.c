/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Special functions against known values.  Those of SciPy 1.10 (Debian's
 *python3-scipy) were printed by /usr/bin/python3 -c 'from scipy import special,
 *stats; print(repr(EXPRESSION))' of the expression above each table.
 */
#include <math.h>

#include "statistics/philox.h"
#include "statistics/special.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

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
		{0.4995, 500000, 500000, 0.158655253931426805},
		{0.001, 1000, 999000, 0.504198934243604263},
		{1e-5, 2.5, 3e5, 0.693785460281814412},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(special_beta(cases[i].x, cases[i].a, cases[i].b),
				    cases[i].value, 1e-13, 0);
}

static void the_incomplete_beta_function_is_flat_outside_its_interval(void **state)
{
	(void)state;
	assert_same_bits(special_beta(0, 2, 3), 0);
	assert_same_bits(special_beta(-1, 2, 3), 0);
	assert_same_bits(special_beta(1, 2, 3), 1);
	assert_same_bits(special_beta(2, 2, 3), 1);
	assert_true(isnan(special_beta(NAN, 2, 3)));
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
		assert_double_equal(special_beta_quantile(cases[i].p, cases[i].a, cases[i].b),
				    cases[i].x, 1e-12, 0);
}

static void the_beta_quantile_ends_where_probability_does(void **state)
{
	(void)state;
	assert_same_bits(special_beta_quantile(0, 2, 3), 0);
	assert_same_bits(special_beta_quantile(1, 2, 3), 1);
	assert_true(isnan(special_beta_quantile(-0.1, 2, 3)));
	assert_true(isnan(special_beta_quantile(NAN, 2, 3)));
}

/* The same with its sides exchanged. */
static void the_incomplete_beta_function_is_its_own_complement(void **state)
{
	(void)state;
	for (int i = 0; i < 500; i++) {
		double a = 1e3 * philox_uniform(1, (uint64_t)i, 0);
		double b = 1e3 * philox_uniform(1, (uint64_t)i, 1);
		double x = philox_uniform(1, (uint64_t)i, 2);

		assert_double_equal(special_beta(x, a, b), 1 - special_beta(1 - x, b, a), 0, 1e-12);
	}
}

/* scipy.special.gammainc(a, x) */
static void the_incomplete_gamma_function_has_its_known_values(void **state)
{
	static const struct {
		double x, a, value;
	} cases[] = {
		{0.5, 0.5, 0.6826894921370859},
		{1e-8, 0.5, 0.00011283791633342464},
		{3, 2, 0.8008517265285442},
		{10, 2, 0.9995006007726127},
		{20, 5.5, 0.9999642248754723},
		{100, 100, 0.5132987982791487},
		{90, 100, 0.15822098918643007},
		{130, 100, 0.9972495916326934},
		{499000, 500000, 0.07858029198714493},
		{501000, 500000, 0.9212813386138704},
		{1e-3, 10, 2.753227859428452e-37},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(special_gamma(cases[i].x, cases[i].a), cases[i].value, 2e-12,
				    0);
	assert_same_bits(special_gamma(0, 3), 0);
	assert_same_bits(special_gamma(-1, 3), 0);
	assert_same_bits(special_gamma(INFINITY, 3), 1);
	assert_true(isnan(special_gamma(NAN, 3)));
}

/* scipy.stats.chi2.ppf(p, freedom) */
static void the_chi_square_quantile_has_its_known_values(void **state)
{
	static const struct {
		double p, freedom, x;
	} cases[] = {
		{0.025, 1, 0.0009820691171752555},     {0.975, 1, 5.023886187314888},
		{0.5, 2, 1.386294361119891},           {0.025, 9, 2.7003894999803584},
		{0.975, 9, 19.02276779864163},         {0.005, 30, 13.78671985950272},
		{0.995, 30, 53.671961930240585},       {0.025, 999, 913.3009983021134},
		{0.975, 999, 1088.4870677259353},      {0.025, 999999, 997229.0885291945},
		{0.975, 999999, 1002772.7000820216},   {1e-10, 5, 0.00032335571462496966},
		{0.9999999999, 5, 55.562398343664846},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(special_chi_square_quantile(cases[i].p, cases[i].freedom),
				    cases[i].x, i + 1 < N_OF(cases) ? 1e-12 : 1e-7, 0);
	assert_same_bits(special_chi_square_quantile(0, 4), 0);
	assert_true(special_chi_square_quantile(1, 4) == INFINITY);
	assert_true(isnan(special_chi_square_quantile(1.5, 4)));
}

/*
 * mpmath, 40 digits: findroot of the function above in t^2 (SciPy 1.10 has 10 digits); with a
 * million by scipy.stats.t.ppf
 */
static void the_t_quantile_has_its_known_values(void **state)
{
	static const struct {
		double p, freedom, t;
	} cases[] = {
		{0.975, 1, 12.706204736174693},   {0.975, 2, 4.3026527297494618},
		{0.025, 9, -2.2621571627982055},  {0.9995, 9, 4.7809125859312179},
		{0.6, 4, 0.27072229470759736},    {0.5, 7, 0},
		{0.975, 999, 1.9623414611334496}, {0.975, 1e6, 1.9599663568141066},
		{1e-10, 3, -2225.7692846830932},  {0.999999, 99, 5.0519739982456051},
		{0.9999, 1e6, 3.719030274762571},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(special_t_quantile(cases[i].p, cases[i].freedom), cases[i].t,
				    3e-11, 0);
	assert_true(special_t_quantile(0, 4) == -INFINITY && special_t_quantile(1, 4) == INFINITY);
	assert_true(isnan(special_t_quantile(-1, 4)));
}

/* scipy.stats.binom.cdf(k, n, p) */
static void the_binomial_distribution_has_its_known_values(void **state)
{
	static const struct {
		double k, n, p, value;
	} cases[] = {
		{-1, 10, 0.3, 0},
		{0, 10, 0.3, 0.028247524900000005},
		{3, 10, 0.3, 0.6496107184000002},
		{10, 10, 0.3, 1},
		{49, 100, 0.5, 0.46020538130641075},
		{990, 1000, 0.99, 0.5426994078251104},
		{999000, 1000000, 0.999, 0.5042115551670034},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(special_binomial(cases[i].k, cases[i].n, cases[i].p),
				    cases[i].value, 1e-11, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_incomplete_beta_function_has_its_known_values),
		cmocka_unit_test(the_incomplete_beta_function_is_flat_outside_its_interval),
		cmocka_unit_test(the_beta_quantile_has_its_known_values),
		cmocka_unit_test(the_beta_quantile_ends_where_probability_does),
		cmocka_unit_test(the_incomplete_beta_function_is_its_own_complement),
		cmocka_unit_test(the_incomplete_gamma_function_has_its_known_values),
		cmocka_unit_test(the_chi_square_quantile_has_its_known_values),
		cmocka_unit_test(the_t_quantile_has_its_known_values),
		cmocka_unit_test(the_binomial_distribution_has_its_known_values),
	};

	return run_all_tests(tests);
}
