/* SPDX-License-Identifier: BSD-3-Clause */
/* Is there something to run, and does it begin with an operating point? */
#include <stdio.h>

#include "support-lint.h"

#define FLOATING "v1 a 0 1 ac 1\ng1 x 0 a 0 1m\n"
#define FINDING                                                                                  \
	" net \"x\" (g1) has no DC path to ground, so the current of g1 has nowhere to go; add " \
	"one, "                                                                                  \
	"for instance a resistor of 1g\n"
#define FATAL "3 error singular-net:" FINDING

static void a_deck_without_analysis_has_nothing_to_run(void **state)
{
	(void)state;
	assert_lint("t\nr1 a 0 1\nv1 a 0 1\n.end\n", "0 error no-analysis: no analysis: add .op, "
						     ".tran, .ac, .dc or .noise to the deck\n");
}

static void each_analysis_but_tran_uic_needs_an_operating_point(void **state)
{
	static const char *const cards[] = {".op", ".dc v1 0 1 1", ".ac lin 1 1 1", ".tran 1u 2u",
					    ".noise v(x) v1 lin 1 1 1"};
	char deck[256];

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		snprintf(deck, sizeof(deck), "t\n" FLOATING "%s\n.end\n", cards[i]);
		assert_lint(deck, FATAL);
	}
	assert_lint("t\n" FLOATING ".tran 1u 2u uic\n.end\n", "3 warning floating-net:" FINDING);
	assert_lint("t\n" FLOATING ".tran 1u 2u UIC\n.op\n.end\n", FATAL);
}

static void ic_holds_a_net_in_the_operating_point_of_tran_only(void **state)
{
	(void)state;
	assert_lint("t\n" FLOATING ".ic v(x)=0.5\n.tran 1u 2u\n.end\n", "");
	assert_lint("t\n" FLOATING ".ic v(a)=0.5\n.tran 1u 2u\n.end\n", FATAL);
	assert_lint("t\n" FLOATING ".ic v(x)=0.5\n.tran 1u 2u\n.op\n.end\n", FATAL);
	assert_lint("t\n" FLOATING ".nodeset v(x)=0.5\n.tran 1u 2u\n.end\n", FATAL);
}

static void ic_holds_nets_of_subcircuits_too(void **state)
{
	(void)state;
	assert_lint("t\nx1 a s\nv1 a 0 1\n.subckt s a\nc1 a x 1n\nc2 x 0 1n\n.ends\n"
		    ".ic v(x1.x)=0\n.tran 1u 2u\n.end\n",
		    "");
}

static void a_shunt_at_every_net_is_a_path_to_ground(void **state)
{
	(void)state;
	assert_lint("t\n" FLOATING ".options rshunt=1e12\n.op\n.end\n", "");
	assert_lint("t\n" FLOATING ".option gshunt=1e-12\n.op\n.end\n", "");
	assert_lint("t\n" FLOATING ".option reltol=1e-3\n.op\n.end\n", FATAL);
}

static void series_resistance_opens_loops_of_inductors(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nl1 a 0 1\n.options rseries=1m\n.op\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deck_without_analysis_has_nothing_to_run),
		cmocka_unit_test(each_analysis_but_tran_uic_needs_an_operating_point),
		cmocka_unit_test(ic_holds_a_net_in_the_operating_point_of_tran_only),
		cmocka_unit_test(ic_holds_nets_of_subcircuits_too),
		cmocka_unit_test(a_shunt_at_every_net_is_a_path_to_ground),
		cmocka_unit_test(series_resistance_opens_loops_of_inductors),
	};

	return run_all_tests(tests);
}
