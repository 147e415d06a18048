/* SPDX-License-Identifier: BSD-3-Clause */
/* Factors of correlation matrices, and what breaks one. */
#include "statistics/correlation.h"

#include <math.h>
#include <string.h>

#include "support.h"

static void the_factor_times_itself_is_the_matrix(void **state)
{
	static const double matrix[] = {1, 0.5, 1, 0.2, -0.3, 1, -0.1, 0.4, 0.25, 1};
	double factor[10];

	(void)state;
	memcpy(factor, matrix, sizeof(factor));
	assert_true(correlation_factor(factor, 4, NULL));
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j <= i; j++) {
			double sum = 0;

			for (size_t k = 0; k <= j; k++)
				sum += factor[triangle_at(i, k)] * factor[triangle_at(j, k)];
			assert_double_equal(sum, matrix[triangle_at(i, j)], 1e-15, 1e-15);
		}
}

/* numpy 1.24: linalg.cholesky([[1, .5, .2], [.5, 1, .1], [.2, .1, 1]]) */
static void the_factor_is_that_of_numpy(void **state)
{
	static const double expected[] = {1, 0.5, 0.8660254037844386, 0.2, 0, 0.9797958971132712};
	double factor[] = {1, 0.5, 1, 0.2, 0.1, 1};

	(void)state;
	assert_true(correlation_factor(factor, 3, NULL));
	for (size_t i = 0; i < 6; i++)
		assert_double_equal(factor[i], expected[i], 1e-15, 1e-15);
}

/* Of three draws the last coefficient c has to be within ab +- sqrt((1 - a^2)(1 - b^2)). */
static void the_breach_is_the_coefficient_that_the_others_do_not_allow(void **state)
{
	const double a = 0.9, b = 0.8, middle = a * b, reach = sqrt((1 - a * a) * (1 - b * b));
	double matrix[] = {1, a, 1, b, 0.1, 1};
	struct correlation_breach breach;

	(void)state;
	assert_false(correlation_factor(matrix, 3, &breach));
	assert_int_equal(breach.row, 2);
	assert_int_equal(breach.column, 1);
	assert_double_equal(breach.low, middle - reach, 1e-14, 0);
	assert_double_equal(breach.high, middle + reach, 1e-14, 0);
}

static bool is_allowed(double a, double b, double c)
{
	double matrix[] = {1, a, 1, b, c, 1};
	struct correlation_breach breach;

	return correlation_factor(matrix, 3, &breach);
}

static void what_is_within_the_range_is_allowed_and_nothing_else(void **state)
{
	double matrix[] = {1, 0.9, 1, 0.8, 0.1, 1};
	struct correlation_breach breach;

	(void)state;
	assert_false(correlation_factor(matrix, 3, &breach));
	assert_true(is_allowed(0.9, 0.8, breach.low + 1e-6));
	assert_true(is_allowed(0.9, 0.8, breach.high - 1e-6));
	assert_false(is_allowed(0.9, 0.8, breach.low - 1e-6));
	assert_false(is_allowed(0.9, 0.8, breach.high + 1e-6));
}

static void a_matrix_without_rank_is_refused(void **state)
{
	double same[] = {1, 1, 1}, opposite[] = {1, -1, 1}, nan[] = {1, NAN, 1};
	struct correlation_breach breach;

	(void)state;
	assert_false(correlation_factor(same, 2, &breach));
	assert_double_equal(breach.high, 1, 0, 0);
	assert_false(correlation_factor(opposite, 2, &breach));
	assert_double_equal(breach.low, -1, 0, 0);
	assert_false(correlation_factor(nan, 2, &breach));
}

static void deviates_are_multiplied_in_place(void **state)
{
	double factor[] = {1, 0.6, 0.8, 0, 0.28, 0.96}, deviates[] = {1, 10, 100};
	struct correlation correlation = {.factor = factor, .deviates = deviates, .n = 3};

	(void)state;
	correlation_apply(&correlation);
	assert_double_equal(deviates[0], 1, 0, 0);
	assert_double_equal(deviates[1], 8.6, 1e-15, 0);
	assert_double_equal(deviates[2], 98.8, 1e-15, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_factor_times_itself_is_the_matrix),
		cmocka_unit_test(the_factor_is_that_of_numpy),
		cmocka_unit_test(the_breach_is_the_coefficient_that_the_others_do_not_allow),
		cmocka_unit_test(what_is_within_the_range_is_allowed_and_nothing_else),
		cmocka_unit_test(a_matrix_without_rank_is_refused),
		cmocka_unit_test(deviates_are_multiplied_in_place),
	};

	return run_all_tests(tests);
}
