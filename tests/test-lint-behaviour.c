/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions of B sources that ngspice dies of. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void functions_have_as_many_arguments_as_they_take(void **state)
{
	(void)state;
	assert_lint(BASE "b1 c 0 v=sin(v(a),2)\nr3 c 0 1\n.op\n.end\n",
		    "5 error argument-count: sin takes 1 argument, not 2\n");
	assert_lint(BASE "b1 c 0 v=max(v(a))\nr3 c 0 1\n.op\n.end\n",
		    "5 error argument-count: max takes 2 arguments, not 1\n");
	assert_lint(BASE "b1 c 0 v=max(v(a),min(1,2))\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "b1 c 0 v=ternary_fcn(v(a)>0,1,2)\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "b1 c 0 v=sqrt(v(a,b))\nr3 c 0 1\n.op\n.end\n", "");
}

static void functions_of_the_deck_are_left_alone(void **state)
{
	(void)state;
	assert_lint(BASE ".func f(x,y) {x*y}\nb1 c 0 v=f(v(a),2)\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE ".func max(x,y,z) {x+y+z}\nb1 c 0 v=max(1,2,3)\nr3 c 0 1\n.op\n.end\n",
		    "");
}

static void parentheses_are_closed(void **state)
{
	(void)state;
	assert_lint(
		BASE "b1 c 0 v=2*(v(a)+1\nr3 c 0 1\n.op\n.end\n",
		"5 error bad-expression: \"2*(v(a)+1\" lacks an operator or \")\" at its end\n");
	assert_lint(BASE "b1 c 0 v=2*v(a))\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "b1 c 0 v=pwl(v(a),0,0,(1,1)\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-expression: \"pwl(v(a),0,0,(1,1)\": there is a \"(\" without its "
		    "\")\"\n");
}

static void points_of_pwl_are_numbers_in_order(void **state)
{
	(void)state;
	assert_lint(BASE "b1 c 0 v=pwl(v(a),0,0,1,2)\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "b1 c 0 v=pwl(v(a),0,0)\nr3 c 0 1\n.op\n.end\n",
		    "5 error argument-count: pwl needs an expression and two points x, y at least: "
		    "pwl(v(a), 0, 0, 1, 2)\n");
	assert_lint(BASE "b1 c 0 v=pwl(v(a),0,0,1)\nr3 c 0 1\n.op\n.end\n",
		    "5 error argument-count: pwl needs an expression and two points x, y at least: "
		    "pwl(v(a), 0, 0, 1, 2)\n");
	assert_lint(BASE "b1 c 0 v=pwl(v(a),1,0,0,1)\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-expression: pwl: the x of its points must increase, but 0 follows "
		    "1\n");
	assert_lint(BASE "b1 c 0 v=pwl(v(a),0,0,2*3,1)\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-expression: pwl: \"2*3\" is no number, as its points must be\n");
	assert_lint(BASE "b1 c 0 v=1+pwl(v(a),1,0,0,1)\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-expression: pwl: the x of its points must increase, but 0 follows "
		    "1\n");
}

static void branches_that_may_not_be_taken_are_not_judged(void **state)
{
	(void)state;
	assert_lint(BASE ".if (1==2)\nb1 c 0 v=max(1)\nb2 c 0 v=1+\nb3 c 0 v=f(1)\n.endif\n"
			 "r3 c 0 1\n.op\n.end\n",
		    "");
	assert_lint(
		BASE ".if (1==2)\nb1 c 0 v=2*v(a)\nb2 c 0 v=2*v(a\n.endif\nr3 c 0 1\n.op\n.end\n",
		"7 error bad-expression: \"v(a\" has no \")\", of which ngspice dies even if the "
		"branch is not taken\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_have_as_many_arguments_as_they_take),
		cmocka_unit_test(functions_of_the_deck_are_left_alone),
		cmocka_unit_test(parentheses_are_closed),
		cmocka_unit_test(points_of_pwl_are_numbers_in_order),
		cmocka_unit_test(branches_that_may_not_be_taken_are_not_judged),
	};

	return run_all_tests(tests);
}
