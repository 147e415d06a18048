/* SPDX-License-Identifier: BSD-3-Clause */
/* Emission: what is sent in which order, and that an edit rewrites one card only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "circuit/edit.h"
#include "support-circuit.h"

struct seen {
	int count;
	int stop_at;
	char sources[256];
};

static int look(void *arg, const struct carom_card *card)
{
	struct seen *seen = arg;
	size_t n = strlen(seen->sources);

	snprintf(seen->sources + n, sizeof(seen->sources) - n, "%s:%d ", card->source, card->line);
	assert_int_equal(card->text[card->length], '\0');
	return ++seen->count == seen->stop_at ? 42 : 0;
}

static void cards_come_in_order_with_their_places(void **state)
{
	struct carom_circuit *c = import_deck("title\n"
					      "* comment\n"
					      "r1 a b 1k\n"
					      ".subckt s a\n"
					      "r1 a\n+ 0 1\n"
					      ".ends\n"
					      ".end\n");
	struct seen seen = {0};

	(void)state;
	carom_circuit_set_param(c, "p", 1, NULL);
	assert_int_equal(carom_circuit_emit(c, NULL, look, &seen), 0);
	assert_string_equal(seen.sources, "t.cir:1 t.cir:3 t.cir:4 t.cir:5 t.cir:7 :0 t.cir:8 ");
	carom_circuit_free(c);
}

static void a_sink_can_stop_the_emission(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a\nr1 a 0 1\n.ends\nr1 a 0 1\n");

	(void)state;
	for (int stop = 1; stop <= 6; stop++) {
		struct seen seen = {.stop_at = stop};

		assert_int_equal(carom_circuit_emit(c, NULL, look, &seen), 42);
		assert_int_equal(seen.count, stop);
	}
	carom_circuit_free(c);
}

static int note_index(void *arg, const struct carom_circuit *where, uint32_t index,
		      const struct carom_card *card)
{
	char *seen = arg;

	if (index != NAME_NONE)
		assert_ptr_equal(where->cards[index].text, card->text);
	sprintf(seen + strlen(seen), "%s:%d ", carom_circuit_title(where),
		index == NAME_NONE ? -1 : (int)index);
	return 0;
}

static void each_line_is_told_with_its_circuit_and_card(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.param p=1\n.subckt s a\nr1 a 0 1\n.ends\nr1 a 0 1\n");
	char seen[256] = "";

	(void)state;
	assert_int_equal(circuit_emit_cards(c, NULL, note_index, seen), 0);
	assert_string_equal(seen, "t:0 t:1 s:0 s:1 s:-1 t:3 t:-1 ");
	carom_circuit_free(c);
}

static void an_imported_deck_comes_out_as_it_was_written(void **state)
{
	static const char deck[] = "A Title, with CASE  and  blanks\n"
				   "R1  In\tOUT   4.70K tc1=1m\n"
				   "Q1 (c,b,e) QN 2.0 ic = 0.6, 5\n"
				   ".MODEL QN NPN ( BF = 100.00 IS=1E-15)\n"
				   ".Subckt S a PARAMS: x=1\n"
				   "v1 a 0 PULSE( 0 5 {x} )\n"
				   ".ENDS S\n"
				   ".tran 1n 1u\n"
				   ".END\n";
	struct carom_circuit *c = import_deck(deck);

	(void)state;
	assert_deck(c, deck);
	carom_circuit_free(c);
}

static void an_edit_changes_its_card_only(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a b  1k tc1=1\nr2 a b 2k\n.end\n");
	const char *untouched = c->cards[2].text;

	(void)state;
	carom_element_set_value(c, element_called(c, "r1"), 1234.5678, NULL);
	assert_deck(c, "t\nr1 a b  1234.5678 tc1=1\nr2 a b 2k\n.end\n");
	assert_ptr_equal(c->cards[2].text, untouched);
	carom_circuit_free(c);
}

static void a_thousand_edits_of_one_card_take_no_more_room(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a b 1 tc1=1\n");
	struct carom_element r1 = element_called(c, "r1");
	const char *text;

	(void)state;
	carom_element_set_value(c, r1, 1.0 / 3, NULL);
	text = c->cards[1].text;
	for (int i = 0; i < 1000; i++)
		carom_element_set_value(c, r1, 1.0 / (i + 1), NULL);
	assert_ptr_equal(c->cards[1].text, text);
	assert_deck(c, "t\nr1 a b 0.001 tc1=1\n.end\n");
	carom_circuit_free(c);
}

static void places_behind_an_edit_move_along(void **state)
{
	struct carom_circuit *c = import_deck("t\n.param a=1 b=2 c=3\nq1 c b e qn 2\n");
	struct element *q1 = &c->elements[0];

	(void)state;
	assert_int_equal(circuit_splice_card(c, 1, 9, 1, "12345.678901234567", NULL), 0);
	assert_memory_equal(c->cards[1].text + circuit_find_param(c, "a")->value_begin,
			    "12345.678901234567", circuit_find_param(c, "a")->value_length);
	assert_memory_equal(c->cards[1].text + circuit_find_param(c, "b")->value_begin, "2 c", 3);
	assert_memory_equal(c->cards[1].text + circuit_find_param(c, "c")->value_begin, "3", 2);
	assert_int_equal(circuit_splice_card(c, 2, 3, 1, "collector", NULL), 0);
	assert_string_equal(c->cards[2].text + q1->model_begin, "qn 2");
	assert_int_equal(circuit_splice_card(c, 2, 3, 9, "", NULL), 0);
	assert_string_equal(c->cards[2].text + q1->model_begin, "qn 2");
	carom_circuit_free(c);
}

static void a_subcircuits_header_is_edited_for_its_parent_too(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.subckt s a params: x=1 y=2\nr1 a 0 {x}\n.ends\n");
	struct carom_circuit *s = circuit_find_child(c, "s");

	(void)state;
	assert_int_equal(carom_circuit_set_param(s, "x", 1.0 / 3, NULL), 0);
	assert_int_equal(carom_circuit_set_param(s, "y", 5, NULL), 0);
	assert_deck(c,
		    "t\n.subckt s a params: x=0.3333333333333333 y=5\nr1 a 0 {x}\n.ends\n.end\n");
	assert_string_equal(c->cards[s->card].text, s->cards[0].text);
	assert_int_equal(c->cards[s->card].length, s->cards[0].length);
	carom_circuit_free(c);
}

static void a_subcircuit_is_emitted_by_itself_too(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a\nr1 a 0 1\n.ends s\n");

	(void)state;
	assert_deck(circuit_find_child(c, "s"), ".subckt s a\nr1 a 0 1\n.ends s\n");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_come_in_order_with_their_places),
		cmocka_unit_test(a_sink_can_stop_the_emission),
		cmocka_unit_test(each_line_is_told_with_its_circuit_and_card),
		cmocka_unit_test(an_imported_deck_comes_out_as_it_was_written),
		cmocka_unit_test(an_edit_changes_its_card_only),
		cmocka_unit_test(a_thousand_edits_of_one_card_take_no_more_room),
		cmocka_unit_test(places_behind_an_edit_move_along),
		cmocka_unit_test(a_subcircuits_header_is_edited_for_its_parent_too),
		cmocka_unit_test(a_subcircuit_is_emitted_by_itself_too),
	};

	return run_all_tests(tests);
}
