/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of a deck: comments, continuations, line ends, statements. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/deck-line.h"
#include "circuit/include.h"
#include "support-circuit.h"

/* What stands between the title and ".end" when this deck is emitted. */
static void assert_cards(const char *lines, const char *expected)
{
	char deck[2048] = "t\n", whole[2048] = "t\n";
	struct carom_circuit *c;

	strcat(deck, lines);
	strcat(strcat(whole, expected), ".end\n");
	c = import_deck(deck);
	assert_deck(c, whole);
	carom_circuit_free(c);
}

static void comments_and_blank_lines_are_dropped(void **state)
{
	(void)state;
	assert_cards("* one\n\n   \t\n  * two\n$ three\n; four\n# five\n// six\nr1 a 0 1\n",
		     "r1 a 0 1\n");
}

static void end_comments_are_cut_as_ngspice_does(void **state)
{
	(void)state;
	assert_cards("r1 a 0 1 ; x\n", "r1 a 0 1\n");
	assert_cards("r1 a 0 1;x\n", "r1 a 0 1\n");
	assert_cards("r1 a 0 1 $ x\n", "r1 a 0 1\n");
	assert_cards("r1 a 0 1,$x\n", "r1 a 0 1,\n");
	assert_cards("r1 a$b 0 1\n", "r1 a$b 0 1\n");
	assert_cards("r1 a 0 1 // x\n", "r1 a 0 1\n");
	assert_cards("r1 a/b 0 1\n", "r1 a/b 0 1\n");
	assert_cards("b1 a 0 v=1/v(b)\n", "b1 a 0 v=1/v(b)\n");
	assert_cards("r1 a 0 1 ; x $ y // z\n", "r1 a 0 1\n");
}

static void continuations_join_with_a_blank(void **state)
{
	(void)state;
	assert_cards("r1 a 0\n+ 1k\n", "r1 a 0  1k\n");
	assert_cards("r1 a 0\n+1k\n  + tc1=1\n", "r1 a 0 1k  tc1=1\n");
	assert_cards("r1 a 0\n+\n+1\n", "r1 a 0  1\n");
	assert_cards("r1 a 0 1\n+$ x\n+; x\n+// x\n", "r1 a 0 1\n");
}

static void comments_may_stand_between_continuations(void **state)
{
	(void)state;
	assert_cards("r1 a 0 ; first\n* comment\n\n+1k $ second\n* last\nr2 a 0 1\n",
		     "r1 a 0 1k\nr2 a 0 1\n");
}

static void two_backslashes_continue_a_line(void **state)
{
	(void)state;
	assert_cards("r1 a 0 \\\\\n1k\nr2 a 0 1\n", "r1 a 0 1k\nr2 a 0 1\n");
	assert_cards("r1 a \\\\\n0 \\\\\n1k\n+ tc1=1\n", "r1 a 0 1k  tc1=1\n");
	assert_cards("r1 a 0 1k\\\\\n", "r1 a 0 1k\n");
	assert_cards("r1 a 0 1k \\\\ \\\\\n", "r1 a 0 1k\n");
}

/* Whatever follows is joined, so that a "$" there is the first of its line, yet behind a blank. */
static void a_dollar_begins_a_comment_of_an_open_line_too(void **state)
{
	(void)state;
	assert_cards("r1 a 0 1k \\\\\n$ x\n+ tc1=1\n", "r1 a 0 1k   tc1=1\n");
	assert_cards("r1 a 0 1k\\\\\n$\n", "r1 a 0 1k\n");
}

static void backslashes_before_a_comment_are_left_out_and_noted(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1k\\\\; x\nr2 a 0 1k \\\\ $ x\n");
	const struct carom_findings *notes = carom_circuit_notes(c);

	(void)state;
	assert_deck(c, "t\nr1 a 0 1k\nr2 a 0 1k\n.end\n");
	assert_int_equal(carom_findings_count(notes), 2);
	assert_int_equal(carom_findings_get(notes, 1).line, 3);
	assert_non_null(strstr(carom_findings_get(notes, 1).text, "in front of a comment"));
	carom_circuit_free(c);
	assert_cards("r1 a 0 1k\\\\; x\n+ tc1=1\n", "r1 a 0 1k\\\\  tc1=1\n");
}

/* Lines are looked at by eight bytes: what ends or spoils them may stand anywhere. */
static void a_comment_or_control_character_may_stand_at_any_byte(void **state)
{
	(void)state;
	for (size_t length = 1; length < 40; length++) {
		char card[64] = ".save ", line[64], deck[80], message[64];

		memset(card + 6, 'n', length);
		strcpy(card + 6 + length, "\n");
		strcpy(line, card);
		strcpy(line + 6 + length, ";x\n");
		assert_cards(line, card);
		line[6 + length] = '\x1f';
		strcat(strcpy(deck, "t\n"), line);
		snprintf(message, sizeof(message), "t.cir:2:%zu: control character 0x1f",
			 length + 7);
		assert_refused(deck, CAROM_ERROR_SYNTAX, message);
	}
}

