/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of a session with the real library: load, change, run, cancel, poison, heal. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support-ng.h"

static const char divider[] = "divider\nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\n.op";
static const char poison[] = "poison\nv1 in 0 1\nr1 in 0 {nowhere}\n.op";

static double divided(struct ng_session *session)
{
	struct carom_error err = CAROM_ERROR_INIT;

	ng_session_run(session, &err);
	assert_ok(&err);
	return ng_value(session, "v(out)", 0);
}

static void a_session_names_its_library_and_version(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	assert_int_equal(access(ng_session_library(session), R_OK), 0);
	assert_non_null(strstr(ng_session_library(session), "libngspice"));
	assert_true(ng_session_version(session)[0] >= '1' && ng_session_version(session)[0] <= '9');
	stop_ng(session);
}

static void a_process_has_one_session_at_a_time(void **state)
{
	struct ng_options options = {0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_session *second = session;

	(void)state;
	assert_int_equal(ng_session_open(&second, &options, &err), CAROM_ERROR_STATE);
	assert_null(second);
	assert_ng_error(&err, CAROM_ERROR_STATE, "open an isolated session");
	run_ng(session, divider);
	stop_ng(session);
	session = start_ng(NULL);
	run_ng(session, divider);
	stop_ng(session);
}

static void a_circuit_runs_any_number_of_times(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, divider);
	for (int i = 0; i < 200; i++) {
		assert_double_equal(divided(session), 0.75, 1e-12, 0);
		assert_int_equal(ng_session_plot_count(session), 1);
	}
	stop_ng(session);
}

static void a_value_is_altered_in_place(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, divider);
	ng_session_alter(session, "r1", 3e3, &err);
	assert_double_equal(divided(session), 0.5, 1e-12, 0);
	ng_session_alter(session, "@r2[resistance]", 1e3, &err);
	assert_double_equal(divided(session), 0.25, 1e-12, 0);
	ng_session_alter(session, "v1", -2.5, &err);
	assert_double_equal(divided(session), -0.625, 1e-12, 0);
	assert_ok(&err);
	stop_ng(session);
}

static void a_model_parameter_is_altered_by_model_or_by_instance(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	double before;

	(void)state;
	run_ng(session, "t\nvcc c 0 5\nib 0 b 10u\nq1 c b 0 qn\n.model qn npn(bf=100)\n.op");
	before = -ng_value(session, "i(vcc)", 0);
	ng_session_altermod(session, "qn bf", 200, &err);
	ng_session_run(session, &err);
	assert_double_equal(-ng_value(session, "i(vcc)", 0), 2 * before, 1e-3, 0);
	ng_session_altermod(session, "@q1[bf]", 50, &err);
	ng_session_run(session, &err);
	assert_double_equal(-ng_value(session, "i(vcc)", 0), before / 2, 1e-3, 0);
	assert_ok(&err);
	stop_ng(session);
}

static void an_alteration_that_fails_says_what_is_missing(void **state)
{
	static const struct {
		const char *target;
		bool is_model;
		enum carom_status status;
		const char *words;
	} bad[] = {
		{"rx", false, CAROM_ERROR_NOT_FOUND, "alter rx: no such device or model name rx"},
		{"@r1[foo]", false, CAROM_ERROR_PARAMETER, "alter @r1[foo]: no such parameter foo"},
		{"e1", false, CAROM_ERROR_PARAMETER, "alter e1: no default parameter"},
		{"nix bf", true, CAROM_ERROR_NOT_FOUND, "altermod nix bf: no such device"},
		{"r1=`touch x`", false, CAROM_ERROR_ARGUMENT, "not a name that can be altered"},
		{"r1;quit", false, CAROM_ERROR_ARGUMENT, "not a name that can be altered"},
		{"r1 tc1", false, CAROM_ERROR_ARGUMENT, "not a name that can be altered"},
		{"qn bf$x", true, CAROM_ERROR_ARGUMENT, "not a name that can be altered"},
		{"", false, CAROM_ERROR_ARGUMENT, "not a name that can be altered"},
	};
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\ne1 x 0 in 0 2\nrx1 x 0 1\n.op");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		if (bad[i].is_model)
			ng_session_altermod(session, bad[i].target, 1, &err);
		else
			ng_session_alter(session, bad[i].target, 1, &err);
		assert_ng_error(&err, bad[i].status, bad[i].words);
		assert_true(ng_session_is_loaded(session));
		assert_double_equal(divided(session), 0.75, 1e-12, 0);
	}
	stop_ng(session);
}

static void a_value_must_be_a_finite_number(void **state)
{
	const double bad[] = {0.0 / 0.0, 1.0 / 0.0, -1.0 / 0.0};
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, divider);
	for (size_t i = 0; i < 3; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(ng_session_alter(session, "r1", bad[i], &err),
				 CAROM_ERROR_ARGUMENT);
		assert_ng_error(&err, CAROM_ERROR_ARGUMENT, "not a number");
	}
	assert_double_equal(divided(session), 0.75, 1e-12, 0);
	stop_ng(session);
}

