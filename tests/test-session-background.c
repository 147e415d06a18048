/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs in the background, by a stand-in for libngspice: who gets the outcome, and who waits. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "support-session.h"

static const struct carom_run_options no_options = {.size = sizeof(no_options)};

static int set_up(void **state)
{
	struct carom_session_options options = {.size = sizeof(options),
						.library = getenv("CAROM_FAKE_NGSPICE")};

	*state = open_session(&options);
	load_deck(*state, divider);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return unsetenv("CAROM_FAKE_NGSPICE_SCRIPT");
}

static void have_it_run(const char *script)
{
	setenv("CAROM_FAKE_NGSPICE_SCRIPT", script, 1);
}

static void start(struct carom_session *session)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(carom_session_start(session, NULL, &err), 0);
	assert_ok(&err);
}

static void the_result_is_taken_once(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	start(*state);
	carom_session_wait(*state, -1, &result, &err);
	assert_ok(&err);
	assert_false(carom_session_is_running(*state));
	assert_double_equal(op_voltage(result, "out"), 1, 0, 0);
	carom_result_free(result);
	assert_int_equal(carom_session_wait(*state, -1, &result, &err), CAROM_ERROR_STATE);
	assert_null(result);
}

static void an_error_of_the_run_is_taken_with_its_words(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	have_it_run("run say stderr Error: it is broken|run abort");
	start(*state);
	assert_int_not_equal(carom_session_wait(*state, -1, &result, &err), 0);
	assert_true(err.text[0] != '\0');
	carom_result_free(result);
}

static void a_wait_ends_before_the_run_does(void **state)
{
	static const double none[] = {0, 0.01, NAN};
	struct carom_result *result;

	have_it_run("run chatter");
	start(*state);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_int_equal(carom_session_wait(*state, none[i], &result, NULL),
				 CAROM_ERROR_LIMIT);
		assert_null(result);
		assert_true(carom_session_is_running(*state));
	}
	carom_session_cancel(*state);
	assert_int_equal(carom_session_wait(*state, INFINITY, &result, NULL),
			 CAROM_ERROR_CANCELLED);
	carom_result_free(result);
}

static void an_earlier_error_is_not_waited_for(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	start(*state);
	err.status = CAROM_ERROR_SYNTAX;
	assert_int_equal(carom_session_wait(*state, -1, &result, &err), CAROM_ERROR_SYNTAX);
	assert_int_equal(carom_session_wait(*state, -1, &result, NULL), 0);
	carom_result_free(result);
}

static void a_start_that_fails_leaves_the_session_free(void **state)
{
	struct carom_run_options options = no_options;
	struct carom_result *result;

	options.size = 0;
	assert_int_equal(carom_session_start(*state, &options, NULL), CAROM_ERROR_ARGUMENT);
	assert_false(carom_session_is_running(*state));
	assert_int_equal(carom_session_wait(*state, -1, &result, NULL), CAROM_ERROR_STATE);
	carom_result_free(run_loaded(*state));
}

static atomic_int n_taken, n_late;

static void *wait_too(void *arg)
{
	struct carom_result *result;
	int status = carom_session_wait(arg, -1, &result, NULL);

	n_taken += status == CAROM_ERROR_CANCELLED;
	n_late += status == CAROM_ERROR_STATE;
	carom_result_free(result);
	return NULL;
}

static void one_of_several_waiting_threads_gets_the_outcome(void **state)
{
	pthread_t threads[4];

	n_taken = n_late = 0;
	have_it_run("run chatter");
	start(*state);
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, wait_too, *state);
	carom_session_cancel(*state);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(n_taken, 1);
	assert_int_equal(n_late, 3);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SESSION(the_result_is_taken_once),
		WITH_SESSION(an_error_of_the_run_is_taken_with_its_words),
		WITH_SESSION(a_wait_ends_before_the_run_does),
		WITH_SESSION(an_earlier_error_is_not_waited_for),
		WITH_SESSION(a_start_that_fails_leaves_the_session_free),
		WITH_SESSION(one_of_several_waiting_threads_gets_the_outcome),
	};

	return run_all_tests(tests);
}
