/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a folder: made, replaced, read and removed, without a step outside. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "support.h"

struct fixture {
	char path[64];
	int folder;
	struct carom_error err;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	strcpy(fixture->path, "/tmp/carom-test-XXXXXX");
	if (!mkdtemp(fixture->path))
		return -1;
	fixture->folder = folder_open(AT_FDCWD, fixture->path);
	*state = fixture;
	return fixture->folder < 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	int status = folder_remove(AT_FDCWD, fixture->path, NULL);

	mem_fail_after(-1);
	close(fixture->folder);
	free(fixture);
	return status;
}

static bool exists(const struct fixture *fixture, const char *name)
{
	struct stat stat;

	return fstatat(fixture->folder, name, &stat, AT_SYMLINK_NOFOLLOW) == 0;
}

static void assert_content(struct fixture *fixture, const char *name, const char *expected)
{
	struct text text = TEXT_INIT;

	folder_read_file(fixture->folder, name, &text, &fixture->err);
	assert_ok(&fixture->err);
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
}

static void a_file_is_made_and_read(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(folder_create_file(fixture->folder, "a", "abc", 3, &fixture->err), 0);
	assert_content(fixture, "a", "abc");
}

static void a_file_longer_than_a_block_is_read_whole(void **state)
{
	struct fixture *fixture = *state;
	static char content[40000];
	struct text text = TEXT_INIT;

	memset(content, 'x', sizeof(content));
	folder_create_file(fixture->folder, "a", content, sizeof(content), &fixture->err);
	folder_read_file(fixture->folder, "a", &text, &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(text.length, sizeof(content));
	assert_memory_equal(text.data, content, sizeof(content));
	text_release(&text);
}

static void a_file_that_is_there_is_not_made_again(void **state)
{
	struct fixture *fixture = *state;

	folder_create_file(fixture->folder, "a", "abc", 3, &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(folder_create_file(fixture->folder, "a", "xyz", 3, &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text, "a: File exists");
	carom_error_clear(&fixture->err);
	assert_content(fixture, "a", "abc");
}

static void a_file_is_replaced_in_one_step(void **state)
{
	struct fixture *fixture = *state;
	char bytes[8] = "";
	int fd;

	folder_create_file(fixture->folder, "a", "abc", 3, &fixture->err);
	fd = openat(fixture->folder, "a", O_RDONLY);
	assert_int_equal(folder_replace_file(fixture->folder, "a", "defgh", 5, &fixture->err), 0);
	assert_content(fixture, "a", "defgh");
	assert_int_equal(read(fd, bytes, sizeof(bytes)), 3);
	assert_string_equal(bytes, "abc");
	assert_false(exists(fixture, "a.tmp"));
	close(fd);
}

static void a_file_too_large_to_write_leaves_the_old_one(void **state)
{
	struct fixture *fixture = *state;
	static const char content[4096];
	struct rlimit before, small;

	folder_create_file(fixture->folder, "a", "abc", 3, &fixture->err);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){1000, before.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	folder_replace_file(fixture->folder, "a", content, sizeof(content), &fixture->err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_string_equal(fixture->err.text, "a: File too large");
	carom_error_clear(&fixture->err);
	assert_content(fixture, "a", "abc");
	assert_false(exists(fixture, "a.tmp"));
}

static void what_is_no_file_is_not_read(void **state)
{
	struct fixture *fixture = *state;
	struct text text = TEXT_INIT;

	mkdirat(fixture->folder, "d", 0777);
	mkfifoat(fixture->folder, "pipe", 0666);
	assert_int_equal(folder_read_file(fixture->folder, "d", &text, &fixture->err),
			 CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text, "d: not a file");
	assert_int_equal(folder_read_file(fixture->folder, "pipe", &text, NULL),
			 CAROM_ERROR_FORMAT);
	assert_int_equal(folder_read_file(fixture->folder, "none", &text, NULL),
			 CAROM_ERROR_SYSTEM);
	text_release(&text);
}

static void memory_that_runs_out_while_reading_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct text text = TEXT_INIT;

	folder_create_file(fixture->folder, "a", "abc", 3, &fixture->err);
	mem_fail_after(0);
	assert_int_equal(folder_read_file(fixture->folder, "a", &text, &fixture->err),
			 CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	text_release(&text);
}

static void a_folder_is_removed_with_all_that_is_in_it(void **state)
{
	struct fixture *fixture = *state;

	mkdirat(fixture->folder, "d", 0777);
	mkdirat(fixture->folder, "d/e", 0777);
	folder_create_file(fixture->folder, "d/e/f", "", 0, &fixture->err);
	folder_create_file(fixture->folder, "d/.g", "", 0, &fixture->err);
	assert_int_equal(folder_remove(fixture->folder, "d", &fixture->err), 0);
	assert_ok(&fixture->err);
	assert_false(exists(fixture, "d"));
}

static void removal_does_not_follow_links(void **state)
{
	struct fixture *fixture = *state;

	mkdirat(fixture->folder, "d", 0777);
	mkdirat(fixture->folder, "kept", 0777);
	folder_create_file(fixture->folder, "kept/a", "abc", 3, &fixture->err);
	symlinkat("../kept", fixture->folder, "d/link");
	symlinkat("kept", fixture->folder, "link");
	assert_int_equal(folder_remove(fixture->folder, "d", &fixture->err), 0);
	assert_ok(&fixture->err);
	assert_int_equal(folder_remove(fixture->folder, "link", &fixture->err), CAROM_ERROR_SYSTEM);
	carom_error_clear(&fixture->err);
	assert_content(fixture, "kept/a", "abc");
	assert_true(exists(fixture, "link"));
}

static void what_cannot_be_removed_is_named(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(folder_remove(fixture->folder, "none", &fixture->err), CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text, "none: No such file or directory");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_file_is_made_and_read),
		CASE(a_file_longer_than_a_block_is_read_whole),
		CASE(a_file_that_is_there_is_not_made_again),
		CASE(a_file_is_replaced_in_one_step),
		CASE(a_file_too_large_to_write_leaves_the_old_one),
		CASE(what_is_no_file_is_not_read),
		CASE(memory_that_runs_out_while_reading_is_an_error),
		CASE(a_folder_is_removed_with_all_that_is_in_it),
		CASE(removal_does_not_follow_links),
		CASE(what_cannot_be_removed_is_named),
	};

	return run_all_tests(tests);
}
