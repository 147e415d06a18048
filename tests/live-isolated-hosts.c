/* SPDX-License-Identifier: BSD-3-Clause */
/* Isolated sessions: what hosts of many kinds see of them, and what is left behind. */
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support-folder.h"
#include "support-worker.h"

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

/* ---- trust ---- */

/* Processes of decks that are not trusted are confined, and stay so. */
static void a_trusted_deck_may_run_programs_after_one_that_may_not(void **state)
{
	static const char deck[] = "commands\nv1 in 0 10\nr1 in 0 1k\n.op\n"
				   ".control\nshell touch %s\n.endc\n.end\n";
	const struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct carom_error err = CAROM_ERROR_INIT;
	char path[] = "/tmp/carom-isolated-XXXXXX", text[200];
	struct carom_circuit *circuit;

	close(mkstemp(path));
	snprintf(text, sizeof(text), deck, path);
	carom_circuit_import_text(&circuit, text, strlen(text), "deck.cir", &options, &err);
	for (int i = 0; i < 2; i++) {
		assert_works(*state);
		assert_int_equal(unlink(path), 0);
		carom_session_load(*state, circuit, &err);
		assert_ok(&err);
		assert_int_equal(access(path, F_OK), 0);
	}
	carom_circuit_free(circuit);
	unlink(path);
}

/* ---- what is left behind ---- */

static void nothing_is_left_of_sessions(void **state)
{
	static char parent[] = "/tmp/carom-isolated-XXXXXX";
	int n_files = count_entries("/proc/self/fd"), n_threads = count_entries("/proc/self/task");
	int n_empty;
	(void)state;

	assert_non_null(mkdtemp(parent));
	n_empty = count_entries(parent);
	setenv("TMPDIR", parent, 1);
	for (int i = 0; i < 3; i++) {
		struct carom_session *session = open_session(&isolated);

		assert_works(session);
		kill_worker();
		assert_works(session);
		carom_session_close(session);
	}
	unsetenv("TMPDIR");
	assert_int_equal(count_entries("/proc/self/fd"), n_files);
	assert_int_equal(count_entries("/proc/self/task"), n_threads);
	assert_int_equal(count_children(), 0);
	assert_int_equal(count_entries(parent), n_empty);
	assert_int_equal(rmdir(parent), 0);
}

/* More than there may be descriptors, if each had some. */
static void results_that_are_kept_take_no_descriptors(void **state)
{
	enum { N = 300 };
	struct carom_result *results[N];
	int n_files;

	load_deck(*state, divider);
	carom_result_free(run_loaded(*state));
	n_files = count_entries("/proc/self/fd");
	for (int i = 0; i < N; i++)
		results[i] = run_loaded(*state);
	assert_int_equal(count_entries("/proc/self/fd"), n_files);
	for (int i = 0; i < N; i++)
		carom_result_free(results[i]);
}

static void a_worker_gets_no_descriptor_of_the_hosts(void **state)
{
	int fd = dup(0);
	struct carom_session *session;
	char path[64];
	(void)state;

	assert_int_equal(dup2(fd, 60), 60);
	session = open_session(&isolated);
	load_deck(session, divider);
	snprintf(path, sizeof(path), "/proc/%d/fd/60", (int)child_of(getpid()));
	assert_int_equal(access(path, F_OK), -1);
	snprintf(path, sizeof(path), "/proc/%d/fd/60", (int)worker_of(getpid()));
	assert_int_equal(access(path, F_OK), -1);
	carom_session_close(session);
	close(60);
	close(fd);
}

/* ---- hosts of many kinds ---- */

static atomic_int n_reaped;

static void reap_all(int number)
{
	int before = errno;

	(void)number;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		n_reaped++;
	errno = before;
}

