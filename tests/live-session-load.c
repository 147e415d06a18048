/* SPDX-License-Identifier: BSD-3-Clause */
/* Loads and values that take for ever: a cancel or a limit ends them, and the session goes on. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support-worker.h"

/* Commands of a trusted deck that never end, in silence and not. */
static const char silent[] = "t\nv1 a 0 1\nr1 a 0 1k\n.op\n"
			     ".control\nwhile 1\nlet x = 1\nend\n.endc\n.end\n";
static const char talking[] = "t\nv1 a 0 1\nr1 a 0 1k\n.op\n"
			      ".control\nwhile 1\necho still here\nend\n.endc\n.end\n";

enum { SOON_S = 20 }; /* on a machine that is busy */
static const double limit_s = 0.2;

static int forget_script(void **state)
{
	(void)state;
	return unsetenv("CAROM_FAKE_NGSPICE_SCRIPT");
}

/* ---- cancels from another thread ---- */

struct canceller {
	struct carom_session *session;
	pthread_t thread;
	atomic_bool is_over;
};

/* Again and again: the first may come before the call has begun. */
static void *keep_cancelling(void *arg)
{
	struct canceller *canceller = arg;

	while (!canceller->is_over) {
		usleep(20000);
		carom_session_cancel(canceller->session);
	}
	return NULL;
}

static void start_cancelling(struct canceller *canceller, struct carom_session *session)
{
	canceller->session = session;
	canceller->is_over = false;
	assert_int_equal(pthread_create(&canceller->thread, NULL, keep_cancelling, canceller), 0);
}

static void stop_cancelling(struct canceller *canceller)
{
	canceller->is_over = true;
	pthread_join(canceller->thread, NULL);
}

/* ---- a simulator that hangs where it is told to ---- */

static struct carom_session *open_fake(const char *script, double load_limit_s)
{
	struct carom_session_options options = isolated;

	options.library = getenv("CAROM_FAKE_NGSPICE");
	options.load_limit_s = load_limit_s;
	setenv("CAROM_FAKE_NGSPICE_SCRIPT", script, 1);
	return open_session(&options);
}

/* The next process does what it ought to, if its template is of an environment without a script. */
static void assert_heals(struct carom_session *session)
{
	struct carom_result *result;

	unsetenv("CAROM_FAKE_NGSPICE_SCRIPT");
	kill_template();
	assert_int_equal(carom_session_run(session, &result, NULL), CAROM_ERROR_CRASHED);
	assert_null(result);
	load_deck(session, divider);
	set_value(session, "r1", 2e3);
	assert_double_equal(run_op(session, "out"), 1, 0, 0);
}

typedef int call_fn(struct carom_session *session, struct carom_error *err);

/* By a limit, then by a cancel. */
static void assert_call_ends(const char *script, call_fn *prepare, call_fn *call, const char *name)
{
	for (int is_cancelled = 0; is_cancelled < 2; is_cancelled++) {
		struct carom_session *session = open_fake(script, is_cancelled ? 0 : limit_s);
		struct canceller canceller;
		struct carom_error err = CAROM_ERROR_INIT;
		double begun = now_s();

		assert_int_equal(prepare(session, NULL), 0);
		if (is_cancelled)
			start_cancelling(&canceller, session);
		call(session, &err);
		if (is_cancelled)
			stop_cancelling(&canceller);
		assert_int_equal(err.status,
				 is_cancelled ? CAROM_ERROR_CANCELLED : CAROM_ERROR_LIMIT);
		assert_memory_equal(err.text, name, strlen(name));
		assert_true(err.hint[0] != '\0');
		assert_true(now_s() - begun < SOON_S);
		assert_heals(session);
		carom_session_close(session);
	}
}

static int load(struct carom_session *session, struct carom_error *err)
{
	return load_deck_text(session, divider, err);
}

static int alter(struct carom_session *session, struct carom_error *err)
{
	return carom_session_alter(session, "r1", 2e3, err);
}

static int nothing(struct carom_session *session, struct carom_error *err)
{
	(void)session;
	(void)err;
	return 0;
}

static void a_load_that_hangs_is_ended(void **state)
{
	(void)state;
	assert_call_ends("load hang", nothing, load, "the load ");
}

static void values_that_hang_are_ended(void **state)
{
	(void)state;
	assert_call_ends("alter hang", load, alter, "the setting of values ");
}

static struct carom_circuit *edited;

static int load_and_edit(struct carom_session *session, struct carom_error *err)
{
	edited = import_deck(divider);
	carom_session_load(session, edited, err);
	return carom_element_set_value(edited, carom_circuit_find_element(edited, "r1"), 2e3, err);
}

static int update(struct carom_session *session, struct carom_error *err)
{
	struct carom_update made;
	int status = carom_session_update(session, edited, &made, err);

	assert_false(made.was_reloaded);
	carom_circuit_free(edited);
	return status;
}

static void an_update_that_hangs_is_ended_and_does_not_load(void **state)
{
	(void)state;
	assert_call_ends("alter hang", load_and_edit, update, "the setting of values ");
}

