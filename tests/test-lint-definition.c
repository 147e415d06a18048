/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards of .param, taken apart. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"
#define END "\n.op\n.end\n"

#define NO_NAME(name) \
	"5 error bad-param: .param: \"" name "\" is no name; one begins with a letter or \"_\"\n"

static void a_name_has_a_letter(void **state)
{
	(void)state;
	assert_lint(BASE ".param )=5" END, NO_NAME(")"));
	assert_lint(BASE ".param a=1 2 =5" END, NO_NAME("2"));
	assert_lint(BASE ".param - =5" END, NO_NAME("-"));
	assert_lint(BASE ".param a 1=5" END, "");
	assert_lint(BASE ".param _1=5 [=6 #a=7 \xc3\xa9=8" END, "");
	assert_lint(BASE ".param =5" END, "");
}

static void a_function_has_its_arguments_in_brackets(void **state)
{
	static const char open[] =
		"5 error bad-function: .param: the arguments of a function must be "
		"in parentheses: f(x)={x*x}\n";

	(void)state;
	assert_lint(BASE ".param f(=5" END, open);
	assert_lint(BASE ".param f(x)=x*2" END, "");
}

static void values_are_separated_by_blanks(void **state)
{
	static const char comma[] = "5 error bad-param: .param: ngspice never gets over a comma "
				    "between values; write blanks\n";

	(void)state;
	assert_lint(BASE ".param c=1,d=2" END, comma);
	assert_lint(BASE ".param c=1, d=2, e=3" END, comma);
	assert_lint(BASE ".param c={1} d='2',e=3" END, comma);
	assert_lint(BASE ".param c=1 ,d=2" END, "");
	assert_lint(BASE ".param c=max(1,2) d={min(1, 2)} e='max(1,2)'" END, "");
	assert_lint(BASE ".param c=\"a,b\" d=1" END, "");
}

static void subcircuits_are_looked_at_too(void **state)
{
	(void)state;
	assert_lint(BASE "x1 b s\n.subckt s a\n.param )=1\nr1 a 0 1\n.ends" END,
		    "7 error bad-param: .param: \")\" is no name; one begins with a letter or "
		    "\"_\"\n");
}

static void a_parameter_of_a_subcircuit_begins_with_a_letter(void **state)
{
	(void)state;
	assert_lint(BASE "x1 a s\n.subckt s a 1pv=3\nr1 a 0 1\n.ends" END,
		    "6 error bad-param: .subckt: \"1pv\" is no name; one begins with a letter\n");
	assert_lint(BASE ".param 1pv=3\nx1 a s\n.subckt s a _p=3\nr1 a 0 {_p}\n.ends" END, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_has_a_letter),
		cmocka_unit_test(a_function_has_its_arguments_in_brackets),
		cmocka_unit_test(values_are_separated_by_blanks),
		cmocka_unit_test(subcircuits_are_looked_at_too),
		cmocka_unit_test(a_parameter_of_a_subcircuit_begins_with_a_letter),
	};

	return run_all_tests(tests);
}
