/* SPDX-License-Identifier: BSD-3-Clause */
/* Undefined parameters by card, through the hierarchy, and how they are reported. */
#include "support-lint.h"

#define UNDEFINED(label, name)                                           \
	" error undefined-param: " label ": undefined parameter \"" name \
	"\"; define it with .param\n"

static void expressions_of_every_card_are_checked(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 {e1}\nr1 a 0 'e2'\nm1 a a 0 0 nn w=e3\n.model nn nmos vto=e4\n"
		".param p={e5}\n.tran {e6} 1\n.ic v(a)=e7\n.temp {e8}\n.end\n",
		"2" UNDEFINED("v1", "e1") "3" UNDEFINED("r1", "e2") "4" UNDEFINED("m1", "e3") "5" UNDEFINED(
			".model nn",
			"e4") "6" UNDEFINED(".param",
					    "e5") "7" UNDEFINED(".tran",
								"e6") "8" UNDEFINED(".ic",
										    "e7") "9" UNDEFINED(".temp",
													"e8"));
}

static void parameters_may_be_defined_in_any_order(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {b}\nr1 a 0 1\n.param b={c*2} d=1\n.param c='d+1'\n.op\n.end\n", "");
}

static void words_that_ngspice_passes_over_define_nothing_and_are_not_looked_up(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {b+c+d}\nr1 a 0 1\n.param b=1 x c={2} y d='3' z\n.op\n.end\n", "");
	assert_lint("t\nv1 a 0 {b}\nr1 a 0 1\n.param b c=1\n.op\n.end\n", "");
	assert_lint("t\nv1 a 0 {c}\nr1 a 0 1\n.param b c=1\n.op\n.end\n", "2" UNDEFINED("v1", "c"));
	assert_lint("t\nv1 a 0 {c+d}\nr1 a 0 1\n.param b c=1 x d=2\n.op\n.end\n", "");
}

static void a_parameter_does_not_define_itself(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {b}\nr1 a 0 1\n.param b={b*2}\n.op\n.end\n",
		    "4" UNDEFINED(".param", "b"));
}

static void a_definition_that_is_overridden_does_not_count(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {b}\nr1 a 0 1\n.param b={nothing}\n.param b=2\n.op\n.end\n",
		    "4 warning duplicate-param: parameter \"b\" is defined at t.cir:5 too, which "
		    "is what "
		    "counts\n");
}

static void repeated_uses_are_reported_once(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {x}\nr1 a 0 {x+X}\n.op\n.end\n",
		    "2 error undefined-param: v1: undefined parameter \"x\" (used 3 times); define "
		    "it with "
		    ".param\n");
}

static void models_that_nobody_uses_are_dropped_by_ngspice(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\n.model dd d is={x}\n.op\n.end\n", "");
	assert_lint("t\nv1 a 0 1\nd1 a 0 dd\n.model dd d is={x}\n.op\n.end\n",
		    "4" UNDEFINED(".model dd", "x"));
	assert_lint("t\nv1 a 0 1\nm1 a a 0 0 nn\n.model nn.12 nmos vto={x}\n.op\n.end\n",
		    "4" UNDEFINED(".model nn.12", "x"));
}

static void with_an_if_in_the_deck_it_keeps_them(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\n.if (1)\nr1 a 0 1\n.endif\n.model dd d is={x}\n.op\n.end\n",
		    "6" UNDEFINED(".model dd", "x"));
}

static void both_branches_of_an_if_are_read(void **state)
{
	(void)state;
	assert_lint("t\n.param a=1\nv1 a 0 1\n.if (a==1)\nr1 a 0 1\n.else\nr1 a 0 {x}\n.endif\n"
		    ".if (y)\n.endif\n.op\n.end\n",
		    "7" UNDEFINED("r1", "x") "9" UNDEFINED(".if", "y"));
}

static void a_subcircuit_sees_its_own_and_those_of_the_top(void **state)
{
	(void)state;
	assert_lint("t\n.param top=1\nv1 a 0 1\nx1 a s\n.subckt s a w=2 l='2*w'\n"
		    ".param area={w*l}\nr1 a 0 {area*top}\nr2 a 0 {x}\n.ends\n.op\n.end\n",
		    "8" UNDEFINED("r2 in subcircuit s", "x"));
}

