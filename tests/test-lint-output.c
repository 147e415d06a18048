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

#define BREAKS_OFF(keyword, usage) \
	"5 error missing-value: " keyword " breaks off, and ngspice crashes at it: " usage "\n"
#define MEASURE ".meas ANALYSIS NAME FUNCTION OF-WHAT [WHERE]"

static void a_card_that_breaks_off_is_an_error(void **state)
{
	(void)state;
	assert_lint(BASE ".csparam q\n.op\n.end\n", BREAKS_OFF(".csparam", ".csparam NAME=VALUE"));
	assert_lint(BASE ".meas\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".measure TRAN m\n.op\n.end\n", BREAKS_OFF(".measure", MEASURE));
	assert_lint(BASE ".meas tran m when\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas ac m find v(a)\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas dc m Find v(a) When\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".ic v\n.op\n.end\n", BREAKS_OFF(".ic", ".ic v(NET)=VALUE"));
	assert_lint(BASE ".nodeset v(a)=1 V()\n.op\n.end\n",
		    BREAKS_OFF(".nodeset", ".ic v(NET)=VALUE"));
}

static void a_card_that_is_whole_is_left_alone(void **state)
{
	(void)state;
	assert_lint(BASE ".csparam q = 1\n.op\n.end\n", "");
	assert_lint(BASE ".meas tran m max v(a)\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".meas tran m when v(a)=1\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".meas tran m find v(a) at=1u\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".meas tran m find v(a) when v(b)=1 from=1u\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".ic v(a)=1 v(b) = 2\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE "r3 v 0 1\nr4 v b 1\n.nodeset v(v)=1\n.op\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_net_or_element_that_is_not_there_is_pointed_at),
		cmocka_unit_test(names_in_subcircuits_and_devices_are_left_alone),
		cmocka_unit_test(a_card_that_breaks_off_is_an_error),
		cmocka_unit_test(a_card_that_is_whole_is_left_alone),
		cmocka_unit_test(code_models_may_have_nets_of_their_own),
	};

	return run_all_tests(tests);
}
