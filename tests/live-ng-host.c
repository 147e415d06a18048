/* SPDX-License-Identifier: BSD-3-Clause */
/* What the real library sees of its host and does to it: folders, .spiceinit, locale, signals. */
#include <dlfcn.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support-folder.h"
#include "support-ng.h"

static const char divider[] = "divider\nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\n.op";

/* Each case works in a folder of its own, which is also the TMPDIR. */
static int enter_tmpdir(void **state)
{
	return enter_folder(state) || setenv("TMPDIR", case_folder, 1);
}

/* Run a case in a process of its own, as a private process; true if it returned true. */
static bool holds_in_a_process(bool (*holds)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(holds() ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void no_spiceinit_of_the_working_directory_is_run(void **state)
{
	struct ng_session *session;

	(void)state;
	write_file(".spiceinit", "shell touch pwned\n");
	session = start_ng(NULL);
	run_ng(session, divider);
	stop_ng(session);
	assert_int_not_equal(access("pwned", F_OK), 0);
	assert_int_equal(access(".spiceinit", F_OK), 0);
	assert_int_equal(count_entries(case_folder), 1);
}

/* ngspice looks at the home folder only if the working directory has no .spiceinit. */
static void the_session_stays_in_a_scratch_folder_with_an_empty_spiceinit(void **state)
{
	char path[PATH_MAX];
	struct stat status;
	struct ng_session *session = start_ng(NULL);

	(void)state;
	assert_non_null(getcwd(path, sizeof(path)));
	assert_int_equal(strncmp(path, case_folder, strlen(case_folder)), 0);
	assert_int_not_equal(strcmp(path, case_folder), 0);
	assert_int_equal(stat(".spiceinit", &status), 0);
	assert_int_equal(status.st_size, 0);
	stop_ng(session);
	assert_non_null(getcwd(path, sizeof(path)));
	assert_string_equal(path, case_folder);
	assert_int_equal(count_entries(case_folder), 0);
}

static pthread_barrier_t barrier;

static void *keep_open(void *arg)
{
	struct ng_options options = {0};
	struct ng_session *session;

	if (ng_session_open(&session, &options, NULL))
		session = NULL;
	strcpy(arg, session ? "" : "no session");
	if (session && !getcwd(arg, PATH_MAX))
		strcpy(arg, "no folder");
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	ng_session_close(session);
	return NULL;
}

static void other_threads_stay_where_they_are(void **state)
{
	char theirs[PATH_MAX], ours[PATH_MAX];
	pthread_t thread;

	(void)state;
	pthread_barrier_init(&barrier, NULL, 2);
	assert_int_equal(pthread_create(&thread, NULL, keep_open, theirs), 0);
	pthread_barrier_wait(&barrier);
	strcpy(ours, "nowhere");
	assert_ptr_equal(getcwd(ours, sizeof(ours)), ours);
	pthread_barrier_wait(&barrier);
	assert_int_equal(pthread_join(thread, NULL), 0);
	pthread_barrier_destroy(&barrier);
	assert_string_equal(ours, case_folder);
	assert_int_equal(strncmp(theirs, case_folder, strlen(case_folder)), 0);
	assert_int_not_equal(strcmp(theirs, case_folder), 0);
}

static void logs_of_models_go_to_the_scratch_folder(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nm1 in in 0 0 n1 w=1u l=1u\n"
			".model n1 nmos level=14 version=4.8 toxe=1e-11\n.op");
	assert_true(count_entries(".") > 1);
	assert_int_equal(count_entries(case_folder), 1); /* the scratch folder */
	stop_ng(session);
	assert_int_equal(count_entries(case_folder), 0);
}

static void the_code_models_of_spinit_are_there(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 2\na1 in out amp\n.model amp gain(gain=3)\nr1 out 0 1k\n.op");
	assert_double_equal(ng_value(session, "v(out)", 0), 6, 1e-12, 0);
	stop_ng(session);
}

/* A locale with a decimal comma, made here because a bare system has none. */
static void make_comma_locale(void)
{
	write_file("ascii", "<code_set_name> ANSI_X3.4-1968\n<comment_char> %\n<escape_char> /\n"
			    "CHARMAP\n<U0000>..<U007F> /x00 ASCII\nEND CHARMAP\n");
	write_file("comma.src", "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\n"
				"grouping 3;3\nEND LC_NUMERIC\n");
	/* It warns about every category that is not defined and then makes the locale. */
	assert_true(system("localedef -c -f ./ascii -i comma.src ./comma >log 2>&1") >= 0);
	setenv("LOCPATH", case_folder, 1);
	assert_non_null(setlocale(LC_NUMERIC, "comma"));
	assert_string_equal(nl_langinfo(RADIXCHAR), ",");
}

static void a_decimal_comma_changes_nothing(void **state)
{
	struct ng_session *session;
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	make_comma_locale();
	session = start_ng(NULL);
	run_ng(session,
	       "t\n.param half=0.5\nv1 in 0 1.5\nr1 in out {half*2e3}\nr2 out 0 3.0k\n.op");
	assert_double_equal(ng_value(session, "v(out)", 0), 1.125, 1e-12, 0);
	ng_session_alter(session, "v1", 2.5, &err);
	ng_session_run(session, &err);
	assert_ok(&err);
	assert_double_equal(ng_value(session, "v(out)*1.5", 0), 2.8125, 1e-12, 0);
	assert_string_equal(nl_langinfo(RADIXCHAR), ".");
	stop_ng(session);
	assert_string_equal(nl_langinfo(RADIXCHAR), ",");
	setlocale(LC_NUMERIC, "C");
	unsetenv("LOCPATH");
}

static void on_signal(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	(void)context;
}

static void the_signal_handlers_of_the_host_stay(void **state)
{
	const int numbers[] = {SIGILL, SIGSEGV, SIGFPE, SIGINT};
	struct sigaction mine = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
	struct sigaction before[4];
	struct ng_session *session;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		sigaction(numbers[i], &mine, &before[i]);
	session = start_ng(NULL);
	run_ng(session, divider);
	assert_double_equal(ng_value(session, "v(out)*2", 0), 1.5, 1e-12, 0);
	assert_true(load_ng(session, "t\nr1 a 0 {nowhere}\n.op", NULL) < 0);
	run_ng(session, divider);
	stop_ng(session);
	for (size_t i = 0; i < 4; i++) {
		struct sigaction now;

		sigaction(numbers[i], &before[i], &now);
		assert_true(now.sa_sigaction == on_signal);
		assert_int_equal(now.sa_flags & (SA_SIGINFO | SA_RESTART), SA_SIGINFO | SA_RESTART);
	}
}

static bool is_mine(int number)
{
	struct sigaction now;

	sigaction(number, NULL, &now);
	return now.sa_sigaction == on_signal;
}

/* An expression replaces the handler of SIGILL. */
static void several_calls_put_them_back_once(void **state)
{
	struct sigaction mine = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO}, before;
	struct ng_session *session = start_ng(NULL);

	(void)state;
	sigaction(SIGILL, &mine, &before);
	run_ng(session, divider);
	ng_session_hold(session);
	assert_double_equal(ng_value(session, "v(out)*2", 0), 1.5, 1e-12, 0);
	assert_false(is_mine(SIGILL));
	ng_session_hold(session);
	ng_session_let_go(session);
	assert_false(is_mine(SIGILL));
	ng_session_let_go(session);
	assert_true(is_mine(SIGILL));
	sigaction(SIGILL, &before, NULL);
	stop_ng(session);
}

