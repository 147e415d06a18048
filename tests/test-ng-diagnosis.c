/* SPDX-License-Identifier: BSD-3-Clause */
/* Which of ngspice's lines is taken for the cause, and what the error says. */
#include <string.h>

#include "ng-diagnosis.h"
#include "support.h"

static const char *const deck[] = {"t", "v1 in 0 1", "q1 in in 0 nix", "r1 in 0 {rload}", ".end"};

static struct carom_error diagnose(const char *const *said, size_t n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_messages messages;
	const char *words;
	int status;

	ng_messages_clear(&messages);
	for (size_t i = 0; i < n; i++)
		ng_messages_add(&messages, said[i], &words);
	status = ng_diagnose_load(&messages, deck, 5, CAROM_ERROR_SIMULATOR, &err);
	assert_int_equal(status, err.status);
	return err;
}

#define DIAGNOSE(...)                                \
	diagnose((const char *const[]){__VA_ARGS__}, \
		 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void the_error_has_card_words_advice_and_line(void **state)
{
	struct carom_error err = DIAGNOSE(
		"stderr warning, can't find model 'nix' from line", "stderr q1 in in 0 nix",
		"stderr Error on line 3 or its substitute:", "stderr   q1 in in 0 nix",
		"stderr could not find a valid modelname");

	(void)state;
	assert_int_equal(err.status, CAROM_ERROR_MODEL);
	assert_int_equal(err.line, 3);
	assert_string_equal(err.text, "q1 in in 0 nix: could not find a valid modelname");
	assert_string_equal(err.hint, "define it with .model or include the library that has it");
	assert_string_equal(err.words, "Error on line 3 or its substitute:\nq1 in in 0 nix\n"
				       "could not find a valid modelname");
}

static void what_follows_a_quoted_card_is_its_reason(void **state)
{
	struct carom_error unknown =
		DIAGNOSE("stderr Error on line 4 or its substitute:", "stderr r1 in 0 {rload}",
			 "stderr it must not be so", "stderr Error: no circuit loaded");
	struct carom_error a_switch = DIAGNOSE(
		"stderr warning, can't find model 'nix' from line", "stderr q1 in in 0 nix",
		"stderr Error on line 3 or its substitute:", "stderr q1 in in 0 nix",
		"stderr Unable to find definition of model nix", "stderr Error: no circuit loaded");

	(void)state;
	assert_string_equal(unknown.text, "r1 in 0 {rload}: it must not be so");
	assert_int_equal(unknown.line, 4);
	assert_int_equal(a_switch.status, CAROM_ERROR_MODEL);
	assert_int_equal(a_switch.line, 3);
	assert_string_equal(a_switch.text,
			    "q1 in in 0 nix: Unable to find definition of model nix");
}

static void the_file_of_a_code_model_explains_what_follows_from_it(void **state)
{
	struct carom_error missing =
		DIAGNOSE("stdout Instance: afs   Message: cannot open file nix.txt",
			 "stderr Error: Transient op failed, timestep too small");
	struct carom_error wrong = DIAGNOSE(
		"stdout  D_SOURCE: source.in file was not read successfully. ",
		"stdout Instance: a1   Message:  d_source word length and number of columns in "
		"file differ.");
	struct carom_error state_file =
		DIAGNOSE("stdout  D_STATE: state file was not read successfully.");

	(void)state;
	assert_int_equal(missing.status, CAROM_ERROR_NOT_FOUND);
	assert_non_null(strstr(missing.text, "afs"));
	assert_non_null(strstr(missing.text, "nix.txt"));
	assert_int_equal(wrong.status, CAROM_ERROR_FORMAT);
	assert_non_null(strstr(wrong.text, "columns in file differ"));
	assert_int_equal(state_file.status, CAROM_ERROR_FORMAT);
}

static void labels_and_full_stops_are_left_out(void **state)
{
	struct carom_error err =
		DIAGNOSE("stderr Fatal error: k1: coupling to non-existant inductor l1.");

	(void)state;
	assert_string_equal(err.text, "k1: coupling to non-existant inductor l1");
	assert_string_equal(err.hint, "name two inductors of the deck");
	assert_string_equal(err.words, "Fatal error: k1: coupling to non-existant inductor l1.");
	err = DIAGNOSE("stderr Error: No job (tran, ac, op etc.) defined:");
	assert_string_equal(err.text, "No job (tran, ac, op etc.) defined");
	assert_string_equal(err.hint, "add an analysis: .op, .dc, .ac, .tran or another");
}

static void words_of_later_versions_are_known(void **state)
{
	struct carom_error err = DIAGNOSE(
		"stderr YYparse error, syntax error, in expression: parsing stopped at line 4");

	(void)state;
	assert_int_equal(err.status, CAROM_ERROR_SYNTAX);
	assert_string_equal(err.hint, "correct the expression");
}

static void the_first_of_equals_is_the_cause(void **state)
{
	struct carom_error err =
		DIAGNOSE("stderr Netlist line no. 4:", "stderr Undefined parameter [rload]",
			 "stderr Netlist line no. 2:", "stderr Undefined parameter [other]",
			 "stderr Error: ngspice.dll cannot recover and awaits to be detached");

	(void)state;
	assert_int_equal(err.status, CAROM_ERROR_PARAMETER);
	assert_int_equal(err.line, 4);
	assert_string_equal(err.text, "Undefined parameter [rload]");
	assert_string_equal(err.words, "Netlist line no. 4:\nUndefined parameter [rload]");
}

static void a_singular_matrix_explains_a_failed_operating_point(void **state)
{
	struct carom_error err =
		DIAGNOSE("stderr Warning: singular matrix:  check node x",
			 "stderr Error: Transient op failed, timestep too small",
			 "stderr doAnalyses: OP:  Timestep too small; cause unrecorded.",
			 "stderr run simulation(s) aborted");

	(void)state;
	assert_int_equal(err.status, CAROM_ERROR_TOPOLOGY);
	assert_non_null(strstr(err.text, "check node x"));
	assert_non_null(strstr(err.hint, "give every node a path to ground"));
}

static void a_singular_matrix_that_was_overcome_does_not_explain_a_small_step(void **state)
{
	struct carom_error err = DIAGNOSE(
		"stderr Warning: singular matrix:  check node x",
		"stderr doAnalyses: TRAN:  Timestep too small; time = 1e-6, timestep = 1e-21",
		"stderr run simulation(s) aborted");

	(void)state;
	assert_int_equal(err.status, CAROM_ERROR_TIMESTEP);
}

static void no_operating_point_is_no_convergence(void **state)
{
	struct carom_error by_optran =
		DIAGNOSE("stderr Error: Transient op failed, timestep too small",
			 "stderr run simulation(s) aborted");
	struct carom_error without = DIAGNOSE("stdout DC solution failed -",
					      "stderr doAnalyses: impossible error - can't occur",
					      "stderr run simulation(s) aborted");

	(void)state;
	assert_int_equal(by_optran.status, CAROM_ERROR_CONVERGENCE);
	assert_int_equal(without.status, CAROM_ERROR_CONVERGENCE);
}

static void unknown_words_are_quoted(void **state)
{
	struct carom_error error = DIAGNOSE("stderr some detail", "stderr Error: a new complaint.",
					    "stderr run simulation(s) aborted");
	struct carom_error text = DIAGNOSE("stderr Warning: beware", "stderr it broke");

	(void)state;
	assert_int_equal(error.status, CAROM_ERROR_SIMULATOR);
	assert_string_equal(error.text, "a new complaint");
	assert_string_equal(text.text, "it broke");
}

static void silence_is_said_to_be_silence(void **state)
{
	struct carom_error err = DIAGNOSE("stderr run simulation(s) aborted");

	(void)state;
	assert_int_equal(err.status, CAROM_ERROR_SIMULATOR);
	assert_string_equal(err.text, "ngspice failed and did not say why");
	assert_string_equal(err.words, "");
	assert_non_null(strstr(err.hint, "carom run -v"));
}

static void a_context_is_put_before_the_words(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_messages messages;
	const char *words;

	(void)state;
	ng_messages_clear(&messages);
	ng_diagnose(&messages, "alter r1", CAROM_ERROR_PARAMETER, &err);
	assert_string_equal(err.text, "alter r1: ngspice failed and did not say why");
	carom_error_clear(&err);
	ng_messages_add(&messages, "stderr Error: no default parameter.", &words);
	ng_diagnose(&messages, "alter r1", CAROM_ERROR_PARAMETER, &err);
	assert_int_equal(err.status, CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "alter r1: no default parameter");
}

static void the_first_error_wins(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_messages messages;

	(void)state;
	ng_messages_clear(&messages);
	err.status = CAROM_ERROR_MEMORY;
	strcpy(err.text, "before");
	assert_int_equal(ng_diagnose(&messages, "x", CAROM_ERROR_MODEL, &err), CAROM_ERROR_MODEL);
	assert_string_equal(err.text, "before");
	assert_int_equal(ng_diagnose(&messages, "x", CAROM_ERROR_MODEL, NULL), CAROM_ERROR_MODEL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_error_has_card_words_advice_and_line),
		cmocka_unit_test(what_follows_a_quoted_card_is_its_reason),
		cmocka_unit_test(the_file_of_a_code_model_explains_what_follows_from_it),
		cmocka_unit_test(labels_and_full_stops_are_left_out),
		cmocka_unit_test(words_of_later_versions_are_known),
		cmocka_unit_test(the_first_of_equals_is_the_cause),
		cmocka_unit_test(a_singular_matrix_explains_a_failed_operating_point),
		cmocka_unit_test(a_singular_matrix_that_was_overcome_does_not_explain_a_small_step),
		cmocka_unit_test(no_operating_point_is_no_convergence),
		cmocka_unit_test(unknown_words_are_quoted),
		cmocka_unit_test(silence_is_said_to_be_silence),
		cmocka_unit_test(a_context_is_put_before_the_words),
		cmocka_unit_test(the_first_error_wins),
	};

	return run_all_tests(tests);
}
