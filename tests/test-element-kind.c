/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of element letters. */
#include <string.h>

#include "circuit/element-kind.h"
#include "support.h"

static void every_letter_has_its_kind_in_either_case(void **state)
{
	(void)state;
	for (char letter = 'a'; letter <= 'z'; letter++) {
		const struct element_kind *kind = element_kind_find(letter);

		assert_non_null(kind);
		assert_int_equal(kind->letter, letter);
		assert_ptr_equal(element_kind_find((char)(letter - 'a' + 'A')), kind);
		assert_non_null(kind->name);
		assert_non_null(kind->instance_params);
		assert_true(kind->min_pins <= kind->max_pins);
	}
}

static void what_is_no_letter_has_no_kind(void **state)
{
	(void)state;
	for (int c = -128; c < 128; c++) {
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			continue;
		assert_null(element_kind_find((char)c));
	}
}

static void the_main_value_is_an_instance_parameter(void **state)
{
	(void)state;
	for (char letter = 'a'; letter <= 'z'; letter++) {
		const struct element_kind *kind = element_kind_find(letter);

		assert_int_equal(kind->value != VALUE_NONE, kind->value_param != NULL);
		assert_true(!kind->can_alter || kind->value != VALUE_NONE);
		if (kind->value_param)
			assert_true(element_kind_has_param(kind, kind->value_param));
	}
}

static void instance_parameters_are_told_from_model_parameters(void **state)
{
	static const struct {
		char letter;
		const char *param;
		int is_instance;
	} cases[] = {
		{'m', "l", 1},     {'m', "W", 1},   {'m', "delvto", 1}, {'m', "vth0", 0},
		{'q', "area", 1},  {'q', "bf", 0},  {'d', "is", 0},     {'d', "pj", 1},
		{'r', "tc1", 1},   {'r', "rsh", 0}, {'r', "DTEMP", 1},  {'c', "ic", 1},
		{'v', "acmag", 1}, {'x', "any", 0}, {'j', "beta", 0},   {'t', "z0", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
			element_kind_has_param(element_kind_find(cases[i].letter), cases[i].param),
			cases[i].is_instance);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_has_its_kind_in_either_case),
		cmocka_unit_test(what_is_no_letter_has_no_kind),
		cmocka_unit_test(the_main_value_is_an_instance_parameter),
		cmocka_unit_test(instance_parameters_are_told_from_model_parameters),
	};

	return run_all_tests(tests);
}
