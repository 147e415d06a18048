/* SPDX-License-Identifier: BSD-3-Clause */
/* Distributions: their words, their draws and the normal quantile. */
#include <math.h>
#include <string.h>

#include "study/distribution.h"
#include "study/philox.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

static struct distribution parsed(const char *text)
{
	struct distribution distribution;
	struct carom_error err = CAROM_ERROR_INIT;
	size_t used = 0;
	int status = distribution_parse(&distribution, text, &used, &err);

	assert_ok(&err);
	assert_int_equal(status, 0);
	assert_int_equal(used, strlen(text));
	return distribution;
}

static void assert_refused(const char *text, int column, const char *message)
{
	struct distribution distribution = {DISTRIBUTION_UNIFORM, false, 42};
	struct carom_error err = CAROM_ERROR_INIT;
	size_t used = 99;

	assert_int_equal(distribution_parse(&distribution, text, &used, &err), CAROM_ERROR_SYNTAX);
	assert_int_equal(err.status, CAROM_ERROR_SYNTAX);
	assert_error_says(&err, message);
	assert_int_equal(err.column, column);
	assert_true(distribution.spread == 42 && used == 99);
}

static void a_percentage_is_relative_and_anything_else_absolute(void **state)
{
	struct distribution d = parsed("gauss 1%");

	(void)state;
	assert_int_equal(d.kind, DISTRIBUTION_GAUSS);
	assert_true(d.is_relative);
	assert_same_bits(d.spread, 0.01);
	d = parsed("gauss 5m");
	assert_false(d.is_relative);
	assert_same_bits(d.spread, 5e-3);
	d = parsed("uniform 2.5kOhm");
	assert_int_equal(d.kind, DISTRIBUTION_UNIFORM);
	assert_false(d.is_relative);
	assert_same_bits(d.spread, 2500);
	d = parsed("lognormal 10%");
	assert_int_equal(d.kind, DISTRIBUTION_LOGNORMAL);
	assert_true(d.is_relative);
	assert_same_bits(d.spread, 0.1);
}

static void a_tolerance_at_many_sigmas_is_divided(void **state)
{
	(void)state;
	assert_same_bits(parsed("gauss 3% 3sigma").spread, 0.01);
	assert_same_bits(parsed("gauss 3m 1.5sigma").spread, 2e-3);
	assert_same_bits(parsed("lognormal 40% 4sigma").spread, 0.1);
}

static void case_and_blanks_do_not_matter(void **state)
{
	struct distribution d = parsed("  \tGauss \t 6%   3SIGMA");

	(void)state;
	assert_int_equal(d.kind, DISTRIBUTION_GAUSS);
	assert_same_bits(d.spread, 0.02);
}

static void what_follows_is_left_for_the_caller(void **state)
{
	struct distribution d;
	size_t used;

	(void)state;
	assert_int_equal(distribution_parse(&d, "gauss 1% each", &used, NULL), 0);
	assert_int_equal(used, strlen("gauss 1%"));
	assert_int_equal(distribution_parse(&d, "gauss 1% 2sigma  each", &used, NULL), 0);
	assert_int_equal(used, strlen("gauss 1% 2sigma"));
	assert_int_equal(distribution_parse(&d, "uniform 1% ", &used, NULL), 0);
	assert_int_equal(used, strlen("uniform 1%"));
}

static void a_mistake_is_told_with_its_column_and_a_remedy(void **state)
{
	(void)state;
	assert_refused("", 1,
		       "distribution missing\nsay for example \"gauss 1%\", \"uniform 20%\" or "
		       "\"lognormal 10%\"");
	assert_refused(" gaus 1%", 2,
		       "unknown distribution \"gaus\"\nuse gauss, uniform or lognormal");
	assert_refused("gaussian 1%", 1,
		       "unknown distribution \"gaussian\"\nuse gauss, uniform or lognormal");
	assert_refused("uniform", 8, "tolerance missing\nsay for example \"uniform 1%\"");
	assert_refused("gauss each", 7,
		       "\"each\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss %", 7, "\"%\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss 1%%", 7, "\"1%%\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss nan", 7, "\"nan\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss inf%", 7,
		       "\"inf%\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss 1e999", 7,
		       "\"1e999\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss -1%", 7, "tolerance \"-1%\" is negative\nleave out its sign");
	assert_refused("lognormal 5m", 11,
		       "lognormal tolerance \"5m\" is not relative\ngive it as a percentage, for "
		       "example \"lognormal 10%\"");
	assert_refused("gauss 3% 3 sigma", 10,
		       "\"3\" is not understood after a tolerance\nhow many sigmas it stands for "
		       "is one word, for example \"3sigma\"");
	assert_refused("gauss 3% 0sigma", 10,
		       "\"0sigma\": the number of sigmas must be above zero");
	assert_refused("gauss 3% -3sigma", 10,
		       "\"-3sigma\": the number of sigmas must be above zero");
	assert_refused("uniform 3% 3sigma", 12,
		       "the tolerance of uniform is its half width\nleave out \"3sigma\"");
}

static void no_tolerance_gives_the_nominal_value_exactly(void **state)
{
	static const char *const texts[] = {"gauss 0%", "gauss 0", "uniform 0%", "lognormal 0%"};

	(void)state;
	for (size_t i = 0; i < N_OF(texts); i++) {
		struct distribution d = parsed(texts[i]);

		assert_same_bits(distribution_draw(&d, 4.7e3, 0x1p-53), 4.7e3);
		assert_same_bits(distribution_draw(&d, 4.7e3, 0.9), 4.7e3);
	}
}

