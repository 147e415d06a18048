/* SPDX-License-Identifier: BSD-3-Clause */
/* Emission in breadth-first order. */
#include <stdlib.h>
#include <string.h>

#include "carom-graph.h"
#include "support-circuit.h"

static const struct carom_emit_options breadth_first = {.size = sizeof(breadth_first),
							.order = CAROM_ORDER_BREADTH_FIRST};

static void assert_ordered(const char *deck, const struct carom_emit_options *options,
			   const char *expected)
{
	struct carom_circuit *circuit = import_deck(deck);
	char *text = carom_circuit_to_text(circuit, options);

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
	carom_circuit_free(circuit);
}

static void definitions_come_first_and_elements_from_ground(void **state)
{
	(void)state;
	assert_ordered("title\n"
		       "r3 b c {rr}\n"
		       ".op\n"
		       "x1 a b s\n"
		       ".subckt s p q\nr2 q m 1\nr1 p m 1\n.ends\n"
		       "v1 a 0 1\n"
		       ".param rr=1\n"
		       "r1 c 0 1\n"
		       "k1 l1 l2 0.5\n"
		       "r9 y z 1\n"
		       ".end\n",
		       &breadth_first,
		       "title\n"
		       ".op\n"
		       ".subckt s p q\nr2 q m 1\nr1 p m 1\n.ends\n"
		       ".param rr=1\n"
		       "v1 a 0 1\n"
		       "r1 c 0 1\n"
		       "x1 a b s\n"
		       "r3 b c {rr}\n"
		       "r9 y z 1\n"
		       "k1 l1 l2 0.5\n"
		       ".end\n");
}

static void what_an_if_chooses_keeps_its_place(void **state)
{
	(void)state;
	assert_ordered(
		"title\n"
		"r2 a b 1\n"
		".param p=1\n"
		".if (p==1)\n.if (p>0)\nr3 b 0 1\n.endif\nr5 b 0 1\n.else\nr3 b 0 2\n.endif\n"
		"v1 a 0 1\n"
		".op\n",
		&breadth_first,
		"title\n"
		".param p=1\n"
		".if (p==1)\n.if (p>0)\nr3 b 0 1\n.endif\nr5 b 0 1\n.else\nr3 b 0 2\n.endif\n"
		".op\n"
		"v1 a 0 1\n"
		"r2 a b 1\n"
		".end\n");
}

static void it_can_be_asked_for_with_what_is_reached(void **state)
{
	const struct carom_emit_options options = {
		.size = sizeof(options), .order = CAROM_ORDER_BREADTH_FIRST, .only_reached = true};

	(void)state;
	assert_ordered("title\nr1 a b 1\n.subckt s a\nr1 a 0 1\n.ends\nv1 a 0 1\n.op\n", &options,
		       "title\n.op\nv1 a 0 1\nr1 a b 1\n.end\n");
}

static int count_card(void *arg, const struct carom_card *card)
{
	(void)card;
	++*(size_t *)arg;
	return 0;
}

static int try_emission(void *arg)
{
	size_t count = 0;
	int status = carom_circuit_emit(arg, &breadth_first, count_card, &count);

	assert_int_equal(count, status == 0 ? 4 : 0);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nr1 a b 1\nv1 a 0 1\n");

	(void)state;
	assert_survives_no_memory(try_emission, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(definitions_come_first_and_elements_from_ground),
		cmocka_unit_test(what_an_if_chooses_keeps_its_place),
		cmocka_unit_test(it_can_be_asked_for_with_what_is_reached),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
