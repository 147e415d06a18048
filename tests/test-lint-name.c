/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that lead nowhere, and names in use twice. */
#include "support-lint.h"

#define NO_MODEL " here; define it with .model or include its library\n"
#define NO_SUBCIRCUIT " here; define it with .subckt or include its library\n"

static void models_must_be_defined(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nd1 a 0 dx\nq1 a a 0 qx\nm1 a a 0 0 mx w=1u\nj1 a a 0 jx\n"
		    "s1 a 0 a 0 sx\n.op\n.end\n",
		    "3 error missing-model: d1: there is no model \"dx\"" NO_MODEL
		    "4 error missing-model: q1: there is no model \"qx\"" NO_MODEL
		    "5 error missing-model: m1: there is no model \"mx\"" NO_MODEL
		    "6 error missing-model: j1: there is no model \"jx\"" NO_MODEL
		    "7 error missing-model: s1: there is no model \"sx\"" NO_MODEL);
}

static void bins_and_models_of_parents_count(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nm1 a a 0 0 nch\nx1 a s\n.model NCH.1 nmos\n.model nch.2 nmos\n"
		    ".subckt s a\nm1 a a 0 0 nch\nd1 a 0 dd\n.model dd d\n.ends\n.op\n.end\n",
		    "");
}

static void models_of_callers_do_not_count(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s\n.subckt t a\nd1 a 0 dd\n.ends\n.subckt s a\n"
		    ".model dd d\nx1 a t\n.ends\n.op\n.end\n",
		    "5 error missing-model: d1: there is no model \"dd\"" NO_MODEL);
}

static void what_the_deck_does_not_use_is_not_checked(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\n.subckt s a\nd1 a 0 nothing\nr1 a 0 {x}\nx1 a nothing\n.ends\n"
		    ".op\n.end\n",
		    "");
}

static void models_and_subcircuits_are_not_mistaken_for_each_other(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nm1 a a 0 0 cell\nx1 a 0 dd\n.model dd d\n"
		".subckt cell d g s b\nr1 d s 1\nr2 g b 1\n.ends\n.op\n.end\n",
		"3 error missing-model: m1: \"cell\" is a subcircuit, not a model; call it by an "
		"element xm1\n"
		"4 error missing-subcircuit: x1: \"dd\" is a model, not a subcircuit; the "
		"element's letter "
		"must be its device's (d, q, m, ...)\n");
}

static void subcircuits_must_be_defined(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a 0 amp\n.op\n.end\n",
		    "3 error missing-subcircuit: x1: there is no subcircuit \"amp\"" NO_SUBCIRCUIT);
}

static void an_instance_has_as_many_nets_as_ports(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nx1 a s\nx2 a 0 0 s\nx3 a 0 s\n.subckt s a b\nr1 a b 1\n.ends\n"
		".op\n.end\n",
		"3 error pin-count: x1: 1 net for subcircuit \"s\", which has 2 ports; give it "
		"as many\n"
		"4 error pin-count: x2: 3 nets for subcircuit \"s\", which has 2 ports; give it "
		"as many\n");
}

static void a_subcircuit_must_not_hold_itself(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s\n.subckt s a\nr1 a 0 1\nx1 a s\n.ends\n.op\n.end\n",
		    "6 error recursive-subcircuit: x1: subcircuit \"s\" holds itself; end the "
		    "recursion\n");
}

static void a_name_is_used_once_in_a_circuit(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nR1 a 0 2\nx1 a s\n.subckt s a\nr1 a 0 1\nr1 a 0 2\n"
		    ".ends\n.op\n.end\n",
		    "4 error duplicate-element: r1: the name is in use already, on line 3; give "
		    "one of the two "
		    "another\n"
		    "8 error duplicate-element: r1: the name is in use already, on line 7; give "
		    "one of the two "
		    "another\n");
}

static void branches_of_an_if_may_share_names(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\n.if (1)\nr1 a 0 1\n.else\nr1 a 0 2\nd1 a 0 nothing\n.endif\n.op\n"
		    ".end\n",
		    "");
}

static void the_value_of_a_passive_element_is_known(void **state)
{
	(void)state;
	assert_lint("t\n.param rv=1k\n.model rm r\nv1 a 0 1\nr1 a 0 rv\nr2 a 0 rm\nr3 a 0 4.7k\n"
		    "r4 a 0 {rv}\nr5 a 0 r=1k\nr6 a 0 1k tc1=1m\nr7 a 0 typo\nc1 a 0 10uF\n"
		    "l1 a b Lx\nr8 b 0 -5\n.op\n.end\n",
		    "11 error undefined-param: r7: \"typo\" is neither a number, a parameter nor a "
		    "model; "
		    "define it with .param or .model\n"
		    "13 error undefined-param: l1: \"Lx\" is neither a number, a parameter nor a "
		    "model; "
		    "define it with .param or .model\n");
}

