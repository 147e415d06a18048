/* SPDX-License-Identifier: BSD-3-Clause */
/* Floating and dangling nets, and loops of sources, through the hierarchy. */
#include <stdio.h>

#include "support-lint.h"

#define NO_PATH " no DC path to ground; add one, for instance a resistor of 1g\n"
#define LOOP(nets)                                                                           \
	": closes a loop of voltage sources between nets " nets "; put a small resistor in " \
	"series\n"
#define SHORT(nets)                                                                            \
	": closes a loop of voltage sources and inductors between nets " nets "; put a small " \
	"resistor in series\n"

/* ---- floating nets ---- */

static void an_island_is_reported_once(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nr2 x y 1\nr3 y z 1\nc1 z a 1\n.op\n.end\n",
		    "4 warning floating-net: net \"x\" (r2) and 2 nets joined to it have" NO_PATH);
	assert_lint(
		"t\nv1 a 0 1\nr1 a 0 1\nr2 x y 1\nr3 x y 1\n.op\n.end\n",
		"4 warning floating-net: net \"x\" (r2, r3) and 1 net joined to it have" NO_PATH);
}

static void each_island_is_reported(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nc1 a x 1\nc2 x y 1\nc3 y 0 1\n.op\n.end\n",
		    "4 warning floating-net: net \"x\" (c1, c2) has" NO_PATH
		    "5 warning floating-net: net \"y\" (c2, c3) has" NO_PATH);
}

static void a_capacitor_without_a_capacitance_holds_no_net(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 ac 1\nr1 a 0 1\nc1 a x\nc2 a y 0\nc3 a z 1p\nc4 a w cm\n"
		    ".model cm c cap=1p\n.ac dec 1 1 10\n.end\n",
		    "4 error singular-net: net \"x\" (c1) has" NO_PATH
		    "5 error singular-net: net \"y\" (c2) has" NO_PATH
		    "6 warning floating-net: net \"z\" (c3) has" NO_PATH
		    "7 warning floating-net: net \"w\" (c4) has" NO_PATH);
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nc1 a x\n.op\n.end\n",
		    "4 warning floating-net: net \"x\" (c1) has" NO_PATH);
}

static void three_elements_are_named_at_most(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nc1 x 0 1\nc2 x 0 1\nc3 x 0 1\nc4 x 0 1\n.op\n.end\n",
		    "4 warning floating-net: net \"x\" (c1, c2, c3, ...) has" NO_PATH);
}

static void a_cut_set_names_the_source_whose_current_it_is(void **state)
{
	(void)state;
	assert_lint("t\ni1 0 x 1\nc1 x 0 1\nr1 x y 1\nc2 y 0 1\n.op\n.end\n",
		    "2 warning floating-net: net \"x\" (i1, c1, r1) and 1 net joined to it have no "
		    "DC path "
		    "to ground, so the current of i1 has nowhere to go; add one, for instance a "
		    "resistor of 1g\n");
}

static void a_transformer_isolates(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 x y 1\nk1 l1 l2 0.9\nr2 x y 1\n.op\n.end\n",
		"5 warning floating-net: net \"x\" (l2, r2) and 1 net joined to it have" NO_PATH);
}

static void a_path_may_lead_through_a_subcircuit(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a x s\nx2 x y s\nc1 y 0 1\n.subckt s p q\nr1 p m 1\nr2 m q 1\n"
		    ".ends\n.op\n.end\n",
		    "");
	assert_lint("t\nx1 x s\nc1 x 0 1\n.subckt s p\nr1 p 0 1\n.ends\n.op\n.end\n", "");
}

static void a_subcircuit_may_be_no_path(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a x s\nc1 x 0 1\n.subckt s p q\nr1 p 0 1\nc1 p q 1\n.ends\n"
		    ".op\n.end\n",
		    "3 warning floating-net: net \"x\" (x1, c1) has" NO_PATH);
}

