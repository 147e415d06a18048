/* SPDX-License-Identifier: BSD-3-Clause */
/* .control blocks: what becomes of their commands. */
#include <stdio.h>
#include <string.h>

#include "support-circuit.h"

static struct carom_findings const *notes_of(const struct carom_circuit *circuit)
{
	return carom_circuit_notes(circuit);
}

/* The n-th note is this, of that line. */
static void assert_note(const struct carom_circuit *circuit, size_t n, int line, const char *text)
{
	struct carom_finding note;

	assert_true(n < carom_findings_count(notes_of(circuit)));
	note = carom_findings_get(notes_of(circuit), n);
	assert_string_equal(note.text, text);
	assert_int_equal(note.line, line);
	assert_string_equal(note.source, "t.cir");
	assert_int_equal(note.severity, CAROM_SEVERITY_NOTE);
}

/* A deck of an element and this block, which begins in line 3. */
static struct carom_circuit *import_block(const char *before, const char *block)
{
	char deck[1000];

	snprintf(deck, sizeof(deck), "t\n%s\n.control\n%s.endc\n.end\n", before, block);
	return import_deck(deck);
}

static void a_block_is_left_out_with_a_note(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      "r1 a 0 1\n"
					      " .Control\n"
					      "shell rm -rf x ; $\n"
					      "+ more (\n"
					      " .ENDC\n"
					      "*#shell ls\n"
					      ".op\n");

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.op\n.end\n");
	assert_int_equal(carom_findings_count(notes_of(c)), 2);
	assert_note(c, 0, 3, ".control block not executed");
	assert_int_equal(carom_findings_get(notes_of(c), 0).status, CAROM_ERROR_TRUST);
	assert_note(c, 1, 7, "the command behind \"*#\" is not executed");
	assert_int_equal(carom_findings_get(notes_of(c), 1).status, CAROM_ERROR_TRUST);
	carom_circuit_free(c);
}

static void a_comment_that_ngspice_would_run_is_noted_wherever_it_stands(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      "*# echo one\n"
					      "r1 a 0\n"
					      "*#echo two\n"
					      "+ 1\n"
					      "*######\n"
					      "*# ---\n"
					      "* #echo\n"
					      "*#\n"
					      ".op\n"
					      "*#echo three\n");

	(void)state;
	assert_int_equal(carom_findings_count(notes_of(c)), 3);
	assert_note(c, 0, 2, "the command behind \"*#\" is not executed");
	assert_note(c, 1, 4, "the command behind \"*#\" is not executed");
	assert_note(c, 2, 11, "the command behind \"*#\" is not executed");
	carom_circuit_free(c);
}

static void a_trusted_deck_keeps_its_commands(void **state)
{
	const struct carom_import_options trusted = {.size = sizeof(trusted), .is_trusted = true};
	static const char deck[] = "t\n"
				   "r1 a 0 1\n"
				   ".control\n"
				   "echo $x ; (\n"
				   "tran 1n 1u\n"
				   ".endc\n"
				   "*#echo b\n"
				   ".op\n"
				   ".end\n";
	static const char open[] = "t\nr1 a 0 1\n.control\nrun\n";
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;

	(void)state;
	carom_circuit_import_text(&c, deck, strlen(deck), "t.cir", &trusted, &err);
	assert_ok(&err);
	assert_deck(c, deck);
	assert_int_equal(carom_findings_count(notes_of(c)), 0);
	carom_circuit_free(c);
	assert_int_equal(carom_circuit_import_text(&c, open, strlen(open), "t.cir", &trusted, &err),
			 CAROM_ERROR_SYNTAX);
	assert_string_equal(err.text, ".control has no .endc");
}

static void analyses_of_a_block_become_cards(void **state)
{
	struct carom_circuit *c = import_block("v1 a 0 1", "OP\n"
							   "plot all\n"
							   "  tran 1n 1u uic ; fast\n"
							   "ac dec 10 1 1meg $ slow\n"
							   "noise v(a) v1 dec 1 1 10 // ends\n"
							   "dc v1 0 5\n"
							   "\n"
							   "* not this one\n"
							   "+ 0.1\n"
							   "tranquil\n");

	(void)state;
	assert_deck(c, "t\nv1 a 0 1\n.OP\n.tran 1n 1u uic\n.ac dec 10 1 1meg\n"
		       ".noise v(a) v1 dec 1 1 10\n.dc v1 0 5  0.1\n.end\n");
	assert_int_equal(carom_findings_count(notes_of(c)), 6);
	assert_note(c, 0, 3, ".control block not executed");
	assert_note(c, 1, 4, "taken for the card .OP");
	assert_note(c, 2, 6, "taken for the card .tran 1n 1u uic");
	assert_note(c, 5, 9, "taken for the card .dc v1 0 5  0.1");
	carom_circuit_free(c);
}

static void what_is_said_twice_is_taken_once(void **state)
{
	struct carom_circuit *c = import_block("v1 a 0 1", "op\nop\nop 1\nOP\n");

	(void)state;
	assert_deck(c, "t\nv1 a 0 1\n.op\n.op 1\n.end\n");
	carom_circuit_free(c);
}

