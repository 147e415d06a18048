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

#define NO_UTF_8(line, byte)                                       \
	line " error unknown-card: a byte that is no UTF-8 (" byte \
	     "), at which ngspice stops; save the file as UTF-8\n"

static void bytes_that_are_no_utf_8_stop_ngspice(void **state)
{
	(void)state;
	assert_lint("\xe4\nv1 a 0 1\nr1 a 0 1 $ \xe4\n* \xe4\n.title \xe4\n.op\n.end\n", "");
	assert_lint(BASE "c1 b \xc3\xa4 1\xb5\nr3 \xc3\xa4 0 \xc2\xb5\n.op\n.end\n", "");
	assert_lint(BASE "r3 b\xe4 0 1\nr4 b\xe4 0 1\n.op\n.end\n",
		    NO_UTF_8("5", "0xe4") NO_UTF_8("6", "0xe4"));
	assert_lint(BASE "r3 b\xf5\x80\x80\x80 0 1\nr4 b\xf5\x80\x80\x80 0 1\n.op\n.end\n",
		    NO_UTF_8("5", "0xf5") NO_UTF_8("6", "0xf5"));
	assert_lint(BASE "r3 b\xef\xbf\xbf 0 1\nr4 b\xef\xbf\xbf 0 1\n.op\n.end\n",
		    NO_UTF_8("5", "0xef") NO_UTF_8("6", "0xef"));
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
		cmocka_unit_test(bytes_that_are_no_utf_8_stop_ngspice),
	};

	return run_all_tests(tests);
}
