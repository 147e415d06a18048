/* SPDX-License-Identifier: BSD-3-Clause */
/* Import: the title of a deck, by its first line or by a card, and what stands behind it. */
#include <stdio.h>
#include <string.h>

#include "circuit/circuit.h"
#include "support-circuit.h"

static void the_first_line_is_the_title_whatever_it_says(void **state)
{
	struct carom_circuit *c = import_deck("r1 a b 1k\nr2 a b 1k\n");

	(void)state;
	assert_string_equal(carom_circuit_title(c), "r1 a b 1k");
	assert_int_equal(carom_circuit_element_count(c), 1);
	assert_int_equal(c->cards[0].role, CARD_TITLE);
	carom_circuit_free(c);
}

static void an_empty_title_is_replaced(void **state)
{
	struct carom_circuit *c = import_deck("\nr2 a b 1k\n");

	(void)state;
	assert_deck(c, "carom\nr2 a b 1k\n.end\n");
	carom_circuit_free(c);
}

static void control_characters_of_a_title_are_blanks(void **state)
{
	static const char deck[] = "\x01 a\0b\x7f\nr1 a b 1k\n";
	struct carom_circuit *c;

	(void)state;
	carom_circuit_import_text(&c, deck, sizeof(deck) - 1, "t.cir", NULL, NULL);
	assert_deck(c, "a b\nr1 a b 1k\n.end\n");
	carom_circuit_free(c);
	c = import_deck("\x02 \nr1 a b 1k\n");
	assert_deck(c, "carom\nr1 a b 1k\n.end\n");
	carom_circuit_free(c);
}

static void a_title_card_wins(void **state)
{
	struct carom_circuit *c = import_deck("old\nr2 a b 1k\n.title Bob's new ; x\n.title\n");

	(void)state;
	assert_string_equal(carom_circuit_title(c), "Bob's new");
	assert_deck(c, "Bob's new\nr2 a b 1k\n.end\n");
	carom_circuit_free(c);
}

