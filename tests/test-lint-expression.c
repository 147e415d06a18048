/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions that cannot be computed. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void the_grammar_is_that_of_numparam(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 {1+}\n.op\n.end\n", "5 error bad-expression: \"1+\" cannot be "
						     "computed: a value is missing at the end\n");
	assert_lint(BASE "r3 b 0 {4k7}\n.op\n.end\n",
		    "5 error bad-expression: \"4k7\" cannot be computed: a value behind a value, "
		    "without an operator\n");
	assert_lint(BASE "r3 b 0 {1 2}\n.op\n.end\n",
		    "5 error bad-expression: \"1 2\" cannot be computed: a value behind a value, "
		    "without an operator\n");
	assert_lint(BASE "r3 b 0 {sqrt()}\n.op\n.end\n",
		    "5 error bad-expression: \"sqrt()\" cannot be computed: no value\n");
	assert_lint(BASE "r3 b 0 {sqrt(4)*2k}\n.op\n.end\n", "");
}

static void
braces_stand_within_braces_on_cards_of_elements_of_decks_with_parameters_alone(void **state)
{
	(void)state;
	assert_lint(BASE ".param p=1\nr3 b 0 {1+{2}} tc1={{1}}\n.op\n.end\n", "");
	assert_lint(BASE "r3 b 0 {1+{2}}\n.op\n.end\n",
		    "5 error bad-expression: \"1+{2}\": braces within braces; use parentheses\n");
	assert_lint(BASE ".param p=1\nd1 b 0 dm area={{1}}\n.model dm d\n.op\n.end\n", "");
	assert_lint(BASE ".param p=1\nd1 b 0 dm {{1}}\nd2 b 0 dm\n.model dm d\n.op\n.end\n",
		    "6 error bad-expression: \"{1}\": braces within braces; use parentheses\n");
	assert_lint(BASE ".param p=1\nd1 b 0 dm\n.model dm d is={{1}}\n.op\n.end\n",
		    "7 error bad-expression: \"{1}\": braces within braces; use parentheses\n");
	assert_lint(BASE ".param p=1\n.tran 1n {{1}}\n.end\n",
		    "6 error bad-expression: \"{1}\": braces within braces; use parentheses\n");
}

static void a_parenthesis_too_many_ends_the_value_of_a_param(void **state)
{
	(void)state;
	assert_lint(BASE ".param p=1+1) q=2) 3 r=4\nr3 b 0 {p*q*r}\n.op\n.end\n", "");
	assert_lint(
		BASE ".param p=2)*3 q=2\nr3 b 0 {p}\n.op\n.end\n",
		"5 error bad-expression: parameter \"p\": a character that is no operator \")\"\n");
	assert_lint(
		BASE ".param p=(1+1)) q=2\nr3 b 0 {p}\n.op\n.end\n",
		"5 error bad-expression: parameter \"p\": a character that is no operator \")\"\n");
}

/* PSpice's words for the spread of a value; SKY130 has them. */
static void a_parameter_may_have_a_name_that_is_no_word(void **state)
{
	(void)state;
	assert_lint(BASE ".param p='1k' dev/gauss='0.01*2.8*p/sqrt(4)'\nr3 b 0 {p}\n.op\n.end\n",
		    "");
	assert_lint(
		BASE ".param p='1k' dev/gauss='0.01*(p'\nr3 b 0 {p}\n.op\n.end\n",
		"5 error bad-expression: \"0.01*(p\" cannot be computed: \"(\" is not closed\n");
}

static void values_are_finite(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 {1/0}\n.op\n.end\n", "5 error bad-expression: \"1/0\" cannot be "
						      "computed: \"1/0\" has no finite value\n");
	assert_lint(BASE "r3 b 0 {ln(-1)}\n.op\n.end\n",
		    "5 error bad-expression: \"ln(-1)\" cannot be computed: \"ln(-1)\" has no "
		    "finite value\n");
}

static void a_fault_in_a_parameter_is_reported_once(void **state)
{
	(void)state;
	assert_lint(BASE ".param x={1+}\nr3 b 0 {x}\nr4 b 0 {2*x}\n.op\n.end\n",
		    "5 error bad-expression: parameter \"x\": a value is missing at the end\n");
	assert_lint(BASE ".param x={y} y={x}\n.op\n.end\n",
		    "5 error bad-expression: parameter \"x\": a parameter that depends on itself: "
		    "\"y\"\n5 error bad-expression: parameter \"y\": a parameter that depends on "
		    "itself: \"x\"\n");
	assert_lint(BASE ".param x=\n.op\n.end\n",
		    "5 error missing-value: parameter \"x\" has no value\n");
}