static void a_host_that_reaps_every_child_is_served_as_well(void **state)
{
	struct sigaction action = {.sa_handler = reap_all, .sa_flags = SA_RESTART}, before;
	struct carom_session *session;
	(void)state;

	n_reaped = 0;
	sigaction(SIGCHLD, &action, &before);
	session = open_session(&isolated);
	assert_works(session);
	kill_worker();
	assert_run_crashes(session, "Killed");
	assert_works(session);
	kill_template();
	assert_run_crashes(session, "ngspice");
	assert_works(session);
	carom_session_close(session);
	sigaction(SIGCHLD, &before, NULL);
	assert_true(n_reaped >= 1);
	assert_int_equal(count_children(), 0);
}

static void a_host_that_ignores_its_children_is_served_as_well(void **state)
{
	struct sigaction action = {.sa_handler = SIG_IGN}, before;
	struct carom_session *session;
	(void)state;

	sigaction(SIGCHLD, &action, &before);
	session = open_session(&isolated);
	assert_works(session);
	kill_worker();
	assert_run_crashes(session, "Killed");
	assert_works(session);
	kill_template();
	assert_run_crashes(session, "is gone");
	assert_works(session);
	carom_session_close(session);
	sigaction(SIGCHLD, &before, NULL);
}

static void *open_and_load(void *arg)
{
	struct carom_session **session = arg;

	*session = open_session(&isolated);
	load_deck(*session, divider);
	return NULL;
}