static void a_net_inside_is_reported_once_for_all_instances(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s\nx2 a s\n.subckt s p\nr1 p 0 1\nc1 p in 1\nc2 in 0 1\n"
		    ".ends\n.op\n.end\n",
		    "7 warning floating-net: net \"in\" in subcircuit s (c1, c2) has" NO_PATH);
}

static void a_net_inside_may_find_its_path_outside(void **state)
{
	(void)state;
	assert_lint("t\nr1 x 0 1\nv1 a 0 1\nx1 a x s\n.subckt s p q\nc1 p m 1\nr1 m q 1\n.ends\n"
		    ".op\n.end\n",
		    "");
}

static void a_port_to_nothing_is_no_connection(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a x s\n.subckt s p q\nr1 p 0 1\n.ends\n.op\n.end\n",
		    "3 warning floating-net: net \"x\" (x1) has" NO_PATH);
}

static void a_port_called_ground_is_ground_inside(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nx1 a 0 s\n.subckt s p gnd\nv1 m gnd 1\nr1 m p 1\nl1 p gnd 1\n.ends\n"
		".op\n.end\n",
		"3 warning inductor-loop: x1: what is in it closes a loop of voltage sources and "
		"inductors; put a small resistor in series\n");
}

static void global_nets_are_held_elsewhere(void **state)
{
	(void)state;
	assert_lint(
		"t\n.global vdd\nv1 vdd 0 1\nx1 a s\nr1 a 0 1\n.subckt s p\nr1 p vdd 1\nc1 q p 1\n"
		"r2 q vdd 1\n.ends\n.op\n.end\n",
		"");
}

/* ---- dangling nets ---- */

static void a_net_with_one_connection_is_pointed_out(void **state)
{
	(void)state;
	assert_lint_with_dangling(
		"t\nv1 a 0 1\nr1 a out 1\nr2 a otu 1\nr3 out 0 1\n.op\n.end\n",
		"4 warning dangling-net: net \"otu\" is connected to r2 only; is its "
		"name spelt right?\n");
}

static void ports_globals_and_nets_of_expressions_are_connected(void **state)
{
	(void)state;
	assert_lint_with_dangling(
		"t\n.global g\nv1 a 0 1\nx1 a s\nv2 ref 0 1\nb1 b 0 v=v(ref)\n"
		"r1 b 0 1\nr2 a g 1\n.subckt s p\nr1 p g 1\nr2 q p 1\n.ends\n.op\n"
		".end\n",
		"11 warning dangling-net: net \"q\" in subcircuit s is connected to r2 "
		"only; is its name spelt right?\n");
}

static void outputs_of_code_models_may_be_left_open(void **state)
{
	(void)state;
	assert_lint_with_dangling("t\nv1 a 0 1\nr1 a 0 1\n.model g gain\na1 a x g\n.op\n.end\n",
				  "");
}

/* ---- dead references ---- */

static void an_expression_must_refer_to_what_exists(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nb1 b 0 v=v(x)+i(vx)\nr1 b a 1\nx1 a s\n.subckt s p\n"
		"g1 p 0 value={v(y)}\nr1 p 0 1\n.ends\n.op\n.end\n",
		"3 error missing-net: b1: there is no net \"x\"; is its name spelt right?\n"
		"3 error missing-element: b1: there is no element \"vx\"; is its name spelt "
		"right?\n"
		"7 error missing-net: g1 in subcircuit s: there is no net \"y\"; is its name spelt "
		"right?\n");
}

static void a_dead_voltage_is_an_error_of_the_operating_point(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nb1 b 0 v=v(x)\nr1 b a 1\n.tran 1u 2u uic\n.end\n",
		    "3 warning unknown-net: b1: there is no net \"x\"; is its name spelt right?\n");
	assert_lint("t\nv1 a 0 1\nb1 b 0 v=v(x)\nr1 b a 1\n.options rshunt=1g\n.op\n.end\n",
		    "3 warning unknown-net: b1: there is no net \"x\"; is its name spelt right?\n");
}

