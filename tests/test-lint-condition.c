/* SPDX-License-Identifier: BSD-3-Clause */
/* Conditions of .if. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void a_condition_is_in_parentheses(void **state)
{
	(void)state;
	assert_lint(BASE ".param q=1\n.if q==1\n.endif\n.op\n.end\n",
		    "6 error condition: .if: the condition must be in parentheses, as in .if (a == "
		    "1)\n");
	assert_lint(BASE ".param q=1\n.if (q==1)\n.elseif {q==2}\n.endif\n.op\n.end\n",
		    "7 error condition: .elseif: the condition must be in parentheses, as in "
		    ".elseif (a == 1)\n7 error bad-expression: \" {q==2}\": braces within braces; "
		    "use parentheses\n");
	assert_lint(BASE ".param q=1\n.if(q==1)\n.elseif (q==2)\n.else\n.endif\n.op\n.end\n", "");
}

static void subcircuits_are_looked_at_too(void **state)
{
	(void)state;
	assert_lint(BASE "x1 b s\n.subckt s a\n.if 1\nr1 a 0 1\n.endif\n.ends\n.op\n.end\n",
		    "7 error condition: .if: the condition must be in parentheses, as in .if (a == "
		    "1)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_condition_is_in_parentheses),
		cmocka_unit_test(subcircuits_are_looked_at_too),
	};

	return run_all_tests(tests);
}
