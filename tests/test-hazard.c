/* SPDX-License-Identifier: BSD-3-Clause */
/* What makes a second run differ from the first. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

/* expected: NULL for a deck without hazard. */
static void assert_hazard(const char *cards, const char *expected)
{
	char deck[1024];
	struct carom_circuit *c;
	const char *found;

	snprintf(deck, sizeof(deck), "a title that calls ddt(x)\n%s\n", cards);
	c = import_deck(deck);
	found = circuit_rerun_hazard(c, NULL);
	if (expected) {
		assert_non_null(found);
		assert_string_equal(found, expected);
	} else {
		assert_null(found);
	}
	carom_circuit_free(c);
}

static void coupled_inductors_are_a_hazard_anywhere(void **state)
{
	(void)state;
	assert_hazard("l1 a 0 1\nl2 b 0 1\nK1 l1 l2 0.5", "K1 couples inductors");
	assert_hazard(".subckt s a\n.subckt t a\nk7 l1 l2 1\n.ends\n.ends\nr1 a 0 1",
		      "k7 couples inductors");
	assert_hazard("l1 a 0 1\nl2 b 0 1", NULL);
}

static void lossless_lines_are_a_hazard(void **state)
{
	(void)state;
	assert_hazard("t1 a 0 b 0 z0=50 td=1n", "t1 is a line with delay");
	assert_hazard("o1 a 0 b 0 om\n.model om ltra r=1 l=1n c=1p len=1", NULL);
}

static void event_driven_code_models_are_a_hazard(void **state)
{
	(void)state;
	assert_hazard("a1 [1] [2] m\n.model m d_and(x=1)", "a1 is event-driven");
	assert_hazard("a1 [1] [2] m\n.model m ADC_bridge", "a1 is event-driven");
	assert_hazard("a1 [1] [2] m\n.model m dac_bridge", "a1 is event-driven");
	assert_hazard("a1 [1] [2] m\n.model m bidi_bridge", "a1 is event-driven");
	assert_hazard("a1 1 2 m", "a1 is event-driven");
	assert_hazard("a1 1 2 m\n.model m gain(gain=2)", NULL);
	assert_hazard(".model m gain\n.subckt s a\na1 1 2 m\n.ends\nr1 a 0 1", NULL);
}

static void derivatives_and_integrals_are_a_hazard(void **state)
{
	(void)state;
	assert_hazard("b1 a 0 v=DDT(v(b))", "b1 uses ddt()");
	assert_hazard("b1 a 0 v=2*idt (v(b))", "b1 uses idt()");
	assert_hazard("e1 a 0 vol='ddt(v(b))'", "e1 uses ddt()");
	assert_hazard("r1 a 0 1\n.func f(x) {ddt(x)}", ".func uses ddt()");
	assert_hazard("b1 a 0 v=v(ddt)", NULL);
	assert_hazard("raddt ddt idt 1", NULL);
	assert_hazard("b1 a 0 v=ddt+ddt(v(b))", "b1 uses ddt()");
}

static void simple_circuits_have_none(void **state)
{
	(void)state;
	assert_hazard("v1 a 0 pulse(0 1 0 1n 1n 1u 2u)\nr1 a b 1\nc1 b 0 1n\nd1 b 0 dm\n"
		      ".model dm d\n.tran 1n 1u",
		      NULL);
}

static void the_reason_is_told_shorter_when_memory_is_out(void **state)
{
	struct carom_circuit *c = import_deck("t\nk1 l1 l2 0.5\n");

	(void)state;
	mem_fail_after(0);
	assert_string_equal(circuit_rerun_hazard(c, NULL), "couples inductors");
	mem_fail_after(-1);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(coupled_inductors_are_a_hazard_anywhere),
		cmocka_unit_test(lossless_lines_are_a_hazard),
		cmocka_unit_test(event_driven_code_models_are_a_hazard),
		cmocka_unit_test(derivatives_and_integrals_are_a_hazard),
		cmocka_unit_test(simple_circuits_have_none),
		cmocka_unit_test(the_reason_is_told_shorter_when_memory_is_out),
	};

	return run_all_tests(tests);
}