/* The deck that is sent begins with it, and must say the same when it is read again. */
static void a_title_card_is_cleaned_like_the_first_line(void **state)
{
	static const char *const cases[][3] = {
		{"Ano\ther titl&", "Ano her titl&", "Ano her titl&"},
		{"\t.include /x", ".include /x", "* .include /x"},
		{".end", ".end", "* .end"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[128];
		struct carom_circuit *c;

		snprintf(deck, sizeof(deck), "old\nr2 a b 1k\n.title %s\n", cases[i][0]);
		c = import_deck(deck);
		assert_string_equal(carom_circuit_title(c), cases[i][1]);
		snprintf(deck, sizeof(deck), "%s\nr2 a b 1k\n.end\n", cases[i][2]);
		assert_deck(c, deck);
		carom_circuit_free(c);
		c = import_deck(deck);
		assert_deck(c, deck);
		carom_circuit_free(c);
	}
}

static void a_title_that_looks_like_more_is_warned_of(void **state)
{
	static const char *const decks[] = {".op\nr1 a b 1\n", "*carom seed 1\nr1 a b 1\n"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct carom_circuit *c = import_deck(decks[i]);
		struct carom_finding note = only_note(c);

		assert_int_equal(note.severity, CAROM_SEVERITY_WARNING);
		assert_int_equal(note.line, 1);
		assert_string_equal(note.text,
				    "the first line is the title; what it says is not done");
		carom_circuit_free(c);
	}
}

static void a_first_line_may_say_that_it_is_the_title(void **state)
{
	struct carom_circuit *c = import_deck(".TITLE of a schematic\nr1 a b 1\n.end\n");

	(void)state;
	assert_int_equal(carom_findings_count(carom_circuit_notes(c)), 0);
	carom_circuit_free(c);
}

static void a_title_like_a_card_is_sent_as_a_comment(void **state)
{
	struct carom_circuit *c = import_deck(".if (1)\nr1 a b 1\n");

	(void)state;
	assert_deck(c, "* .if (1)\nr1 a b 1\n.end\n");
	assert_string_equal(carom_circuit_title(c), ".if (1)");
	carom_circuit_free(c);
}

/* ngspice puts what it makes of .probe behind the line after the title. */
static void a_comment_behind_the_title_is_kept_for_probes(void **state)
{
	struct carom_circuit *c = import_deck("t\n\n* x\n.subckt s a\n.ends\n.probe v(a)\n");

	(void)state;
	assert_deck(c, "t\n*\n.subckt s a\n.ends\n.probe v(a)\n.end\n");
	carom_circuit_free(c);
	c = import_deck("t\n.subckt s a\n* x\n.ends\n.PROBE v(a)\n");
	assert_deck(c, "t\n.subckt s a\n.ends\n.PROBE v(a)\n.end\n");
	carom_circuit_free(c);
	c = import_deck("t\n* x\n.subckt s a\n.Probe v(a)\n.ends\n");
	assert_deck(c, "t\n*\n.subckt s a\n.Probe v(a)\n.ends\n.end\n");
	carom_circuit_free(c);
}

static void a_comment_behind_the_title_is_left_out_without_probes(void **state)
{
	static const char *const comments[] = {"* x", "* .probe v(a)", "* x\n$ .PROBE v(a)"};

	(void)state;
	for (size_t i = 0; i < sizeof(comments) / sizeof(comments[0]); i++) {
		char deck[64];
		struct carom_circuit *c;

		snprintf(deck, sizeof(deck), "t\n%s\nr1 a 0 1\n", comments[i]);
		c = import_deck(deck);
		assert_deck(c, "t\nr1 a 0 1\n.end\n");
		carom_circuit_free(c);
	}
}

static void a_title_that_runs_commands_is_left_out(void **state)
{
	const struct carom_import_options trusted = {.size = sizeof(trusted), .is_trusted = true};
	static const char deck[] = "*NG_script x\nr1 a b 1\n";
	struct carom_circuit *c = import_deck(deck);

	(void)state;
	assert_deck(c, "carom\nr1 a b 1\n.end\n");
	assert_int_equal(only_note(c).status, CAROM_ERROR_TRUST);
	carom_circuit_free(c);
	c = import_deck("t\nr1 a b 1\n.title *ng_script\n");
	assert_deck(c, "t\nr1 a b 1\n.end\n");
	assert_int_equal(only_note(c).status, CAROM_ERROR_TRUST);
	carom_circuit_free(c);
	carom_circuit_import_text(&c, deck, strlen(deck), "t.cir", &trusted, NULL);
	assert_deck(c, "*NG_script x\nr1 a b 1\n.end\n");
	carom_circuit_free(c);
}

static void a_continuation_of_the_title_is_left_out(void **state)
{
	struct carom_circuit *c = import_deck("t\n* x\n\n+ r1 a 0 1\nr2 a 0 1\n");

	(void)state;
	assert_deck(c, "t\nr2 a 0 1\n.end\n");
	assert_int_equal(only_note(c).line, 4);
	assert_string_equal(only_note(c).text, "\"+\" continues no card; left out, as by ngspice");
	carom_circuit_free(c);
}

static void what_continues_a_title_card_continues_the_card_in_front_of_it(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.title u\n+ m=2\n.op\n");

	(void)state;
	assert_deck(c, "u\nr1 a 0 1  m=2\n.op\n.end\n");
	carom_circuit_free(c);
	c = import_deck("t\n.title u\n+ m=2\nr1 a 0 1\n.op\n");
	assert_deck(c, "u\nr1 a 0 1\n.op\n.end\n");
	assert_string_equal(only_note(c).text, "\"+\" continues no card; left out, as by ngspice");
	carom_circuit_free(c);
	assert_refused("t\nr1 a 0 1\n.title u\n+ {\n.op\n", CAROM_ERROR_SYNTAX,
		       "t.cir:2: { is alone in \"r1 a 0 1  {\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_is_the_title_whatever_it_says),
		cmocka_unit_test(an_empty_title_is_replaced),
		cmocka_unit_test(control_characters_of_a_title_are_blanks),
		cmocka_unit_test(a_title_card_wins),
		cmocka_unit_test(a_title_card_is_cleaned_like_the_first_line),
		cmocka_unit_test(a_title_that_looks_like_more_is_warned_of),
		cmocka_unit_test(a_first_line_may_say_that_it_is_the_title),
		cmocka_unit_test(a_title_like_a_card_is_sent_as_a_comment),
		cmocka_unit_test(a_comment_behind_the_title_is_kept_for_probes),
		cmocka_unit_test(a_comment_behind_the_title_is_left_out_without_probes),
		cmocka_unit_test(a_title_that_runs_commands_is_left_out),
		cmocka_unit_test(a_continuation_of_the_title_is_left_out),
		cmocka_unit_test(what_continues_a_title_card_continues_the_card_in_front_of_it),
	};

	return run_all_tests(tests);
}
