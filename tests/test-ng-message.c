/* SPDX-License-Identifier: BSD-3-Clause */
/* ngspice's lines, as libngspice 39 sends them: their kinds, and which of them are kept. */
#include <stdio.h>
#include <string.h>

#include "ng-message.h"
#include "support.h"

static enum ng_message_kind kind_of(const char *line)
{
	const char *words;

	return ng_message_classify(line, &words);
}

static void add(struct ng_messages *messages, const char *line)
{
	const char *words;

	ng_messages_add(messages, line, &words);
}

static void lines_of_a_good_run_are_no_errors(void **state)
{
	static const struct {
		const char *line;
		enum ng_message_kind kind;
	} good[] = {
		{"stdout Circuit: Error in the title", NG_MESSAGE_TEXT},
		{"stdout Doing analysis at TEMP = 27.000000 and TNOM = 27.000000", NG_MESSAGE_TEXT},
		{"stdout No. of Data Rows : 61", NG_MESSAGE_TEXT},
		{"stdout Note: No compatibility mode selected!", NG_MESSAGE_NOTE},
		{"stderr Note: Starting dynamic gmin stepping", NG_MESSAGE_NOTE},
		{"stderr Trying gmin =   1.0000E-03 Note: One successful gmin step",
		 NG_MESSAGE_NOTE},
		{"stderr Trying gmin =   5.6234E-03 Warning: Further gmin increment",
		 NG_MESSAGE_NOTE},
		{"stderr Supplies reduced to   0.0000% ", NG_MESSAGE_NOTE},
		{" Reference value :  1.00000e-06", NG_MESSAGE_NOTE},
		{"stderr Warning: v1: dc value used", NG_MESSAGE_WARNING},
		{"stderr Error: bad type given for option reltol --", NG_MESSAGE_WARNING},
		{"stderr Error:  temp equals what?.", NG_MESSAGE_WARNING},
		{"stderr Error on card 3 : unrecognized parameter (foo) - ignored",
		 NG_MESSAGE_TEXT},
		{"stderr Error: Mismatch of .if ... .endif statements!", NG_MESSAGE_WARNING},
		{"stderr Warning, ngspice assumes default parameter(s) for ac simulation",
		 NG_MESSAGE_ERROR},
		{"stderr warning, can't find model 'nix' from line", NG_MESSAGE_WARNING},
		{"stderr Trying gmin =   1.0000E-03 Warning: singular matrix:  check node x",
		 NG_MESSAGE_WARNING},
		{"stdout DC solution failed -", NG_MESSAGE_WARNING},
		{"stderr error1 in 0 1k", NG_MESSAGE_TEXT}, /* a quoted card */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (kind_of(good[i].line) != good[i].kind)
			fail_msg("%s", good[i].line);
	}
}

static void lines_of_failures_are_errors(void **state)
{
	static const char *const bad[] = {
		"stderr Error: vector v(nix) not found!",
		"stderr ERROR: parameter mismatch for function call in str: r1 in 0 {f(1,2)}",
		"stderr Error on line 4 or its substitute:",
		"stderr Fatal error: f1: unknown controlling source vnix",
		"stderr Fatal: Toxe = -1e-09 is not positive.",
		"stderr MIF-ERROR - unable to find definition of model gg",
		"stderr doAnalyses: TRAN:  Timestep too small; time = 1e-06",
		"stderr run simulation(s) aborted",
		"stderr run simulation not started",
		"stderr run simulation interrupted",
		"stderr Netlist line no. 3:",
		"stderr Undefined parameter [rload]",
		"stderr could not find a valid modelname",
		"stderr Too few parameters for subcircuit type \"foo\" (instance: xx1)",
		"stderr foo: no such command available in ngspice",
		"stdout Instance: a1   Message: cannot open file nix.txt",
		"stdout  D_SOURCE: source.in file was not read successfully. ",
		"stdout  D_STATE: state file was not read successfully.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (kind_of(bad[i]) != NG_MESSAGE_ERROR)
			fail_msg("%s", bad[i]);
	}
}

static void the_words_come_without_the_stream(void **state)
{
	const char *words;

	(void)state;
	ng_message_classify("stderr Error: x", &words);
	assert_string_equal(words, "Error: x");
	ng_message_classify("stdout y", &words);
	assert_string_equal(words, "y");
	ng_message_classify(" Reference value", &words);
	assert_string_equal(words, " Reference value");
	ng_message_classify("", &words);
	assert_string_equal(words, "");
}

