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

static void what_follows_a_condition_counts_for_nothing_but_an_assignment(void **state)
{
	(void)state;
	assert_lint(BASE ".param q=1\n.if (q==1) foo m=2\n.endif\n.op\n.end\n", "");
	assert_lint(BASE ".param q=1\n.if (q==1) m=\n.endif\n.op\n.end\n",
		    "6 error missing-value: there is no value behind \"m=\"\n");
	assert_lint(BASE ".param q=1\n.if (q==1) && (q==2)\n.endif\n.op\n.end\n",
		    "6 error bad-expression: \"q==1) && (q==2\" cannot be computed: a character "
		    "that is no operator \")\"\n");
}

static void subcircuits_are_looked_at_too(void **state)
{
	(void)state;
	assert_lint(BASE "x1 b s\n.subckt s a\n.if 1\nr1 a 0 1\n.endif\n.ends\n.op\n.end\n",
		    "7 error condition: .if: the condition must be in parentheses, as in .if (a == "
		    "1)\n");
}

static void branches_need_an_if(void **state)
{
	(void)state;
	assert_lint(BASE ".else\n.op\n.end\n", "5 error condition: .else without .if\n");
	assert_lint(BASE ".elseif (1)\n.op\n.end\n", "5 error condition: .elseif without .if\n");
}

static void a_card_that_ngspice_does_not_know_stops_it(void **state)
{
	(void)state;
	assert_lint(BASE ".step a 1\n.op\n.end\n",
		    "5 error unknown-card: ngspice has no card .step, and stops at it; correct it "
		    "or take it out\n");
	assert_lint(BASE ".optionsx\n.prot\n.unprot\n.parameters q=1\n.globalx\n.op\n.end\n", "");
	assert_lint(BASE ".if (0)\n.step a 1\n.endif\n.op\n.end\n", "");
}

static void a_mode_among_the_options_does_nothing(void **state)
{
	(void)state;
	assert_lint(BASE ".options reltol=1e-4 NgBehavior = hsa\n.op\n.end\n",
		    "5 warning compat-mode: ngbehavior on a card does nothing: the deck is read "
		    "without a compatibility mode\n");
	assert_lint(BASE ".options reltol=1e-4\n.op\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_condition_is_in_parentheses),
		cmocka_unit_test(what_follows_a_condition_counts_for_nothing_but_an_assignment),
		cmocka_unit_test(subcircuits_are_looked_at_too),
		cmocka_unit_test(branches_need_an_if),
		cmocka_unit_test(a_card_that_ngspice_does_not_know_stops_it),
		cmocka_unit_test(a_mode_among_the_options_does_nothing),
	};

	return run_all_tests(tests);
}