static void a_session_outlives_the_thread_that_opened_it(void **state)
{
	struct carom_session *session;
	pthread_t opener;
	(void)state;

	pthread_create(&opener, NULL, open_and_load, &session);
	pthread_join(opener, NULL);
	usleep(20000); /* a worker that is told of the thread's end would be gone by now */
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void a_fork_does_not_have_the_session_and_does_no_harm(void **state)
{
	int wait_status;
	pid_t fork_id;

	load_deck(*state, divider);
	fork_id = fork();
	if (fork_id == 0) {
		struct carom_result *result;
		int status = carom_session_run(*state, &result, NULL);

		carom_session_close(*state);
		_exit(status == CAROM_ERROR_STATE && !result ? 0 : 1);
	}
	assert_int_equal(waitpid(fork_id, &wait_status, 0), fork_id);
	assert_int_equal(wait_status, 0);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

#ifndef __SANITIZE_THREAD__ /* which ends a fork of a process with threads that starts one */

/* With exit status 0 if an open in this process fails for that reason, and an isolated one does not. */
static void open_in_a_fork(struct carom_session *parents)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *own;
	int status;

	carom_session_close(parents);
	status = carom_session_open(&own, NULL, &err);
	if (status != CAROM_ERROR_STATE || !strstr(err.text, "fork") ||
	    strcmp(err.hint, "open an isolated session") != 0)
		_exit(1);
	_exit(carom_session_open(&own, &isolated, NULL) ? 2 : 0);
}

static void a_fork_of_a_process_with_a_session_can_have_an_isolated_one(void **state)
{
	struct carom_session *session;
	int wait_status;
	pid_t fork_id;
	(void)state;

	assert_int_equal(carom_session_open(&session, NULL, NULL), 0);
	fork_id = fork();
	if (fork_id == 0)
		open_in_a_fork(session);
	assert_int_equal(waitpid(fork_id, &wait_status, 0), fork_id);
	assert_int_equal(wait_status, 0);
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	carom_session_close(session);
}

#endif

struct log {
	struct carom_session *session;
	int n_lines;
	int status; /* of the call made from inside */
	pthread_t thread;
};

static void take_log(void *arg, enum carom_log_level level, const char *line)
{
	struct log *log = arg;

	assert_true(level >= CAROM_LOG_TEXT && level <= CAROM_LOG_ERROR && line[0] != '\0');
	log->n_lines++;
	log->thread = pthread_self();
	if (log->session)
		log->status = carom_session_alter(log->session, "r1", 1, NULL);
}

static void a_log_callback_comes_on_the_calling_thread_and_may_not_call_back(void **state)
{
	struct log log = {.n_lines = 0};
	struct carom_session_options options = isolated;
	struct carom_session *session;
	(void)state;

	options.log = take_log;
	options.log_arg = &log;
	session = open_session(&options);
	log.session = session;
	assert_works(session);
	assert_true(log.n_lines > 0);
	assert_int_equal(log.status, CAROM_ERROR_STATE);
	assert_true(pthread_equal(log.thread, pthread_self()));
	carom_session_close(session);
}

static void a_worker_runs_on_the_core_it_is_given(void **state)
{
	struct carom_session_options options = isolated;
	int cpu = sched_getcpu();
	cpu_set_t cpus;
	struct carom_session *session;
	(void)state;

	options.core = cpu + 1;
	session = open_session(&options);
	load_deck(session, divider);
	assert_int_equal(sched_getaffinity(worker_of(getpid()), sizeof(cpus), &cpus), 0);
	assert_int_equal(CPU_COUNT(&cpus), 1);
	assert_true(CPU_ISSET(cpu, &cpus));
	carom_session_close(session);
}

/* ---- many at once ---- */

enum { N_SESSIONS = 16, N_THREADS = 4, N_RUNS = 10 };

static atomic_int n_right;

static void *use_sessions(void *arg)
{
	struct carom_session **sessions = arg;

	for (int i = 0; i < N_RUNS * N_SESSIONS / N_THREADS; i++) {
		struct carom_session *session = sessions[i % (N_SESSIONS / N_THREADS)];
		struct carom_result *result;
		const struct carom_vector *out;

		carom_session_alter(session, "r1", 1e3 * (1 + i), NULL);
		if (carom_session_run(session, &result, NULL))
			continue;
		out = carom_plot_find_vector(carom_result_plot(result, 0), "out");
		n_right += fabs(carom_vector_real(out)[0] - 10.0 / (2 + i)) < 1e-9;
		carom_result_free(result);
	}
	return NULL;
}

static void sixteen_sessions_are_used_by_four_threads_at_once(void **state)
{
	struct carom_session *sessions[N_SESSIONS];
	pthread_t threads[N_THREADS];
	(void)state;

	n_right = 0;
	for (int i = 0; i < N_SESSIONS; i++) {
		sessions[i] = open_session(&isolated);
		load_deck(sessions[i], divider);
	}
	for (int i = 0; i < N_THREADS; i++)
		pthread_create(&threads[i], NULL, use_sessions,
			       &sessions[i * N_SESSIONS / N_THREADS]);
	for (int i = 0; i < N_THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < N_SESSIONS; i++)
		carom_session_close(sessions[i]);
	assert_int_equal(n_right, N_RUNS * N_SESSIONS);
}

static void isolated_sessions_stand_beside_one_of_this_process(void **state)
{
	struct carom_session *here = open_session(NULL);

	assert_works(here);
	assert_works(*state);
	set_value(*state, "r1", 3e3);
	assert_double_equal(run_op(here, "v(out)"), 5, 1e-9, 0);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_session_close(here);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SESSION(a_trusted_deck_may_run_programs_after_one_that_may_not),
		cmocka_unit_test(nothing_is_left_of_sessions),
		WITH_SESSION(results_that_are_kept_take_no_descriptors),
		cmocka_unit_test(a_worker_gets_no_descriptor_of_the_hosts),
		cmocka_unit_test(a_host_that_reaps_every_child_is_served_as_well),
		cmocka_unit_test(a_host_that_ignores_its_children_is_served_as_well),
		cmocka_unit_test(a_session_outlives_the_thread_that_opened_it),
		WITH_SESSION(a_fork_does_not_have_the_session_and_does_no_harm),
#ifndef __SANITIZE_THREAD__
		cmocka_unit_test(a_fork_of_a_process_with_a_session_can_have_an_isolated_one),
#endif
		cmocka_unit_test(a_log_callback_comes_on_the_calling_thread_and_may_not_call_back),
		cmocka_unit_test(a_worker_runs_on_the_core_it_is_given),
		cmocka_unit_test(sixteen_sessions_are_used_by_four_threads_at_once),
		WITH_SESSION(isolated_sessions_stand_beside_one_of_this_process),
	};

	/* Crashes of workers are the kernel's to tell, not a sanitizer's. */
	setenv("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", 1);
	setenv("TSAN_OPTIONS", "handle_segv=0:atexit_sleep_ms=0", 1);
	return run_all_tests(tests);
}