static void what_may_explain_a_failure_is_kept(void **state)
{
	struct ng_messages messages;

	(void)state;
	ng_messages_clear(&messages);
	add(&messages, "stdout Circuit: t");
	add(&messages, "stderr Note: nothing");
	add(&messages, "stderr   Warning: something  ");
	add(&messages, "stderr r1 in 0 foo");
	add(&messages, "stderr Error: all");
	assert_int_equal(ng_messages_count(&messages), 3);
	assert_int_equal(messages.n_errors, 1);
	assert_int_equal(messages.n_details, 2);
	assert_string_equal(ng_messages_get(&messages, 0)->line, "Warning: something");
	assert_string_equal(ng_messages_get(&messages, 1)->line, "r1 in 0 foo");
	assert_int_equal(ng_messages_get(&messages, 2)->kind, NG_MESSAGE_ERROR);
	ng_messages_clear(&messages);
	assert_int_equal(ng_messages_count(&messages), 0);
	assert_int_equal(messages.n_errors + messages.n_details, 0);
}

static void of_a_flood_the_first_and_the_last_are_kept_in_order(void **state)
{
	struct ng_messages messages;

	(void)state;
	for (size_t n = 1; n <= 100; n++) {
		size_t most = NG_KEPT_FIRST + NG_KEPT_LAST;
		size_t kept = n < most ? n : most;

		ng_messages_clear(&messages);
		for (size_t i = 0; i < n; i++) {
			char line[40];

			snprintf(line, sizeof(line), "stderr Error: %zu", i);
			add(&messages, line);
		}
		assert_int_equal(ng_messages_count(&messages), kept);
		assert_int_equal(messages.n_errors, n);
		for (size_t i = 0; i < kept; i++) {
			size_t number = i < NG_KEPT_FIRST ? i : n - kept + i;
			char line[40];

			snprintf(line, sizeof(line), "Error: %zu", number);
			assert_string_equal(ng_messages_get(&messages, i)->line, line);
		}
	}
}

static void a_long_line_is_cut(void **state)
{
	struct ng_messages messages;
	char line[2000] = "stderr Error: ";

	(void)state;
	memset(line + 14, 'x', sizeof(line) - 15);
	line[sizeof(line) - 1] = '\0';
	ng_messages_clear(&messages);
	add(&messages, line);
	assert_int_equal(strlen(ng_messages_get(&messages, 0)->line), NG_LINE_SIZE - 1);
}

static void an_answer_is_noted_if_it_was_asked_for(void **state)
{
	struct ng_messages messages;

	(void)state;
	ng_messages_clear(&messages);
	add(&messages, "stdout 0");
	assert_string_equal(messages.answer, "");
	messages.wants_answer = true;
	add(&messages, "stdout 1");
	add(&messages, "stderr 2");
	assert_string_equal(messages.answer, "1");
	add(&messages, "stdout 1234567890123456789012345678901234567890");
	assert_int_equal(strlen(messages.answer), NG_ANSWER_SIZE - 1);
	assert_int_equal(ng_messages_count(&messages), 1);
}

static void the_banner_tells_the_version(void **state)
{
	char version[8] = "?";

	(void)state;
	assert_false(ng_message_version("******", version, sizeof(version)));
	assert_false(ng_message_version("** ngspice- shared", version, sizeof(version)));
	assert_false(ng_message_version("** ngspice-1234567890 shared", version, sizeof(version)));
	assert_string_equal(version, "?");
	assert_true(ng_message_version("** ngspice-39 shared library", version, sizeof(version)));
	assert_string_equal(version, "39");
	assert_true(ng_message_version("** ngspice-45.2", version, sizeof(version)));
	assert_string_equal(version, "45.2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_a_good_run_are_no_errors),
		cmocka_unit_test(lines_of_failures_are_errors),
		cmocka_unit_test(the_words_come_without_the_stream),
		cmocka_unit_test(what_may_explain_a_failure_is_kept),
		cmocka_unit_test(of_a_flood_the_first_and_the_last_are_kept_in_order),
		cmocka_unit_test(a_long_line_is_cut),
		cmocka_unit_test(an_answer_is_noted_if_it_was_asked_for),
		cmocka_unit_test(the_banner_tells_the_version),
	};

	return run_all_tests(tests);
}