static void the_environment_of_the_host_stays(void **state)
{
	struct ng_session *session;

	(void)state;
	setenv("SPICE_EXAMPLE", "1", 1);
	unsetenv("OMP_THREAD_LIMIT");
	session = start_ng(NULL);
	assert_string_equal(getenv("SPICE_EXAMPLE"), "1");
	assert_null(getenv("OMP_THREAD_LIMIT"));
	stop_ng(session);
	unsetenv("SPICE_EXAMPLE");
}

static bool private_process_is_clean(void)
{
	struct ng_options options = {.is_private_process = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session;
	bool is_clean;

	setenv("SPICE_ASCIIRAWFILE", "1", 1);
	setenv("SPICE_SCRIPTS", "/nonexistent", 1);
	setenv("NOSPICE_X", "1", 1);
	if (ng_session_open(&session, &options, &err))
		return false;
	is_clean = !getenv("SPICE_ASCIIRAWFILE") && !getenv("SPICE_SCRIPTS") &&
		   getenv("NOSPICE_X") && getenv("OMP_THREAD_LIMIT") &&
		   strcmp(getenv("OMP_THREAD_LIMIT"), "1") == 0;
	stop_ng(session);
	return is_clean && count_entries(case_folder) == 0;
}

static void a_private_process_hides_variables_of_ngspice(void **state)
{
	(void)state;
	assert_true(holds_in_a_process(private_process_is_clean));
}

static struct ng_session *parents_session;

static bool fork_closes_its_session(void)
{
	struct carom_error err = CAROM_ERROR_INIT;
	bool runs = ng_session_run(parents_session, &err) == 0;

	ng_session_close(parents_session);
	return runs;
}

static void a_fork_runs_the_circuit_and_leaves_the_scratch_folder_to_its_parent(void **state)
{
	struct ng_options options = {.is_private_process = true};

	(void)state;
	parents_session = start_ng(&options);
	run_ng(parents_session, divider);
	assert_true(holds_in_a_process(fork_closes_its_session));
	assert_int_equal(access(".spiceinit", F_OK), 0);
	run_ng(parents_session, divider);
	stop_ng(parents_session);
	assert_int_equal(count_entries(case_folder), 0);
}

static void a_folder_that_cannot_be_made_is_an_error_with_a_way_out(void **state)
{
	struct ng_options options = {0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session;

	(void)state;
	setenv("TMPDIR", "/nonexistent", 1);
	assert_int_equal(ng_session_open(&session, &options, &err), CAROM_ERROR_SYSTEM);
	assert_ng_error(&err, CAROM_ERROR_SYSTEM, "set TMPDIR");
	assert_ng_error(&err, CAROM_ERROR_SYSTEM, "/nonexistent");
	setenv("TMPDIR", case_folder, 1);
	session = start_ng(NULL);
	stop_ng(session);
}

/* In a child, because libgomp, which comes with the library, leaks what its constructor allocates. */
static bool open_library_is_refused(void)
{
	const char *library = getenv("CAROM_NGSPICE");
	void *handle =
		dlopen(library && library[0] ? library : "libngspice.so.0", RTLD_NOW | RTLD_LOCAL);
	struct ng_options options = {.is_private_process = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session;

	if (!handle || ng_session_open(&session, &options, &err) != CAROM_ERROR_LIBRARY)
		return false;
	dlclose(handle);
	return strstr(err.text, "already in use by something else in this process") &&
	       ng_session_open(&session, &options, NULL) == 0;
}

static void a_library_that_the_host_has_open_is_refused(void **state)
{
	(void)state;
	assert_true(holds_in_a_process(open_library_is_refused));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_tmpdir, leave_folder)
		IN_A_FOLDER(no_spiceinit_of_the_working_directory_is_run),
		IN_A_FOLDER(the_session_stays_in_a_scratch_folder_with_an_empty_spiceinit),
		IN_A_FOLDER(other_threads_stay_where_they_are),
		IN_A_FOLDER(logs_of_models_go_to_the_scratch_folder),
		IN_A_FOLDER(the_code_models_of_spinit_are_there),
		IN_A_FOLDER(a_decimal_comma_changes_nothing),
		IN_A_FOLDER(the_signal_handlers_of_the_host_stay),
		IN_A_FOLDER(several_calls_put_them_back_once),
		IN_A_FOLDER(the_environment_of_the_host_stays),
		IN_A_FOLDER(a_private_process_hides_variables_of_ngspice),
		IN_A_FOLDER(a_fork_runs_the_circuit_and_leaves_the_scratch_folder_to_its_parent),
		IN_A_FOLDER(a_folder_that_cannot_be_made_is_an_error_with_a_way_out),
		IN_A_FOLDER(a_library_that_the_host_has_open_is_refused),
	};

	return run_all_tests(tests);
}