static void a_reset_brings_the_values_of_the_deck_back(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, divider);
	ng_session_alter(session, "r1", 3e3, &err);
	assert_double_equal(divided(session), 0.5, 1e-12, 0);
	ng_session_reset(session, &err);
	assert_ok(&err);
	assert_double_equal(divided(session), 0.75, 1e-12, 0);
	stop_ng(session);
}

static void nothing_is_altered_run_or_reset_without_a_circuit(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	assert_false(ng_session_is_loaded(session));
	assert_int_equal(ng_session_alter(session, "r1", 1, NULL), CAROM_ERROR_STATE);
	assert_int_equal(ng_session_altermod(session, "q bf", 1, NULL), CAROM_ERROR_STATE);
	assert_int_equal(ng_session_reset(session, NULL), CAROM_ERROR_STATE);
	assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
	ng_session_destroy_plots(session);
	stop_ng(session);
	ng_session_close(NULL);
}

static void a_poisoned_session_heals_fifty_times(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	for (int i = 0; i < 50; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(load_ng(session, poison, &err), CAROM_ERROR_PARAMETER);
		assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
		assert_int_equal(load_ng(session, poison, NULL), CAROM_ERROR_PARAMETER);
		run_ng(session, divider);
		assert_double_equal(divided(session), 0.75, 1e-12, 0);
	}
	stop_ng(session);
}

static void a_poisoned_session_can_be_closed(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	assert_int_equal(load_ng(session, poison, NULL), CAROM_ERROR_PARAMETER);
	stop_ng(session);
}

static void a_quit_in_a_trusted_deck_poisons_and_is_healed(void **state)
{
	struct ng_options options = {.is_trusted = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(&options);

	(void)state;
	load_ng(session, "t\nv1 in 0 1\nr1 in 0 1\n.op\n.control\nquit\n.endc", &err);
	assert_int_equal(err.status, CAROM_ERROR_POISONED);
	run_ng(session, divider);
	assert_double_equal(divided(session), 0.75, 1e-12, 0);
	stop_ng(session);
}

static void a_blank_title_is_not_taken_for_the_first_element(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "  \nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\n.op");
	assert_double_equal(divided(session), 0.75, 1e-12, 0);
	stop_ng(session);
}

static void a_deck_needs_a_title_and_an_end(void **state)
{
	const char *const no_end[] = {"title", "r1 a 0 1"};
	const char *const only_end[] = {".end"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);

	(void)state;
	assert_int_equal(ng_session_load(session, no_end, 2, &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(ng_session_load(session, only_end, 1, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(ng_session_load(session, only_end, 0, NULL), CAROM_ERROR_ARGUMENT);
	assert_ng_error(&err, CAROM_ERROR_ARGUMENT, ".end");
	stop_ng(session);
}

static void an_untrusted_deck_runs_no_command(void **state)
{
	static const char *const decks[] = {
		"t\nr1 a 0 1\n.control\nshell touch pwned\n.endc",
		"t\nr1 a 0 1\n *#shell touch pwned",
		"*ng_script\nshell touch pwned",
		"t\nr1 a 0 1\n\t.CONTROLfoo\nshell touch pwned",
	};
	struct ng_session *session = start_ng(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(load_ng(session, decks[i], &err), CAROM_ERROR_TRUST);
		assert_ng_error(&err, CAROM_ERROR_TRUST, "an untrusted deck may not");
		assert_true(err.line > 0);
		assert_int_not_equal(access("pwned", F_OK), 0);
	}
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_names_its_library_and_version),
		cmocka_unit_test(a_process_has_one_session_at_a_time),
		cmocka_unit_test(a_circuit_runs_any_number_of_times),
		cmocka_unit_test(a_value_is_altered_in_place),
		cmocka_unit_test(a_model_parameter_is_altered_by_model_or_by_instance),
		cmocka_unit_test(an_alteration_that_fails_says_what_is_missing),
		cmocka_unit_test(a_value_must_be_a_finite_number),
		cmocka_unit_test(a_reset_brings_the_values_of_the_deck_back),
		cmocka_unit_test(nothing_is_altered_run_or_reset_without_a_circuit),
		cmocka_unit_test(a_poisoned_session_heals_fifty_times),
		cmocka_unit_test(a_poisoned_session_can_be_closed),
		cmocka_unit_test(a_quit_in_a_trusted_deck_poisons_and_is_healed),
		cmocka_unit_test(a_blank_title_is_not_taken_for_the_first_element),
		cmocka_unit_test(a_deck_needs_a_title_and_an_end),
		cmocka_unit_test(an_untrusted_deck_runs_no_command),
	};

	return run_all_tests(tests);
}
