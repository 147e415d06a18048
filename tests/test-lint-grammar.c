/* SPDX-License-Identifier: BSD-3-Clause */
/* The grammar of B sources: what ngspice reads and what it does not. */
#include <stdio.h>

#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n.param p=2\n"

/* The finding at "b1 c 0 v=" and the expression; what: behind the quoted expression; NULL: none. */
static void assert_fault(const char *expression, const char *what)
{
	char deck[800], expected[800] = "";

	snprintf(deck, sizeof(deck), BASE "b1 c 0 v=%s\nr3 c 0 1\n.op\n.end\n", expression);
	if (what)
		snprintf(expected, sizeof(expected), "6 error bad-expression: \"%s\" %s\n",
			 expression, what);
	assert_lint(deck, expected);
}

static void operands_and_operators_take_turns(void **state)
{
	static const char *const good[] = {
		"-v(a)*+2",      "!v(a)&&v(b)||1",       "v(a)<=1 ? 2 : v(b)<>3 ? 4 : 5",
		"2**v(a)^-.5",   "(v(a,b) > 1) == time", "1kv*0 + 1.5meg*hertz/temper",
		"v( a )+i(v1)",  "{v (a) + sin (1)}",    "'p*v( a , b )'",
		"pow(v(a),2)*e", "{p}*{v(a)}",           "."};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_fault(good[i], NULL);
	assert_fault("1k2v*0", "lacks an operator in front of \"2v*0\"");
	assert_fault("2*v(a)+", "lacks an operand at its end");
	assert_fault("v(a)*/2", "lacks an operand in front of \"/2\"");
	assert_fault("sin()", "lacks an operand in front of \")\"");
	assert_fault("1&2", "lacks an operator in front of \"&2\"");
	assert_fault("v(a)@2", "lacks an operator in front of \"@2\"");
	assert_fault("2 v(a)", "lacks an operator in front of \"v(a)\"");
	assert_fault("1=<2", "lacks an operator in front of \"<2\"");
}

static void what_is_opened_is_closed(void **state)
{
	(void)state;
	assert_fault("v(a)>1 ? 2", "lacks \":\" of \"?\" at its end");
	assert_fault("(1 ? 2) : 3", "lacks \":\" of \"?\" in front of \") : 3\"");
	assert_fault("(1,2)", "lacks an operator or \")\" in front of \",2)\"");
	assert_fault("min(1,2", "lacks \")\" at its end");
	assert_fault("min(1 2)", "lacks \")\" in front of \"2)\"");
	assert_fault("2*v(a", "lacks \")\" at its end");
}

static void a_probe_names_nets_or_a_source(void **state)
{
	(void)state;
	assert_fault("v()", "lacks a net or two, as in v(a) or v(a,b) in front of \"v()\"");
	assert_lint(BASE "b1 c 0 v=v(a,b,0)\nr3 c 0 1\n.op\n.end\n",
		    "6 error bad-expression: \"v(a,b,0)\" lacks a net or two, as in v(a) or v(a,b) "
		    "in front of \"v(a,b,0)\"\n"
		    "6 error missing-net: b1: there is no net \"b,0\"; is its name spelt right?\n");
	assert_fault("i()", "lacks the name of a source, as in i(v1) in front of \"i()\"");
}

static void the_bracket_of_a_function_follows_its_name_at_once_but_in_braces(void **state)
{
	(void)state;
	assert_fault("sin (1)", "lacks an operator in front of \"1)\"");
	assert_fault("{sin (1)}", NULL);
}

static void what_follows_the_expression_is_a_parameter(void **state)
{
	(void)state;
	assert_fault("v(a) temp=27 dtemp=1 m=2", NULL);
	assert_fault("v(a)),=", NULL);
	assert_fault("v(a) p=1", "lacks an operator in front of \"p=1\"");
	assert_fault("v(a) 3", "lacks an operator in front of \"3\"");
}

static void arguments_of_functions_of_the_deck_may_be_anything(void **state)
{
	(void)state;
	assert_lint(BASE ".func f(x) {v(b)x}\nb1 c 0 v=f (*2)\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE ".func f(x) {v(b)x}\nb1 c 0 v=f(*2\nr3 c 0 1\n.op\n.end\n",
		    "7 error bad-expression: \"f(*2\" lacks \")\" at its end\n");
}

static void other_elements_that_become_b_sources_are_read_so_too(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 r='1k+v(a)+'\n.op\n.end\n",
		    "6 error bad-expression: \"1k+v(a)+\" lacks an operand at its end\n");
	assert_lint(BASE "e1 c 0 value={v(a) 2}\nr3 c 0 1\n.op\n.end\n",
		    "6 error bad-expression: \"{v(a) 2}\" lacks an operator in front of \"2}\"\n");
	assert_lint(BASE "e1 c 0 table {v(a)} = (0,0) (1,1)\nr3 c 0 1\n.op\n.end\n", "");
}

static void nesting_beyond_measure_is_not_judged(void **state)
{
	char expression[600];
	int length = 0;

	(void)state;
	for (int i = 0; i < 201; i++)
		expression[length++] = '(';
	expression[length++] = '1';
	for (int i = 0; i < 201; i++)
		expression[length++] = ')';
	expression[length] = '\0';
	assert_fault(expression, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operands_and_operators_take_turns),
		cmocka_unit_test(what_is_opened_is_closed),
		cmocka_unit_test(a_probe_names_nets_or_a_source),
		cmocka_unit_test(the_bracket_of_a_function_follows_its_name_at_once_but_in_braces),
		cmocka_unit_test(what_follows_the_expression_is_a_parameter),
		cmocka_unit_test(arguments_of_functions_of_the_deck_may_be_anything),
		cmocka_unit_test(other_elements_that_become_b_sources_are_read_so_too),
		cmocka_unit_test(nesting_beyond_measure_is_not_judged),
	};

	return run_all_tests(tests);
}
