/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses and conditions of hosts in ngspice's words. */
#include "ng-analysis.h"

#include "support-ng.h"

static void an_analysis_becomes_a_small_command(void **state)
{
	char command[NG_COMMAND_SIZE];

	(void)state;
	assert_int_equal(ng_analysis_read("  TRAN 1u 1m UIC", command, NULL), 0);
	assert_string_equal(command, "tran 1u 1m uic");
	assert_int_equal(ng_analysis_read("noise V(out,ref) V1 dec 10 1 1meg", command, NULL), 0);
	assert_string_equal(command, "noise v(out,ref) v1 dec 10 1 1meg");
}

static void another_command_is_none(void **state)
{
	static const char *const bad[] = {"quit",        "",      "operate",       "op;quit",
					  "tran 1 `ls`", "ac $x", "dc v1 0 {5} 1", "write op"};
	char command[NG_COMMAND_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(ng_analysis_read(bad[i], command, &err), CAROM_ERROR_ARGUMENT);
		assert_true(err.text[0] != '\0');
	}
}

static void traces_are_left_by_transients_and_sensitivities(void **state)
{
	static const char *const deck[] = {"sens op", ".SENS v(a)", "tran 1 2", " .op", ".end"};

	(void)state;
	assert_int_equal(ng_analysis_traces(" TRAN 1u 1m").left, NG_TRACE_STATE);
	assert_int_equal(ng_analysis_traces("dc v1 0 1 1").felt, NG_TRACE_STATE | NG_TRACE_VALUES);
	assert_int_equal(ng_analysis_traces("op").left, 0);
	assert_int_equal(ng_analysis_traces("op").felt, NG_TRACE_VALUES);
	assert_int_equal(ng_analysis_traces("operate").felt, 0);
	assert_int_equal(ng_analysis_traces_of(deck, 5).left, NG_TRACE_VALUES);
	assert_int_equal(ng_analysis_traces_of(deck, 5).felt, NG_TRACE_VALUES);
	assert_int_equal(ng_analysis_traces_of(deck, 1).felt, 0);
}

static void kinds_are_told_by_the_first_word(void **state)
{
	static const char *const deck[] = {"ac op tran", ".AC dec 1 1 10", "r1 a 0 1",
					   " .tran 1 2", ".option x",      ".end"};

	(void)state;
	assert_int_equal(ng_analysis_kind("tran 1 2"), NG_KIND_DC);
	assert_int_equal(ng_analysis_kind("OP"), NG_KIND_DC);
	assert_int_equal(ng_analysis_kind(" \top"), NG_KIND_DC);
	assert_int_equal(ng_analysis_kind("transient"), 0);
	assert_int_equal(ng_analysis_kinds(deck, 6), NG_KIND_DC | ng_analysis_kind("ac"));
}

static void a_condition_is_taken_apart(void **state)
{
	static const struct {
		const char *text, *left, *relation, *right;
	} cases[] = {
		{"v(out) > 1.5", "v(out)", "gt", "1.5"},     {"I(V1)<=-2m", "i(v1)", "le", "-2m"},
		{"1meg < out", "out", "gt", "1meg"},         {"2 >= v(a)", "v(a)", "le", "2"},
		{"v(a) <> v(b)", "v(a)", "ne", "v(b)"},      {"time = 1u", "time", "eq", "1u"},
		{"@m1[id] > 1e-3", "@m1[id]", "gt", "1e-3"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ng_condition condition;

		assert_int_equal(ng_condition_read(cases[i].text, &condition, NULL), 0);
		assert_string_equal(condition.left, cases[i].left);
		assert_string_equal(condition.relation, cases[i].relation);
		assert_string_equal(condition.right, cases[i].right);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_analysis_becomes_a_small_command),
		cmocka_unit_test(another_command_is_none),
		cmocka_unit_test(traces_are_left_by_transients_and_sensitivities),
		cmocka_unit_test(kinds_are_told_by_the_first_word),
		cmocka_unit_test(a_condition_is_taken_apart),
	};

	return run_all_tests(tests);
}