static void a_simulator_that_does_not_start_is_ended(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	options.library = getenv("CAROM_FAKE_NGSPICE");
	options.load_limit_s = limit_s;
	setenv("CAROM_FAKE_NGSPICE_SCRIPT", "init hang", 1);
	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_LIMIT);
	assert_null(session);
	assert_non_null(strstr(err.text, "start of ngspice"));
	assert_int_equal(count_children(), 0);
}

/* ---- the real one ---- */

static void ignore_line(void *arg, enum carom_log_level level, const char *line)
{
	(void)arg;
	(void)level;
	(void)line;
}

static void commands_without_end_are_ended_by_a_limit(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_session *session;
	(void)state;

	options.load_limit_s = limit_s;
	options.log = ignore_line;
	session = open_session(&options);
	for (int i = 0; i < 2; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(load_trusted_text(session, i ? talking : silent, &err),
				 CAROM_ERROR_LIMIT);
		assert_string_equal(err.source, "deck.cir");
		assert_works(session);
	}
	carom_session_close(session);
}

static void commands_without_end_are_ended_by_a_cancel(void **state)
{
	struct carom_session_options options = isolated;
	struct carom_session *session;
	(void)state;

	options.log = ignore_line;
	session = open_session(&options);
	for (int i = 0; i < 2; i++) {
		struct canceller canceller;

		start_cancelling(&canceller, session);
		assert_int_equal(load_trusted_text(session, i ? talking : silent, NULL),
				 CAROM_ERROR_CANCELLED);
		stop_cancelling(&canceller);
		assert_works(session);
	}
	carom_session_close(session);
}

/* A run that has stopped, and a process that does not react when it is to go on. */
static void assert_resume_ends(struct carom_session *session, bool is_cancelled)
{
	struct carom_run_options options = {.size = sizeof(options), .stop_time = 1e-3};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	struct canceller canceller;

	load_deck(session, lowpass);
	options.analysis = "tran 10u 100";
	carom_session_run_with(session, &options, &result, &err);
	assert_ok(&err);
	carom_result_free(result);
	kill(worker_of(getpid()), SIGSTOP);
	options.stop_time = 0;
	options.time_limit_s = is_cancelled ? 0 : limit_s;
	if (is_cancelled)
		start_cancelling(&canceller, session);
	carom_session_resume(session, &options, &result, &err);
	if (is_cancelled)
		stop_cancelling(&canceller);
	assert_int_equal(err.status, is_cancelled ? CAROM_ERROR_CANCELLED : CAROM_ERROR_LIMIT);
	assert_null(result);
}

static void a_resumption_that_hangs_is_ended(void **state)
{
	struct carom_session *session = open_session(&isolated);
	(void)state;

	for (int i = 0; i < 2; i++) {
		assert_resume_ends(session, i);
		assert_works(session);
	}
	carom_session_close(session);
}

/* ---- on both levels ---- */

static void a_limit_that_is_not_reached_does_nothing(void **state)
{
	struct carom_session_options options = {.size = sizeof(options), .load_limit_s = SOON_S};
	struct carom_session *session = open_session(&options);
	(void)state;

	assert_works(session);
	set_value(session, "r1", 3e3);
	assert_double_equal(run_op(session, "v(out)"), 2.5, 1e-9, 0);
	carom_session_close(session);
}

struct log {
	struct carom_session *session;
	int n_lines;
};

static void cancel_at_once(void *arg, enum carom_log_level level, const char *line)
{
	struct log *log = arg;

	ignore_line(NULL, level, line);
	log->n_lines++;
	if (log->session)
		carom_session_cancel(log->session);
}

/* In this process a load ends by itself, and its cancel is not the next call's. */
static void a_cancel_of_a_load_is_over_with_it(void **state)
{
	struct log log = {NULL, 0};
	struct carom_session_options options = {
		.size = sizeof(options), .log = cancel_at_once, .log_arg = &log};
	struct carom_session *session = open_session(&options);
	(void)state;

	log.session = session;
	assert_int_equal(load_deck_text(session, divider, NULL),
			 is_isolated_case() ? CAROM_ERROR_CANCELLED : 0);
	assert_true(log.n_lines > 0);
	log.session = NULL;
	if (is_isolated_case())
		load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	carom_session_close(session);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(a_limit_that_is_not_reached_does_nothing),
		cmocka_unit_test(a_cancel_of_a_load_is_over_with_it),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test_teardown(a_load_that_hangs_is_ended, forget_script),
		cmocka_unit_test_teardown(values_that_hang_are_ended, forget_script),
		cmocka_unit_test_teardown(an_update_that_hangs_is_ended_and_does_not_load,
					  forget_script),
		cmocka_unit_test_teardown(a_simulator_that_does_not_start_is_ended, forget_script),
		cmocka_unit_test(commands_without_end_are_ended_by_a_limit),
		cmocka_unit_test(commands_without_end_are_ended_by_a_cancel),
		cmocka_unit_test(a_resumption_that_hangs_is_ended),
	};

	/* Crashes of workers are the kernel's to tell, not a sanitizer's. */
	setenv("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", 1);
	setenv("TSAN_OPTIONS", "handle_segv=0", 1);
	return run_on_both_levels(both, one);
}