static void global_and_conditional_references_are_left_alone(void **state)
{
	(void)state;
	assert_lint("t\n.global vdd\nv1 vdd 0 1\nx1 vdd s\n.if (1)\nb2 vdd c v=v(x)\n.endif\n"
		    ".subckt s p\nb1 p 0 i=v(vdd)\n.ends\n.op\n.end\n",
		    "");
}

/* ---- loops ---- */

static void parallel_sources_are_a_loop(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nv2 a 0 1\nr1 a 0 1\n.op\n.end\n",
		    "3 error voltage-loop: v2" LOOP("\"a\" and \"0\""));
	assert_lint("t\nv1 a 0 1\nv2 a b 1\nv3 b 0 1\nr1 a 0 1\n.tran 1u 2u uic\n.end\n",
		    "4 error voltage-loop: v3" LOOP("\"b\" and \"0\""));
}

static void every_kind_of_voltage_source_closes_one(void **state)
{
	static const char *const sources[] = {"e1 a 0 b 0 2", "h1 a 0 vb 2", "b1 a 0 v=v(b)",
					      "e1 a 0 value={v(b)}"};
	char deck[256], expected[256];

	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		snprintf(deck, sizeof(deck), "t\nv1 a 0 1\nvb b 0 1\nr1 b 0 1\n%s\n.op\n.end\n",
			 sources[i]);
		snprintf(expected, sizeof(expected), "5 error voltage-loop: %.2s%s", sources[i],
			 LOOP("\"a\" and \"0\""));
		assert_lint(deck, expected);
	}
	assert_lint("t\nv1 a 0 1\nb1 a 0 i=1\n.op\n.end\n", "");
}

static void a_source_on_one_net_is_a_loop(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nv2 a a 0\nv3 0 gnd 1\n.op\n.end\n",
		    "4 error voltage-loop: v2: both ends are at net \"a\"; correct one of them\n"
		    "5 error voltage-loop: v3: both ends are at net \"0\"; correct one of them\n");
}

static void a_current_that_is_read_may_be_determined(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nvs a b 0\nh1 b 0 vs 1k\n.op\n.end\n", "");
	assert_lint("t\nv1 a 0 1\nvs a b 0\nb1 b 0 v=i(vs)*1k\n.op\n.end\n", "");
	assert_lint("t\nv1 a 0 1\nvs a b 0\nh1 b 0 v1 1k\nr1 a 0 1\n.op\n.end\n", "");
}

static void a_port_of_rf_analysis_has_a_resistance(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 dc 0 ac 1 portnum 1 z0 50\nv2 a 0 1\nr1 a 0 1\n.op\n.end\n", "");
}

static void inductors_make_it_a_warning(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 b 0 1\n.op\n.end\n",
		    "5 warning inductor-loop: l2" SHORT("\"b\" and \"0\""));
	assert_lint("t\nl1 a 0 1\nv1 a 0 1\n.ac lin 1 1 1\n.end\n",
		    "2 warning inductor-loop: l1" SHORT("\"a\" and \"0\""));
	assert_lint(
		"t\nv1 a 0 1\nr1 a 0 1\nl1 a a 1\n.op\n.end\n",
		"4 warning inductor-loop: l1: both ends are at net \"a\"; correct one of them\n");
}

static void without_an_operating_point_inductors_are_none(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nl1 a 0 1\n.tran 1u 2u uic\n.end\n", "");
}

static void an_inductor_that_is_an_expression_is_none(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nl1 a 0 l='1u*(1+v(a))'\n.op\n.end\n", "");
}

