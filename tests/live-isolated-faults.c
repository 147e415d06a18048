/* SPDX-License-Identifier: BSD-3-Clause */
/* Isolated sessions: whatever becomes of the simulator's process is an error, and no more. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support-worker.h"

/* libngspice 39 crashes: sens_load calls a function that BJTs do not have. */
static const char crashing[] = "sensitivity\n"
			       "vcc c 0 5\n"
			       "ib 0 b 10u\n"
			       "q1 c b 0 qn\n"
			       ".model qn npn bf=100\n"
			       ".sens v(b)\n"
			       ".end\n";

/* CIDER calls exit(): the mesh has no domain. */
static const char exiting[] = "a device without a domain\n"
			      "v1 a 0 1\n"
			      "d1 a 0 dn\n"
			      ".model dn numd level=1\n"
			      "+ x.mesh loc=0 n=1\n"
			      ".op\n"
			      ".end\n";

static int set_up(void **state)
{
	*state = open_session(&isolated);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

static void a_crash_is_an_error_that_quotes_ngspice_and_the_next_load_works(void **state)
{
	if (atof(carom_session_version(*state)) >= 40)
		return; /* it does not crash any more */
	load_deck(*state, crashing);
	assert_run_crashes(*state, "Segmentation fault");
	assert_run_crashes(*state, "load a circuit again");
	assert_works(*state);
	load_deck(*state, crashing);
	assert_run_crashes(*state, "Doing analysis");
	assert_works(*state);
}

static void an_exit_is_an_error_and_the_next_load_works(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;

	load_trusted_text(*state, exiting, &err);
	carom_session_run(*state, &result, &err);
	assert_null(result);
	assert_int_equal(err.status, CAROM_ERROR_CRASHED);
	assert_non_null(strstr(err.text, "exit status"));
	assert_non_null(strstr(err.words, "domains not defined"));
	assert_works(*state);
}

static void a_killed_process_is_an_error_of_every_call_until_a_load(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, divider);
	kill_worker();
	assert_int_equal(carom_session_alter(*state, "r1", 1, &err), CAROM_ERROR_CRASHED);
	assert_non_null(strstr(err.text, "Killed"));
	assert_int_equal(carom_session_alter(*state, "r1", 1, NULL), CAROM_ERROR_CRASHED);
	assert_int_equal(carom_session_plots(*state, &result, NULL), CAROM_ERROR_CRASHED);
	assert_run_crashes(*state, "load a circuit again");
	assert_works(*state);
}

static void a_load_does_not_mind_a_process_that_was_killed_meanwhile(void **state)
{
	for (int i = 0; i < 3; i++) {
		assert_works(*state);
		kill_worker();
	}
	assert_works(*state);
}

