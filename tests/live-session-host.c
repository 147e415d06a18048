/* SPDX-License-Identifier: BSD-3-Clause */
/* The session within its host: its locale, its folder, and threads that share a session. */
#include "support-folder.h"
#include "support-session.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- the host ---- */

/* A locale whose numbers have a comma, made here because a system may have none. */
static void make_comma_locale(const char *folder)
{
	static const char source[] = "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\n"
				     "grouping 3;3\nEND LC_NUMERIC\n";
	char command[200];
	FILE *pipe;

	snprintf(command, sizeof(command), "localedef -c -i - %s/comma 2>/dev/null", folder);
	pipe = popen(command, "w");
	fputs(source, pipe);
	pclose(pipe); /* it warns of what is left out, and its status says so too */
	setenv("LOCPATH", folder, 1);
	assert_non_null(setlocale(LC_NUMERIC, "comma"));
}

static void a_host_with_a_decimal_comma_keeps_it_and_gets_right_numbers(void **state)
{
	char folder[] = "/tmp/carom-test-XXXXXX", command[64];
	struct carom_session *session;
	(void)state;

	assert_non_null(mkdtemp(folder));
	make_comma_locale(folder);
	session = open_session(NULL);
	load_deck(session, divider);
	set_value(session, "r1", 1.5e3);
	assert_double_equal(run_op(session, "v(out)"), 4, 1e-9, 0);
	assert_string_equal(localeconv()->decimal_point, ",");
	carom_session_close(session);
	assert_string_equal(setlocale(LC_NUMERIC, NULL), "comma");
	setlocale(LC_NUMERIC, "C");
	unsetenv("LOCPATH");
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static void a_folders_spiceinit_is_not_run(void **state)
{
	struct carom_session *session;
	(void)state;

	write_file(".spiceinit", "shell touch was-run\n");
	session = open_session(NULL);
	load_deck(session, divider);
	carom_result_free(run_loaded(session));
	carom_session_close(session);
	assert_int_not_equal(access("was-run", F_OK), 0);
	assert_int_equal(count_entries("."), 1); /* .spiceinit */
}

/* ---- threads ---- */

struct log {
	struct carom_session *session;
	int n_lines;
	int status; /* of the call made from inside */
	pthread_t thread;
	cpu_set_t cpus;
};

static void take_log(void *arg, enum carom_log_level level, const char *line)
{
	struct log *log = arg;

	assert_true(level >= CAROM_LOG_TEXT && level <= CAROM_LOG_ERROR && line[0] != '\0');
	log->n_lines++;
	log->thread = pthread_self();
	sched_getaffinity(0, sizeof(log->cpus), &log->cpus);
	if (log->session)
		log->status = carom_session_alter(log->session, "r1", 1, NULL);
}

static void a_log_callback_gets_lines_on_the_sessions_thread_and_may_not_call_back(void **state)
{
	struct log log = {.n_lines = 0};
	struct carom_session_options options = {
		.size = sizeof(options), .log = take_log, .log_arg = &log};
	struct carom_session *session = open_session(&options);
	(void)state;

	log.session = session;
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	assert_true(log.n_lines > 0);
	assert_int_equal(log.status, CAROM_ERROR_STATE);
	assert_false(pthread_equal(log.thread, pthread_self()));
	carom_session_close(session);
}

static void the_sessions_thread_runs_on_the_core_it_is_given(void **state)
{
	struct log log = {.n_lines = 0};
	int cpu = sched_getcpu();
	struct carom_session_options options = {
		.size = sizeof(options), .log = take_log, .log_arg = &log, .core = cpu + 1};
	struct carom_session *session = open_session(&options);
	(void)state;

	load_deck(session, divider);
	carom_result_free(run_loaded(session));
	carom_session_close(session);
	assert_int_equal(CPU_COUNT(&log.cpus), 1);
	assert_true(CPU_ISSET(cpu, &log.cpus));
}

static atomic_int n_right;

static void *load_and_run(void *arg)
{
	struct carom_session *session = arg;

	for (int i = 0; i < 25; i++) {
		struct carom_result *result;
		const struct carom_vector *out;

		if (carom_session_run(session, &result, NULL))
			continue;
		out = carom_plot_find_vector(carom_result_plot(result, 0), "out");
		n_right += fabs(carom_vector_real(out)[0] - 5) < 1e-9;
		carom_result_free(result);
	}
	return NULL;
}

static void any_thread_may_call_and_is_served_in_its_turn(void **state)
{
	struct carom_session *session = open_session(NULL);
	pthread_t threads[4];
	(void)state;

	load_deck(session, divider);
	n_right = 0;
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, load_and_run, session);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	carom_session_close(session);
	assert_int_equal(n_right, 100);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(a_host_with_a_decimal_comma_keeps_it_and_gets_right_numbers),
		FOLDER_CASE(a_folders_spiceinit_is_not_run),
		cmocka_unit_test(any_thread_may_call_and_is_served_in_its_turn),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test(
			a_log_callback_gets_lines_on_the_sessions_thread_and_may_not_call_back),
		cmocka_unit_test(the_sessions_thread_runs_on_the_core_it_is_given),
	};

	return run_on_both_levels(both, one);
}
