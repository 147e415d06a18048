/* SPDX-License-Identifier: BSD-3-Clause */
/* Instances in one another. */
#include <stdio.h>

#include "base/text.h"
#include "support-lint.h"

/* So many instances in one another, of subcircuits that stand side by side. */
static void assert_depth(unsigned depth, const char *expected)
{
	struct text deck = TEXT_INIT;

	text_printf(&deck, "t\nv1 a 0 1\nx0 a s1\n");
	for (unsigned i = 1; i < depth; i++)
		text_printf(&deck, ".subckt s%u p\nx1 p s%u\n.ends\n", i, i + 1);
	text_printf(&deck, ".subckt s%u p\nr1 p 0 1\n.ends\n.op\n.end\n", depth);
	assert_lint(text_string(&deck), expected);
	text_release(&deck);
}

static void instances_are_unfolded_as_far_as_ngspice_does(void **state)
{
	(void)state;
	assert_depth(19, "");
	assert_depth(20, "3 error nesting-depth: x0: instances in one another 20 deep, where "
			 "ngspice unfolds 22 at most, and not 20\n");
	assert_depth(21, "");
	assert_depth(22, "");
	assert_depth(23, "3 error nesting-depth: x0: instances in one another 23 deep, where "
			 "ngspice unfolds 22 at most, and not 20\n");
}

/* These are unfolded where they are defined. */
static void definitions_in_one_another_do_not_count(void **state)
{
	struct text deck = TEXT_INIT;

	(void)state;
	text_printf(&deck, "t\nv1 a 0 1\nx0 a s1\n");
	for (unsigned i = 1; i <= 10; i++)
		text_printf(&deck, ".subckt s%u p\n", i);
	text_printf(&deck, "r1 p 0 1\n.ends\n");
	for (unsigned i = 10; i > 1; i--)
		text_printf(&deck, "x1 p s%u\n.ends\n", i);
	text_printf(&deck, ".op\n.end\n");
	assert_lint(text_string(&deck), "");
	text_release(&deck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instances_are_unfolded_as_far_as_ngspice_does),
		cmocka_unit_test(definitions_in_one_another_do_not_count),
	};

	return run_all_tests(tests);
}
