/* SPDX-License-Identifier: BSD-3-Clause */
/* What .print and the like name. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void a_net_or_element_that_is_not_there_is_pointed_at(void **state)
{
	(void)state;
	assert_lint(BASE ".save v(z) v(b)\n.op\n.end\n",
		    "5 warning unknown-output: .save: there is no net \"z\"; is its name spelt "
		    "right?\n");
	assert_lint(BASE ".save v(a,z)\n.op\n.end\n", "5 warning unknown-output: .save: there is "
						      "no net \"z\"; is its name spelt right?\n");
	assert_lint(BASE ".print op i(v9)\n.op\n.end\n",
		    "5 warning unknown-output: .print: there is no element \"v9\"; is its name "
		    "spelt right?\n");
	assert_lint(
		BASE ".ic v( z )=1\n.tran 1u 2u\n.end\n",
		"5 warning unknown-output: .ic: there is no net \"z\"; is its name spelt right?\n");
	assert_lint(BASE ".meas tran x max v(z)\n.tran 1u 2u\n.end\n",
		    "5 warning unknown-output: .meas: there is no net \"z\"; is its name spelt "
		    "right?\n");
	assert_lint(BASE ".noise v(z) v1 dec 1 1 10\n.end\n",
		    "5 warning unknown-output: .noise: there is no net \"z\"; is its name spelt "
		    "right?\n");
}

static void names_in_subcircuits_and_devices_are_left_alone(void **state)
{
	(void)state;
	assert_lint(BASE ".save v(x1.z) v(v1#branch) i(@r1)\n.op\n.end\n", "");
	assert_lint(BASE ".print noise v(inoise_spectrum) v(b)\n.noise v(b) v1 dec 1 1 10\n.end\n",
		    "");
	assert_lint(BASE ".save v(b) i(v1)\n.op\n.end\n", "");
}

static void code_models_may_have_nets_of_their_own(void **state)
{
	(void)state;
	assert_lint(BASE ".save v(z)\na1 b c gg\n.model gg gain\nr3 c 0 1\n.op\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_net_or_element_that_is_not_there_is_pointed_at),
		cmocka_unit_test(names_in_subcircuits_and_devices_are_left_alone),
		cmocka_unit_test(code_models_may_have_nets_of_their_own),
	};

	return run_all_tests(tests);
}