static void parameters_of_a_subcircuit_stay_inside(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {w}\nx1 a s\n.subckt s a w=2\nr1 a 0 {w}\n.ends\n.op\n.end\n",
		    "2" UNDEFINED("v1", "w"));
}

static void parameters_of_all_callers_are_seen(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a outer\n.subckt inner a\nr1 a 0 {w}\n.ends\n"
		    ".subckt middle a\nx1 a inner\n.ends\n.subckt outer a w=2\nx1 a middle\n.ends\n"
		    ".op\n.end\n",
		    "");
}

static void one_caller_without_the_parameter_is_enough(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a outer\nx2 a inner\n.subckt inner a\nr1 a 0 {w}\n.ends\n"
		    ".subckt outer a w=2\nx1 a inner\n.ends\n.op\n.end\n",
		    "6" UNDEFINED("r1 in subcircuit inner", "w"));
}

static void each_place_is_reported_though_many_call_it(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nx1 a s\nx2 a s\nx3 a u\n.subckt s a\nr1 a 0 {w}\nx1 a u\n.ends\n"
		".subckt u a\nr1 a 0 {w}\n.ends\n.op\n.end\n",
		"7" UNDEFINED("r1 in subcircuit s", "w") "11" UNDEFINED("r1 in subcircuit u", "w"));
}

static void a_multiplier_comes_with_the_instance(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s m=2\n.subckt s a\nr1 a 0 1 m={m}\n.ends\n.op\n.end\n", "");
	assert_lint("t\nv1 a 0 {m}\nr1 a 0 1\n.op\n.end\n", "2" UNDEFINED("v1", "m"));
}

static void a_parameter_may_depend_on_the_temperature(void **state)
{
	(void)state;
	assert_lint("t\n.param t={temper+273}\nv1 a 0 1\nr1 a 0 {t}\n.op\n.end\n", "");
	assert_lint("t\n.param t={time}\nv1 a 0 1\nr1 a 0 1\n.op\n.end\n",
		    "2" UNDEFINED(".param", "time"));
}

static void constants_exist_in_sources_only(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nb1 b 0 v={2*pi*e*time}\nr1 a 0 {pi}\nr2 b 0 1\n.op\n.end\n",
		    "4" UNDEFINED("r1", "pi"));
}

static void words_of_options_are_expressions_on_the_short_card_only(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\n.options method=gear\n.option seed=random\n.op\n.end\n",
		    "");
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\n.opt method=gear\n.op\n.end\n",
		    "4 error undefined-param: .opt: undefined parameter \"gear\"; write .options, "
		    "which "
		    "takes words as they are\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_of_every_card_are_checked),
		cmocka_unit_test(parameters_may_be_defined_in_any_order),
		cmocka_unit_test(
			words_that_ngspice_passes_over_define_nothing_and_are_not_looked_up),
		cmocka_unit_test(a_parameter_does_not_define_itself),
		cmocka_unit_test(a_definition_that_is_overridden_does_not_count),
		cmocka_unit_test(repeated_uses_are_reported_once),
		cmocka_unit_test(models_that_nobody_uses_are_dropped_by_ngspice),
		cmocka_unit_test(with_an_if_in_the_deck_it_keeps_them),
		cmocka_unit_test(both_branches_of_an_if_are_read),
		cmocka_unit_test(a_subcircuit_sees_its_own_and_those_of_the_top),
		cmocka_unit_test(parameters_of_a_subcircuit_stay_inside),
		cmocka_unit_test(parameters_of_all_callers_are_seen),
		cmocka_unit_test(one_caller_without_the_parameter_is_enough),
		cmocka_unit_test(each_place_is_reported_though_many_call_it),
		cmocka_unit_test(a_multiplier_comes_with_the_instance),
		cmocka_unit_test(a_parameter_may_depend_on_the_temperature),
		cmocka_unit_test(constants_exist_in_sources_only),
		cmocka_unit_test(words_of_options_are_expressions_on_the_short_card_only),
	};

	return run_all_tests(tests);
}