static void an_update_loads_again_after_a_death(void **state)
{
	struct carom_circuit *circuit = import_deck(divider);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update update;

	carom_session_load(*state, circuit, &err);
	carom_session_update(*state, circuit, &update, &err);
	assert_ok(&err);
	assert_false(update.was_reloaded);
	kill_worker();
	assert_run_crashes(*state, "Killed");
	carom_session_update(*state, circuit, &update, &err);
	assert_ok(&err);
	assert_true(update.was_reloaded);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void *kill_soon(void *arg)
{
	(void)arg;
	usleep(50000);
	kill(worker_of(getpid()), SIGKILL);
	return NULL;
}

static void a_process_that_is_killed_at_work_is_an_error_of_the_run(void **state)
{
	pthread_t killer;

	load_deck(*state, "long\nv1 in 0 sin(0 1 1k)\nr1 in out 1k\nc1 out 0 100n\n"
			  ".tran 1n 100 0 1n\n.end\n");
	pthread_create(&killer, NULL, kill_soon, NULL);
	assert_run_crashes(*state, "Killed");
	pthread_join(killer, NULL);
	assert_works(*state);
}

static void results_outlive_the_process_and_the_session(void **state)
{
	struct carom_session *session = open_session(&isolated);
	struct carom_result *results[5];
	(void)state;

	load_deck(session, divider);
	for (int i = 0; i < 5; i++) {
		set_value(session, "r1", 1e3 * (1 + i));
		results[i] = run_loaded(session);
	}
	kill_worker();
	assert_works(session);
	carom_session_close(session);
	for (int i = 0; i < 5; i++) {
		const struct carom_vector *out = find_vector(results[i], "op", "out");

		assert_double_equal(carom_vector_real(out)[0], 10.0 / (2 + i), 1e-9, 0);
		carom_result_free(results[i]);
	}
}

static void a_process_that_cannot_get_memory_is_an_error(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	struct carom_result *result = NULL;
	(void)state;

	if (HAS_SHADOW)
		return;
	options.memory_limit = 256 << 20;
	session = open_session(&options);
	assert_works(session);
	load_deck_text(session, "much\nv1 in 0 sin(0 1 1k)\nr1 in 0 1k\n.tran 1u 1000 0 1u\n.end\n",
		       &err);
	carom_session_run(session, &result, &err);
	assert_null(result);
	assert_int_not_equal(err.status, CAROM_OK);
	assert_works(session);
	carom_session_close(session);
}

static void a_limit_that_ngspice_does_not_fit_in_is_an_error(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	options.memory_limit = 1 << 20;
	assert_int_not_equal(carom_session_open(&session, &options, &err), CAROM_OK);
	assert_null(session);
	assert_int_not_equal(err.text[0], '\0');
}

static void a_worker_that_is_not_there_is_named(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	options.worker = "/nowhere/carom-worker";
	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_NOT_FOUND);
	assert_null(session);
	assert_non_null(strstr(err.text, "/nowhere/carom-worker"));
}

static void a_program_that_is_no_worker_is_an_error(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	options.worker = "/bin/true";
	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_CRASHED);
	assert_null(session);
	assert_string_equal(err.text, "/bin/true ended its process (exit status 0)");
	assert_string_equal(err.hint,
			    "name a carom-worker of this version, and a libngspice that starts");
}

/* An undefined parameter spoils libngspice, which is then loaded again. */
static void memory_stays_flat_over_hundreds_of_decks_that_spoil_the_simulator(void **state)
{
	long before = 0;

	for (int i = 0; i < 300; i++) {
		assert_int_equal(
			load_deck_text(*state, "t\nv1 a 0 1\nr1 a 0 {rload}\n.op\n.end\n", NULL),
			CAROM_ERROR_PARAMETER);
		assert_works(*state);
		if (i == 20)
			before = memory_of(worker_of(getpid()));
	}
	if (!HAS_SHADOW)
		assert_true(memory_of(worker_of(getpid())) < before + 8192);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SESSION(a_crash_is_an_error_that_quotes_ngspice_and_the_next_load_works),
		WITH_SESSION(an_exit_is_an_error_and_the_next_load_works),
		WITH_SESSION(a_killed_process_is_an_error_of_every_call_until_a_load),
		WITH_SESSION(a_load_does_not_mind_a_process_that_was_killed_meanwhile),
		WITH_SESSION(an_update_loads_again_after_a_death),
		WITH_SESSION(a_process_that_is_killed_at_work_is_an_error_of_the_run),
		cmocka_unit_test(results_outlive_the_process_and_the_session),
		cmocka_unit_test(a_process_that_cannot_get_memory_is_an_error),
		cmocka_unit_test(a_limit_that_ngspice_does_not_fit_in_is_an_error),
		cmocka_unit_test(a_worker_that_is_not_there_is_named),
		cmocka_unit_test(a_program_that_is_no_worker_is_an_error),
		WITH_SESSION(memory_stays_flat_over_hundreds_of_decks_that_spoil_the_simulator),
	};

	/* Crashes of workers are the kernel's to tell, not a sanitizer's. */
	setenv("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", 1);
	setenv("TSAN_OPTIONS", "handle_segv=0", 1);
	return run_all_tests(tests);
}
