/* SPDX-License-Identifier: BSD-3-Clause */
/* Functions in expressions. */
#include "base/text.h"
#include "support-lint.h"

#define NO_FUNCTION(label, name)                                           \
	" error undefined-function: " label ": undefined function \"" name \
	"\"; define it with .func\n"
#define NO_PARAMETER(label, name)                                        \
	" error undefined-param: " label ": undefined parameter \"" name \
	"\"; define it with .param\n"

#define DRAWN_ONCE                                                                               \
	"5 warning drawn-once: limit() is a random number, drawn once when the deck is loaded; " \
	"to limit a signal use min and max\n"

static void each_language_knows_its_functions(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 {agauss(1,0.1,3)+sqrt(2)}\nr1 a 0 {uramp(1)}\nb1 b 0 v=uramp(v(a))\n"
		    "b2 b 0 i=agauss(1,2,3)+limit(v(a),-1,1)+sqr(2)\nr2 b 0 1\n.op\n.end\n",
		    "3" NO_FUNCTION("r1", "uramp") DRAWN_ONCE "5" NO_FUNCTION("b2", "sqr"));
}

static void limit_is_a_limit_where_the_deck_says_so(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\ne1 b 0 value={limit(v(a),0,1)}\nr2 b 0 {limit(1k,1)}\n"
		    ".op\n.end\n",
		    "4 warning drawn-once: limit() is a random number, drawn once when the deck is "
		    "loaded; to limit a signal use min and max\n");
	assert_lint("t\n.func limit(x,a,b) {min(max(x,a),b)}\nv1 a 0 1\nr1 a 0 1\n"
		    "b1 b 0 v=limit(v(a),0,1)\nr2 b 0 1\n.op\n.end\n",
		    "");
}

static void functions_of_the_deck_are_known(void **state)
{
	(void)state;
	assert_lint("t\n.func f(x,y) {max(x,y)}\n.param g(x)={f(x,1)*k} k=2\nv1 a 0 {f(1,2)}\n"
		    "r1 a 0 'g(3)'\n.op\n.end\n",
		    "");
}

static void a_body_is_checked_only_if_it_is_called(void **state)
{
	(void)state;
	assert_lint("t\n.func f(x) {x*y}\nv1 a 0 1\nr1 a 0 1\n.op\n.end\n", "");
	assert_lint("t\n.func f(x) {x*y}\nv1 a 0 {f(1)}\nr1 a 0 {f(2)}\n.op\n.end\n",
		    "2" NO_PARAMETER(".func", "y"));
}

static void a_body_sees_the_parameters_of_who_calls_it(void **state)
{
	(void)state;
	assert_lint("t\n.func f(x) {x*w}\nv1 a 0 1\nx1 a s\n.subckt s a w=1\nr1 a 0 {f(2)}\n.ends\n"
		    ".op\n.end\n",
		    "");
	assert_lint("t\n.func f(x) {x*w}\nv1 a 0 {f(1)}\nx1 a s\n.subckt s a w=1\nr1 a 0 {f(2)}\n"
		    ".ends\n.op\n.end\n",
		    "2" NO_PARAMETER(".func", "w"));
}

static void arguments_end_with_the_body(void **state)
{
	(void)state;
	assert_lint(
		"t\n.func f(x) {g(x)+x}\n.func g(y) {x+y}\nv1 a 0 {f(1)+y}\nr1 a 0 1\n.op\n.end\n",
		"3" NO_PARAMETER(".func", "x") "4" NO_PARAMETER("v1", "y"));
}

static void a_body_is_in_the_language_of_the_call(void **state)
{
	(void)state;
	assert_lint("t\n.func f(x) {x*pi}\nb1 a 0 v=f(v(c))\nr1 a c 1\nr2 c 0 {f(1)}\n.op\n.end\n",
		    "2" NO_PARAMETER(".func", "pi"));
}

static void functions_that_call_each_other_in_a_circle_end(void **state)
{
	(void)state;
	assert_lint(
		"t\n.func f(x) {g(x)}\n.func g(x) {f(x)+z}\nv1 a 0 {f(1)}\nr1 a 0 1\n.op\n.end\n",
		"3" NO_PARAMETER(".func", "z") "3 error recursive-function: .func: \"f\" calls "
					       "itself, for which ngspice runs out of "
					       "stack\n");
}

static void a_chain_of_thousands_needs_no_stack(void **state)
{
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "t\nv1 a 0 {f0(1)}\nr1 a 0 1\n.op\n");
	for (int i = 0; i < 100000; i++)
		text_printf(&deck, ".func f%d(x) {f%d(x)}\n", i, i + 1);
	text_append(&deck, ".end\n");
	assert_lint(text_string(&deck), "");
	text_release(&deck);
}

static void names_are_those_of_the_deck_in_any_case(void **state)
{
	(void)state;
	assert_lint("t\n.param RVal=1\n.FUNC Sq(X) {x*X}\nv1 a 0 {SQ(rval)}\nr1 a 0 {ABS(RVAL)}\n"
		    ".op\n.end\n",
		    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_language_knows_its_functions),
		cmocka_unit_test(limit_is_a_limit_where_the_deck_says_so),
		cmocka_unit_test(functions_of_the_deck_are_known),
		cmocka_unit_test(a_body_is_checked_only_if_it_is_called),
		cmocka_unit_test(a_body_sees_the_parameters_of_who_calls_it),
		cmocka_unit_test(arguments_end_with_the_body),
		cmocka_unit_test(a_body_is_in_the_language_of_the_call),
		cmocka_unit_test(functions_that_call_each_other_in_a_circle_end),
		cmocka_unit_test(a_chain_of_thousands_needs_no_stack),
		cmocka_unit_test(names_are_those_of_the_deck_in_any_case),
	};

	return run_all_tests(tests);
}
