/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers in expressions. */
#include "circuit/expression-number.h"

#include <math.h>
#include <string.h>

#include "support.h"

static void numbers_have_ngspices_values(void **state)
{
	static const struct {
		const char *text;
		double value;
		size_t used;
	} rows[] = {
		{"1", 1, 1},
		{"1.", 1, 2},
		{".5", 0.5, 2},
		{"1e3", 1e3, 3},
		{"1e+3", 1e3, 4},
		{"1E-3", 1e-3, 4},
		{"1e", 1, 2},
		{"1e+", 1, 3},
		{"1e-p", 1e-12, 4},
		{"1k", 1e3, 2},
		{"1e3k", 1e6, 4},
		{"2MEG", 2e6, 4},
		{"3megx", 3e6, 5},
		{"1mil", 1e-3, 4},
		{"1m", 1e-3, 2},
		{"1u", 1e-6, 2},
		{"1n", 1e-9, 2},
		{"1p", 1e-12, 2},
		{"1f", 1e-15, 2},
		{"1g", 1e9, 2},
		{"1T", 1e12, 2},
		{"1a", 1, 2},
		{"5volt", 5, 5},
		{"4k7", 4e3, 2},
		{"1d3", 1, 2},
		{"1_x+2", 1, 3},
		{"1.5.2", 1.5, 3},
		{"0x10", 16, 4},
		{"0x1p3", 8, 5},
		{"0x1P-1k", 500, 7},
		{"0x.8", 0.5, 4},
		{"0xAbk", 171e3, 5},
		{"0x1p", 1, 4},
		{"0x1p99999", (double)INFINITY, 9},
		{"1e400", (double)INFINITY, 5},
		{"00012", 12, 5},
		{"1 k", 1, 1},
		{"4.7u", 4.7 * 1e-6, 4},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		double value = -1;
		const char *end = expression_read_number(text, text + strlen(text), &value);

		if (!end || end != text + rows[i].used || value != rows[i].value)
			fail_msg("%s: %g, %zu bytes", text, value, end ? (size_t)(end - text) : 0);
	}
}

static void what_has_no_digits_is_none(void **state)
{
	static const char *const rows[] = {".", ".k", "0x", "0xg", "..5", "0x."};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double value;

		if (expression_read_number(rows[i], rows[i] + strlen(rows[i]), &value))
			fail_msg("%s is %g", rows[i], value);
	}
}

static void nothing_is_read_behind_the_end(void **state)
{
	const char *text = "12e34meg";
	double value;
	(void)state;

	for (size_t length = 1; length <= strlen(text); length++)
		assert_true(expression_read_number(text, text + length, &value) == text + length);
	assert_double_equal(value, 12e40, 1e-15, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_ngspices_values),
		cmocka_unit_test(what_has_no_digits_is_none),
		cmocka_unit_test(nothing_is_read_behind_the_end),
	};

	return run_all_tests(tests);
}