static void strings_are_not_judged(void **state)
{
	(void)state;
	assert_lint(BASE ".param s=\"abc\"\n.param t=s{s}\nr3 b 0 {t}\n.op\n.end\n", "");
	assert_lint(BASE
		    ".param s=\"abc\" u=1\nx1 b s\n.subckt s a\n.param t=s{s}\nr1 a 0 1\n.ends\n"
		    ".op\n.end\n",
		    "");
	assert_lint(BASE ".model m r rsh={\"2*3\"}\nr3 b 0 m l=1 w=1\n.op\n.end\n", "");
	assert_lint(BASE ".param s=1\n.param t=s{s}\n.op\n.end\n",
		    "6 error bad-expression: parameter \"t\": braces inside the value of a .param: "
		    "\"s{s}\"\n");
}

static void what_depends_on_the_temperature_is_not_judged(void **state)
{
	(void)state;
	assert_lint(BASE ".param k=2\n.param t=1 + (TEMPER / 27 - 1) * {k}\nb1 b 0 i=v(a)*t\nr3 b "
			 "0 {t}\n.op\n"
			 ".end\n",
		    "");
}

static void statistical_values_are_not_judged(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 {agauss(1k,10,3)}\n.op\n.end\n", "");
}

static void subcircuits_are_computed_in_one_instance(void **state)
{
	(void)state;
	assert_lint(BASE "x1 b s\nx2 b s\n.subckt s a w=2\nr1 a 0 {1/(w-2)}\n.ends\n.op\n.end\n",
		    "8 error bad-expression: \"1/(w-2)\" cannot be computed: \"1/(w-2)\" has no "
		    "finite value\n");
	assert_lint(BASE "x1 b s w=3\n.subckt s a w=2\nr1 a 0 {1/(w-2)}\n.ends\n.op\n.end\n", "");
	assert_lint(BASE "x1 b s w={1+}\n.subckt s a w=2\nr1 a 0 {w}\n.ends\n.op\n.end\n",
		    "5 error bad-expression: \"1+\" cannot be computed: a value is missing at the "
		    "end\n7 error bad-expression: \"w\" cannot be computed: a value is missing at "
		    "the end\n");
	assert_lint(BASE "x1 b s w=\n.subckt s a w=2\nr1 a 0 {w}\n.ends\n.op\n.end\n",
		    "5 error missing-value: x1: \"w=\" has no value\n7 error bad-expression: \"w\" "
		    "cannot be computed: no value\n");
}

static void what_nobody_uses_is_not_computed(void **state)
{
	(void)state;
	assert_lint(BASE ".subckt s a\nr1 a 0 {1+}\n.ends\n.op\n.end\n", "");
	assert_lint(BASE ".model dn d is={1+}\n.op\n.end\n", "");
	assert_lint(BASE ".model dn d is={1+}\nd1 b 0 dn\n.op\n.end\n",
		    "5 error bad-expression: \"1+\" cannot be computed: a value is missing at the "
		    "end\n");
}

static void what_hangs_on_a_condition_is_judged_by_its_grammar_alone(void **state)
{
	(void)state;
	assert_lint(BASE
		    ".param q=0\n.if (q==1)\n.param z={1/0}\n.endif\nr3 b 0 {1/q}\n.op\n.end\n",
		    "");
	assert_lint(BASE ".param q=0\n.if (q==1)\nr3 b 0 {1+} m=\n.param z={4k7}\n.endif\n.op\n"
			 ".end\n",
		    "7 error bad-expression: \"1+\" cannot be computed: a value is missing at the "
		    "end\n7 error missing-value: there is no value behind \"m=\"\n"
		    "8 error bad-expression: \"4k7\" cannot be computed: a value behind a value, "
		    "without an operator\n");
	assert_lint(BASE ".param q=0\n.if (q==)\n.endif\n.op\n.end\n",
		    "6 error bad-expression: \"q==\" cannot be computed: a value is missing at "
		    "the end\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_grammar_is_that_of_numparam),
		cmocka_unit_test(
			braces_stand_within_braces_on_cards_of_elements_of_decks_with_parameters_alone),
		cmocka_unit_test(a_parenthesis_too_many_ends_the_value_of_a_param),
		cmocka_unit_test(a_parameter_may_have_a_name_that_is_no_word),
		cmocka_unit_test(values_are_finite),
		cmocka_unit_test(a_fault_in_a_parameter_is_reported_once),
		cmocka_unit_test(strings_are_not_judged),
		cmocka_unit_test(what_depends_on_the_temperature_is_not_judged),
		cmocka_unit_test(statistical_values_are_not_judged),
		cmocka_unit_test(subcircuits_are_computed_in_one_instance),
		cmocka_unit_test(what_nobody_uses_is_not_computed),
		cmocka_unit_test(what_hangs_on_a_condition_is_judged_by_its_grammar_alone),
	};

	return run_all_tests(tests);
}
