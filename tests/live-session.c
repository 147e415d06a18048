/* SPDX-License-Identifier: BSD-3-Clause */
/* The session with the real libngspice: circuits in, numbers and errors out. */
#include "support-session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

/* ---- life ---- */

static void a_session_tells_its_library_and_version(void **state)
{
	assert_non_null(strstr(carom_session_library(*state), "libngspice"));
	assert_true(atof(carom_session_version(*state)) >= 30);
}

static void a_process_has_one_session(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *second;

	assert_int_equal(carom_session_open(&second, NULL, &err), CAROM_ERROR_STATE);
	assert_null(second);
	load_deck(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void sessions_may_follow_each_other(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct carom_session *session = open_session(NULL);

		load_deck(session, divider);
		assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
		carom_session_close(session);
	}
}

static void a_library_that_is_not_there_is_named(void **state)
{
	struct carom_session_options options = {.size = sizeof(options),
						.library = "/nowhere/libngspice.so.0"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_LIBRARY);
	assert_null(session);
	assert_non_null(strstr(err.text, "/nowhere/libngspice.so.0"));
	carom_session_close(open_session(NULL));
}

static void options_without_a_size_are_refused(void **state)
{
	struct carom_session_options options = {0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_ARGUMENT);
	assert_null(session);
}

static void opening_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;
	(void)state;

	for (int status = -1; status; n_failures += status != 0) {
		struct carom_session *session;

		mem_fail_after(n_failures);
		status = carom_session_open(&session, NULL, NULL);
		mem_fail_after(-1);
		assert_true(status ? !session : !!session);
		carom_session_close(session);
	}
	assert_true(n_failures >= 4); /* session, thread, library, version */
}

static void closing_nothing_is_legal(void **state)
{
	(void)state;
	carom_session_close(NULL);
}

/* ---- results ---- */

static void every_analysis_gives_a_plot(void **state)
{
	struct carom_result *result;

	load_deck(*state, lowpass);
	result = run_loaded(*state);
	assert_int_equal(carom_result_plot_count(result), 2);
	assert_string_equal(carom_plot_title(carom_result_plot(result, 0)), "low-pass");
	assert_int_equal(carom_plot_point_count(carom_result_find_plot(result, "ac")), 41);
	assert_true(carom_plot_point_count(carom_result_find_plot(result, "tran")) > 100);
	carom_result_free(result);
}

static void vectors_have_units_and_scales(void **state)
{
	struct carom_result *result;

	load_deck(*state, lowpass);
	result = run_loaded(*state);
	assert_string_equal(carom_vector_unit(find_vector(result, "tran", "v(out)")), "V");
	assert_string_equal(carom_vector_unit(find_vector(result, "tran", "i(v1)")), "A");
	assert_ptr_equal(carom_plot_scale(carom_result_find_plot(result, "tran")),
			 find_vector(result, "tran", "time"));
	assert_string_equal(carom_vector_unit(find_vector(result, "tran", "time")), "s");
	assert_string_equal(carom_vector_unit(find_vector(result, "ac", "frequency")), "Hz");
	carom_result_free(result);
}

static void ac_vectors_are_complex_and_right(void **state)
{
	struct carom_result *result;
	const double *out, *frequency;

	load_deck(*state, lowpass);
	result = run_loaded(*state);
	out = carom_vector_complex(find_vector(result, "ac", "v(out)"));
	frequency = carom_vector_complex(find_vector(result, "ac", "frequency"));
	for (size_t i = 0; i < 41; i++) {
		double w = 2 * M_PI * frequency[2 * i] * 1e3 * 100e-9;

		assert_double_equal(out[2 * i], 1 / (1 + w * w), 1e-9, 0);
		assert_double_equal(out[2 * i + 1], -w / (1 + w * w), 1e-9, 0);
	}
	carom_result_free(result);
}

static void a_result_outlives_runs_loads_and_the_session(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result;
	(void)state;

	load_deck(session, divider);
	result = run_loaded(session);
	set_value(session, "r1", 3e3);
	carom_result_free(run_loaded(session));
	load_deck(session, lowpass);
	carom_result_free(run_loaded(session));
	carom_session_close(session);
	assert_double_equal(carom_vector_real(find_vector(result, "op", "out"))[0], 5, 1e-9, 0);
	carom_result_free(result);
}

