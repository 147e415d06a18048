/* SPDX-License-Identifier: BSD-3-Clause */
/* Units and names of ngspice's vector types. */
#include "ng-session.h"
#include "support.h"

static void types_have_the_units_and_names_of_ngspice(void **state)
{
	(void)state;
	assert_string_equal(ng_type_name(1), "time");
	assert_string_equal(ng_type_unit(1), "s");
	assert_string_equal(ng_type_unit(2), "Hz");
	assert_string_equal(ng_type_name(3), "voltage");
	assert_string_equal(ng_type_unit(4), "A");
	assert_string_equal(ng_type_unit(5), "V/sqrt(Hz)");
	assert_string_equal(ng_type_name(20), "decibel");
	assert_string_equal(ng_type_name(23), "temperature");
}

static void unknown_types_have_none(void **state)
{
	const int unknown[] = {0, -1, 24, 1000};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(ng_type_unit(unknown[i]), "");
		assert_string_equal(ng_type_name(unknown[i]), "notype");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_have_the_units_and_names_of_ngspice),
		cmocka_unit_test(unknown_types_have_none),
	};

	return run_all_tests(tests);
}
