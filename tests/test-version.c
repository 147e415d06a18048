/* SPDX-License-Identifier: BSD-3-Clause */
/* The version: headers and library agree, numbers and string too. */
#include <stdio.h>

#include "carom-version.h"
#include "support.h"

static void the_library_says_the_version_of_its_headers(void **state)
{
	(void)state;
	assert_string_equal(carom_version(), CAROM_VERSION_STRING);
}

static void the_numbers_make_up_the_string(void **state)
{
	char string[32];

	(void)state;
	snprintf(string, sizeof(string), "%d.%d.%d", CAROM_VERSION_MAJOR, CAROM_VERSION_MINOR,
		 CAROM_VERSION_PATCH);
	assert_string_equal(string, CAROM_VERSION_STRING);
}

static void versions_compare_as_numbers(void **state)
{
	(void)state;
	assert_true(CAROM_VERSION >= 0x000100);
	assert_true(CAROM_VERSION < 0x1000000);
	assert_int_equal(CAROM_VERSION >> 16, CAROM_VERSION_MAJOR);
	assert_int_equal(CAROM_VERSION & 0xff, CAROM_VERSION_PATCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_library_says_the_version_of_its_headers),
		cmocka_unit_test(the_numbers_make_up_the_string),
		cmocka_unit_test(versions_compare_as_numbers),
	};

	return run_all_tests(tests);
}
