/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading numbers: the syntax of SPICE, and correct rounding. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "support.h"

static void assert_reads(const char *string, double expected)
{
	double value = 7777;

	if (!number_parse(string, &value))
		fail_msg("\"%s\" is not read", string);
	assert_same_bits(value, expected);
}

static void assert_reads_part(const char *string, size_t length, double expected,
			      size_t expected_used)
{
	double value = 7777;
	size_t used = 7777;

	assert_true(number_read(string, length, &value, &used));
	assert_same_bits(value, expected);
	assert_int_equal(used, expected_used);
}

static void a_plain_number_is_read(void **state)
{
	(void)state;
	assert_reads("0", 0);
	assert_reads("-0", -0.0);
	assert_reads("1", 1);
	assert_reads("+5", 5);
	assert_reads("-5.", -5);
	assert_reads(".5", 0.5);
	assert_reads("007.250", 7.25);
	assert_reads("1e3", 1000);
	assert_reads("1E+3", 1000);
	assert_reads("1.5e-3", 1.5e-3);
	assert_reads("1d3", 1000);
	assert_reads("2.5D3", 2.5e3);
}

static void a_number_with_a_suffix_is_scaled(void **state)
{
	(void)state;
	assert_reads("1t", 1e12);
	assert_reads("1g", 1e9);
	assert_reads("1meg", 1e6);
	assert_reads("1k", 1e3);
	assert_reads("1m", 1e-3);
	assert_reads("1u", 1e-6);
	assert_reads("1\xc2\xb5", 1e-6);
	assert_reads("1n", 1e-9);
	assert_reads("1p", 1e-12);
	assert_reads("1f", 1e-15);
	assert_reads("1mil", 25.4e-6);
}

static void the_case_of_a_suffix_does_not_count(void **state)
{
	(void)state;
	assert_reads("1T", 1e12);
	assert_reads("1MEG", 1e6);
	assert_reads("1Meg", 1e6);
	assert_reads("1M", 1e-3);
	assert_reads("1MIL", 25.4e-6);
	assert_reads("1F", 1e-15);
}

static void units_after_the_suffix_are_ignored(void **state)
{
	(void)state;
	assert_reads("10kohm", 1e4);
	assert_reads("1megHz", 1e6);
	assert_reads("1.5e+6hz", 1.5e6);
	assert_reads("3.3V", 3.3);
	assert_reads("100nF", 100e-9);
	assert_reads("4.7\xc2\xb5"
		     "F",
		     4.7e-6);
	assert_reads("1mills", 25.4e-6);
	assert_reads("1kk", 1000);
	assert_reads("5xyz", 5);
}

/* As ngspice 39.3 prints for "r1 1 0 VALUE". */
static void letters_that_look_like_a_suffix_are_read_as_ngspice_reads_them(void **state)
{
	(void)state;
	assert_reads("1a", 1);
	assert_reads("1me", 1e-3);
	assert_reads("1mi", 1e-3);
	assert_reads("1e", 1);
	assert_reads("1ek", 1000);
	assert_reads("1eg", 1e9);
	assert_reads("5deg", 5);
	assert_reads("1x", 1);
}

static void suffix_and_exponent_add_up(void **state)
{
	(void)state;
	assert_reads("1e-3k", 1);
	assert_reads("1e3meg", 1e9);
	assert_reads("1e-320t", 1e-308);
	assert_reads("1e310f", 1e295);
}

/* 4.7 * 1e-6 and 4.7e-6 are different doubles: the suffix must be part of the exponent. */
static void a_suffix_does_not_cost_a_rounding(void **state)
{
	static const struct {
		const char *suffix;
		const char *exponent;
	} suffixes[] = {{"t", "e12"}, {"g", "e9"},  {"meg", "e6"}, {"k", "e3"},  {"m", "e-3"},
			{"u", "e-6"}, {"n", "e-9"}, {"p", "e-12"}, {"f", "e-15"}};
	char with_suffix[64];
	char with_exponent[64];

	(void)state;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		for (int n = 1; n < 1000; n++) {
			snprintf(with_suffix, sizeof(with_suffix), "%d.%d%s", n / 10, n % 10,
				 suffixes[i].suffix);
			snprintf(with_exponent, sizeof(with_exponent), "%d.%d%s", n / 10, n % 10,
				 suffixes[i].exponent);
			assert_reads(with_suffix, strtod(with_exponent, NULL));
		}
	}
}

