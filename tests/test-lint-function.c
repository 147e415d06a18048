/* SPDX-License-Identifier: BSD-3-Clause */
/* Definitions of functions. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void a_function_has_a_name_and_arguments(void **state)
{
	(void)state;
	assert_lint(BASE ".func\n.op\n.end\n", "5 error bad-function: .func needs a name and "
					       "arguments in parentheses: .func f(x) {x*x}\n");
	assert_lint(BASE ".func f {1}\n.op\n.end\n",
		    "5 error bad-function: .func needs a name and arguments in parentheses: .func "
		    "f(x) {x*x}\n");
	assert_lint(BASE ".func f(x) {x}\n.op\n.end\n", "");
	assert_lint(BASE ".func f () {1}\n.op\n.end\n", "");
}

static void a_function_does_not_call_itself(void **state)
{
	(void)state;
	assert_lint(BASE ".func f(x) {f(x-1)}\n.op\n.end\n",
		    "5 error recursive-function: .func: \"f\" calls itself, for which ngspice runs "
		    "out of stack\n");
	assert_lint(BASE ".func f(x) {g(x)}\n.func g(x) {2*x}\n.op\n.end\n", "");
	assert_lint(BASE ".func f(x) {g(x)}\n.func g(x) {h(x)}\n.func h(x) {f(x)}\n.op\n.end\n",
		    "7 error recursive-function: .func: \"f\" calls itself, for which ngspice runs "
		    "out of stack\n");
}

static void the_body_is_looked_at_where_it_is_called(void **state)
{
	(void)state;
	assert_lint(BASE ".func f(x) {x+}\nr3 b 0 {f(1)}\n.op\n.end\n",
		    "6 error bad-expression: \"f(1)\" cannot be computed: a value is missing at "
		    "the end\n");
	assert_lint(BASE ".func f(x) {x+}\n.op\n.end\n", "");
	assert_lint(BASE ".func f(x,y) {x*y}\nr3 b 0 {f(1)}\n.op\n.end\n",
		    "6 error bad-expression: \"f(1)\" cannot be computed: wrong number of "
		    "arguments for the function \"f\"\n");
}

static void what_follows_the_body_is_a_part_of_it(void **state)
{
	(void)state;
	assert_lint(BASE ".func f(x) {x*2} *3\n.op\n.end\n", "");
	assert_lint(BASE ".func f(x) {x*2} junk\n.op\n.end\n", "");
	assert_lint(BASE ".func f(x) {x*2} +\n.op\n.end\n",
		    "5 error bad-function: .func: \"+\" behind the body; nothing may follow the "
		    "braces\n");
	assert_lint(BASE ".func f(x) {x*2} (3) \n.op\n.end\n",
		    "5 error bad-function: .func: \"(3)\" behind the body; nothing may follow the "
		    "braces\n");
}

#define GLUED(name, mark)                                                                     \
	"ngspice makes a function of \"" name                                                 \
	"\", which draws or depends on temper, and does not see it behind \"" mark "\"; put " \
	"it in parentheses\n"

static void a_parameter_that_becomes_a_function_is_not_seen_everywhere(void **state)
{
	(void)state;
	assert_lint(BASE ".param y=unif(1,0.1) u={1 ? y : 2}\nr3 b 0 {u}\n.op\n.end\n",
		    "5 error bad-expression: " GLUED("y", "?"));
	assert_lint(BASE ".param y={3*temper}\nr3 b 0 {1&&y}\n.op\n.end\n",
		    "6 error bad-expression: " GLUED("y", "&"));
	assert_lint(BASE ".param y=unif(1,0.1) z=1\nr3 b 0 {1 ? (y) : y+z}\n"
			 "r4 b 0 {1 ? z : y}\n.op\n.end\n",
		    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_has_a_name_and_arguments),
		cmocka_unit_test(a_function_does_not_call_itself),
		cmocka_unit_test(the_body_is_looked_at_where_it_is_called),
		cmocka_unit_test(what_follows_the_body_is_a_part_of_it),
		cmocka_unit_test(a_parameter_that_becomes_a_function_is_not_seen_everywhere),
	};

	return run_all_tests(tests);
}
