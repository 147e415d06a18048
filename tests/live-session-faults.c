/* SPDX-License-Identifier: BSD-3-Clause */
/* Simulators that hang, chatter or die, and hosts that misuse a session: an error, and it goes on. */
#include "support-worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* A transient that does not end in the time of a test. */
static const char endless[] = "long\n"
			      "v1 in 0 sin(0 1 1k)\n"
			      "r1 in out 1k\n"
			      "c1 out 0 100n\n"
			      ".tran 10u 100 0 10u\n"
			      ".end\n";

static const struct carom_run_options no_options = {.size = sizeof(no_options)};

enum { SOON_S = 20 }; /* an end after a second of grace, on a machine that is busy */

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int set_up_isolated(void **state)
{
	*state = open_session(&isolated);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

static void start_endless(struct carom_session *session, const struct carom_run_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load_deck(session, endless);
	carom_session_start(session, options, &err);
	assert_ok(&err);
}

static void assert_wait_fails(struct carom_session *session, enum carom_status status)
{
	double begun = now_s();
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	assert_int_equal(carom_session_wait(session, SOON_S, &result, &err), status);
	assert_true(err.text[0] != '\0');
	assert_true(now_s() - begun < SOON_S);
	carom_result_free(result);
}

static void a_process_that_is_stopped_is_ended_by_a_cancel(void **state)
{
	start_endless(*state, NULL);
	kill(worker_of(getpid()), SIGSTOP);
	carom_session_cancel(*state);
	assert_wait_fails(*state, CAROM_ERROR_CANCELLED);
	assert_works(*state);
}

static void a_process_that_is_stopped_is_ended_by_its_time_limit(void **state)
{
	struct carom_run_options options = no_options;

	options.time_limit_s = 0.2;
	start_endless(*state, &options);
	kill(worker_of(getpid()), SIGSTOP);
	assert_wait_fails(*state, CAROM_ERROR_LIMIT);
	assert_works(*state);
}

static void a_session_is_closed_whose_process_is_stopped(void **state)
{
	double begun = now_s();

	start_endless(*state, NULL);
	kill(worker_of(getpid()), SIGSTOP);
	carom_session_close(*state);
	set_up_isolated(state);
	load_deck(*state, divider);
	kill(worker_of(getpid()), SIGSTOP);
	carom_session_close(*state);
	assert_true(now_s() - begun < SOON_S);
	set_up_isolated(state);
	assert_works(*state);
}

static void a_kill_in_the_background_is_an_error_of_the_wait(void **state)
{
	struct carom_result *result;

	start_endless(*state, NULL);
	kill(worker_of(getpid()), SIGKILL);
	assert_wait_fails(*state, CAROM_ERROR_CRASHED);
	assert_int_equal(carom_session_resume(*state, NULL, &result, NULL), CAROM_ERROR_CRASHED);
	assert_null(result);
	assert_works(*state);
}

/* What a run has that was ended for a while is gone with its process. */
static void a_run_does_not_go_on_after_a_kill(void **state)
{
	struct carom_run_options options = no_options;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	options.stop_time = 1e-3;
	load_deck(*state, endless);
	carom_session_run_with(*state, &options, &result, &err);
	assert_ok(&err);
	assert_true(carom_result_is_stopped(result));
	carom_result_free(result);
	kill(worker_of(getpid()), SIGKILL);
	assert_int_equal(carom_session_resume(*state, NULL, &result, NULL), CAROM_ERROR_CRASHED);
	assert_null(result);
	assert_works(*state);
	assert_int_equal(carom_session_resume(*state, NULL, &result, NULL), CAROM_ERROR_STATE);
}

/* ---- a library that does what it is told ---- */

static struct carom_session *open_fake(bool is_isolated)
{
	struct carom_session_options options = {.size = sizeof(options),
						.is_isolated = is_isolated,
						.library = getenv("CAROM_FAKE_NGSPICE")};

	return open_session(&options);
}

static int forget_script(void **state)
{
	(void)state;
	return unsetenv("CAROM_FAKE_NGSPICE_SCRIPT");
}

static void *cancel_soon(void *arg)
{
	usleep(200000);
	carom_session_cancel(arg);
	return NULL;
}

/* A script for the run; a limit of 0: it is cancelled instead. */
static void assert_fake_run(bool is_isolated, const char *script, double limit_s,
			    enum carom_status expected)
{
	struct carom_run_options options = no_options;
	struct carom_session *session;
	struct carom_result *result;
	pthread_t canceller;

	setenv("CAROM_FAKE_NGSPICE_SCRIPT", script, 1);
	session = open_fake(is_isolated);
	load_deck(session, divider);
	options.time_limit_s = limit_s;
	if (limit_s == 0)
		pthread_create(&canceller, NULL, cancel_soon, session);
	assert_int_equal(carom_session_run_with(session, &options, &result, NULL), expected);
	if (limit_s == 0)
		pthread_join(canceller, NULL);
	carom_result_free(result);
	carom_session_close(session);
}

static void a_run_that_only_talks_is_left(void **state)
{
	(void)state;
	assert_fake_run(false, "run chatter", 0.1, CAROM_ERROR_LIMIT);
	assert_fake_run(false, "run chatter", 0, CAROM_ERROR_CANCELLED);
}

static void a_run_that_hangs_is_ended_with_its_process(void **state)
{
	(void)state;
	assert_fake_run(true, "run hang", 0.1, CAROM_ERROR_LIMIT);
	assert_fake_run(true, "run hang", 0, CAROM_ERROR_CANCELLED);
	assert_fake_run(true, "run crash", 1, CAROM_ERROR_CRASHED);
	assert_fake_run(true, "run exit", 1, CAROM_ERROR_CRASHED);
}

/* ---- hosts ---- */

static struct carom_session *volatile signalled;

static void cancel_by_signal(int number)
{
	(void)number;
	carom_session_cancel(signalled);
}

static void a_signal_handler_cancels_a_run(void **state)
{
	struct sigaction action = {.sa_handler = cancel_by_signal}, before;
	struct itimerval soon = {.it_value.tv_usec = 200000};
	struct carom_result *result;

	load_deck(*state, endless);
	signalled = *state;
	sigaction(SIGALRM, &action, &before);
	setitimer(ITIMER_REAL, &soon, NULL);
	assert_int_equal(carom_session_run(*state, &result, NULL), CAROM_ERROR_CANCELLED);
	sigaction(SIGALRM, &before, NULL);
	assert_non_null(result);
	assert_true(carom_plot_point_count(carom_result_plot(result, 0)) > 0);
	carom_result_free(result);
	assert_works(*state);
}

/* All that a host might call from a callback. */
struct caller {
	struct carom_session *session;
	int n, n_refused;
};

static void call_everything(struct caller *caller)
{
	struct carom_session *session = caller->session;
	struct carom_result *result;

	caller->n += 5;
	caller->n_refused += carom_session_run(session, &result, NULL) == CAROM_ERROR_STATE;
	caller->n_refused += carom_session_start(session, NULL, NULL) == CAROM_ERROR_STATE;
	caller->n_refused += carom_session_wait(session, 0, &result, NULL) == CAROM_ERROR_STATE;
	caller->n_refused += carom_session_alter(session, "r1", 1, NULL) == CAROM_ERROR_STATE;
	caller->n_refused += load_deck_text(session, divider, NULL) == CAROM_ERROR_STATE;
	carom_session_close(session);
}

static bool take_block(void *arg, const struct carom_block *block)
{
	(void)block;
	call_everything(arg);
	return true;
}

static bool take_progress(void *arg, const struct carom_run_progress *progress)
{
	(void)progress;
	call_everything(arg);
	return true;
}

static double answer_source(void *arg, const char *name, double time)
{
	(void)name;
	(void)time;
	call_everything(arg);
	return 1;
}

static bool take_step(void *arg, const struct carom_step *step)
{
	(void)step;
	call_everything(arg);
	return true;
}

static void no_callback_gets_to_call_the_session(void **state)
{
	struct carom_session_options session_options = {
		.size = sizeof(session_options), .source = answer_source, .step = take_step};
	struct carom_run_options options = no_options;
	struct carom_error err = CAROM_ERROR_INIT;
	struct caller caller = {NULL, 0, 0};
	struct carom_result *result;
	(void)state;

	session_options.cosim_arg = options.stream_arg = options.progress_arg = &caller;
	caller.session = open_session(&session_options);
	load_deck(caller.session, "t\nv1 a 0 external\nr1 a 0 1k\n.tran 1u 20u\n.end\n");
	options.stream = take_block;
	options.progress = take_progress;
	options.progress_interval_s = 1e-6;
	carom_session_run_with(caller.session, &options, &result, &err);
	assert_ok(&err);
	carom_result_free(result);
	assert_true(caller.n > 100);
	assert_int_equal(caller.n_refused, caller.n);
	carom_session_close(caller.session);
}

enum { N_THREADS = 16, N_ROUNDS = 20 };

static atomic_int n_right, n_refused;

/* Between a value set and a run another thread may set its own: it is one of both. */
static void *use_shared(void *arg)
{
	struct carom_session *session = arg;

	for (int i = 0; i < N_ROUNDS; i++) {
		struct carom_result *result;
		double out;

		carom_session_alter(session, "r1", i % 2 ? 1e3 : 3e3, NULL);
		if (carom_session_run(session, &result, NULL))
			continue;
		out = op_voltage(result, "out");
		n_right += out == 5 || out == 2.5;
		carom_result_free(result);
	}
	return NULL;
}

static void threads_that_share_a_session_do_not_harm_it(void **state)
{
	pthread_t threads[4];

	n_right = 0;
	load_deck(*state, divider);
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, use_shared, *state);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(n_right, 4 * N_ROUNDS);
}

