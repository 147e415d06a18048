/* SPDX-License-Identifier: BSD-3-Clause */
/* Printing numbers: the fewest digits that read back, and engineering notation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "support.h"

static void assert_prints(double value, const char *expected)
{
	char buffer[NUMBER_SIZE];

	assert_int_equal(number_print(buffer, value), strlen(expected));
	assert_string_equal(buffer, expected);
}

static void short_numbers_are_printed_short(void **state)
{
	(void)state;
	assert_prints(0, "0");
	assert_prints(-0.0, "-0");
	assert_prints(1, "1");
	assert_prints(-1000, "-1000");
	assert_prints(0.1, "0.1");
	assert_prints(4.7e-6, "4.7e-06");
	assert_prints(0.00012, "0.00012");
	assert_prints(123456.789, "123456.789");
	assert_prints(1e15, "1e+15");
	assert_prints(999999999999999, "999999999999999");
	assert_prints(1e100, "1e+100");
	assert_prints(-2.5e-300, "-2.5e-300");
	assert_prints(1.0 / 3, "0.3333333333333333");
	assert_prints(0.1 + 0.2, "0.30000000000000004");
}

static void what_is_not_finite_is_a_word(void **state)
{
	(void)state;
	assert_prints((double)NAN, "nan");
	assert_prints(-(double)NAN, "nan");
	assert_prints((double)INFINITY, "inf");
	assert_prints(-(double)INFINITY, "-inf");
}

/* What the header promises, by the C library. */
static void print_by_trying(char *buffer, double value)
{
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(buffer, NUMBER_SIZE, "%.*g", digits, value);
		if (strtod(buffer, NULL) == value)
			return;
	}
}

static void assert_prints_as_tried(double value)
{
	char expected[NUMBER_SIZE];

	print_by_trying(expected, value);
	assert_prints(value, expected);
}

static void printing_is_the_shortest_that_reads_back(void **state)
{
	(void)state;
	for (int i = 0; i < 200000; i++) {
		double few_digits =
			(double)(random_bits() % 1000000) * pow(10, (int)(random_bits() % 40) - 30);

		assert_prints_as_tried(random_double());
		assert_prints_as_tried(few_digits);
		assert_prints_as_tried(nextafter(few_digits, 1e300));
		assert_prints_as_tried(1e3 + 1e-9 * (double)(random_bits() % 1000000));
		assert_prints_as_tried((double)(int64_t)random_bits());
	}
}

static void powers_of_two_and_ten_are_printed_right(void **state)
{
	(void)state;
	for (int e = -1074; e < 1024; e++) {
		assert_prints_as_tried(ldexp(1, e));
		assert_prints_as_tried(-nextafter(ldexp(1, e), 0));
	}
	for (int e = -323; e < 309; e++) {
		double power = pow(10, e);

		assert_prints_as_tried(power);
		assert_prints_as_tried(nextafter(power, 0));
		assert_prints_as_tried(nextafter(power, (double)INFINITY));
	}
}

static void a_number_of_given_digits_is_printed_as_by_printf(void **state)
{
	char expected[NUMBER_SIZE];
	char buffer[NUMBER_SIZE];

	(void)state;
	for (int i = 0; i < 100000; i++) {
		double value = i % 2 ? random_double() : (double)(random_bits() % 100000) / 64;
		int digits = i % 17 + 1;

		snprintf(expected, sizeof(expected), "%.*g", digits, value);
		assert_int_equal(number_print_digits(buffer, value, digits), strlen(expected));
		assert_string_equal(buffer, expected);
	}
}

static void digits_are_limited_to_what_fits(void **state)
{
	char buffer[NUMBER_SIZE];

	(void)state;
	number_print_digits(buffer, -1.0 / 3, 1000);
	assert_string_equal(buffer, "-0.33333333333333331");
	number_print_digits(buffer, 0.16, 0);
	assert_string_equal(buffer, "0.2");
	number_print_digits(buffer, (double)INFINITY, 3);
	assert_string_equal(buffer, "inf");
}

static void assert_si(double value, int digits, const char *expected)
{
	char buffer[NUMBER_SIZE];

	assert_int_equal(number_print_si(buffer, value, digits), strlen(expected));
	assert_string_equal(buffer, expected);
}

static void engineering_notation_has_suffixes(void **state)
{
	(void)state;
	assert_si(4700, 3, "4.7k");
	assert_si(33e-9, 3, "33n");
	assert_si(1.25e6, 3, "1.25meg");
	assert_si(-1e-15, 3, "-1f");
	assert_si(2.2e-12, 4, "2.2p");
	assert_si(1e-6, 1, "1u");
	assert_si(0.01, 3, "10m");
	assert_si(0, 3, "0");
	assert_si(999, 3, "999");
	assert_si(3e9, 3, "3g");
	assert_si(470e12, 3, "470t");
}

static void engineering_notation_rounds_into_the_next_group(void **state)
{
	(void)state;
	assert_si(999.6, 3, "1k");
	assert_si(9.9996e-7, 4, "1u");
	assert_si(123456, 2, "120k");
	assert_si(123456, 1, "100k");
	assert_si(123456, 6, "123.456k");
	assert_si(0.5, 0, "500m");
}

static void beyond_the_suffixes_there_are_exponents(void **state)
{
	(void)state;
	assert_si(1e15, 3, "1e+15");
	assert_si(1e-18, 3, "1e-18");
	assert_si((double)NAN, 3, "nan");
	assert_si(-(double)INFINITY, 3, "-inf");
}

static void engineering_notation_reads_back(void **state)
{
	char buffer[NUMBER_SIZE];
	char expected[64];
	double value;

	(void)state;
	for (int exponent = -20; exponent < 18; exponent++) {
		for (int n = 1; n < 1000; n += 7) {
			snprintf(expected, sizeof(expected), "%de%d", n, exponent);
			number_print_si(buffer, strtod(expected, NULL), 3);
			assert_true(number_parse(buffer, &value));
			assert_same_bits(value, strtod(expected, NULL));
		}
	}
}

static void a_locale_with_a_comma_does_not_change_printing(void **state)
{
	(void)state;
	begin_comma_locale();
	assert_prints(1.2345678901234568e-300, "1.2345678901234568e-300");
	assert_prints(0.25, "0.25");
	assert_prints(1.5e300, "1.5e+300");
	assert_si(1250.5, 5, "1.2505k");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_numbers_are_printed_short),
		cmocka_unit_test(what_is_not_finite_is_a_word),
		cmocka_unit_test(printing_is_the_shortest_that_reads_back),
		cmocka_unit_test(powers_of_two_and_ten_are_printed_right),
		cmocka_unit_test(a_number_of_given_digits_is_printed_as_by_printf),
		cmocka_unit_test(digits_are_limited_to_what_fits),
		cmocka_unit_test(engineering_notation_has_suffixes),
		cmocka_unit_test(engineering_notation_rounds_into_the_next_group),
		cmocka_unit_test(beyond_the_suffixes_there_are_exponents),
		cmocka_unit_test(engineering_notation_reads_back),
		cmocka_unit_test_teardown(a_locale_with_a_comma_does_not_change_printing,
					  end_comma_locale),
	};

	return run_all_tests(tests);
}
