/* SPDX-License-Identifier: BSD-3-Clause */
/* Dot-cards that break off, or are not of their form. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

#define BREAKS_OFF(keyword, usage) \
	"5 error missing-value: " keyword " breaks off, and ngspice crashes at it: " usage "\n"
#define MEASURE ".meas ANALYSIS NAME FUNCTION OF-WHAT [WHERE]"

static void a_card_that_breaks_off_is_an_error(void **state)
{
	(void)state;
	assert_lint(BASE ".csparam q\n.op\n.end\n", BREAKS_OFF(".csparam", ".csparam NAME=VALUE"));
	assert_lint(BASE ".csparamx\n.op\n.end\n", BREAKS_OFF(".csparamx", ".csparam NAME=VALUE"));
	assert_lint(BASE ".csparam =1\n.op\n.end\n", BREAKS_OFF(".csparam", ".csparam NAME=VALUE"));
	assert_lint(BASE ".model_x dd\n.op\n.end\n",
		    BREAKS_OFF(".model_x", ".model NAME TYPE(...)"));
	assert_lint(BASE ".meas\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".measure TRAN m\n.op\n.end\n", BREAKS_OFF(".measure", MEASURE));
	assert_lint(BASE ".meas tran m when\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas ac m find v(a)\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas dc m Find v(a) When\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas tran =1n\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas tran m =1n\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas tran m find v(a) = 1n\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
	assert_lint(BASE ".meas tran m find , at=1n\n.op\n.end\n", BREAKS_OFF(".meas", MEASURE));
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
	assert_lint(BASE ".modelx dd d\n.csparamx q=1\n.op\n.end\n", "");
	assert_lint(BASE ".ic v(a)=1 v(b) = 2\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE "r3 v 0 1\nr4 v b 1\n.nodeset v(v)=1\n.op\n.end\n", "");
}

static void what_is_no_voltage_of_a_net_is_not_understood(void **state)
{
	(void)state;
	assert_lint(BASE ".ic a\n.tran 1u 2u\n.end\n",
		    "5 error start-value: .ic: \"a\" is not understood; write v(NET)=VALUE\n");
	assert_lint(BASE ".ic v(a)=1 b=2\n.tran 1u 2u\n.end\n",
		    "5 error start-value: .ic: \"b\" is not understood; write v(NET)=VALUE\n");
	assert_lint(BASE ".nodeset i(v1)=1\n.op\n.end\n",
		    "5 error start-value: .nodeset: \"i\" is not understood; write v(NET)=VALUE\n");
	assert_lint(BASE ".ic v(a,b)=1\n.tran 1u 2u\n.end\n",
		    "5 error start-value: .ic: \"b\" is not understood; write v(NET)=VALUE\n");
}

static void all_forms_that_ngspice_takes_are_understood(void **state)
{
	(void)state;
	assert_lint(BASE ".ic V( a ) = {x} v(b) '2*x' \n.param x=1\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".ic v a=1 v(b)\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".ic v(a) v(b)=x\n.param x=1\n.tran 1u 2u\n.end\n", "");
	assert_lint(BASE ".nodeset all=1\n.op\n.end\n", "");
}

static void subcircuits_and_branches_are_looked_at_as_they_are_read(void **state)
{
	(void)state;
	assert_lint(BASE "x1 b s\n.subckt s p\nr1 p 0 1\n.model_y\n.ends\n.op\n.end\n",
		    "8 error missing-value: .model_y breaks off, and ngspice crashes at it: .model "
		    "NAME TYPE(...)\n");
	assert_lint(BASE ".if (0)\n.ic a\n.endif\n.op\n.end\n", "");
}

static void a_second_sensitivity_analysis_loads_what_the_first_freed(void **state)
{
	(void)state;
	assert_lint(BASE ".sens v(b)\n.op\n.end\n", "");
	assert_lint(BASE ".sens v(b)\n.sens v(a)\n.end\n",
		    "6 error crashing-sens: .sens: ngspice 39 crashes at the second of one deck; "
		    "leave one\n");
}

#define PORTS "t\nv1 a 0 ac 1 portnum 1 z0 50\nr1 a b 1\nv2 b 0 ac 1 portnum 2 z0 50\n"

static void poles_take_away_what_ports_write_to(void **state)
{
	(void)state;
	assert_lint(PORTS ".sp dec 1 1 10\n.pz a 0 b 0 vol pz\n.end\n",
		    "6 error bad-analysis: .pz: ngspice 39 crashes at it and .sp in one deck; "
		    "leave one\n");
	assert_lint(PORTS ".op\n.pz a 0 b 0 vol pz\n.end\n", "");
	assert_lint(PORTS ".if (0)\n.sp dec 1 1 10\n.endif\n.pz a 0 b 0 vol pz\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_that_breaks_off_is_an_error),
		cmocka_unit_test(a_card_that_is_whole_is_left_alone),
		cmocka_unit_test(what_is_no_voltage_of_a_net_is_not_understood),
		cmocka_unit_test(all_forms_that_ngspice_takes_are_understood),
		cmocka_unit_test(subcircuits_and_branches_are_looked_at_as_they_are_read),
		cmocka_unit_test(a_second_sensitivity_analysis_loads_what_the_first_freed),
		cmocka_unit_test(poles_take_away_what_ports_write_to),
	};

	return run_all_tests(tests);
}