static void loops_lead_through_subcircuits(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nx1 a s\n.subckt s p\nv1 p q 0\nv2 q 0 1\n.ends\n.op\n.end\n",
		"3 error voltage-loop: x1: what is in it closes a loop of voltage sources; put a "
		"small resistor in series\n");
	assert_lint(
		"t\nx1 a b s\nx2 a b s\nr1 a 0 1\n.subckt s p q\nv1 p q 1\n.ends\n.op\n.end\n",
		"3 error voltage-loop: x2: what is in it closes a loop of voltage sources; put a "
		"small resistor in series\n");
}

static void sources_of_a_subcircuit_with_inductors_outside_are_found(void **state)
{
	(void)state;
	assert_lint("t\nx1 a b s\nl1 a b 1\nr1 a 0 1\n.subckt s p q\nv1 p q 1\n.ends\n.op\n.end\n",
		    "3 warning inductor-loop: l1" SHORT("\"a\" and \"b\""));
	assert_lint(
		"t\nx1 a b s\nv1 a b 1\nr1 a 0 1\n.subckt s p q\nl1 p q 1\n.ends\n.op\n.end\n",
		"2 warning inductor-loop: x1: what is in it closes a loop of voltage sources and "
		"inductors; put a small resistor in series\n");
}

static void what_a_subcircuit_joins_twice_is_joined_once(void **state)
{
	(void)state;
	assert_lint("t\nx1 a b c d s\nr1 a 0 1\n.subckt s p q u v\nv1 p q 1\nv2 u v 1\nl1 q u 1\n"
		    ".ends\n.op\n.end\n",
		    "");
}

static void conditional_sources_are_left_alone(void **state)
{
	(void)state;
	assert_lint("t\n.if (1)\nv1 a 0 1\n.else\nv2 a 0 2\n.endif\nr1 a 0 1\n.op\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_island_is_reported_once),
		cmocka_unit_test(each_island_is_reported),
		cmocka_unit_test(a_capacitor_without_a_capacitance_holds_no_net),
		cmocka_unit_test(three_elements_are_named_at_most),
		cmocka_unit_test(a_cut_set_names_the_source_whose_current_it_is),
		cmocka_unit_test(a_transformer_isolates),
		cmocka_unit_test(a_path_may_lead_through_a_subcircuit),
		cmocka_unit_test(a_subcircuit_may_be_no_path),
		cmocka_unit_test(a_net_inside_is_reported_once_for_all_instances),
		cmocka_unit_test(a_net_inside_may_find_its_path_outside),
		cmocka_unit_test(a_port_to_nothing_is_no_connection),
		cmocka_unit_test(a_port_called_ground_is_ground_inside),
		cmocka_unit_test(global_nets_are_held_elsewhere),
		cmocka_unit_test(a_net_with_one_connection_is_pointed_out),
		cmocka_unit_test(ports_globals_and_nets_of_expressions_are_connected),
		cmocka_unit_test(outputs_of_code_models_may_be_left_open),
		cmocka_unit_test(an_expression_must_refer_to_what_exists),
		cmocka_unit_test(a_dead_voltage_is_an_error_of_the_operating_point),
		cmocka_unit_test(global_and_conditional_references_are_left_alone),
		cmocka_unit_test(parallel_sources_are_a_loop),
		cmocka_unit_test(every_kind_of_voltage_source_closes_one),
		cmocka_unit_test(a_source_on_one_net_is_a_loop),
		cmocka_unit_test(a_current_that_is_read_may_be_determined),
		cmocka_unit_test(a_port_of_rf_analysis_has_a_resistance),
		cmocka_unit_test(inductors_make_it_a_warning),
		cmocka_unit_test(without_an_operating_point_inductors_are_none),
		cmocka_unit_test(an_inductor_that_is_an_expression_is_none),
		cmocka_unit_test(loops_lead_through_subcircuits),
		cmocka_unit_test(sources_of_a_subcircuit_with_inductors_outside_are_found),
		cmocka_unit_test(what_a_subcircuit_joins_twice_is_joined_once),
		cmocka_unit_test(conditional_sources_are_left_alone),
	};

	return run_all_tests(tests);
}
