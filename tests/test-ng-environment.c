/* SPDX-License-Identifier: BSD-3-Clause */
/* Entering and leaving the scratch folder and the C locale, without a simulator. */
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ng-environment.h"
#include "support-ng.h"

static void the_folder_is_there_from_entering_to_leaving(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_environment environment;
	char before[PATH_MAX], path[PATH_MAX], inside[PATH_MAX];
	struct stat status;

	(void)state;
	assert_non_null(getcwd(before, sizeof(before)));
	ng_environment_enter(&environment, NULL, false, &err);
	assert_ok(&err);
	strcpy(path, environment.scratch.path);
	assert_non_null(getcwd(inside, sizeof(inside)));
	assert_string_equal(inside, path);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(stat(".spiceinit", &status), 0);
	assert_int_equal(status.st_size, 0);
	ng_environment_leave(&environment);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_non_null(getcwd(inside, sizeof(inside)));
	assert_string_equal(inside, before);
}

static void what_was_left_in_the_folder_goes_with_it(void **state)
{
	struct ng_environment environment;
	char path[PATH_MAX];

	(void)state;
	assert_int_equal(ng_environment_enter(&environment, NULL, false, NULL), 0);
	strcpy(path, environment.scratch.path);
	assert_int_equal(mkdir("sub", 0700), 0);
	assert_int_equal(symlink("/etc", "sub/link"), 0);
	assert_int_equal(symlink("/nonexistent", "sub/file"), 0);
	ng_environment_leave(&environment);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(access("/etc/passwd", R_OK), 0);
}

static void a_folder_to_return_to_may_be_gone(void **state)
{
	char folder[] = "/tmp/carom-test-XXXXXX", path[PATH_MAX], before[PATH_MAX];
	struct ng_environment environment;

	(void)state;
	assert_non_null(getcwd(before, sizeof(before)));
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(ng_environment_enter(&environment, NULL, false, NULL), 0);
	strcpy(path, environment.scratch.path);
	ng_environment_leave(&environment);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(chdir(before), 0);
}

