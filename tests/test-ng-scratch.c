/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of scratch folders. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ng-scratch.h"
#include "support.h"

static char parent[] = "/tmp/carom-test-XXXXXX";

static int enter_parent(void **state)
{
	(void)state;
	strcpy(parent, "/tmp/carom-test-XXXXXX");
	if (!mkdtemp(parent))
		return -1;
	return setenv("TMPDIR", parent, 1);
}

static int leave_parent(void **state)
{
	(void)state;
	unsetenv("TMPDIR");
	return rmdir(parent);
}

static bool is_there(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0;
}

/* As if it had been left an hour ago. */
static void make_old(const char *path)
{
	const struct timespec times[2] = {{.tv_sec = time(NULL) - 3600},
					  {.tv_sec = time(NULL) - 3600}};

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void make(struct ng_scratch *scratch)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(ng_scratch_make(scratch, &err), 0);
	assert_ok(&err);
}

static void leave_file(const char *folder)
{
	char path[PATH_MAX + 16];
	int file;

	snprintf(path, sizeof(path), "%s/bsim4.out", folder);
	file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(file >= 0);
	close(file);
}

static void a_folder_is_made_and_removed_with_what_is_in_it(void **state)
{
	struct ng_scratch scratch;
	char path[PATH_MAX];
	struct stat status;

	(void)state;
	make(&scratch);
	strcpy(path, scratch.path);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	leave_file(path);
	ng_scratch_remove(&scratch);
	assert_false(is_there(path));
	ng_scratch_remove(&scratch);
}

static void a_folder_in_another_is_removed_alone_or_with_that(void **state)
{
	struct ng_scratch scratch, first, second;

	(void)state;
	make(&scratch);
	assert_int_equal(ng_scratch_make_in(&first, scratch.path, NULL), 0);
	assert_int_equal(ng_scratch_make_in(&second, scratch.path, NULL), 0);
	assert_string_not_equal(first.path, second.path);
	assert_memory_equal(first.path, scratch.path, strlen(scratch.path));
	leave_file(first.path);
	ng_scratch_remove(&first);
	assert_true(is_there(second.path));
	ng_scratch_remove(&scratch);
	assert_false(is_there(second.path));
	ng_scratch_remove(&second);
}

static void a_folder_in_one_that_is_gone_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_scratch scratch;

	(void)state;
	assert_int_equal(ng_scratch_make_in(&scratch, "/nonexistent", &err), CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(err.text, "/nonexistent"));
	assert_string_equal(scratch.path, "");
}

static void a_fork_does_not_remove_it(void **state)
{
	struct ng_scratch scratch;
	pid_t child;

	(void)state;
	make(&scratch);
	child = fork();
	if (child == 0) {
		ng_scratch_remove(&scratch);
		_exit(0);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_true(is_there(scratch.path));
	ng_scratch_remove(&scratch);
}

/* The owner of the first is killed; its fork lives on for a while with the folder. */
static void what_a_killed_process_left_is_swept_once_nobody_holds_it(void **state)
{
	struct ng_scratch scratch;
	int answer[2];
	pid_t child;
	char path[PATH_MAX];

	(void)state;
	assert_int_equal(pipe(answer), 0);
	child = fork();
	if (child == 0) {
		struct ng_scratch lost;
		struct carom_error err = CAROM_ERROR_INIT;

		if (ng_scratch_make(&lost, &err) ||
		    write(answer[1], lost.path, sizeof(lost.path)) < 0)
			_exit(1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(answer[0], path, sizeof(path)), sizeof(path));
	leave_file(path);
	make_old(path);
	make(&scratch);
	assert_true(is_there(path));
	ng_scratch_remove(&scratch);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	make(&scratch);
	assert_false(is_there(path));
	ng_scratch_remove(&scratch);
	close(answer[0]);
	close(answer[1]);
}

static void a_young_folder_is_left_to_its_maker(void **state)
{
	struct ng_scratch scratch;
	char path[PATH_MAX];

	(void)state;
	snprintf(path, sizeof(path), "%s/carom-scratch-abcdef", parent);
	assert_int_equal(mkdir(path, 0700), 0);
	make(&scratch);
	assert_true(is_there(path));
	ng_scratch_remove(&scratch);
	make_old(path);
	make(&scratch);
	assert_false(is_there(path));
	ng_scratch_remove(&scratch);
}

static void other_files_and_links_are_left_alone(void **state)
{
	struct ng_scratch scratch;
	char folder[PATH_MAX], link[PATH_MAX];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/carom-else", parent);
	snprintf(link, sizeof(link), "%s/carom-scratch-link", parent);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(symlink(folder, link), 0);
	make_old(folder);
	assert_int_equal(utimensat(AT_FDCWD, link, (struct timespec[2]){{0, 0}, {0, 0}},
				   AT_SYMLINK_NOFOLLOW),
			 0);
	make(&scratch);
	assert_true(is_there(folder));
	assert_int_equal(unlink(link), 0);
	assert_int_equal(rmdir(folder), 0);
	ng_scratch_remove(&scratch);
}

static void a_parent_that_is_not_there_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_scratch scratch;

	(void)state;
	setenv("TMPDIR", "/nosuch", 1);
	assert_int_equal(ng_scratch_make(&scratch, &err), CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(err.text, "/nosuch"));
	ng_scratch_remove(&scratch);
}

static void a_borrowed_folder_is_its_makers_to_remove(void **state)
{
	struct ng_scratch scratch, borrowed;
	struct carom_error err = CAROM_ERROR_INIT;
	char path[PATH_MAX + 1];
	(void)state;

	make(&scratch);
	assert_int_equal(ng_scratch_borrow(&borrowed, scratch.path, &err), 0);
	assert_string_equal(borrowed.path, scratch.path);
	ng_scratch_remove(&borrowed);
	assert_true(is_there(scratch.path));
	ng_scratch_remove(&scratch);
	memset(path, 'x', PATH_MAX);
	path[PATH_MAX] = '\0';
	assert_int_equal(ng_scratch_borrow(&borrowed, path, &err), CAROM_ERROR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_folder_is_made_and_removed_with_what_is_in_it,
						enter_parent, leave_parent),
		cmocka_unit_test_setup_teardown(a_borrowed_folder_is_its_makers_to_remove,
						enter_parent, leave_parent),
		cmocka_unit_test_setup_teardown(a_folder_in_another_is_removed_alone_or_with_that,
						enter_parent, leave_parent),
		cmocka_unit_test(a_folder_in_one_that_is_gone_is_told),
		cmocka_unit_test_setup_teardown(a_fork_does_not_remove_it, enter_parent,
						leave_parent),
		cmocka_unit_test_setup_teardown(
			what_a_killed_process_left_is_swept_once_nobody_holds_it, enter_parent,
			leave_parent),
		cmocka_unit_test_setup_teardown(a_young_folder_is_left_to_its_maker, enter_parent,
						leave_parent),
		cmocka_unit_test_setup_teardown(other_files_and_links_are_left_alone, enter_parent,
						leave_parent),
		cmocka_unit_test_setup_teardown(a_parent_that_is_not_there_is_told, enter_parent,
						leave_parent),
	};

	return run_all_tests(tests);
}
