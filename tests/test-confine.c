/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the wall round a process, each in a process of its own. */
#include "sim/confine.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

static char top[] = "/tmp/carom-confine-XXXXXX", readable[64], writable[64], outside[64];

static int make_folders(void **state)
{
	(void)state;
	strcpy(top, "/tmp/carom-confine-XXXXXX");
	if (!mkdtemp(top))
		return -1;
	snprintf(readable, sizeof(readable), "%s/in", top);
	snprintf(writable, sizeof(writable), "%s/scratch", top);
	snprintf(outside, sizeof(outside), "%s/secret", top);
	return mkdir(readable, 0700) | mkdir(writable, 0700) | mkdir(outside, 0700);
}

static int remove_folders(void **state)
{
	char command[80];
	(void)state;

	snprintf(command, sizeof(command), "rm -rf %s", top);
	return system(command);
}

static bool can_open(const char *folder, const char *name, int flags)
{
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, flags | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Exit status of a confined process that does as the function says; 2: no Landlock here. */
static int confined(int (*act)(void))
{
	const struct confine_folders folders = {.read = {readable, NULL}, .write = {writable}};
	int wait_status;
	pid_t child;

	assert_true(can_open(readable, "input", O_CREAT | O_WRONLY));
	assert_true(can_open(outside, "key", O_CREAT | O_WRONLY));
	child = fork();
	if (child == 0)
		_exit(confine_process(&folders) ? act() : 2);
	assert_int_equal(waitpid(child, &wait_status, 0), child);
	assert_true(WIFEXITED(wait_status));
	if (WEXITSTATUS(wait_status) == 2)
		skip();
	return WEXITSTATUS(wait_status);
}

static int read_files(void)
{
	return !(can_open(readable, "input", O_RDONLY) && can_open("/usr", "bin", O_RDONLY) &&
		 can_open("/dev", "null", O_RDWR) && !can_open(outside, "key", O_RDONLY) &&
		 !can_open("/proc/1", "environ", O_RDONLY));
}

static void files_are_read_where_it_is_allowed(void **state)
{
	(void)state;
	assert_int_equal(confined(read_files), 0);
}

static int write_files(void)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/log", writable);
	return !(can_open(writable, "log", O_CREAT | O_RDWR) && unlink(path) == 0 &&
		 !can_open(readable, "input", O_WRONLY) &&
		 !can_open(readable, "new", O_CREAT | O_WRONLY) &&
		 !can_open(outside, "new", O_CREAT | O_WRONLY) &&
		 !can_open(top, "new", O_CREAT | O_WRONLY));
}

static void files_are_written_in_the_scratch_folder_alone(void **state)
{
	(void)state;
	assert_int_equal(confined(write_files), 0);
}

static int run_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return 7;
}

static void no_program_is_run(void **state)
{
	(void)state;
	assert_int_equal(confined(run_program), 7);
}

static int look_at_limits(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_CORE, &limit) || limit.rlim_max != 0 ||
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
}

static void there_are_no_core_dumps_and_no_new_privileges(void **state)
{
	(void)state;
	assert_int_equal(confined(look_at_limits), 0);
}

#define WITH_FOLDERS(name) cmocka_unit_test_setup_teardown(name, make_folders, remove_folders)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDERS(files_are_read_where_it_is_allowed),
		WITH_FOLDERS(files_are_written_in_the_scratch_folder_alone),
		WITH_FOLDERS(no_program_is_run),
		WITH_FOLDERS(there_are_no_core_dumps_and_no_new_privileges),
	};

	return run_all_tests(tests);
}
