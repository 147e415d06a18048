/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of code models. */
#include "circuit/code-model.h"

#include <string.h>

#include "support.h"

static void models_are_found_by_their_names(void **state)
{
	static const char *const names[] = {"adc_bridge", "aswitch",   "d_dff",  "gain",
					    "int",        "real_to_v", "summer", "zener"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_string_equal(code_model_find(names[i])->name, names[i]);
	assert_string_equal(code_model_find("D_Dff")->name, "d_dff");
	assert_null(code_model_find("d_df"));
	assert_null(code_model_find("zeners"));
	assert_null(code_model_find(""));
}

static void ports_are_in_order_of_the_nets(void **state)
{
	const struct code_model *model = code_model_find("d_state");

	(void)state;
	assert_string_equal(model->ports[0].name, "in");
	assert_string_equal(model->ports[3].name, "out");
	assert_null(model->ports[4].name);
	assert_true(model->ports[0].may_be_null);
	assert_int_equal(model->ports[0].least, 1);
	assert_int_equal(model->ports[1].least, 0);
	assert_string_equal(code_model_find("table2d")->ports[2].types, "i v vd id");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(models_are_found_by_their_names),
		cmocka_unit_test(ports_are_in_order_of_the_nets),
	};

	return run_all_tests(tests);
}
