/* SPDX-License-Identifier: BSD-3-Clause */
/* Digits of doubles against those of the C library. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "support.h"

/* Of any size, or of the sizes that are done without the C library. */
static double some_double(void)
{
	return random_bits() % 2
		       ? random_double()
		       : ldexp((double)(random_bits() >> 11), -(int)(random_bits() % 120));
}

/* As the C library prints it. */
static void print_digits(char text[64], double value, int n_digits)
{
	assert_in_range(snprintf(text, 64, "%.*e", n_digits - 1, value), 1, 63);
}

/* "-d.ddde+xx" as the digits say it. */
static void assert_digits(double value, int n_digits, struct digits digits)
{
	char expected[64], text[64], integer[32];

	print_digits(expected, value, n_digits);
	snprintf(integer, sizeof(integer), "%llu", (unsigned long long)digits.integer);
	snprintf(text, sizeof(text), "%s%.1s%s%se%+03d", digits.negative ? "-" : "", integer,
		 n_digits > 1 ? "." : "", integer + 1, digits.exponent);
	assert_int_equal(digits.n_digits, n_digits);
	if (value != 0) /* whose integer is one digit */
		assert_string_equal(text, expected);
}

static void assert_all(double value)
{
	struct digits shortest = digits_take_shortest(value);
	char printed[64];

	for (int n_digits = 1; n_digits <= DIGITS_MOST; n_digits++)
		assert_digits(value, n_digits, digits_take(value, n_digits));
	assert_digits(value, shortest.n_digits, shortest);
	assert_in_range(shortest.n_digits, 15, DIGITS_MOST);
	for (int n_digits = 15; n_digits <= shortest.n_digits; n_digits++) {
		print_digits(printed, value, n_digits);
		assert_int_equal(strtod(printed, NULL) == value, n_digits == shortest.n_digits);
	}
}

static void random_values_have_the_digits_of_the_c_library(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++)
		assert_all(some_double());
}

static void values_around_powers_have_the_digits_of_the_c_library(void **state)
{
	(void)state;
	for (int e = -130; e < 70; e++) {
		assert_all(ldexp(1, e));
		assert_all(nextafter(ldexp(1, e), 0));
		assert_all(nextafter(ldexp(1, e), 1e300));
	}
	for (int e = -40; e < 25; e++) {
		assert_all(pow(10, e));
		assert_all(-nextafter(pow(10, e), 0));
		assert_all(nextafter(pow(10, e), 1e300));
		assert_all(9.9999999999999995 * pow(10, e)); /* rounds up into one digit more */
	}
}

/* Halves, quarters, ...: what is cut off is exactly a half of the last digit. */
static void a_tie_goes_to_the_even_digit(void **state)
{
	(void)state;
	for (int i = 0; i < 2000; i++)
		assert_all((double)(random_bits() % 1000000) / 64);
	assert_int_equal(digits_take(0.5, 1).integer, 5);
	assert_int_equal(digits_take(2.5, 1).integer, 2);
	assert_int_equal(digits_take(3.5, 1).integer, 4);
}

static void the_ends_of_the_range_have_the_digits_of_the_c_library(void **state)
{
	(void)state;
	assert_all(DBL_MAX);
	assert_all(DBL_MIN);
	assert_all(nextafter(DBL_MIN, 0));
	assert_all(0x1p-1074);
}

static void zeros_at_the_end_are_dropped(void **state)
{
	struct digits digits = digits_take(-1200, 15);
	struct digits zero = digits_take(0, 3);

	(void)state;
	digits_drop_zeros(&digits);
	assert_int_equal(digits.integer, 12);
	assert_int_equal(digits.n_digits, 2);
	assert_int_equal(digits.exponent, 3);
	assert_true(digits.negative);
	digits_drop_zeros(&zero);
	assert_int_equal(zero.integer, 0);
	assert_int_equal(zero.n_digits, 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_values_have_the_digits_of_the_c_library),
		cmocka_unit_test(values_around_powers_have_the_digits_of_the_c_library),
		cmocka_unit_test(a_tie_goes_to_the_even_digit),
		cmocka_unit_test(the_ends_of_the_range_have_the_digits_of_the_c_library),
		cmocka_unit_test(zeros_at_the_end_are_dropped),
	};

	return run_all_tests(tests);
}