static void mils_are_exact(void **state)
{
	char mils[64];
	char metres[64];

	(void)state;
	for (int n = 0; n < 1000; n++) {
		snprintf(mils, sizeof(mils), "%dmil", n);
		snprintf(metres, sizeof(metres), "%de-7", n * 254);
		assert_reads(mils, strtod(metres, NULL));
	}
	assert_reads("-3.9370078740157480315mil", -1.0e-4);
}

static void mils_of_many_digits_are_exact(void **state)
{
	char mils[900];
	char metres[900];

	(void)state;
	memset(mils, '9', 799);
	strcpy(mils + 799, "mil");
	/* 99…9 × 254 = 253 99…9 746, with as many nines in all as it has digits. */
	strcpy(metres, "253");
	memset(metres + 3, '9', 796);
	strcpy(metres + 799, "746e-7");
	assert_reads(mils, strtod(metres, NULL));
	memmove(mils + 1, mils, strlen(mils) + 1);
	mils[0] = '.';
	strcpy(metres + 799, "746e-806");
	assert_reads(mils, strtod(metres, NULL));
}

/* ngspice 39.3 takes "r1 a 0 1d-3" for a resistor of -3 ohms. */
static void a_d_takes_no_sign(void **state)
{
	(void)state;
	assert_reads_part("1d-3", 4, 1, 2);
	assert_reads_part("1D+3", 4, 1, 2);
	assert_reads("1d", 1);
	assert_reads("1e-3", 1e-3);
}

static void what_follows_a_number_is_left(void **state)
{
	(void)state;
	assert_reads_part("1k 5", 4, 1000, 2);
	assert_reads_part("4k7", 3, 4000, 2);
	assert_reads_part("1.2.3", 5, 1.2, 3);
	assert_reads_part("1e3.5", 5, 1000, 3);
	assert_reads_part("1e+", 3, 1, 2);
	assert_reads_part("1e+r", 4, 1, 2);
	assert_reads_part("5%", 2, 5, 1);
	assert_reads_part("2*x", 3, 2, 1);
	assert_reads_part("1,5", 3, 1, 1);
	assert_reads_part("0x10", 4, 0, 2);
}

static void nothing_beyond_the_length_is_read(void **state)
{
	static const char number[] = "-12.5e-13megohm";
	static const double values[] = {
		0,        0,         -1,        -12,       -12,      -12.5,    -12.5,    -12.5,
		-12.5e-1, -12.5e-13, -12.5e-16, -12.5e-16, -12.5e-7, -12.5e-7, -12.5e-7, -12.5e-7};

	(void)state;
	for (size_t length = 2; length < sizeof(number); length++) {
		/* Of this very size, so that a sanitizer sees a byte too many. */
		char *exact = malloc(length);

		memcpy(exact, number, length);
		assert_reads_part(exact, length, values[length], length == 7 ? 6 : length);
		free(exact);
	}
}

static void what_is_no_number_is_refused(void **state)
{
	static const char *const strings[] = {"",    "+",   "-",  ".",   "-.",  "e5", ".e5", "k",
					      "--1", "+-1", " 1", "inf", "nan", "$1", "..1"};

	(void)state;
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		double value = 7777;
		size_t used = 7777;

		if (number_read(strings[i], strlen(strings[i]), &value, &used))
			fail_msg("\"%s\" is read as %g", strings[i], value);
		assert_same_bits(value, 7777);
		assert_int_equal(used, 7777);
		assert_false(number_parse(strings[i], &value));
	}
}

static void the_whole_string_must_be_the_number(void **state)
{
	double value = 7777;

	(void)state;
	assert_false(number_parse("1k ", &value));
	assert_false(number_parse("4k7", &value));
	assert_false(number_parse("1%", &value));
	assert_same_bits(value, 7777);
}

static void a_plain_number_has_no_suffix(void **state)
{
	static const char *const strings[] = {"",    "1k",  "1e",   "1e+",   "1 ", " 1",
					      "1d3", "0x1", "nano", "1.2.3", "+"};
	double value = 7777;

	(void)state;
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		if (number_parse_plain(strings[i], &value))
			fail_msg("\"%s\" is read as %g", strings[i], value);
	}
	assert_same_bits(value, 7777);
	assert_true(number_parse_plain("-1.5E-03", &value));
	assert_same_bits(value, -1.5e-3);
}

static void infinities_and_nan_are_plain_numbers(void **state)
{
	double value;

	(void)state;
	assert_true(number_parse_plain("inf", &value));
	assert_same_bits(value, (double)INFINITY);
	assert_true(number_parse_plain("-Infinity", &value));
	assert_same_bits(value, -(double)INFINITY);
	assert_true(number_parse_plain("+INF", &value));
	assert_same_bits(value, (double)INFINITY);
	assert_true(number_parse_plain("-nan", &value));
	assert_true(isnan(value));
}

