/* SPDX-License-Identifier: BSD-3-Clause */
/* Import: subcircuits, blocks, continuations, slips that are closed, and what is refused where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "circuit/circuit.h"
#include "support-circuit.h"

/* ngspice reads on; what is nested wrongly in braces it would not. */
static void a_parenthesis_that_is_alone_is_warned_of(void **state)
{
	const char *deck = "t\nv1 a b pulse(1 2 3\n.op\n";
	struct carom_circuit *c = import_deck(deck);
	struct carom_finding note = only_note(c);

	(void)state;
	assert_int_equal(note.severity, CAROM_SEVERITY_WARNING);
	assert_int_equal(note.line, 2);
	assert_string_equal(note.text, "( is alone in \"v1 a b pulse(1 2 3\"");
	assert_deck(c, "t\nv1 a b pulse(1 2 3\n.op\n.end\n");
	carom_circuit_free(c);
}

static void slips_that_ngspice_takes_are_warned_of(void **state)
{
	static const char *const cases[][2] = {
		{"r1 a b 1k}", "} is alone in \"r1 a b 1k}\""},
		{"r1 a b 1k \"", "\" is alone in \"r1 a b 1k \"\""},
		{".func f(x) {x*2", "{ is alone in \".func f(x) {x*2\""},
		{".subckt\n.ends", ".subckt needs a name, as in .subckt amp in out"},
		{".include /", "\"/\" is a folder; nothing is included"},
		{"r1 a", "r1: a resistor needs 2 nets and a value"},
		{"v2 a", "v2: a voltage source needs 2 nets and a value"},
		{"include \"x\"", "\"include\" without a dot is read as an element (current "
				  "source); did you mean .include?"},
		{"e1 a b poly(x) d 0 1", "e1: poly needs a dimension from 1 to 100, as in poly(2)"},
		{"e1 a b poly", "e1: poly needs a dimension from 1 to 100, as in poly(2)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[256];
		struct carom_circuit *c;
		struct carom_finding note;

		snprintf(deck, sizeof(deck), "t\nv1 a b 1\n%s\n.op\n", cases[i][0]);
		c = import_deck(deck);
		note = only_note(c);
		assert_int_equal(note.severity, CAROM_SEVERITY_WARNING);
		assert_int_equal(note.line, 3);
		assert_string_equal(note.text, cases[i][1]);
		carom_circuit_free(c);
	}
}

static void what_a_note_quotes_is_cut_with_a_mark(void **state)
{
	char deck[400];
	struct carom_circuit *c;

	(void)state;
	snprintf(deck, sizeof(deck), "t\nr1 a b 1k}%0200d\n.op\n", 0);
	c = import_deck(deck);
	assert_non_null(strstr(only_note(c).text, "00...\""));
	carom_circuit_free(c);
}

static void an_if_goes_to_the_end_of_the_deck(void **state)
{
	struct carom_circuit *c = import_deck("t\n.if (1)\n.if (0)\n.endif\nr1 a b 1\n");

	(void)state;
	assert_string_equal(only_note(c).text, ".if has no .endif; it goes to the end of the deck");
	assert_deck(c, "t\n.if (1)\n.if (0)\n.endif\nr1 a b 1\n.end\n");
	carom_circuit_free(c);
	c = import_deck("t\n.subckt s a\n.if (1)\nr1 a 0 1\n.ends\n");
	assert_int_equal(only_note(c).line, 3);
	assert_deck(c, "t\n.subckt s a\n.if (1)\nr1 a 0 1\n.ends\n.end\n");
	carom_circuit_free(c);
}

static void the_last_value_of_a_parameter_is_closed(void **state)
{
	static const char *const cases[][2] = {
		{".param a={1k", ".param a={1k}"},
		{".param b='2' a = '1k * b", ".param b={2} a = {1k * b}"},
		{".params f(x)={max(x,2)", ".params f(x)={max(x,2)}"},
		{".param a={2==2", ".param a={2==2}"},
		{".param a={b<=(2)", ".param a={b<=(2)}"},
		{".param a={max(1,b)*2)", ".param a={max(1,b)*2}"},
		{".param b=2 a='1k )", ".param b=2 a={1k }"},
		{".param a={1k,", ".param a={1k}"},
		{".param a=\"{1k) b='2", ".param a=\"{1k) b={2\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[128];
		struct carom_circuit *c;

		snprintf(deck, sizeof(deck), "t\n%s\n.op\n", cases[i][0]);
		c = import_deck(deck);
		assert_non_null(strstr(only_note(c).text, "closed at its end"));
		snprintf(deck, sizeof(deck), "t\n%s\n.op\n.end\n", cases[i][1]);
		assert_deck(c, deck);
		carom_circuit_free(c);
	}
}

static void a_brace_closes_what_a_quote_opens(void **state)
{
	static const char *const cases[][2] = {
		{"r2 a b '1k} tc1=1m", "r2 a b {1k} tc1=1m"},
		{".param x='1} y=2", ".param x={1} y=2"},
		{".func f(x) 'x*2}", ".func f(x) {x*2}"},
		{".ic v(a)='1} v(b)={2}", ".ic v(a)={1} v(b)={2}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[128], text[128];
		struct carom_circuit *c;

		snprintf(deck, sizeof(deck), "t\nr1 a b 1\n%s\n", cases[i][0]);
		c = import_deck(deck);
		snprintf(text, sizeof(text), "' is alone in \"%s\"", cases[i][0]);
		assert_string_equal(only_note(c).text, text);
		snprintf(deck, sizeof(deck), "t\nr1 a b 1\n%s\n.end\n", cases[i][1]);
		assert_deck(c, deck);
		carom_circuit_free(c);
	}
}

static void subcircuits_nest(void **state)
{
	static const char deck[] = "t\n"
				   ".subckt outer a b\n"
				   ".subckt inner a\n"
				   "r1 a 0 1\n"
				   ".ends inner\n"
				   "x1 a inner\n"
				   ".ends\n"
				   "x1 in out outer\n"
				   ".end\n";
	struct carom_circuit *c = import_deck(deck);
	const struct carom_circuit *outer = circuit_find_child(c, "outer");
	const struct carom_circuit *inner = circuit_find_child(outer, "inner");

	(void)state;
	assert_deck(c, deck);
	assert_null(circuit_find_child(c, "inner"));
	assert_int_equal(carom_circuit_element_count(c), 1);
	assert_int_equal(carom_circuit_element_count(outer), 1);
	assert_nets(inner, "r1", "a 0");
	assert_ptr_equal(inner->parent, outer);
	assert_int_equal(c->cards[1].role, CARD_SUBCIRCUIT);
	assert_int_equal(outer->cards[0].role, CARD_TITLE);
	carom_circuit_free(c);
}

static void an_ends_of_an_outer_subcircuit_is_warned_of(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt r a\n.subckt q a\n.subckt s a\nr1 a 0 1\n"
					      ".ends R\n.ends\n.ends\n");
	struct carom_finding note = only_note(c);

	(void)state;
	assert_int_equal(note.severity, CAROM_SEVERITY_WARNING);
	assert_string_equal(note.text, ".ends of R ends the subcircuit s");
	carom_circuit_free(c);
}

static void an_ends_of_any_other_name_is_as_good_as_its_own(void **state)
{
	struct carom_circuit *c = import_deck(
		"t\n.subckt s a\nr1 a 0 1\n.ends s_old\n.subckt q a\nr1 a 0 1\n.ends t\n");

	(void)state;
	assert_int_equal(carom_findings_count(carom_circuit_notes(c)), 0);
	carom_circuit_free(c);
}

static void cards_behind_end_are_read_with_a_warning(void **state)
{
	struct carom_circuit *c =
		import_deck("t\nr1 a 0 1\n.END\n\n* comment\nr2 a 0 2\n.end\nr3 a 0 3\n");
	struct carom_finding note = only_note(c);

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\nr2 a 0 2\nr3 a 0 3\n.END\n");
	assert_int_equal(note.line, 6);
	assert_string_equal(note.text, "a card behind .end is part of the deck, as in ngspice");
	carom_circuit_free(c);
	c = import_deck("t\nr1 a 0 1\n.end\n\n* comment\n");
	assert_int_equal(carom_findings_count(carom_circuit_notes(c)), 0);
	carom_circuit_free(c);
}

static void at_ends_a_file(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n@stop\n?? {\n");

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.end\n");
	carom_circuit_free(c);
}

/* Each line behind the first element is left out, with this note or none. */
static void what_ngspice_takes_for_a_comment_is_left_out(void **state)
{
	static const struct {
		const char *line;
		const char *note;
	} cases[] = {
		{"?? foo", "no card begins with \"?\"; left out, as by ngspice"},
		{"=x\n+ y", "no card begins with \"=\"; left out, as by ngspice"},
		{".endc", ".endc without .control; left out, as by ngspice"},
		{"; x", NULL},
		{";x\n+ 1k", "what continues a comment is left out, as by ngspice"},
		{"\f new page", NULL},
		{"\x1a", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[100];
		struct carom_circuit *c;

		snprintf(deck, sizeof(deck), "t\nr1 a 0 1\n%s\nr2 a 0 1\n", cases[i].line);
		c = import_deck(deck);
		assert_deck(c, "t\nr1 a 0 1\nr2 a 0 1\n.end\n");
		assert_int_equal(carom_findings_count(carom_circuit_notes(c)),
				 cases[i].note != NULL);
		if (cases[i].note)
			assert_string_equal(only_note(c).text, cases[i].note);
		carom_circuit_free(c);
	}
}

static void what_continues_a_block_is_left_out(void **state)
{
	struct carom_circuit *c =
		import_deck("t\nr1 a 0 1\n.control\nset x\n.endc\n* y\n+ m=2 '\n.op\n");
	const struct carom_findings *notes = carom_circuit_notes(c);

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.op\n.end\n");
	assert_int_equal(carom_findings_count(notes), 2);
	assert_int_equal(carom_findings_get(notes, 1).line, 7);
	assert_string_equal(carom_findings_get(notes, 1).text,
			    "\"+\" continues .endc; left out, as by ngspice");
	carom_circuit_free(c);
}

static void words_behind_the_end_are_left_out(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.END of the deck\n");

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.END\n");
	carom_circuit_free(c);
}

static void a_plus_alone_adds_nothing_behind_a_block_either(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.control\n.endc\n+ ; x\n.op\n");

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.op\n.end\n");
	carom_circuit_free(c);
}

static void lines_of_a_numerical_model_stay_lines(void **state)
{
	static const char deck[] = "t\n"
				   ".model m nbjt level=1\n"
				   "+ x.mesh w=2.0 n=101\n"
				   "+ domain num=1 material=1\n"
				   "q1 a b 0 m\n"
				   "r1 a 0 {2*\n"
				   "+3}\n"
				   ".end\n";
	struct carom_circuit *c = import_deck(deck);

	(void)state;
	assert_deck(c, "t\n.model m nbjt level=1\n+ x.mesh w=2.0 n=101\n"
		       "+ domain num=1 material=1\nq1 a b 0 m\nr1 a 0 {2* 3}\n.end\n");
	carom_circuit_free(c);
}

static void a_comment_makes_no_model_numerical(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.model m d ; no numd\n+ is=1f\n.end\n");

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.model m d  is=1f\n.end\n");
	carom_circuit_free(c);
}

static void roles_are_given_to_cards(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.ac dec 1 1 10\n.save all\n.ic v(a)=1\n"
					      ".model m d\n.param p=1\n");
	static const enum card_role roles[] = {CARD_TITLE, CARD_ELEMENT, CARD_ANALYSIS, CARD_SAVE,
					       CARD_OTHER, CARD_MODEL,   CARD_PARAM};

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(c->cards[i].role, roles[i]);
		assert_int_equal(c->cards[i].line, i + 1);
	}
	carom_circuit_free(c);
}

static void an_unknown_element_never_fails(void **state)
{
	struct carom_circuit *c = import_deck("t\na1 [1 2] [3] dac1\nn1 a b osdi\nr1 a a 1\n");

	(void)state;
	assert_int_equal(carom_circuit_element_count(c), 3);
	carom_circuit_free(c);
}

static void what_no_deck_may_hold_is_refused(void **state)
{
	static const struct {
		const char *deck;
		enum carom_status status;
		const char *message;
	} cases[] = {
		{"", CAROM_ERROR_SYNTAX, "t.cir: the deck is empty"},
		{"title", CAROM_ERROR_SYNTAX, "t.cir: the deck has no cards behind its title"},
		{"title\n* x\n.end\n", CAROM_ERROR_SYNTAX,
		 "t.cir: the deck has no cards behind its title"},
		{"title\n.control\nsource x\n.endc\n.end\n", CAROM_ERROR_SYNTAX,
		 "t.cir: the deck has nothing but commands, which are executed in a trusted deck "
		 "alone: carom run --control"},
		{"t\nv1\n.op\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: v1: a voltage source needs 2 nets and a value"},
		{"t\n<< foo\n", CAROM_ERROR_SYNTAX, "t.cir:2: a card cannot begin with \"<< foo\""},
		{".param x=1\nr1 a b 1\n", CAROM_ERROR_SYNTAX,
		 "t.cir:1: there is no title, which the first line must be"},
		{".subckt s a\nr1 a b 1\n.ends\n", CAROM_ERROR_SYNTAX,
		 "t.cir:1: there is no title, which the first line must be"},
		{"t\nr1 a b {x\n", CAROM_ERROR_SYNTAX, "t.cir:2: { is alone in \"r1 a b {x\""},
		{"t\n.func f(x) {x}}\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: } is alone in \".func f(x) {x}}\""},
		{"t\n.param x=1 \"\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: \" is alone in \".param x=1 \"\""},
		{"t\nr1 a b 1\n.if (1)\n.endif\n.endif\n", CAROM_ERROR_SYNTAX,
		 "t.cir:5: .endif without .if"},
		{"t\n1r a b 1\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: a card cannot begin with \"1r a b 1\""},
		{"t\nr1 a b 1\n.ends\n", CAROM_ERROR_SYNTAX, "t.cir:3: .ends without .subckt"},
		{"t\n\n.subckt s a\nr1 a 0 1\n", CAROM_ERROR_SYNTAX,
		 "t.cir:3: .subckt s has no .ends"},
		{"t\n.subckt s a\nr1 a 0 1\n.end\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: .subckt s has no .ends"},
		{"t\n.endl\n", CAROM_ERROR_SYNTAX, "t.cir:2: .endl without .lib"},
		{"t\nr1 a b {x*(2}\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: } is alone in \"r1 a b {x*(2}\""},
		{"t\n.param x='1 y=2\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: ' is alone in \".param x='1 y=2\""},
		{"t\nr1 a b '1k)\n", CAROM_ERROR_SYNTAX, "t.cir:2: ' is alone in \"r1 a b '1k)\""},
		{"t\nr1 a b {1k'\n", CAROM_ERROR_SYNTAX, "t.cir:2: ' is alone in \"r1 a b {1k'\""},
		{"t\n.param x={1) y=2\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: ) is alone in \".param x={1) y=2\""},
		{"t\n.param x=\"a\" \"b\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: \" is alone in \".param x=\"a\" \"b\""},
		{"t\n.param x=2*{1\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: { is alone in \".param x=2*{1\""},
		{"t\n.param x={ \n", CAROM_ERROR_SYNTAX, "t.cir:2: { is alone in \".param x={\""},
		{"t\n.param x={{1}\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: { is alone in \".param x={{1}\""},
		{"t\n.csparam x={1\n", CAROM_ERROR_SYNTAX,
		 "t.cir:2: { is alone in \".csparam x={1\""},
		{"t\n.subckt s a\n.param x={1\n.ends\n", CAROM_ERROR_SYNTAX,
		 "t.cir:3: { is alone in \".param x={1\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_refused(cases[i].deck, cases[i].status, cases[i].message);
}

static void definitions_nested_without_end_are_refused(void **state)
{
	char deck[2000] = "t\n";

	(void)state;
	for (int i = 0; i < 65; i++)
		strcat(deck, ".subckt s a\n");
	assert_refused(deck, CAROM_ERROR_LIMIT,
		       "t.cir:66: subcircuit definitions are nested more than 64 deep");
}

static void a_deck_without_a_name_has_errors_without_a_source(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;

	(void)state;
	assert_int_equal(carom_circuit_import_text(&c, "t\nd1\n", 5, NULL, NULL, &err),
			 CAROM_ERROR_SYNTAX);
	assert_string_equal(err.source, "");
	assert_int_equal(err.line, 2);
	assert_int_equal(carom_circuit_import_text(&c, "t\nd1\n", 5, NULL, NULL, NULL),
			 CAROM_ERROR_SYNTAX);
}

static void a_hundred_thousand_cards_take_linear_time(void **state)
{
	enum { N = 100000 };
	char *deck = malloc(N * 64);
	char *end = stpcpy(deck, "t\n");
	struct carom_circuit *c;

	(void)state;
	for (int i = 0; i < N; i++)
		end += sprintf(end, "r%d n%d n%d 1k\n", i, i, i + 1);
	c = import_deck(deck);
	assert_int_equal(carom_circuit_element_count(c), N);
	assert_int_equal(carom_circuit_net_count(c), N + 2);
	assert_nets(c, "r99999", "n99999 n100000");
	carom_circuit_free(c);
	free(deck);
}

static int import_all(void *arg)
{
	static const char deck[] = "title\n"
				   "*carom vary r1 gauss 1%\n"
				   "*carom+ each\n"
				   ".control\nrun\n.endc\n"
				   ".subckt s a b params: x=1\n"
				   "r1 a b\n+ {x}\n"
				   ".ends\n"
				   ".model nch.1 nmos(level=1)\n"
				   ".param p=1 q={p}\n"
				   "x1 in 0 s x=2\n"
				   "m1 in in 0 0 nch l=1u\n"
				   ".unknown\n"
				   ".op\n";
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;
	int rc = carom_circuit_import_text(&c, deck, sizeof(deck) - 1, "t.cir", NULL, &err);

	(void)arg;
	assert_int_equal(rc, err.status);
	assert_int_equal(c != NULL, rc == 0);
	carom_circuit_free(c);
	return rc;
}

static void import_survives_the_want_of_memory_at_any_point(void **state)
{
	(void)state;
	assert_survives_no_memory(import_all, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parenthesis_that_is_alone_is_warned_of),
		cmocka_unit_test(slips_that_ngspice_takes_are_warned_of),
		cmocka_unit_test(what_a_note_quotes_is_cut_with_a_mark),
		cmocka_unit_test(an_if_goes_to_the_end_of_the_deck),
		cmocka_unit_test(the_last_value_of_a_parameter_is_closed),
		cmocka_unit_test(a_brace_closes_what_a_quote_opens),
		cmocka_unit_test(subcircuits_nest),
		cmocka_unit_test(an_ends_of_an_outer_subcircuit_is_warned_of),
		cmocka_unit_test(an_ends_of_any_other_name_is_as_good_as_its_own),
		cmocka_unit_test(cards_behind_end_are_read_with_a_warning),
		cmocka_unit_test(at_ends_a_file),
		cmocka_unit_test(what_ngspice_takes_for_a_comment_is_left_out),
		cmocka_unit_test(what_continues_a_block_is_left_out),
		cmocka_unit_test(words_behind_the_end_are_left_out),
		cmocka_unit_test(a_plus_alone_adds_nothing_behind_a_block_either),
		cmocka_unit_test(lines_of_a_numerical_model_stay_lines),
		cmocka_unit_test(a_comment_makes_no_model_numerical),
		cmocka_unit_test(roles_are_given_to_cards),
		cmocka_unit_test(an_unknown_element_never_fails),
		cmocka_unit_test(what_no_deck_may_hold_is_refused),
		cmocka_unit_test(definitions_nested_without_end_are_refused),
		cmocka_unit_test(a_deck_without_a_name_has_errors_without_a_source),
		cmocka_unit_test(a_hundred_thousand_cards_take_linear_time),
		cmocka_unit_test(import_survives_the_want_of_memory_at_any_point),
	};

	return run_all_tests(tests);
}
