/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that are defined again. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void of_parameters_the_last_counts(void **state)
{
	(void)state;
	assert_lint(BASE ".param p=1\n.param p=2\n.op\n.end\n",
		    "5 warning duplicate-param: parameter \"p\" is defined at t.cir:6 too, which "
		    "is what counts\n");
	assert_lint(BASE ".param p=1 q=2\n.op\n.end\n", "");
	assert_lint(BASE ".param p=1\n.if (p==1)\n.param p=2\n.endif\n.op\n.end\n", "");
}

static void of_models_the_first_counts(void **state)
{
	(void)state;
	assert_lint(BASE ".model dn d\n.model dn d\n.op\n.end\n",
		    "6 warning duplicate-model: model \"dn\" is defined at t.cir:5 too, which is "
		    "what counts\n");
	assert_lint(BASE ".model mn.1 nmos\n.model mn.2 nmos\n.op\n.end\n", "");
	assert_lint(BASE
		    "x1 b s\n.model dn d\n.subckt s a\n.model dn d\nr1 a 0 1\n.ends\n.op\n.end\n",
		    "");
}

static void of_subcircuits_the_first_counts(void **state)
{
	(void)state;
	assert_lint(
		BASE
		".subckt s a\nr1 a 0 1\n.ends\n.subckt S a\nr1 a 0 2\n.ends\nx1 b s\n.op\n.end\n",
		"8 warning duplicate-subcircuit: subcircuit \"S\" is defined at t.cir:5 too, which "
		"is what counts\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_parameters_the_last_counts),
		cmocka_unit_test(of_models_the_first_counts),
		cmocka_unit_test(of_subcircuits_the_first_counts),
	};

	return run_all_tests(tests);
}