static void values_out_of_range_become_infinity_or_zero(void **state)
{
	(void)state;
	assert_reads("1e400", (double)INFINITY);
	assert_reads("-1e99999999999999999999999", -(double)INFINITY);
	assert_reads("1e-400", 0);
	assert_reads("-1e-99999999999999999999999", -0.0);
	assert_reads("0e99999999999999999999999", 0);
	assert_reads("1.7976931348623157e308", 1.7976931348623157e308);
	assert_reads("4.9e-324", 4.9e-324);
}

static void leading_and_trailing_zeros_cost_nothing(void **state)
{
	char number[3000];

	(void)state;
	strcpy(number, "0.");
	memset(number + 2, '0', 2000);
	strcpy(number + 2002, "25e2001");
	assert_reads(number, 2.5);
	strcpy(number, "25");
	memset(number + 2, '0', 2000);
	strcpy(number + 2002, "e-2001");
	assert_reads(number, 2.5);
}

/* 1 + 2^-53 lies half way between two doubles: one digit, far behind, decides. */
static void a_digit_far_behind_decides_a_tie(void **state)
{
	static const char tie[] = "1.00000000000000011102230246251565404236316680908203125";
	char number[2000];

	(void)state;
	assert_reads(tie, 1);
	memset(number, '0', sizeof(number));
	memcpy(number, tie, sizeof(tie) - 1);
	number[1500] = '\0';
	assert_reads(number, 1);
	number[1499] = '1';
	assert_reads(number, 1 + 0x1p-52);
}

/* strtod of the C library rounds correctly: the one to compare with. */
static void reading_is_correctly_rounded(void **state)
{
	char string[64];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		snprintf(string, sizeof(string), "%.*e", i % 21, random_double());
		assert_reads(string, strtod(string, NULL));
		snprintf(string, sizeof(string), "%d.%0*de%d", (int)(random_bits() % 1000),
			 i % 12 + 1, (int)(random_bits() % 10), (int)(random_bits() % 60) - 30);
		assert_reads(string, strtod(string, NULL));
	}
}

static void integers_at_the_edge_of_exactness_are_right(void **state)
{
	char string[64];

	(void)state;
	for (uint64_t n = ((uint64_t)1 << 53) - 10; n < ((uint64_t)1 << 53) + 10; n++) {
		for (int exponent = -24; exponent <= 24; exponent++) {
			snprintf(string, sizeof(string), "%llue%d", (unsigned long long)n,
				 exponent);
			assert_reads(string, strtod(string, NULL));
		}
	}
}

static void a_locale_with_a_comma_does_not_change_reading(void **state)
{
	double value;

	(void)state;
	begin_comma_locale();
	assert_reads("1.25k", 1250);
	assert_reads("1.00000000000000011102230246251565404236316680908203125", 1);
	assert_reads_part("1,25", 4, 1, 1);
	assert_true(number_parse_plain("1.25e-300", &value));
	assert_same_bits(value, 1.25e-300);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_number_is_read),
		cmocka_unit_test(a_number_with_a_suffix_is_scaled),
		cmocka_unit_test(the_case_of_a_suffix_does_not_count),
		cmocka_unit_test(units_after_the_suffix_are_ignored),
		cmocka_unit_test(letters_that_look_like_a_suffix_are_read_as_ngspice_reads_them),
		cmocka_unit_test(suffix_and_exponent_add_up),
		cmocka_unit_test(a_suffix_does_not_cost_a_rounding),
		cmocka_unit_test(mils_are_exact),
		cmocka_unit_test(mils_of_many_digits_are_exact),
		cmocka_unit_test(a_d_takes_no_sign),
		cmocka_unit_test(what_follows_a_number_is_left),
		cmocka_unit_test(nothing_beyond_the_length_is_read),
		cmocka_unit_test(what_is_no_number_is_refused),
		cmocka_unit_test(the_whole_string_must_be_the_number),
		cmocka_unit_test(a_plain_number_has_no_suffix),
		cmocka_unit_test(infinities_and_nan_are_plain_numbers),
		cmocka_unit_test(values_out_of_range_become_infinity_or_zero),
		cmocka_unit_test(leading_and_trailing_zeros_cost_nothing),
		cmocka_unit_test(a_digit_far_behind_decides_a_tie),
		cmocka_unit_test(reading_is_correctly_rounded),
		cmocka_unit_test(integers_at_the_edge_of_exactness_are_right),
		cmocka_unit_test_teardown(a_locale_with_a_comma_does_not_change_reading,
					  end_comma_locale),
	};

	return run_all_tests(tests);
}
