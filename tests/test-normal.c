/* SPDX-License-Identifier: BSD-3-Clause */
/* The standard normal distribution function and its inverse, far into both tails. */
#include <math.h>

#include "statistics/normal.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

/*
 * By mpmath with 80 digits: for z in (...): nstr(erfc(-mpf(z) / sqrt(2)) / 2, 17)
 */
static void the_distribution_function_is_right_to_the_last_digits_in_both_tails(void **state)
{
	static const struct {
		double z, p;
	} cases[] = {
		{-37.5, 4.6053530095819548e-308}, {-37.0, 5.7255712225245768e-300},
		{-30.0, 4.9067139271481871e-198}, {-20.0, 2.7536241186062337e-89},
		{-10.0, 7.6198530241605261e-24},  {-8.3, 5.205569744890254e-17},
		{-5.0, 2.8665157187919391e-7},    {-3.0, 0.0013498980316300945},
		{-1.5, 0.066807201268858066},     {-1.0, 0.15865525393145705},
		{-0.1, 0.46017216272297102},      {0.1, 0.53982783727702898},
		{1.0, 0.84134474606854295},       {3.0, 0.99865010196836991},
		{6.0, 0.99999999901341235},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(normal_cdf(cases[i].z), cases[i].p, 1e-15, 0);
}

static void the_ends_of_the_distribution_function_are_0_and_1(void **state)
{
	(void)state;
	assert_same_bits(normal_cdf(-INFINITY), 0);
	assert_same_bits(normal_cdf(0), 0.5);
	assert_same_bits(normal_cdf(INFINITY), 1);
	assert_same_bits(normal_cdf(40), 1);
	assert_true(isnan(normal_cdf(NAN)));
}

/*
 * p, quantile of the double next to p.  By mpmath with 60 digits:
 * findroot(lambda z: log(erfc(z/sqrt(2))/2) - log(min(p, 1-p)), ...), with the sign of p - 1/2.
 */
static void the_quantile_is_right_to_the_last_digits(void **state)
{
	static const struct {
		double p, z;
	} cases[] = {
		{5e-324, -38.467405617144346251},
		{1e-300, -37.047096299361199237},
		{1e-100, -21.273453560965324294},
		{1e-30, -11.46402468844361572},
		{0x1p-53, -8.2095361516013868556},
		{1e-12, -7.0344838253011319326},
		{1.3e-11, -6.6676114565107408347}, /* either side of r = 5 */
		{1.5e-11, -6.6465708874771128614},
		{1e-6, -4.7534243088228989573},
		{0.001, -3.0902323061678135354},
		{0.025, -1.9599639845400542118},
		{0.0749, -1.4402382675279636631}, /* either side of |q| = 0.425 */
		{0.0751, -1.4388253927525399824},
		{0.25, -0.6744897501960817432},
		{0.3, -0.52440051270804081597},
		{0.499, -0.0025066308995717662317},
		{0.6, 0.25334710313579974132},
		{0.841344746068542948, 0.99999999999999990574},
		{0.975, 1.9599639845400538556},
		{0.999, 3.0902323061678132778},
		{0.999999999999, 7.0344869100478352057},
		{1 - 0x1p-53, 8.2095361516013868556},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(normal_quantile(cases[i].p), cases[i].z, 1e-15, 0);
}

static void the_quantile_inverts_the_distribution_function(void **state)
{
	(void)state;
	for (double p = 1e-300; p < 0.5; p *= 1.01)
		assert_double_equal(normal_cdf(normal_quantile(p)), p, 1e-12, 0);
}

static void the_ends_of_the_quantile_are_infinite_and_beyond_is_nan(void **state)
{
	(void)state;
	assert_true(normal_quantile(0.5) == 0);
	assert_true(normal_quantile(0) == -INFINITY);
	assert_true(normal_quantile(1) == INFINITY);
	assert_true(isnan(normal_quantile(-0.1)));
	assert_true(isnan(normal_quantile(1.1)));
	assert_true(isnan(normal_quantile(NAN)));
}

/*
 * By mpmath with 80 digits, the root z of erf(z / sqrt(2)) / 2 = (u - 1/2) erf(cut / sqrt(2)).
 */
static void the_quantile_that_is_cut_off_is_right_to_the_last_digits(void **state)
{
	static const struct {
		double cut, u, z;
	} cases[] = {
		{0.001, 1e-9, -0.00099999999799999935}, {0.001, 0.025, -0.00094999998456249746},
		{0.001, 0.3, -0.00039999994400000529},  {0.5, 1e-9, -0.49999999891234696},
		{0.5, 0.3, -0.19316463921382326},       {1, 1e-9, -0.99999999717862773},
		{1, 0.025, -0.93179015698519158},       {3, 1e-9, -2.99999977496977},
		{3, 0.025, -1.9384790342970541},        {3, 0.3, -0.52284816543378889},
		{6, 1e-9, -5.8853062752488284},         {6, 0.025, -1.9599639685034877},
		{6, 0.3, -0.52440051157302948},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		double u = cases[i].u, cut = cases[i].cut;

		assert_double_equal(normal_cut_quantile(u, 1 - u, cut), cases[i].z, 1e-15, 0);
		assert_double_equal(normal_cut_quantile(1 - u, u, cut), -cases[i].z, 1e-15, 0);
	}
}

static void no_deviate_is_beyond_the_cut(void **state)
{
	(void)state;
	for (double cut = 0.01; cut < 30; cut *= 1.1)
		for (double u = 1e-300; u < 0.5; u *= 100) {
			double z = normal_cut_quantile(u, 1 - u, cut);

			assert_true(z >= -cut && z < 0);
			assert_same_bits(normal_cut_quantile(1 - u, u, cut), -z);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_distribution_function_is_right_to_the_last_digits_in_both_tails),
		cmocka_unit_test(the_ends_of_the_distribution_function_are_0_and_1),
		cmocka_unit_test(the_quantile_is_right_to_the_last_digits),
		cmocka_unit_test(the_quantile_inverts_the_distribution_function),
		cmocka_unit_test(the_ends_of_the_quantile_are_infinite_and_beyond_is_nan),
		cmocka_unit_test(the_quantile_that_is_cut_off_is_right_to_the_last_digits),
		cmocka_unit_test(no_deviate_is_beyond_the_cut),
	};

	return run_all_tests(tests);
}
