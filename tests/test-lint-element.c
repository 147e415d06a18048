/* SPDX-License-Identifier: BSD-3-Clause */
/* What one card says. */
#include <stdio.h>

#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void a_key_has_a_value(void **state)
{
	(void)state;
	assert_lint(BASE "l1 b c 1m ic=\n.op\n.end\n",
		    "5 error missing-value: there is no value behind \"ic=\"\n");
	assert_lint(BASE "c1 b 0 1n ic=0.5\n.op\n.end\n", "");
}

static void a_behavioural_source_has_one_expression(void **state)
{
	(void)state;
	assert_lint(BASE "b1 c 0 2*v(a)\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-source: b1: a behavioural source needs v=EXPRESSION or "
		    "i=EXPRESSION\n");
	assert_lint(
		BASE "b1 c 0 v=1 i=2\nr3 c 0 1\n.op\n.end\n",
		"5 error bad-source: b1: a behavioural source needs v= or i=, not both\n"
		"5 error undefined-param: b1: undefined parameter \"i\"; define it with .param\n");
	assert_lint(BASE "b1 c 0 v=v(a)\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "b1 c 0 v=\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: b1: there is no expression behind \"=\"\n");
}

static void a_controlled_source_with_a_keyword_has_an_expression(void **state)
{
	(void)state;
	assert_lint(BASE "e1 c 0 value\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no expression behind \"value\"\n");
	assert_lint(BASE "e1 c 0 value={}\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no expression behind \"value\"\n");
	assert_lint(BASE "e1 c 0 vol=\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no expression behind \"vol\"\n");
	assert_lint(BASE "e1 c 0 value={v(a)}\nr3 c 0 1\n.op\n.end\n", "");
}

static void what_stands_behind_an_expression_belongs_to_it(void **state)
{
	(void)state;
	assert_lint(BASE "e1 c 0 vol='v(a)' foo\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-expression: \"'v(a)' foo\" lacks an operator in front of \"foo\"\n"
		    "5 error undefined-param: e1: undefined parameter \"foo\"; define it with "
		    ".param\n");
	assert_lint(BASE "b1 c 0 v=v(a) foo=2\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-expression: \"v(a) foo=2\" lacks an operator in front of "
		    "\"foo=2\"\n"
		    "5 error undefined-param: b1: undefined parameter \"foo\"; define it with "
		    ".param\n");
	assert_lint(BASE ".param k=2\ng1 c 0 cur='v(a)'*k tc1=1m m=2\nb1 d 0 v=v(a) dtemp=2\n"
			 "r3 c d 1\n.op\n.end\n",
		    "");
}

static void the_keyword_of_the_other_source_is_not_known(void **state)
{
	(void)state;
	assert_lint(BASE "e1 c 0 cur='v(a)'\nr3 c 0 1\n.op\n.end\n",
		    "5 error undefined-function: e1: undefined function \"v\"; define it with "
		    ".func\n5 error undefined-param: e1: undefined parameter \"a\"; define it "
		    "with .param\n");
}

static void a_value_behind_a_net_and_an_equals_sign_is_a_number(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 =1k\nc1 b 0 = {1p}\n.op\n.end\n", "");
	assert_lint(BASE "l1 b 0 =\n.op\n.end\n",
		    "5 error missing-value: there is no value behind \"0=\"\n");
	assert_lint(BASE "r3 b 0 ='1k*v(a)'\n.op\n.end\n",
		    "5 error undefined-function: r3: undefined function \"v\"; define it with "
		    ".func\n5 error undefined-param: r3: undefined parameter \"a\"; define it "
		    "with .param\n");
}

static void the_name_of_an_element_may_hold_a_bracket(void **state)
{
	(void)state;
	assert_lint(BASE "v1(c) c 0 1\nv1(d) d 0 2\nr3 c d 1\n.op\n.end\n", "");
	assert_lint(BASE "r3(x) b 0 1\nr3(x) b 0 1\n.op\n.end\n",
		    "6 error duplicate-element: r3(x: the name is in use already, on line 5; give "
		    "one of the two another\n");
}

static void a_line_has_an_impedance(void **state)
{
	(void)state;
	assert_lint(BASE "t1 a 0 c 0 td=1n\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: t1: a lossless line needs z0=\n");
	assert_lint(BASE "t1 a 0 c 0 z0=0 td=1n\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-value: t1: z0 must not be 0\n");
	assert_lint(BASE "t1 a 0 c 0 zo=50 td=1n\nr3 c 0 1\n.op\n.end\n", "");
}

static void a_resistance_of_zero_is_no_wire(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 0\n.op\n.end\n",
		    "5 warning zero-resistance: r3: ngspice takes 0 ohm for 1 mOhm; write a "
		    "voltage source of 0 for a wire\n");
	assert_lint(BASE "r3 b 0 0.1\n.op\n.end\n", "");
}

static void suffixes_that_mean_something_else_are_pointed_at(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 1M\n.op\n.end\n",
		    "5 warning suffix: r3: M is milli: 1M is 0.001 ohm; write meg for mega\n");
	assert_lint(BASE "r3 b 0 1m\n.op\n.end\n", "");
	assert_lint(BASE "r3 b 0 1Meg\n.op\n.end\n", "");
	assert_lint(BASE "c3 b 0 1F\n.op\n.end\n",
		    "5 warning suffix: c3: F is femto: 1F is 1e-15 farad; leave the unit out\n");
	assert_lint(BASE "c3 b 0 1f\n.op\n.end\n", "");
	assert_lint(BASE "c3 b 0 1uF\n.op\n.end\n", "");
}