static void a_bare_parameter_of_another_level_is_accepted(void **state)
{
	(void)state;
	assert_lint("t\n.param top=1k\nv1 a 0 1\nx1 a s\n.subckt s a w=2\nr1 a 0 w\nr2 a 0 top\n"
		    ".ends\n.op\n.end\n",
		    "");
}

static void elements_referred_to_must_exist(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nl1 b 0 1\nr1 a b 1\nf1 b 0 vx 2\nh1 c 0 v1 2\nk1 l1 l2 0.5\n"
		    "f2 b 0 poly(1) vy 0 1\nx1 a s\nr2 c 0 1\n.subckt s a\nf1 a 0 v1 2\nr1 a 0 1\n"
		    ".ends\n.op\n.end\n",
		    "5 error missing-element: f1: there is no element \"vx\" in the deck; name a "
		    "voltage "
		    "source that exists\n"
		    "7 error missing-element: k1: there is no element \"l2\" in the deck; name an "
		    "inductor "
		    "that exists\n"
		    "12 error missing-element: f1: there is no element \"v1\" in this subcircuit; "
		    "name a "
		    "voltage source that exists\n");
}

static void names_that_are_put_in_later_are_not_judged(void **state)
{
	(void)state;
	assert_lint("t\n.param s=\"dd\"\n.model dd d\nv1 a 0 1\nd1 a 0 {s}\n.op\n.end\n", "");
}

static void a_directive_without_a_dot_is_pointed_out(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nlib \"a\" a 1m\nic v(a)=1\nr1 a 0 1\nr2 v 0 1\n.op\n.end\n",
		"3 warning missing-dot: \"lib\" without a dot is read as an element (inductor); "
		"did you mean .lib?\n"
		"4 warning missing-dot: \"ic\" without a dot is read as an element (current "
		"source); did you mean .ic?\n");
	assert_lint("t\nv1 a 0 1\nic a 0 1m\ncsparam a 0 1p ic=0\nfunc a 0 v1 2\nend1 a 0 a 0 1\n"
		    "meas a a 0 0 mm l=1u\n.model mm nmos\nr1 a 0 1\n.op\n.end\n",
		    "");
}

static void passive_elements_have_models_of_their_own(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 rm l=1u w=1u\nr2 a 0 rr l=1u w=1u\n.model rm d\n"
		    ".model rr res rsh=1\n.op\n.end\n",
		    "3 error model-type: r1: model \"rm\" is of type \"d\", which is none of a "
		    "resistor\n");
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\nc1 a 0 cm l=1u w=1u\n.model cm cap cj=1m\n.op\n.end\n",
		    "4 error model-type: c1: model \"cm\" is of type \"cap\", which is none of a "
		    "capacitor\n");
}

static void a_mark_is_no_value(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 *1\nr2 a 0 +5\n.op\n.end\n",
		    "3 error element-param: r1: \"*1\" is no value; write an expression in "
		    "braces\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(models_must_be_defined),
		cmocka_unit_test(bins_and_models_of_parents_count),
		cmocka_unit_test(models_of_callers_do_not_count),
		cmocka_unit_test(what_the_deck_does_not_use_is_not_checked),
		cmocka_unit_test(models_and_subcircuits_are_not_mistaken_for_each_other),
		cmocka_unit_test(subcircuits_must_be_defined),
		cmocka_unit_test(an_instance_has_as_many_nets_as_ports),
		cmocka_unit_test(a_subcircuit_must_not_hold_itself),
		cmocka_unit_test(a_name_is_used_once_in_a_circuit),
		cmocka_unit_test(branches_of_an_if_may_share_names),
		cmocka_unit_test(the_value_of_a_passive_element_is_known),
		cmocka_unit_test(a_bare_parameter_of_another_level_is_accepted),
		cmocka_unit_test(elements_referred_to_must_exist),
		cmocka_unit_test(names_that_are_put_in_later_are_not_judged),
		cmocka_unit_test(a_directive_without_a_dot_is_pointed_out),
		cmocka_unit_test(passive_elements_have_models_of_their_own),
		cmocka_unit_test(a_mark_is_no_value),
	};

	return run_all_tests(tests);
}
