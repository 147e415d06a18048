/* SPDX-License-Identifier: BSD-3-Clause */
/* Bytes of a card replaced. */
#include <string.h>

#include "circuit/edit.h"
#include "support-circuit.h"

static void places_behind_an_edit_move(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.param a=1 b=22\n.model rm r\nr1 a 0 10 rm\n.end\n");

	(void)state;
	assert_int_equal(circuit_splice_card(c, 1, 9, 1, "12345", NULL), 0);
	assert_string_equal(c->cards[1].text, ".param a=12345 b=22");
	assert_int_equal(c->params[0].value_length, 5);
	assert_memory_equal(c->cards[1].text + c->params[1].value_begin, "22", 2);
	assert_int_equal(circuit_splice_card(c, 3, 7, 2, "1", NULL), 0);
	assert_string_equal(c->cards[3].text, "r1 a 0 1 rm");
	assert_int_equal(c->elements[0].model_begin, 9);
	carom_circuit_free(c);
}

static void a_first_line_and_its_twin_say_the_same(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a w=1\nr1 a 0 {w}\n.ends\n.end\n");
	const struct carom_circuit *s = c->children[0];

	(void)state;
	assert_int_equal(circuit_splice_card(c->children[0], 0, 14, 1,
					     "123456789012345678901234567890", NULL),
			 0);
	assert_string_equal(s->cards[0].text, ".subckt s a w=123456789012345678901234567890");
	assert_ptr_equal(c->cards[1].text, s->cards[0].text);
	assert_int_equal(c->cards[1].length, s->cards[0].length);
	carom_circuit_free(c);
}

static void a_prepared_card_needs_no_memory(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.end\n");

	(void)state;
	assert_int_equal(circuit_prepare_card(c, 1, 40, NULL), 0);
	assert_string_equal(c->cards[1].text, "r1 a 0 1");
	circuit_replace_bytes(c, 1, 7, 1, "0123456789012345678901234567890123456789", 40);
	assert_string_equal(c->cards[1].text, "r1 a 0 0123456789012345678901234567890123456789");
	carom_circuit_free(c);
}

static void a_card_has_a_longest_length(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(circuit_prepare_card(c, 1, UINT32_MAX, &err), CAROM_ERROR_LIMIT);
	assert_string_equal(err.text, "the card would be too long");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_behind_an_edit_move),
		cmocka_unit_test(a_first_line_and_its_twin_say_the_same),
		cmocka_unit_test(a_prepared_card_needs_no_memory),
		cmocka_unit_test(a_card_has_a_longest_length),
	};

	return run_all_tests(tests);
}