static void the_folder_may_be_changed_for_another(void **state)
{
	char folder[] = "/tmp/carom-test-XXXXXX", before[PATH_MAX], inside[PATH_MAX];
	struct ng_environment environment;
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_non_null(getcwd(before, sizeof(before)));
	assert_non_null(mkdtemp(folder));
	assert_int_equal(ng_environment_enter(&environment, NULL, false, NULL), 0);
	assert_int_equal(ng_environment_move(&environment, folder, &err), 0);
	assert_ok(&err);
	assert_non_null(getcwd(inside, sizeof(inside)));
	assert_string_equal(inside, folder);
	assert_int_equal(access(".spiceinit", F_OK), 0);
	assert_int_equal(ng_environment_go(&environment, "/", NULL), 0);
	assert_int_equal(ng_environment_go(&environment, NULL, NULL), 0);
	assert_non_null(getcwd(inside, sizeof(inside)));
	assert_string_equal(inside, folder);
	ng_environment_leave(&environment);
	assert_non_null(getcwd(inside, sizeof(inside)));
	assert_string_equal(inside, before);
	assert_int_equal(unlinkat(AT_FDCWD, folder, AT_REMOVEDIR), -1); /* its maker's to empty */
	assert_int_equal(chdir(folder) || unlink(".spiceinit") || chdir(before), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void a_folder_that_is_not_there_cannot_be_changed_to(void **state)
{
	struct ng_environment environment;
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(ng_environment_enter(&environment, NULL, false, NULL), 0);
	assert_int_not_equal(ng_environment_move(&environment, "/nonexistent", &err), 0);
	assert_non_null(strstr(err.text, "/nonexistent cannot be entered"));
	ng_environment_leave(&environment);
}

static void leaving_restores_the_locale_of_the_thread(void **state)
{
	struct ng_environment environment;
	locale_t mine = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = uselocale(mine);

	(void)state;
	assert_true(mine != (locale_t)0);
	assert_string_equal(nl_langinfo(CODESET), "UTF-8");
	assert_int_equal(ng_environment_enter(&environment, NULL, false, NULL), 0);
	assert_string_not_equal(nl_langinfo(CODESET), "UTF-8");
	ng_environment_leave(&environment);
	assert_true(uselocale((locale_t)0) == mine);
	uselocale(before);
	freelocale(mine);
}

static void a_folder_that_cannot_be_made_changes_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_environment environment;
	char before[PATH_MAX], after[PATH_MAX];

	(void)state;
	assert_non_null(getcwd(before, sizeof(before)));
	setenv("TMPDIR", "/nonexistent", 1);
	assert_int_equal(ng_environment_enter(&environment, NULL, false, &err), CAROM_ERROR_SYSTEM);
	unsetenv("TMPDIR");
	assert_ng_error(&err, CAROM_ERROR_SYSTEM, "no scratch folder can be made in /nonexistent");
	assert_non_null(getcwd(after, sizeof(after)));
	assert_string_equal(before, after);
	ng_environment_leave(&environment);
}

static void a_relative_tmpdir_is_not_used(void **state)
{
	struct ng_environment environment;

	(void)state;
	setenv("TMPDIR", "relative", 1);
	assert_int_equal(ng_environment_enter(&environment, NULL, false, NULL), 0);
	unsetenv("TMPDIR");
	assert_int_equal(strncmp(environment.scratch.path, "/tmp/carom-", 11), 0);
	ng_environment_leave(&environment);
}

/* In a child: its variables are not those of the test. */
static bool private_variables_are_clean(void)
{
	struct ng_environment environment;

	clearenv();
	putenv("SPICE_A=1");
	putenv("B=2");
	putenv("SPICE_C=3");
	putenv("SPICE_D=4");
	putenv("NOSPICE_E=5");
	if (ng_environment_enter(&environment, NULL, true, NULL))
		return false;
	ng_environment_leave(&environment);
	return !getenv("SPICE_A") && getenv("B") && !getenv("SPICE_C") && !getenv("SPICE_D") &&
	       getenv("NOSPICE_E") && strcmp(getenv("OMP_THREAD_LIMIT"), "1") == 0;
}

static bool no_variables_are_clean(void)
{
	struct ng_environment environment;

	clearenv();
	if (ng_environment_enter(&environment, NULL, true, NULL))
		return false;
	ng_environment_leave(&environment);
	return getenv("OMP_THREAD_LIMIT") != NULL;
}

static bool holds_in_a_process(bool (*holds)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(holds() ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void a_private_process_loses_the_variables_of_spice_only(void **state)
{
	(void)state;
	assert_true(holds_in_a_process(private_variables_are_clean));
	assert_true(holds_in_a_process(no_variables_are_clean));
}

static void on_signal(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	(void)context;
}

static void handlers_are_saved_and_restored_with_their_flags(void **state)
{
	struct sigaction mine = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
	struct sigaction before, now;
	struct ng_host host;

	(void)state;
	sigaction(SIGILL, &mine, &before);
	ng_host_save(&host);
	signal(SIGILL, SIG_DFL);
	ng_host_restore(&host);
	sigaction(SIGILL, &before, &now);
	assert_true(now.sa_sigaction == on_signal && (now.sa_flags & SA_SIGINFO));
}

static void random_numbers_that_ngspice_draws_are_not_the_hosts(void **state)
{
	struct ng_host host;
	int expected, theirs;

	(void)state;
	srand(3);
	expected = (rand(), rand());
	srand(3);
	rand();
	for (int i = 0; i < 2; i++) {
		ng_host_save(&host);
		srand(5);
		theirs = rand();
		ng_host_restore(&host);
	}
	assert_int_equal(rand(), expected);
	ng_host_save(&host); /* which goes on where it was */
	srand(5);
	assert_int_equal(rand(), theirs);
	ng_host_restore(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_is_there_from_entering_to_leaving),
		cmocka_unit_test(what_was_left_in_the_folder_goes_with_it),
		cmocka_unit_test(a_folder_to_return_to_may_be_gone),
		cmocka_unit_test(the_folder_may_be_changed_for_another),
		cmocka_unit_test(a_folder_that_is_not_there_cannot_be_changed_to),
		cmocka_unit_test(leaving_restores_the_locale_of_the_thread),
		cmocka_unit_test(a_folder_that_cannot_be_made_changes_nothing),
		cmocka_unit_test(a_relative_tmpdir_is_not_used),
		cmocka_unit_test(a_private_process_loses_the_variables_of_spice_only),
		cmocka_unit_test(handlers_are_saved_and_restored_with_their_flags),
		cmocka_unit_test(random_numbers_that_ngspice_draws_are_not_the_hosts),
	};

	return run_all_tests(tests);
}
