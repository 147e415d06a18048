/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers in text: the same bits as strtod, and nothing but numbers. */
#include "raw/ascii-number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* As it stands, at the end of memory, and with more text behind. */
static void assert_reads(const char *text)
{
	size_t length = strlen(text);
	char *alone = malloc(length + 1);
	char longer[2048];
	double expected = strtod(text, NULL), value = 7777;

	memcpy(alone, text, length);
	assert_int_equal(ascii_number_read(alone, length, &value), length);
	assert_same_bits(value, expected);
	free(alone);
	snprintf(longer, sizeof(longer), "%s\n\t12345678", text);
	value = 7777;
	assert_int_equal(ascii_number_read(longer, strlen(longer), &value), length);
	assert_same_bits(value, expected);
}

static void assert_refuses(const char *text)
{
	double value;

	assert_int_equal(ascii_number_read(text, strlen(text), &value), 0);
}

static void numbers_as_simulators_print_them_are_read(void **state)
{
	static const char *const formats[] = {"%.15e", "%.16e", "%.17e", "%.8e",
					      "%g",    "%.17g", "%+.6e", "%.3f"};

	(void)state;
	for (int i = 0; i < 20000; i++) {
		for (size_t k = 0; k < sizeof(formats) / sizeof(formats[0]); k++) {
			double value = random_double();
			char text[512];

			if (i % 2)
				value = (double)(int64_t)random_bits() * 1e-22;
			snprintf(text, sizeof(text), formats[k], value);
			assert_reads(text);
		}
	}
}

static void numbers_in_every_form_are_read(void **state)
{
	static const char *const texts[] = {
		"0",
		"-0",
		"+0.0",
		"1.",
		".5",
		"-.5e3",
		"1e5",
		"1E+05",
		"1e-005",
		"00000000000000000000000012",
		"123456789012345678",
		"1234567890123456789",
		"12345678901234567890",
		"0.00000000000000000000000000000000000000012345678901234567",
		"1e308",
		"1.7976931348623159e308",
		"1e-400",
		"1e99999",
		"4.9e-324",
		"2.4703282292062327e-324",
		"9007199254740993",
		"9007199254740992.99999999999999999999999999",
		"9007199254740993.00000000000000000000000001",
		"1.00000000000000011102230246251565404236316680908203125",
		"1.00000000000000011102230246251565404236316680908203124",
		"1.00000000000000011102230246251565404236316680908203126",
		"nan",
		"inf",
		"-inf",
		"Infinity",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_reads(texts[i]);
}

/* Digits of a double and of the middle to the next, written out in full. */
static void numbers_of_hundreds_of_digits_are_rounded_correctly(void **state)
{
	(void)state;
	for (int i = 0; i < 300; i++) {
		double value = fabs(random_double());
		char text[1200];

		snprintf(text, sizeof(text), "%.760e", value);
		assert_reads(text);
		snprintf(text, sizeof(text), "%.60Le",
			 ((long double)value + (long double)nextafter(value, INFINITY)) / 2);
		assert_reads(text);
	}
}

static void what_is_no_number_is_refused(void **state)
{
	static const char *const texts[] = {"",      "-",     "+",    ".",        "e5",  "1e",
					    "1e+",   "1x",    "0x10", "1.2.3",    "--1", "1e5.0",
					    "volts", "1e5e5", "1d5",  "infinite", "1/2"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_refuses(texts[i]);
}

static void a_number_ends_at_a_comma_or_a_parenthesis(void **state)
{
	double value = 0;

	(void)state;
	assert_int_equal(ascii_number_read("1.5,2", 5, &value), 3);
	assert_same_bits(value, 1.5);
	assert_int_equal(ascii_number_read("12345678901234567890)", 21, &value), 20);
	assert_same_bits(value, 12345678901234567890.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_as_simulators_print_them_are_read),
		cmocka_unit_test(numbers_in_every_form_are_read),
		cmocka_unit_test(numbers_of_hundreds_of_digits_are_rounded_correctly),
		cmocka_unit_test(what_is_no_number_is_refused),
		cmocka_unit_test(a_number_ends_at_a_comma_or_a_parenthesis),
	};

	return run_all_tests(tests);
}