/* 0.975: z = 1.959963984540054 */
static void a_draw_is_the_quantile_of_its_distribution(void **state)
{
	const double z = 1.9599639845400539;
	struct distribution d = parsed("gauss 1%");

	(void)state;
	assert_same_bits(distribution_draw(&d, 1e3, 0.5), 1e3);
	assert_double_equal(distribution_draw(&d, 1e3, 0.975), 1e3 + 10 * z, 1e-15, 0);
	assert_double_equal(distribution_draw(&d, -1e3, 0.975), -1e3 + 10 * z, 1e-15, 0);
	d = parsed("gauss 5m");
	assert_double_equal(distribution_draw(&d, 0, 0.025), -5e-3 * z, 1e-15, 0);
	d = parsed("uniform 20%");
	assert_double_equal(distribution_draw(&d, 100, 0.25), 90, 1e-15, 0);
	d = parsed("uniform 2");
	assert_double_equal(distribution_draw(&d, 100, 0.75), 101, 1e-15, 0);
	d = parsed("lognormal 10%");
	assert_same_bits(distribution_draw(&d, 1e-12, 0.5), 1e-12);
	assert_double_equal(distribution_draw(&d, 1e-12, 0.975), 1e-12 * exp(0.1 * z), 1e-15, 0);
	assert_double_equal(distribution_draw(&d, -2, 0.975), -2 * exp(-0.1 * z), 1e-15, 0);
}

static void a_draw_grows_with_u_whatever_the_sign_of_the_nominal_value(void **state)
{
	static const char *const texts[] = {"gauss 5%", "uniform 5%", "lognormal 5%"};

	(void)state;
	for (size_t i = 0; i < N_OF(texts); i++) {
		struct distribution d = parsed(texts[i]);

		for (double u = 0.001; u < 0.998; u += 0.001) {
			assert_true(distribution_draw(&d, 3, u) <
				    distribution_draw(&d, 3, u + 1e-3));
			assert_true(distribution_draw(&d, -3, u) <
				    distribution_draw(&d, -3, u + 1e-3));
		}
	}
}

/* Mean and variance of n draws against theory, within five standard errors. */
static void moments_of_many_draws_are_those_of_the_distribution(void **state)
{
	enum { N = 100000 };
	static const struct {
		const char *text;
		double mean, variance, kurtosis;
	} cases[] = {
		{"gauss 2", 10, 4, 3},
		{"uniform 3", 10, 3, 1.8},
		/* 10 exp(s^2/2); mean^2 (exp(s^2) - 1); e^4w + 2e^3w + 3e^2w - 3 with w = s^2 */
		{"lognormal 10%", 10.050125208594, 1.0151036, 3.1623},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct distribution d = parsed(cases[i].text);
		double sum = 0, squares = 0;

		for (uint64_t k = 0; k < N; k++) {
			double x =
				distribution_draw(&d, 10, philox_uniform(1, k, i)) - cases[i].mean;

			sum += x;
			squares += x * x;
		}
		assert_double_equal(sum / N, 0, 0, 5 * sqrt(cases[i].variance / N));
		assert_double_equal(squares / N, cases[i].variance,
				    5 * sqrt((cases[i].kurtosis - 1) / N), 0);
	}
}

/*
 * p, quantile of the double next to p.  By mpmath with 60 digits:
 * findroot(lambda z: log(erfc(z/sqrt(2))/2) - log(min(p, 1-p)), ...), with the sign of p - 1/2.
 */
static void the_normal_quantile_is_right_to_the_last_digits(void **state)
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
		assert_double_equal(distribution_normal_quantile(cases[i].p), cases[i].z, 1e-15, 0);
}

static void the_normal_quantile_inverts_the_distribution_function(void **state)
{
	(void)state;
	for (double p = 1e-300; p < 0.5; p *= 1.7)
		assert_double_equal(erfc(-distribution_normal_quantile(p) / M_SQRT2) / 2, p, 1e-12,
				    0);
}

static void the_ends_of_the_normal_quantile_are_infinite_and_beyond_is_nan(void **state)
{
	(void)state;
	assert_true(distribution_normal_quantile(0.5) == 0);
	assert_true(distribution_normal_quantile(0) == -INFINITY);
	assert_true(distribution_normal_quantile(1) == INFINITY);
	assert_true(isnan(distribution_normal_quantile(-0.1)));
	assert_true(isnan(distribution_normal_quantile(1.1)));
	assert_true(isnan(distribution_normal_quantile(NAN)));
}

static void each_kind_has_the_name_it_is_written_with(void **state)
{
	(void)state;
	assert_string_equal(distribution_kind_name(DISTRIBUTION_GAUSS), "gauss");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_UNIFORM), "uniform");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_LOGNORMAL), "lognormal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_percentage_is_relative_and_anything_else_absolute),
		cmocka_unit_test(a_tolerance_at_many_sigmas_is_divided),
		cmocka_unit_test(case_and_blanks_do_not_matter),
		cmocka_unit_test(what_follows_is_left_for_the_caller),
		cmocka_unit_test(a_mistake_is_told_with_its_column_and_a_remedy),
		cmocka_unit_test(no_tolerance_gives_the_nominal_value_exactly),
		cmocka_unit_test(a_draw_is_the_quantile_of_its_distribution),
		cmocka_unit_test(a_draw_grows_with_u_whatever_the_sign_of_the_nominal_value),
		cmocka_unit_test(moments_of_many_draws_are_those_of_the_distribution),
		cmocka_unit_test(the_normal_quantile_is_right_to_the_last_digits),
		cmocka_unit_test(the_normal_quantile_inverts_the_distribution_function),
		cmocka_unit_test(the_ends_of_the_normal_quantile_are_infinite_and_beyond_is_nan),
		cmocka_unit_test(each_kind_has_the_name_it_is_written_with),
	};

	return run_all_tests(tests);
}
