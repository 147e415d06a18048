/* SPDX-License-Identifier: BSD-3-Clause */
/* Vectors of bridges. */
#include "support-lint.h"

#define DECK(adc, dac)                                                                    \
	"t\nv1 a 0 1\nr1 a b 1k\nr2 b 0 1k\na1 " adc " ad\n.model ad adc_bridge\na2 " dac \
	" da\n.model da dac_bridge\nr3 c 0 1k\nr4 d 0 1k\n.tran 1n 10n\n.end\n"

static void a_bridge_has_no_more_inputs_than_outputs(void **state)
{
	(void)state;
	assert_lint(DECK("[a b] [x y]", "[x y] [c d]"), "");
	assert_lint(DECK("[a] [x y]", "[x, ~y] [c d]"), "");
	assert_lint(DECK("[%v(a) b] [x y]", "[x ~ y] [c d]"), "");
	assert_lint(DECK("[a b] [x]", "[x ~y y] [c d]"),
		    "5 error pin-count: a1: a bridge of 2 inputs and 1 output; give it as many "
		    "outputs\n"
		    "7 error pin-count: a2: a bridge of 3 inputs and 2 outputs; give it as many "
		    "outputs\n");
}

static void other_code_models_are_left_alone(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a b 1k\nr2 b 0 1k\na1 [a b] c ss\n.model ss summer\n"
		    "r3 c 0 1\na2 a d gg\n.model gg gain\nr4 d 0 1\n.op\n.end\n",
		    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bridge_has_no_more_inputs_than_outputs),
		cmocka_unit_test(other_code_models_are_left_alone),
	};

	return run_all_tests(tests);
}
