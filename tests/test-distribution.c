/* SPDX-License-Identifier: BSD-3-Clause */
/* Draws: quantiles, signs, moments, and whether many draws follow the law they are drawn from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/distribution.h"
#include "statistics/normal.h"
#include "statistics/philox.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

static struct distribution parsed(const char *text)
{
	static const struct distribution_files files = {"", NULL};
	struct distribution distribution;
	struct carom_error err = CAROM_ERROR_INIT;
	size_t used = 0;
	int status = distribution_parse(&distribution, text, &files, &used, &err);

	assert_ok(&err);
	assert_int_equal(status, 0);
	assert_int_equal(used, strlen(text));
	return distribution;
}

/* What text draws for u. */
static double drawn(const char *text, double nominal, double u)
{
	struct distribution distribution = parsed(text);
	double value = distribution_draw(&distribution, nominal, u);

	distribution_release(&distribution);
	return value;
}

static void no_tolerance_gives_the_nominal_value_exactly(void **state)
{
	static const char *const texts[] = {"gauss 0%",     "gauss 0",      "uniform 0%",
					    "lognormal 0%", "triangular 0", "gauss 0 trunc 2"};

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
	static const char *const texts[] = {"gauss 5%",         "uniform 5%",
					    "lognormal 5%",     "triangular 5%",
					    "gauss 5% trunc 2", "lognormal 0.1 trunc 3"};

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
		{"triangular 3", 10, 1.5, 2.4},
		/* scipy: truncnorm(-2, 2).stats('mvk'), times 2 */
		{"gauss 2 trunc 2", 10, 3.0949652142, 2.3655367},
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
 * By scipy 1.10: triang(0.5, loc=-1, scale=2).ppf(u), truncnorm(-2, 2).ppf(u), lognorm(0.3).ppf(u),
 * exp(0.3 * truncnorm(-2, 2).ppf(u)).
 */
static void the_quantiles_are_those_of_scipy(void **state)
{
	static const struct {
		const char *text;
		double nominal, u, value;
	} cases[] = {
		{"triangular 1", 0, 0.1, -0.5527864045000421},
		{"triangular 1", 0, 0.4, -0.10557280900008414},
		{"triangular 10%", 10, 0.7, 10.2254033307585166},
		{"triangular 10%", -10, 0.999, -9.0447213595499958},
		{"gauss 1 trunc 2", 0, 0.01, -1.848083539591331},
		{"gauss 1 trunc 2", 0, 0.4, -0.2415871851410768},
		{"gauss 10% trunc 2", 10, 0.7, 10.49840288242193825},
		{"gauss 10% trunc 2", -10, 0.999, -8.0173743794979808},
		{"lognormal 30%", 1, 0.01, 0.49762705790726464},
		{"lognormal 0.3", 1, 0.7, 1.1703702524249853},
		{"lognormal 0.3 trunc 2", 1, 0.01, 0.5744024121236082},
		{"lognormal 30% trunc 2", 1, 0.7, 1.1612777003009276},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_double_equal(drawn(cases[i].text, cases[i].nominal, cases[i].u),
				    cases[i].value, 1e-14, 0);
}

/* scipy 1.10: rv_discrete(values=([1, 2, 5], [0.2, 0.5, 0.3])).ppf(u) */
static void a_discrete_draw_is_one_of_the_values_by_their_weights(void **state)
{
	static const double u[] = {1e-300, 0.1, 0.19999, 0.2001, 0.69, 0.71, 0.999, 1 - 0x1p-53};
	static const double values[] = {1, 1, 1, 2, 2, 5, 5, 5};

	(void)state;
	for (size_t i = 0; i < N_OF(u); i++)
		assert_same_bits(drawn("discrete 5:3 1:2 2:5", 99, u[i]), values[i]);
	assert_same_bits(drawn("discrete 1k 2k:1 4k", 0, 0.34), 2e3);
	assert_same_bits(drawn("discrete 7", 0, 0.5), 7);
	assert_same_bits(drawn("discrete 1 2 1 2:0", 0, 0.66), 1);
	assert_same_bits(drawn("discrete 1:0 2 3:0", 0, 1 - 0x1p-53), 2);
}

static void a_discrete_deviation_is_relative_to_the_nominal_value(void **state)
{
	(void)state;
	assert_double_equal(drawn("discrete 5% -10%", 200, 0.3), 180, 1e-15, 0);
	assert_double_equal(drawn("discrete 5% -10%", 200, 0.7), 210, 1e-15, 0);
	assert_double_equal(drawn("discrete 5% -10%", -200, 0.3), -210, 1e-15, 0);
	assert_double_equal(drawn("discrete 5% -10%", -200, 0.7), -180, 1e-15, 0);
}

static struct distribution empirical(struct distribution_table *table, struct table_entry *entries,
				     size_t n)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(distribution_table_init(table, DISTRIBUTION_EMPIRICAL, entries, n, &err),
			 0);
	return (struct distribution){.kind = DISTRIBUTION_EMPIRICAL, .table = table};
}

/* numpy 1.24: quantile([3, 1, 7, 4.5], u, method='hazen') */
static void an_empirical_draw_is_interpolated_at_the_middles_of_the_steps(void **state)
{
	static const double u[] = {1e-300, 0.05, 0.2, 0.3, 0.5, 0.61, 0.9, 1 - 0x1p-53};
	static const double values[] = {1, 1, 1.6, 2.4, 3.75, 4.41, 7, 7};
	struct table_entry entries[] = {{3, 1}, {1, 1}, {7, 1}, {4.5, 1}};
	struct distribution_table table;
	struct distribution d = empirical(&table, entries, 4);

	(void)state;
	for (size_t i = 0; i < N_OF(u); i++)
		assert_double_equal(distribution_draw(&d, 99, u[i]), values[i], 1e-15, 0);
	distribution_table_release(&table);
}

static void a_weight_is_the_same_as_so_many_equal_values(void **state)
{
	struct table_entry one[] = {{3, 2}, {1, 1}, {8, 0}}, other[] = {{3, 1}, {1, 1}, {3, 1}};
	struct distribution_table tables[2];
	struct distribution a = empirical(&tables[0], one, 3);
	struct distribution b = empirical(&tables[1], other, 3);

	(void)state;
	for (double u = 0.01; u < 1; u += 0.01)
		assert_same_bits(distribution_draw(&a, 0, u), distribution_draw(&b, 0, u));
	assert_double_equal(distribution_draw(&a, 0, 5.0 / 12), 2, 1e-15, 0);
	distribution_table_release(&tables[0]);
	distribution_table_release(&tables[1]);
}

/* ---- from a normal deviate ---- */

static void a_draw_from_a_deviate_is_that_of_its_probability(void **state)
{
	static const char *const texts[] = {"gauss 5%",
					    "gauss 2 trunc 2.5",
					    "uniform 3",
					    "lognormal 0.4",
					    "triangular 1%",
					    "discrete 1 2 3",
					    "lognormal 0.2 trunc 1"};

	(void)state;
	for (size_t i = 0; i < N_OF(texts); i++) {
		struct distribution d = parsed(texts[i]);

		for (double z = -4.003; z < 4; z += 0.05)
			assert_double_equal(distribution_draw_normal(&d, 10, z),
					    distribution_draw(&d, 10, normal_cdf(z)), 1e-12, 0);
		distribution_release(&d);
	}
}

/* Where the probability itself is 1 to all its digits. */
static void a_far_deviate_keeps_its_digits_in_the_upper_tail(void **state)
{
	struct distribution gauss = parsed("gauss 1"), cut = parsed("gauss 1 trunc 30");
	struct distribution triangular = parsed("triangular 1");

	(void)state;
	assert_same_bits(distribution_draw_normal(&gauss, 0, 11.5), 11.5);
	assert_double_equal(distribution_draw_normal(&cut, 0, 11.5), 11.5, 1e-14, 0);
	assert_double_equal(1 - distribution_draw_normal(&triangular, 0, 6),
			    sqrt(2 * normal_cdf(-6)), 1e-10, 0);
	assert_same_bits(distribution_draw_normal(&triangular, 0, 40), 1);
}

/* ---- Kolmogorov and Smirnov ---- */

enum { N_DRAWS = 100000 };

static double gauss_law(double x)
{
	return erfc(-x * M_SQRT1_2) / 2;
}

static double wrong_gauss_law(double x)
{
	return gauss_law(x / 1.05);
}

static double cut_law(double x)
{
	return (gauss_law(x) - gauss_law(-1.5)) / (1 - 2 * gauss_law(-1.5));
}

static double lognormal_law(double x)
{
	return gauss_law(log(x / 10) / 0.2);
}

static double uniform_law(double x)
{
	return (x - 8) / 4;
}

static double triangular_law(double x)
{
	return x < 0 ? (1 + x) * (1 + x) / 2 : 1 - (1 - x) * (1 - x) / 2;
}

static double discrete_law(double x)
{
	return x < 2 ? 0.2 : x < 5 ? 0.7 : 1;
}

static int compare_doubles(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

/* The largest distance between the law and the distribution function of many draws. */
static double distance(const char *text, double nominal, double (*law)(double))
{
	struct distribution d = parsed(text);
	double *x = calloc(N_DRAWS, sizeof(*x));
	double largest = 0;

	assert_non_null(x);
	for (uint64_t k = 0; k < N_DRAWS; k++)
		x[k] = distribution_draw(&d, nominal, philox_uniform(1, k, 7));
	qsort(x, N_DRAWS, sizeof(*x), compare_doubles);
	for (size_t k = 0; k < N_DRAWS; k++)
		if (k + 1 == N_DRAWS || x[k + 1] > x[k])
			largest = fmax(largest, fabs(law(x[k]) - (double)(k + 1) / N_DRAWS));
	free(x);
	distribution_release(&d);
	return largest;
}

/* scipy 1.10: kstwo.ppf(1 - 1e-4, 100000) = 0.00704: one seed in 10000 is farther off. */
static void many_draws_follow_the_law(void **state)
{
	static const struct {
		const char *text;
		double nominal;
		double (*law)(double);
	} cases[] = {
		{"gauss 1", 0, gauss_law},
		{"gauss 1 trunc 1.5", 0, cut_law},
		{"lognormal 20%", 10, lognormal_law},
		{"uniform 20%", 10, uniform_law},
		{"triangular 1", 0, triangular_law},
		{"discrete 1:2 2:5 5:3", 0, discrete_law},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_true(distance(cases[i].text, cases[i].nominal, cases[i].law) < 0.00704);
	assert_true(distance("gauss 1", 0, wrong_gauss_law) > 0.00704);
}

/* ---- names ---- */

static void each_kind_has_the_name_it_is_written_with(void **state)
{
	(void)state;
	assert_string_equal(distribution_kind_name(DISTRIBUTION_GAUSS), "gauss");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_UNIFORM), "uniform");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_LOGNORMAL), "lognormal");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_TRIANGULAR), "triangular");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_DISCRETE), "discrete");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_EMPIRICAL), "empirical");
	assert_string_equal(distribution_kind_name(DISTRIBUTION_PELGROM), "pelgrom");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_tolerance_gives_the_nominal_value_exactly),
		cmocka_unit_test(a_draw_is_the_quantile_of_its_distribution),
		cmocka_unit_test(a_draw_grows_with_u_whatever_the_sign_of_the_nominal_value),
		cmocka_unit_test(moments_of_many_draws_are_those_of_the_distribution),
		cmocka_unit_test(the_quantiles_are_those_of_scipy),
		cmocka_unit_test(a_discrete_draw_is_one_of_the_values_by_their_weights),
		cmocka_unit_test(a_discrete_deviation_is_relative_to_the_nominal_value),
		cmocka_unit_test(an_empirical_draw_is_interpolated_at_the_middles_of_the_steps),
		cmocka_unit_test(a_weight_is_the_same_as_so_many_equal_values),
		cmocka_unit_test(a_draw_from_a_deviate_is_that_of_its_probability),
		cmocka_unit_test(a_far_deviate_keeps_its_digits_in_the_upper_tail),
		cmocka_unit_test(many_draws_follow_the_law),
		cmocka_unit_test(each_kind_has_the_name_it_is_written_with),
	};

	return run_all_tests(tests);
}