static void line_ends_of_any_system_do(void **state)
{
	(void)state;
	assert_cards("r1 a 0\r\n+1k\r\n\r\nr2 a 0 1\r\n", "r1 a 0 1k\nr2 a 0 1\n");
	assert_cards("r1 a 0 1k", "r1 a 0 1k\n");
	assert_cards("r1 a 0\n+ 1k", "r1 a 0  1k\n");
	assert_cards(" \tr1\ta 0 1k \t\r\n", "r1\ta 0 1k\n");
}

static void a_byte_order_mark_is_not_part_of_the_title(void **state)
{
	struct carom_circuit *c = import_deck("\xef\xbb\xbf"
					      "title\nr1 a 0 1\n");

	(void)state;
	assert_string_equal(carom_circuit_title(c), "title");
	carom_circuit_free(c);
}

static void a_very_long_line_is_one_card(void **state)
{
	size_t n = 200000;
	char *deck = malloc(6 * n + 100);
	char *end = stpcpy(deck, "t\nv1 a 0 pwl(");
	struct carom_circuit *c;

	(void)state;
	for (size_t i = 0; i < n; i++)
		end = stpcpy(end, i % 1000 == 999 ? "\n+1 2 " : "1 2 ");
	strcpy(end, ")\n");
	c = import_deck(deck);
	assert_int_equal(c->n_cards, 2);
	assert_int_equal(c->cards[1].length, strlen(c->cards[1].text));
	assert_true(c->cards[1].length > 4 * n);
	carom_circuit_free(c);
	free(deck);
}

static void control_characters_are_refused_in_cards_only(void **state)
{
	(void)state;
	assert_refused("t\nr1 a\x01 0 1\n", CAROM_ERROR_SYNTAX,
		       "t.cir:2:5: control character 0x01");
	assert_refused("t\nr1 a 0 \n  +1\x7f\n", CAROM_ERROR_SYNTAX,
		       "t.cir:3:5: control character 0x7f");
	assert_refused("t\nr1 a\r0 1\n", CAROM_ERROR_SYNTAX, "t.cir:2:5: control character 0x0d");
	assert_cards("* \x01\nr1 a 0 1 ; \x02\n", "r1 a 0 1\n");
}

static void a_zero_byte_does_not_end_the_deck_unseen(void **state)
{
	static const char deck[] = "t\nr1 a 0 1\0k\n";
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;

	(void)state;
	assert_int_equal(carom_circuit_import_text(&c, deck, sizeof(deck) - 1, "t.cir", NULL, &err),
			 CAROM_ERROR_SYNTAX);
	assert_string_equal(err.text, "control character 0x00");
	assert_int_equal(err.line, 2);
	assert_int_equal(err.column, 9);
}

/* ---- statements ---- */

static void statements_are_recorded_with_their_place(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      "*carom vary r1 gauss 1%\n"
					      "r1 a 0 1\n"
					      "  *CAROM\t samples 1000  \t; a comment\n"
					      "+ tc1=1\n"
					      "*caromel vary\n"
					      "*carom\n"
					      "* carom seed 1\n");

	(void)state;
	assert_int_equal(c->n_statements, 2);
	assert_string_equal(c->statements[0].text, "vary r1 gauss 1%");
	assert_int_equal(c->statements[0].line, 2);
	assert_int_equal(c->statements[0].column, 8);
	assert_string_equal(circuit_file(c, c->statements[0].file), "t.cir");
	assert_string_equal(c->statements[1].text, "samples 1000");
	assert_int_equal(c->statements[1].line, 4);
	assert_int_equal(c->statements[1].column, 11);
	assert_deck(c, "t\nr1 a 0 1  tc1=1\n.end\n");
	carom_circuit_free(c);
}

static void a_statement_goes_on_in_the_next_lines(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      "*carom measure x ; comment\n"
					      "*carom+ max(v(a)) \n"
					      "*carom+\n"
					      "*CAROM+ tran\n"
					      "*carom seed 1\n"
					      "r1 a 0 1\n");

	(void)state;
	assert_int_equal(c->n_statements, 2);
	assert_string_equal(c->statements[0].text, "measure x max(v(a))  tran");
	assert_int_equal(c->statements[0].line, 2);
	assert_string_equal(c->statements[1].text, "seed 1");
	assert_int_equal(c->statements[1].line, 6);
	carom_circuit_free(c);
}

static void statements_of_a_subcircuit_are_the_decks(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a\n*carom seed 3\nr1 a 0 1\n.ends\n");

	(void)state;
	assert_int_equal(c->n_statements, 1);
	assert_int_equal(circuit_find_child(c, "s")->n_statements, 0);
	carom_circuit_free(c);
}

static void bad_statements_are_refused(void **state)
{
	(void)state;
	assert_refused("t\nr1 a 0 1\n*carom+ x\n", CAROM_ERROR_SYNTAX,
		       "t.cir:3: *carom+ continues no statement");
	assert_refused("t\n*carom seed\x02 1\n", CAROM_ERROR_SYNTAX,
		       "t.cir:2:12: control character 0x02");
	assert_refused("t\n*carom seed\n*carom+ \x02\n", CAROM_ERROR_SYNTAX,
		       "t.cir:3:9: control character 0x02");
}