/* One has the run; all others are told so. */
static void *start_too(void *arg)
{
	n_refused += carom_session_start(arg, NULL, NULL) == CAROM_ERROR_STATE;
	return NULL;
}

static void one_of_many_threads_gets_to_start_a_run(void **state)
{
	pthread_t threads[N_THREADS];
	struct carom_result *result;

	n_refused = 0;
	load_deck(*state, endless);
	for (int i = 0; i < N_THREADS; i++)
		pthread_create(&threads[i], NULL, start_too, *state);
	for (int i = 0; i < N_THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(n_refused, N_THREADS - 1);
	carom_session_cancel(*state);
	assert_int_equal(carom_session_wait(*state, -1, &result, NULL), CAROM_ERROR_CANCELLED);
	carom_result_free(result);
}

static void *live_a_life(void *arg)
{
	struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	struct carom_result *result;

	(void)arg;
	if (carom_session_open(&session, &options, &err))
		return NULL;
	load_deck_text(session, divider, &err);
	for (int i = 0; i < N_ROUNDS && !err.status; i++) {
		carom_session_run(session, &result, &err);
		carom_result_free(result);
	}
	n_right += err.status == CAROM_OK;
	carom_session_close(session);
	return NULL;
}

static void sixteen_threads_open_use_and_close_a_session_each(void **state)
{
	pthread_t threads[N_THREADS];
	(void)state;

	n_right = 0;
	for (int i = 0; i < N_THREADS; i++)
		pthread_create(&threads[i], NULL, live_a_life, NULL);
	for (int i = 0; i < N_THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(n_right, N_THREADS);
}

/* ---- what would crash ---- */

#define BIPOLAR "t\nvcc c 0 5\nib 0 b 10u\nq1 c b 0 qn\n.model qn npn\n"

static void a_sensitivity_that_would_crash_the_host_is_refused(void **state)
{
	struct carom_run_options options = no_options;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	if (atof(carom_session_version(*state)) >= 40)
		return; /* it does not crash any more */
	assert_int_equal(load_deck_text(*state, BIPOLAR ".sens v(b)\n.end\n", &err),
			 CAROM_ERROR_STATE);
	assert_string_equal(err.source, "deck.cir");
	assert_int_equal(err.line, 6);
	assert_string_equal(err.text,
			    ".sens: ngspice 39 crashes at bipolar transistors, such as q1");
	assert_non_null(strstr(err.hint, "open an isolated session"));
	carom_error_clear(&err);
	assert_int_equal(
		load_trusted_text(*state, BIPOLAR ".control\nop\n  SENS v(b)\n.endc\n.end\n", &err),
		CAROM_ERROR_STATE);
	assert_int_equal(err.line, 8);
	assert_non_null(strstr(err.text, "such as q1"));
	carom_error_clear(&err);
	load_deck(*state, BIPOLAR ".op\n.end\n");
	options.analysis = " SENS v(b)";
	assert_int_equal(carom_session_run_with(*state, &options, &result, &err),
			 CAROM_ERROR_STATE);
	assert_null(result);
	assert_non_null(strstr(err.text, "such as q1"));
	assert_works(*state);
}

static double answer_one(void *arg, const char *name, double time)
{
	(void)arg;
	(void)name;
	(void)time;
	return 1;
}

static void a_sensitivity_beside_an_external_source_is_refused(void **state)
{
	struct carom_session_options session_options = {.size = sizeof(session_options),
							.source = answer_one};
	struct carom_run_options options = no_options;
	struct carom_session *session = open_session(&session_options);
	struct carom_result *result;
	(void)state;

	load_deck(session, "t\nv1 a 0 external\nr1 a 0 1k\n.op\n.end\n");
	options.analysis = "sens v(a)";
	assert_int_equal(carom_session_run_with(session, &options, &result, NULL),
			 CAROM_ERROR_STATE);
	assert_double_equal(run_op(session, "v(a)"), 1, 1e-9, 0);
	carom_session_close(session);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define ISOLATED(name) cmocka_unit_test_setup_teardown(name, set_up_isolated, tear_down)

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test_teardown(a_run_that_only_talks_is_left, forget_script),
		WITH_SESSION(a_signal_handler_cancels_a_run),
		cmocka_unit_test(no_callback_gets_to_call_the_session),
		WITH_SESSION(threads_that_share_a_session_do_not_harm_it),
		WITH_SESSION(one_of_many_threads_gets_to_start_a_run),
		cmocka_unit_test(a_sensitivity_beside_an_external_source_is_refused),
	};
	const struct CMUnitTest one[] = {
		ISOLATED(a_process_that_is_stopped_is_ended_by_a_cancel),
		ISOLATED(a_process_that_is_stopped_is_ended_by_its_time_limit),
		ISOLATED(a_session_is_closed_whose_process_is_stopped),
		ISOLATED(a_kill_in_the_background_is_an_error_of_the_wait),
		ISOLATED(a_run_does_not_go_on_after_a_kill),
		cmocka_unit_test_teardown(a_run_that_hangs_is_ended_with_its_process,
					  forget_script),
		cmocka_unit_test(sixteen_threads_open_use_and_close_a_session_each),
		WITH_SESSION(a_sensitivity_that_would_crash_the_host_is_refused),
	};

	/* Crashes of workers are the kernel's to tell, not a sanitizer's. */
	setenv("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", 1);
	setenv("TSAN_OPTIONS", "handle_segv=0", 1);
	return run_on_both_levels(both, one);
}