/* ---- altering ---- */

static void a_value_is_set_in_place(void **state)
{
	load_deck(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	set_value(*state, "r1", 3e3);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	set_value(*state, "V1", 20);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void the_gain_of_a_controlled_source_is_set_in_place(void **state)
{
	load_deck(*state, "gain\nv1 in 0 1\ne1 out 0 in 0 2\nr1 out 0 1k\n.op\n.end\n");
	set_value(*state, "e1", 7);
	assert_double_equal(run_op(*state, "v(out)"), 7, 1e-9, 0);
}

static void parameters_of_instances_and_models_are_set_in_place(void **state)
{
	load_deck(*state,
		  "bjt\nvcc c 0 5\nib 0 b 10u\nq1 c b 0 qn\n.model qn npn bf=100\n.op\n.end\n");
	assert_double_equal(run_op(*state, "i(vcc)"), -1e-3, 1e-6, 0);
	set_value(*state, "q1:bf", 200);
	assert_double_equal(run_op(*state, "i(vcc)"), -2e-3, 1e-6, 0);
	load_deck(*state, "mos\nvd d 0 5\nvg g 0 2\nm1 d g 0 0 mn l=2u w=10u\n"
			  ".model mn nmos level=1 vto=1 kp=100u\n.op\n.end\n");
	assert_double_equal(run_op(*state, "i(vd)"), -250e-6, 1e-6, 0);
	set_value(*state, "m1:l", 1e-6);
	assert_double_equal(run_op(*state, "i(vd)"), -500e-6, 1e-6, 0);
}

static void values_inside_subcircuits_are_set_by_path(void **state)
{
	load_deck(*state, "sub\nv1 in 0 10\nx1 in out cell\nr2 out 0 1k\n"
			  ".subckt cell a b\nr1 a b 1k\n.ends\n.op\n.end\n");
	set_value(*state, "x1.r1", 4e3);
	assert_double_equal(run_op(*state, "v(out)"), 2, 1e-9, 0);
}

static void an_element_that_is_not_there_cannot_be_set(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load_deck(*state, divider);
	assert_int_not_equal(carom_session_alter(*state, "r9", 1, &err), 0);
	assert_true(err.text[0] != '\0');
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void words_that_would_run_commands_reach_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load_deck(*state, divider);
	assert_int_equal(carom_session_alter(*state, "r1=3k;alter r2", 1, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

/* ---- a second run ---- */

static void assert_same_columns(const struct carom_result *a, const struct carom_result *b,
				const char *name)
{
	const struct carom_vector *x = find_vector(a, "tran", name),
				  *y = find_vector(b, "tran", name);

	assert_int_equal(carom_vector_length(x), carom_vector_length(y));
	for (size_t i = 0; i < carom_vector_length(x); i++)
		assert_same_bits(carom_vector_real(x)[i], carom_vector_real(y)[i]);
}

static void a_second_run_repeats_the_first_even_with_coupled_inductors(void **state)
{
	struct carom_result *first, *second, *third;

	load_deck(*state, transformer);
	first = run_loaded(*state);
	second = run_loaded(*state);
	third = run_loaded(*state);
	assert_same_columns(first, second, "v(b)");
	assert_same_columns(first, third, "v(b)");
	carom_result_free(first);
	carom_result_free(second);
	carom_result_free(third);
}

static void values_that_were_set_survive_the_fresh_start(void **state)
{
	struct carom_result *first, *second;

	load_deck(*state, transformer);
	set_value(*state, "rload", 75);
	first = run_loaded(*state);
	set_value(*state, "rload", 20);
	carom_result_free(run_loaded(*state));
	set_value(*state, "rload", 75);
	second = run_loaded(*state);
	assert_same_columns(first, second, "v(b)");
	carom_result_free(first);
	carom_result_free(second);
}

static void values_that_were_set_are_forgotten_by_a_load(void **state)
{
	load_deck(*state, transformer);
	set_value(*state, "rload", 75);
	carom_result_free(run_loaded(*state));
	load_deck(*state, "divider and k\nv1 in 0 10\nr1 in out 1k\nrload out 0 1k\n"
			  "l1 out 0 1g\nl2 x 0 1g\nk1 l1 l2 0.5\nrx x 0 1\n"
			  "i1 0 out 0 pulse(0 1m 1n 1n 1n 1 2)\n.tran 1u 10u\n.end\n");
	for (int i = 0; i < 2; i++) {
		struct carom_result *result = run_loaded(*state);
		const struct carom_vector *out = find_vector(result, "tran", "v(out)");

		assert_double_equal(carom_vector_real(out)[carom_vector_length(out) - 1], 0.5, 1e-3,
				    0);
		carom_result_free(result);
	}
}

/* ---- failures ---- */

static void nothing_can_be_run_or_set_before_a_load(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	assert_int_equal(carom_session_run(*state, &result, &err), CAROM_ERROR_STATE);
	assert_null(result);
	assert_non_null(strstr(err.text, "no circuit is loaded"));
	assert_int_equal(carom_session_alter(*state, "r1", 1, NULL), CAROM_ERROR_STATE);
}

struct bad_deck {
	const char *text;
	enum carom_status status;
	int line; /* 0: not told */
	const char *words;
};

/* Wherever it is found, at the load or at the run, the error is one and the next deck works. */
static void assert_fails(struct carom_session *session, const struct bad_deck *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;

	if (load_deck_text(session, deck->text, &err) == 0)
		carom_session_run(session, &result, &err);
	assert_null(result);
	if ((deck->status && err.status != deck->status) || !strstr(err.text, deck->words) ||
	    err.line != deck->line || strcmp(err.source, "deck.cir") != 0)
		fail_msg("%s:%d: %s: %s", err.source, err.line, carom_status_name(err.status),
			 err.text);
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
}

static void a_bad_deck_has_an_error_with_its_place_and_the_next_deck_works(void **state)
{
	static const struct bad_deck decks[] = {
		{"t\n* comment\nv1 a 0 1\n\nr1 a 0 {rload}\n.op\n.end\n", CAROM_ERROR_PARAMETER, 5,
		 "rload"},
		{"t\n* comment\nv1 a 0 1\nd1 a 0 nosuch\n.op\n.end\n", CAROM_ERROR_MODEL, 4,
		 "nosuch"},
		{"t\nv1 a 0 1\nr1 a 0 1k\n.end\n", CAROM_OK, 0, "No job"},
		{"t\nv1 a 0 1\nv2 a 0 2\n.op\n.end\n", CAROM_OK, 0, ""},
	};

	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++)
		assert_fails(*state, &decks[i]);
}

static void a_failed_load_leaves_no_circuit(void **state)
{
	struct carom_circuit *circuit = carom_circuit_new("*ng_script", NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, divider);
	assert_int_equal(carom_session_load(*state, circuit, &err), CAROM_ERROR_TRUST);
	carom_circuit_free(circuit);
	assert_int_equal(carom_session_run(*state, &result, NULL), CAROM_ERROR_STATE);
	assert_int_equal(load_deck_text(*state, "t\nv1 a 0 1\nr1 a 0 {rload}\n.op\n.end\n", NULL),
			 CAROM_ERROR_PARAMETER);
	assert_int_equal(carom_session_run(*state, &result, NULL), CAROM_ERROR_STATE);
}

static void a_trusted_deck_may_run_commands(void **state)
{
	static const char text[] = "commands\nv1 in 0 10\nr1 in out 1k\nr2 out 0 1k\n.op\n"
				   ".control\nalter r1 = 3k\n.endc\n.end\n";
	struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, text, strlen(text), "deck.cir", &options, &err);
	assert_ok(&err);
	carom_session_load(*state, circuit, &err);
	assert_ok(&err);
	carom_circuit_free(circuit);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
}

static void loading_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct carom_circuit *circuit = import_deck(divider);
	int n_failures = 0;

	for (int status = -1; status; n_failures += status != 0) {
		mem_fail_after(n_failures);
		status = carom_session_load(*state, circuit, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	}
	assert_true(n_failures >= 7); /* five of the lines, title, source */
	carom_circuit_free(circuit);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void running_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;

	load_deck(*state, divider);
	for (int status = -1; status; n_failures += status != 0) {
		struct carom_result *result;

		mem_fail_after(n_failures);
		status = carom_session_run(*state, &result, NULL);
		mem_fail_after(-1);
		assert_true(status ? status == CAROM_ERROR_MEMORY && !result : result != NULL);
		carom_result_free(result);
	}
	assert_true(n_failures >= 8); /* result, plot and their members, vectors */
}

static void setting_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;

	load_deck(*state, transformer);
	for (int status = -1; status; n_failures += status != 0) {
		mem_fail_after(n_failures);
		status = carom_session_alter(*state, "rload", 75, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	}
	assert_true(n_failures >= 3); /* the words, the target, the list */
}

/* So that a run of calls shares one error: a deck built only in part is not simulated. */
static void calls_after_a_failure_do_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("t", &err);
	struct carom_result *result;

	carom_add_resistor(circuit, "c1", carom_net(circuit, "a", &err),
			   carom_circuit_ground(circuit), 1, &err);
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_session_load(*state, circuit, &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_session_alter(*state, "r1", 1, &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_session_run(*state, &result, &err), CAROM_ERROR_ARGUMENT);
	assert_null(result);
	carom_circuit_free(circuit);
	carom_error_clear(&err);
	assert_int_equal(carom_session_run(NULL, &result, &err), CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "there is no session");
}

/* "Error on card 2 : unrecognized parameter (foo) - ignored" */
static void what_ngspice_ignores_of_a_numerical_device_is_no_failure(void **state)
{
	load_deck(*state, "t\nv1 in 0 0.5\nr1 in a 10\nd1 a 0 dnum area=100\n"
			  ".model dnum numd level=1\n"
			  "+ x.mesh loc=0.0 n=1\n+ x.mesh loc=1.0 n=31\n"
			  "+ domain num=1 material=1 x.l=0.0 x.h=1.0 foo=1\n"
			  "+ material num=1 silicon\n"
			  "+ doping gauss p.type conc=1e19 x.l=0.0 x.h=0.0 char.l=0.1\n"
			  "+ doping unif n.type conc=1e16 x.l=0.0 x.h=1.0\n.op\n.end\n");
	assert_true(run_op(*state, "v(a)") > 0.1);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest both[] = {
		WITH_SESSION(a_session_tells_its_library_and_version),
		WITH_SESSION(calls_after_a_failure_do_nothing),
		cmocka_unit_test(sessions_may_follow_each_other),
		cmocka_unit_test(a_library_that_is_not_there_is_named),
		cmocka_unit_test(opening_survives_a_lack_of_memory_at_every_allocation),
		WITH_SESSION(every_analysis_gives_a_plot),
		WITH_SESSION(vectors_have_units_and_scales),
		WITH_SESSION(ac_vectors_are_complex_and_right),
		cmocka_unit_test(a_result_outlives_runs_loads_and_the_session),
		WITH_SESSION(a_value_is_set_in_place),
		WITH_SESSION(the_gain_of_a_controlled_source_is_set_in_place),
		WITH_SESSION(parameters_of_instances_and_models_are_set_in_place),
		WITH_SESSION(values_inside_subcircuits_are_set_by_path),
		WITH_SESSION(an_element_that_is_not_there_cannot_be_set),
		WITH_SESSION(words_that_would_run_commands_reach_nothing),
		WITH_SESSION(a_second_run_repeats_the_first_even_with_coupled_inductors),
		WITH_SESSION(values_that_were_set_survive_the_fresh_start),
		WITH_SESSION(values_that_were_set_are_forgotten_by_a_load),
		WITH_SESSION(nothing_can_be_run_or_set_before_a_load),
		WITH_SESSION(a_bad_deck_has_an_error_with_its_place_and_the_next_deck_works),
		WITH_SESSION(what_ngspice_ignores_of_a_numerical_device_is_no_failure),
		WITH_SESSION(a_failed_load_leaves_no_circuit),
		WITH_SESSION(a_trusted_deck_may_run_commands),
		WITH_SESSION(loading_survives_a_lack_of_memory_at_every_allocation),
		WITH_SESSION(running_survives_a_lack_of_memory_at_every_allocation),
		WITH_SESSION(setting_survives_a_lack_of_memory_at_every_allocation),
	};
	const struct CMUnitTest one[] = {
		WITH_SESSION(a_process_has_one_session),
		cmocka_unit_test(options_without_a_size_are_refused),
		cmocka_unit_test(closing_nothing_is_legal),
	};

	return run_on_both_levels(both, one);
}
