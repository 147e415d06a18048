/* SPDX-License-Identifier: BSD-3-Clause */
/* Parameters on X cards. */
#include "support-lint.h"

#define UNDEFINED(label, name)                                           \
	" error undefined-param: " label ": undefined parameter \"" name \
	"\"; define it with .param\n"
#define CELL ".subckt s a p=1k q=2k\nr1 a 0 {p+q}\n.ends\n.op\n.end\n"

static void values_are_looked_up_where_the_instance_is(void **state)
{
	(void)state;
	assert_lint("t\n.param k=1\nv1 a 0 1\nx1 a s p={k} q='k*2'\nx2 a s p=k q=nothing\n" CELL,
		    "5" UNDEFINED("x2", "nothing"));
}

static void values_may_refer_to_other_parameters_of_the_subcircuit(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s p={q}\n" CELL, "");
}

static void but_not_to_themselves(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s p={p}\n" CELL, "3" UNDEFINED("x1", "p"));
}

static void a_caller_hands_its_own_down_under_the_same_name(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a u\n.subckt u a p=3\nx1 a s p={p}\n.ends\n" CELL, "");
}

static void values_for_what_the_subcircuit_does_not_have_are_dropped(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s z={nothing}\n" CELL,
		    "3 warning unused-param: x1: subcircuit \"s\" has no parameter \"z\"; ngspice "
		    "drops it\n");
}

static void a_multiplier_is_always_taken(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s m={nothing}\n" CELL, "3" UNDEFINED("x1", "nothing"));
	assert_lint("t\nv1 a 0 1\nx1 a s m=2\n.subckt s a\nr1 a 0 1\n.ends\n.op\n.end\n", "");
}

static void a_default_that_is_overridden_everywhere_does_not_count(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s p=1\nx2 a s params: P = 2\n.subckt s a p={nothing}\n"
		    "r1 a 0 {p}\n.ends\n.op\n.end\n",
		    "");
}

static void a_default_that_is_used_once_counts(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s p=1\nx2 a s\n.subckt s a p={nothing}\nr1 a 0 {p}\n.ends\n"
		    ".op\n.end\n",
		    "5" UNDEFINED("subcircuit s", "nothing"));
}

static void a_parameter_card_inside_can_be_overridden_too(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s p=1\n.subckt s a\n.param p={nothing}\nr1 a 0 {p}\n.ends\n"
		    ".op\n.end\n",
		    "");
}

static void a_subcircuit_without_parameters_takes_none(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s foo=1\nx2 a s bar=1\n.subckt s a\nr1 a 0 1\n.ends\n.op\n"
		    ".end\n",
		    "3 error no-instance-params: x1: subcircuit \"s\" takes no parameters; remove "
		    "\"foo=\" or "
		    "give it a default on the .subckt card\n");
}

static void unless_some_instance_multiplies_it(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nx1 a s foo=1\nx2 a s m=2\n.subckt s a\nr1 a 0 1\n.ends\n.op\n"
		    ".end\n",
		    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_looked_up_where_the_instance_is),
		cmocka_unit_test(values_may_refer_to_other_parameters_of_the_subcircuit),
		cmocka_unit_test(but_not_to_themselves),
		cmocka_unit_test(a_caller_hands_its_own_down_under_the_same_name),
		cmocka_unit_test(values_for_what_the_subcircuit_does_not_have_are_dropped),
		cmocka_unit_test(a_multiplier_is_always_taken),
		cmocka_unit_test(a_default_that_is_overridden_everywhere_does_not_count),
		cmocka_unit_test(a_default_that_is_used_once_counts),
		cmocka_unit_test(a_parameter_card_inside_can_be_overridden_too),
		cmocka_unit_test(a_subcircuit_without_parameters_takes_none),
		cmocka_unit_test(unless_some_instance_multiplies_it),
	};

	return run_all_tests(tests);
}
