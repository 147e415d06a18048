/* SPDX-License-Identifier: BSD-3-Clause */
/* The session within its host: a process left as it was, and threads that share a session. */
#include "support-session.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the host ---- */

static void nothing(int signal)
{
	(void)signal;
}

static const int watched_signals[] = {SIGILL,  SIGSEGV, SIGINT,  SIGFPE,  SIGBUS,
				      SIGTERM, SIGPIPE, SIGCHLD, SIGALRM, SIGUSR1};
#define N_WATCHED (sizeof(watched_signals) / sizeof(watched_signals[0]))

/* What of the process a simulator might change. */
struct host {
	char folder[4096];
	char locale[256];
	char *environment; /* all variables, each with its NUL */
	size_t n_environment;
	struct sigaction actions[N_WATCHED];
	sigset_t mask;
	cpu_set_t cpus;
};

extern char **environ;

static void copy_environment(struct host *host)
{
	FILE *stream = open_memstream(&host->environment, &host->n_environment);

	for (char **variable = environ; *variable; variable++)
		fwrite(*variable, 1, strlen(*variable) + 1, stream);
	fclose(stream);
}

static struct host look_at_host(void)
{
	struct host host;

	memset(&host, 0, sizeof(host));
	assert_non_null(getcwd(host.folder, sizeof(host.folder)));
	strncpy(host.locale, setlocale(LC_ALL, NULL), sizeof(host.locale) - 1);
	copy_environment(&host);
	for (size_t i = 0; i < N_WATCHED; i++)
		sigaction(watched_signals[i], NULL, &host.actions[i]);
	pthread_sigmask(SIG_SETMASK, NULL, &host.mask);
	sched_getaffinity(0, sizeof(host.cpus), &host.cpus);
	return host;
}

static void assert_same_actions(const struct host *a, const struct host *b)
{
	for (size_t i = 0; i < N_WATCHED; i++) {
		const struct sigaction *x = &a->actions[i], *y = &b->actions[i];

		if (x->sa_handler != y->sa_handler || x->sa_flags != y->sa_flags)
			fail_msg("the action of signal %d has changed", watched_signals[i]);
	}
}

static void assert_same_host(const struct host *a, const struct host *b)
{
	assert_string_equal(a->folder, b->folder);
	assert_string_equal(a->locale, b->locale);
	assert_int_equal(a->n_environment, b->n_environment);
	assert_memory_equal(a->environment, b->environment, a->n_environment);
	assert_same_actions(a, b);
	assert_memory_equal(&a->mask, &b->mask, sizeof(a->mask));
	assert_true(CPU_EQUAL(&a->cpus, &b->cpus));
}

static void set_handlers(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

	for (size_t i = 0; i < N_WATCHED; i++)
		sigaction(watched_signals[i], &action, NULL);
}

/* Loads, expressions, failures that heal: all that is known to touch the process. */
static void use_a_session(const struct host *before)
{
	struct carom_session *session = open_session(NULL);
	struct host host = look_at_host();

	assert_same_host(before, &host);
	free(host.environment);
	load_deck(session, lowpass);
	set_value(session, "r1", 2e3);
	carom_result_free(run_loaded(session));
	load_deck_text(session, "t\nv1 a 0 1\nr1 a 0 {rload}\n.op\n.end\n", NULL);
	load_deck(session, transformer);
	carom_result_free(run_loaded(session));
	carom_result_free(run_loaded(session));
	host = look_at_host();
	assert_same_host(before, &host);
	free(host.environment);
	carom_session_close(session);
}

static void the_host_is_left_as_it_was(void **state)
{
	struct host before, after;
	(void)state;

	setenv("SPICE_SCRIPTS", "/nowhere", 1);
	set_handlers(nothing);
	before = look_at_host();
	use_a_session(&before);
	after = look_at_host();
	assert_same_host(&before, &after);
	set_handlers(SIG_DFL);
	unsetenv("SPICE_SCRIPTS");
	free(before.environment);
	free(after.environment);
}

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
	char folder[] = "/tmp/carom-test-XXXXXX", before[4096];
	struct carom_session *session;
	FILE *file;
	(void)state;

	assert_non_null(getcwd(before, sizeof(before)));
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	file = fopen(".spiceinit", "w");
	fputs("shell touch was-run\n", file);
	fclose(file);
	session = open_session(NULL);
	load_deck(session, divider);
	carom_result_free(run_loaded(session));
	carom_session_close(session);
	assert_int_not_equal(access("was-run", F_OK), 0);
	assert_int_equal(unlink(".spiceinit"), 0);
	assert_int_equal(chdir(before), 0);
	assert_int_equal(rmdir(folder), 0);
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
		cmocka_unit_test(the_host_is_left_as_it_was),
		cmocka_unit_test(a_host_with_a_decimal_comma_keeps_it_and_gets_right_numbers),
		cmocka_unit_test(a_folders_spiceinit_is_not_run),
		cmocka_unit_test(any_thread_may_call_and_is_served_in_its_turn),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test(
			a_log_callback_gets_lines_on_the_sessions_thread_and_may_not_call_back),
		cmocka_unit_test(the_sessions_thread_runs_on_the_core_it_is_given),
	};

	return run_on_both_levels(both, one);
}