/* The same lines, each with a blank at its end, so that none is taken for a card as it stands. */
static char *with_blanks(const char *text, size_t length, size_t *spaced_length)
{
	char *spaced = malloc(2 * length + 1);
	size_t n = 0;

	assert_non_null(spaced);
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\n')
			spaced[n++] = ' ';
		spaced[n++] = text[i];
	}
	*spaced_length = n;
	return spaced;
}

/* Both sources give the same next card, message or end; returns what deck_line_next returned. */
static int assert_same_next(struct deck_source *a, struct deck_source *b)
{
	struct carom_error a_err = CAROM_ERROR_INIT, b_err = CAROM_ERROR_INIT;
	struct card one, other;
	int rc = deck_line_next(a, &one, &a_err);

	assert_int_equal(deck_line_next(b, &other, &b_err), rc);
	assert_string_equal(a_err.text, b_err.text);
	assert_int_equal(a->line, b->line);
	assert_false(b->is_unmarked);
	if (rc == CAROM_OK) {
		assert_string_equal(one.text, other.text);
		assert_int_equal(one.length, strlen(one.text));
		assert_int_equal(other.length, one.length);
		assert_int_equal(one.line, other.line);
		assert_int_equal(a->is_numerical, b->is_numerical);
		assert_int_equal(a->keeps_lines, b->keeps_lines);
		if (a->is_unmarked)
			assert_int_equal(strcspn(one.text, "(){}'\"\\;$/"), one.length);
	}
	return rc;
}

/* Read with what is done of cards that stand on one line each, and without.  How many it helped. */
static size_t assert_same_cards(const char *text, size_t length)
{
	struct carom_circuit *c = carom_circuit_new("t", NULL);
	size_t spaced_length, n_unmarked = 0;
	char *spaced = with_blanks(text, length, &spaced_length);
	struct deck_source a = {.text = text, .length = length, .line = 1, .name = "t", .root = c};
	struct deck_source b = {
		.text = spaced, .length = spaced_length, .line = 1, .name = "t", .root = c};

	while (assert_same_next(&a, &b) == CAROM_OK)
		n_unmarked += a.is_unmarked;
	free(spaced);
	carom_circuit_free(c);
	return n_unmarked;
}

static void a_card_on_a_line_of_its_own_is_the_one_read_in_general(void **state)
{
	static const char bytes[] = "\n\n\n rRx10.+*$;/\\{'()=#&\t\r\x7f\xc3";
	char deck[60];
	size_t n_unmarked = 0;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		size_t n = random_bits() % (sizeof(deck) + 1);

		/* half of the decks of the first few bytes alone, so that some lines are such cards */
		for (size_t k = 0; k < n; k++)
			deck[k] = bytes[random_bits() % (i % 2 ? 10 : sizeof(bytes) - 1)];
		n_unmarked += assert_same_cards(deck, n);
	}
	assert_true(n_unmarked > 1000);
}

/* Every file below tests/decks and tests/fuzz. */
static int visit_file(const char *path, const struct stat *info, int type)
{
	char *text;
	size_t length;

	(void)info;
	if (type == FTW_F) {
		assert_int_equal(
			include_read_file(path, false, NULL, MAX_DECK_BYTES, &text, &length, NULL),
			CAROM_OK);
		assert_same_cards(text, length);
		mem_free(text);
	}
	return 0;
}

static void the_cards_of_every_test_deck_are_those_read_in_general(void **state)
{
	static const char *const folders[] = {"decks", "fuzz"};
	char path[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(path, sizeof(path), "%s/tests/%s", getenv("CAROM_SRCDIR"), folders[i]);
		assert_int_equal(ftw(path, visit_file, 8), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_and_blank_lines_are_dropped),
		cmocka_unit_test(end_comments_are_cut_as_ngspice_does),
		cmocka_unit_test(continuations_join_with_a_blank),
		cmocka_unit_test(comments_may_stand_between_continuations),
		cmocka_unit_test(two_backslashes_continue_a_line),
		cmocka_unit_test(a_dollar_begins_a_comment_of_an_open_line_too),
		cmocka_unit_test(backslashes_before_a_comment_are_left_out_and_noted),
		cmocka_unit_test(a_comment_or_control_character_may_stand_at_any_byte),
		cmocka_unit_test(line_ends_of_any_system_do),
		cmocka_unit_test(a_byte_order_mark_is_not_part_of_the_title),
		cmocka_unit_test(a_very_long_line_is_one_card),
		cmocka_unit_test(control_characters_are_refused_in_cards_only),
		cmocka_unit_test(a_zero_byte_does_not_end_the_deck_unseen),
		cmocka_unit_test(statements_are_recorded_with_their_place),
		cmocka_unit_test(a_statement_goes_on_in_the_next_lines),
		cmocka_unit_test(statements_of_a_subcircuit_are_the_decks),
		cmocka_unit_test(bad_statements_are_refused),
		cmocka_unit_test(a_card_on_a_line_of_its_own_is_the_one_read_in_general),
		cmocka_unit_test(the_cards_of_every_test_deck_are_those_read_in_general),
	};

	return run_all_tests(tests);
}