static void digits_behind_a_scale_are_not_read(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nr1 a 0 4k7\nr2 a 0 1e-3\nr3 a 0 1.5e+3k\nr4 a 0 2meg\n.op\n.end\n",
		"3 warning suffix: r1: ngspice reads \"4k7\" as 4000; write it with a point "
		"and one scale, as in 4.7k or 1e-3\n");
}

static void a_coupling_is_at_most_one(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 c 0 1\nr2 c 0 1\nk1 l1 l2 -1.5\n"
		    ".op\n.end\n",
		    "7 warning coupling-factor: k1: a coupling of -1.5 makes energy from nothing; "
		    "it must not exceed 1\n");
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 c 0 1\nr2 c 0 1\nk1 l1 l2 1\n"
		    ".op\n.end\n",
		    "");
}

static void temperature_is_no_name(void **state)
{
	(void)state;
	assert_lint(BASE "r3 temper 0 1k\nr4 temper b 1k\n.op\n.end\n",
		    "5 error reserved-name: r3: \"temper\" is the temperature; a net, a model or "
		    "an element of this name crashes ngspice\n"
		    "6 error reserved-name: r4: \"temper\" is the temperature; a net, a model or "
		    "an element of this name crashes ngspice\n");
	assert_lint(
		BASE "Temper b 0 c 0 z0=50 td=1n\nr3 c 0 1\n.op\n.end\n",
		"5 error reserved-name: Temper: \"temper\" is the temperature; a net, a model or "
		"an element of this name crashes ngspice\n");
	assert_lint(BASE "a1 b temper gg\n.model gg gain\nv3 temper 0 1\n.op\n.end\n",
		    "5 error reserved-name: a1: \"temper\" is the temperature; a net, a model or "
		    "an element of this name crashes ngspice\n");
	assert_lint(BASE "d1 b 0 dd\n.model dd d(is=temper temper)\n.model idle d temper\n.op\n"
			 ".end\n",
		    "6 error reserved-name: dd: \"temper\" is the temperature; a net, a model or "
		    "an element of this name crashes ngspice\n");
	assert_lint(BASE "d1 b 0 temper temp=temper\n.model temper d temper=1\n.op\n.end\n",
		    "5 error reserved-name: d1: \"temper\" is the temperature; a net, a model or "
		    "an element of this name crashes ngspice\n"
		    "6 error reserved-name: temper: \"temper\" is the temperature; a net, a model "
		    "or an element of this name crashes ngspice\n");
	assert_lint(BASE "a1 b time gg\n.model gg gain\nr3 time hertz 1\nr4 hertz 0 1\n.op\n.end\n",
		    "");
	assert_lint(BASE "r3 b 0 {1k*temper}\nv3 b temper 0\nx1 temper s\n.subckt s a\n"
			 "i1 a 0 1\nrtemper a 0 1\n.ends\n.op\n.end\n",
		    "");
}

#define IN_BRACES                                                                           \
	"5 error bad-expression: r3: with time, temper, hertz, v() or i() on its card its " \
	"value must be in braces\n"

static void a_value_that_is_a_function_is_in_braces(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 4k time\n.op\n.end\n", IN_BRACES);
	assert_lint(BASE "r3 b 0 4k i(v1)\n.op\n.end\n", IN_BRACES);
	assert_lint(BASE "r3 b 0 hertz\n.op\n.end\n", IN_BRACES);
	assert_lint(BASE "r3 b 0 r=4k m=1 hertz\n.op\n.end\n", IN_BRACES);
	assert_lint(BASE "r3 b 0 {4k+time}\nr4 b 0 r=v(a)+4k\nr5 b 0 '4k+hertz'\n"
			 "r6 b 0 (v(a)+1)\nrtime b 0 1k\n.op\n.end\n",
		    "");
}

static void a_coupling_is_of_two_inductors(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 c 0 1\nr2 c 0 1\nk1 l1 l2 0.5 0.5\n"
		    ".op\n.end\n",
		    "7 error element-param: k1: \"0.5\" stands behind two inductors and their "
		    "coupling; couple more in pairs\n");
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 c 0 1\nr2 c 0 1\nk1 l1 l2 k=0.5\n"
		    ".op\n.end\n",
		    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_has_a_value),
		cmocka_unit_test(a_behavioural_source_has_one_expression),
		cmocka_unit_test(a_controlled_source_with_a_keyword_has_an_expression),
		cmocka_unit_test(a_line_has_an_impedance),
		cmocka_unit_test(a_resistance_of_zero_is_no_wire),
		cmocka_unit_test(suffixes_that_mean_something_else_are_pointed_at),
		cmocka_unit_test(digits_behind_a_scale_are_not_read),
		cmocka_unit_test(a_coupling_is_at_most_one),
		cmocka_unit_test(what_stands_behind_an_expression_belongs_to_it),
		cmocka_unit_test(the_keyword_of_the_other_source_is_not_known),
		cmocka_unit_test(a_value_behind_a_net_and_an_equals_sign_is_a_number),
		cmocka_unit_test(the_name_of_an_element_may_hold_a_bracket),
		cmocka_unit_test(temperature_is_no_name),
		cmocka_unit_test(a_value_that_is_a_function_is_in_braces),
		cmocka_unit_test(a_coupling_is_of_two_inductors),
	};

	return run_all_tests(tests);
}