static void analyses_of_the_deck_come_before_those_of_the_block(void **state)
{
	struct carom_circuit *c = import_deck(
		"t\n.control\ntran 1n 1u\nsave v(a)\nrun\n.endc\nv1 a 0 1\n.op\n.end\n");

	(void)state;
	assert_deck(c, "t\nv1 a 0 1\n.op\n.save v(a)\n.end\n");
	assert_note(c, 1, 3, "tran 1n 1u is not taken: the deck has analyses of its own");
	assert_note(c, 2, 4, "taken for the card .save v(a)");
	carom_circuit_free(c);
}

static void what_shows_only_in_execution_is_not_taken(void **state)
{
	struct carom_circuit *c =
		import_block("v1 a 0 1", "tran $step 1u\nsave `cmd`\nsave a\\\\\nop\n +\n");

	(void)state;
	assert_deck(c, "t\nv1 a 0 1\n.op\n.end\n");
	assert_note(
		c, 1, 4,
		"tran $step 1u is not taken: what it stands for shows only when it is executed");
	assert_note(c, 2, 5,
		    "save `cmd` is not taken: what it stands for shows only when it is executed");
	assert_note(c, 3, 6,
		    "save a\\\\ is not taken: what it stands for shows only when it is executed");
	carom_circuit_free(c);
}

static void a_command_with_a_zero_byte_is_not_taken(void **state)
{
	static const char deck[] = "t\nv1 a 0 1\n.op\n.control\nsave \0`x\n.endc\n";
	struct carom_circuit *c;

	(void)state;
	carom_circuit_import_text(&c, deck, sizeof(deck) - 1, "t.cir", NULL, NULL);
	assert_deck(c, "t\nv1 a 0 1\n.op\n.end\n");
	carom_circuit_free(c);
}

static void a_command_with_a_bracket_or_quote_alone_is_not_taken(void **state)
{
	struct carom_circuit *c = import_block("v1 a 0 1", "save v'\nac dec 1 {1 2\nop\n");

	(void)state;
	assert_deck(c, "t\nv1 a 0 1\n.op\n.end\n");
	assert_note(c, 1, 4, "save v' is not taken: a bracket or quote in it is alone");
	assert_note(c, 2, 5, "ac dec 1 {1 2 is not taken: a bracket or quote in it is alone");
	carom_circuit_free(c);
}

static void a_loop_is_done_once(void **state)
{
	struct carom_circuit *c = import_block("v1 a 0 1", "repeat 3\n"
							   "if 1\n"
							   "op\n"
							   "end\n"
							   "tran 1n 1u\n"
							   "end\n"
							   "end\n"
							   "ac lin 1 1 1\n");

	(void)state;
	assert_deck(c, "t\nv1 a 0 1\n.op\n.tran 1n 1u\n.ac lin 1 1 1\n.end\n");
	assert_note(c, 1, 6,
		    "taken for the card .op; the loop or condition around it is not executed");
	assert_note(
		c, 2, 8,
		"taken for the card .tran 1n 1u; the loop or condition around it is not executed");
	assert_note(c, 3, 11, "taken for the card .ac lin 1 1 1");
	carom_circuit_free(c);
}

static void what_changes_the_circuit_is_named(void **state)
{
	struct carom_circuit *c = import_block("v1 a 0 1\n.op", "alter v1 = 3\n"
								"set temp = 50\n"
								"set color0 = white\n"
								"let x = 2\n"
								"settype time x\n");

	(void)state;
	assert_int_equal(carom_findings_count(notes_of(c)), 3);
	assert_note(c, 1, 5, "alter v1 = 3 is not executed: the deck is simulated as it stands");
	assert_note(c, 2, 6, "set temp = 50 is not executed: the deck is simulated as it stands");
	carom_circuit_free(c);
}

static void without_endc_all_that_follows_counts_as_commands(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.control\nop\n.end\nr2 ?\n");
	struct carom_finding note = carom_findings_get(notes_of(c), 1);

	(void)state;
	assert_deck(c, "t\nr1 a 0 1\n.op\n.end\n");
	assert_int_equal(note.severity, CAROM_SEVERITY_WARNING);
	assert_string_equal(note.text,
			    ".control has no .endc: all that follows counts as commands");
	carom_circuit_free(c);
}

static int attempt_import(void *arg)
{
	static const char deck[] = "t\nr1 a 0 1\n.control\nop\nsave v(a)\n+ v(b)\ntran $x 1\n"
				   "alter r1=2\n.endc\n.end\n";
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;
	int status = carom_circuit_import_text(&c, deck, strlen(deck), "t.cir", NULL, &err);

	(void)arg;
	carom_circuit_free(c);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	(void)state;
	assert_survives_no_memory(attempt_import, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_left_out_with_a_note),
		cmocka_unit_test(a_comment_that_ngspice_would_run_is_noted_wherever_it_stands),
		cmocka_unit_test(a_trusted_deck_keeps_its_commands),
		cmocka_unit_test(analyses_of_a_block_become_cards),
		cmocka_unit_test(what_is_said_twice_is_taken_once),
		cmocka_unit_test(analyses_of_the_deck_come_before_those_of_the_block),
		cmocka_unit_test(what_shows_only_in_execution_is_not_taken),
		cmocka_unit_test(a_command_with_a_zero_byte_is_not_taken),
		cmocka_unit_test(a_command_with_a_bracket_or_quote_alone_is_not_taken),
		cmocka_unit_test(a_loop_is_done_once),
		cmocka_unit_test(what_changes_the_circuit_is_named),
		cmocka_unit_test(without_endc_all_that_follows_counts_as_commands),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
