/* SPDX-License-Identifier: BSD-3-Clause */
/* Decimal to binary: the same bits as strtod, on random numbers and on those that are hard. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "support.h"

static void assert_rounds(uint64_t integer, int exponent)
{
	char text[40];

	snprintf(text, sizeof(text), "%" PRIu64 "e%d", integer, exponent);
	assert_same_bits(decimal_round(integer, exponent), strtod(text, NULL));
}

static void random_integers_and_exponents_are_rounded_as_by_strtod(void **state)
{
	(void)state;
	for (int i = 0; i < 200000; i++)
		assert_rounds(random_bits() >> random_below(64), (int)random_below(720) - 370);
	for (int i = 0; i < 200000; i++)
		assert_rounds(random_bits() >> random_below(64), (int)random_below(60) - 30);
}

/* The digits of a double, as simulators print them, of which the last decides. */
static void printed_doubles_are_rounded_as_by_strtod(void **state)
{
	(void)state;
	for (int i = 0; i < 200000; i++) {
		int n_digits = 14 + (int)random_below(6);
		char text[40];
		char *mark;

		snprintf(text, sizeof(text), "%.*e", n_digits - 1, fabs(random_double()));
		mark = strchr(text, 'e');
		*mark = '\0';
		memmove(text + 1, text + 2, strlen(text + 2) + 1);
		assert_rounds(strtoull(text, NULL, 10), atoi(mark + 1) - (n_digits - 1));
	}
}

/* (2 k + 1) 2^n lies in the middle between two doubles; its neighbours do not. */
static void exact_halves_go_to_the_even_double(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint64_t half = ((uint64_t)1 << 53 | random_bits() >> 11) << 1 | 1;
		int power = (int)random_below(5);

		for (uint64_t integer = half - 1; integer <= half + 1; integer++)
			assert_rounds(integer << power, 0);
	}
	for (int exponent = -4; exponent < 24; exponent++)
		for (uint64_t k = 0; k < 2000; k++)
			assert_rounds(9007199254740993u + k, exponent);
	assert_same_bits(decimal_round(9007199254740993u, 0), 9007199254740992.0);
	assert_same_bits(decimal_round(9007199254740995u, 0), 9007199254740996.0);
}

static void the_largest_and_the_least_are_rounded_as_by_strtod(void **state)
{
	(void)state;
	assert_rounds(17976931348623157u, 292);
	assert_rounds(17976931348623158u, 292);
	assert_rounds(17976931348623159u, 292);
	assert_rounds(1797693134862315807u, 290);
	assert_rounds(1797693134862315808u, 290);
	assert_rounds(22250738585072011u, -324); /* below the least normal number */
	assert_rounds(22250738585072014u, -324);
	assert_rounds(2225073858507201136u, -326);
	assert_rounds(49406564584124654u, -340);
	assert_rounds(24703282292062327u, -340);
	assert_rounds(24703282292062328u, -340);
	assert_rounds(2470328229206232721u, -342);
	assert_rounds(2470328229206232720u, -342);
	assert_rounds(UINT64_MAX, 308);
	assert_rounds(UINT64_MAX, -342);
	assert_rounds(0, 5);
}

static void exponents_beyond_all_doubles_give_0_and_infinity(void **state)
{
	(void)state;
	assert_same_bits(decimal_round(1, INT64_MAX), INFINITY);
	assert_same_bits(decimal_round(1, 309), INFINITY);
	assert_same_bits(decimal_round(UINT64_MAX, INT64_MIN), 0);
	assert_same_bits(decimal_round(UINT64_MAX, -344), 0);
	assert_same_bits(decimal_round(0, INT64_MAX), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_integers_and_exponents_are_rounded_as_by_strtod),
		cmocka_unit_test(printed_doubles_are_rounded_as_by_strtod),
		cmocka_unit_test(exact_halves_go_to_the_even_double),
		cmocka_unit_test(the_largest_and_the_least_are_rounded_as_by_strtod),
		cmocka_unit_test(exponents_beyond_all_doubles_give_0_and_infinity),
	};

	return run_all_tests(tests);
}
