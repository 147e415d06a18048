/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the wall round a process, each in a process of its own. */
#include "sim/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

static char top[] = "/tmp/carom-confine-XXXXXX", readable[64], writable[64], outside[64],
	    files[200];

static int make_folders(void **state)
{
	(void)state;
	strcpy(top, "/tmp/carom-confine-XXXXXX");
	if (!mkdtemp(top))
		return -1;
	snprintf(readable, sizeof(readable), "%s/in", top);
	snprintf(writable, sizeof(writable), "%s/scratch", top);
	snprintf(outside, sizeof(outside), "%s/secret", top);
	snprintf(files, sizeof(files), "/nowhere\n%s/open\n", outside);
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

/* ---- with and without Landlock ---- */

/* What a process could do after it was confined. */
enum { ALLOWED = 1, FORBIDDEN = 2, UNTOLD = 4, UNUSABLE = 8 };

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

/* From now on this kernel is one before 5.13.  Others than root must give up privileges for that. */
static void hide_landlock(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
	const struct sock_fprog program = {sizeof(steps) / sizeof(steps[0]), steps};

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0)
		return;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(UNUSABLE);
}

static int act_confined(int (*act)(void), bool is_hidden)
{
	const struct confine_folders folders = {
		.read = {readable, NULL}, .write = {writable}, .files = files};

	if (is_hidden)
		hide_landlock();
	return confine_process(&folders) == has_landlock() ? act() : UNTOLD;
}

static int confined(int (*act)(void), bool is_hidden)
{
	int wait_status;
	pid_t child;

	assert_true(can_open(readable, "input", O_CREAT | O_WRONLY));
	assert_true(can_open(outside, "key", O_CREAT | O_WRONLY));
	assert_true(can_open(outside, "open", O_CREAT | O_WRONLY));
	child = fork();
	if (child == 0)
		_exit(act_confined(act, is_hidden));
	assert_int_equal(waitpid(child, &wait_status, 0), child);
	assert_true(WIFEXITED(wait_status));
	return WEXITSTATUS(wait_status);
}

/* Where the kernel has no Landlock files and programs are as before, and it is told. */
static void assert_walled(int (*act)(void))
{
	assert_int_equal(confined(act, false), has_landlock() ? ALLOWED : ALLOWED | FORBIDDEN);
	assert_int_equal(confined(act, true), ALLOWED | FORBIDDEN);
}

/* ---- the wall ---- */

static int read_files(void)
{
	bool is_allowed = can_open(readable, "input", O_RDONLY) &&
			  can_open(outside, "open", O_RDONLY) &&
			  can_open("/usr", "bin", O_RDONLY) && can_open("/dev", "null", O_RDWR);
	bool is_forbidden = can_open(outside, "key", O_RDONLY) ||
			    can_open(outside, "open", O_WRONLY) ||
			    can_open("/proc/1", "environ", O_RDONLY);

	return (is_allowed ? ALLOWED : 0) | (is_forbidden ? FORBIDDEN : 0);
}

static void files_are_read_where_it_is_allowed(void **state)
{
	(void)state;
	assert_walled(read_files);
}

static int write_files(void)
{
	char path[96];
	bool is_allowed, is_forbidden;

	snprintf(path, sizeof(path), "%s/log", writable);
	is_allowed = can_open(writable, "log", O_CREAT | O_RDWR) && unlink(path) == 0;
	is_forbidden = can_open(readable, "input", O_WRONLY) ||
		       can_open(readable, "new", O_CREAT | O_WRONLY) ||
		       can_open(outside, "new", O_CREAT | O_WRONLY) ||
		       can_open(top, "new", O_CREAT | O_WRONLY);
	return (is_allowed ? ALLOWED : 0) | (is_forbidden ? FORBIDDEN : 0);
}

static void files_are_written_in_the_scratch_folder_alone(void **state)
{
	(void)state;
	assert_walled(write_files);
}

static int run_program(void)
{
	execl("/bin/sh", "sh", "-c", "exit 3", (char *)NULL); /* ALLOWED | FORBIDDEN */
	return ALLOWED;
}

static void no_program_is_run(void **state)
{
	(void)state;
	assert_walled(run_program);
}

static int look_at_limits(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_CORE, &limit) || limit.rlim_max != 0 ||
			       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1
		       ? FORBIDDEN
		       : ALLOWED;
}

static void there_are_no_core_dumps_and_no_new_privileges(void **state)
{
	(void)state;
	assert_int_equal(confined(look_at_limits, false), ALLOWED);
	assert_int_equal(confined(look_at_limits, true), ALLOWED);
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
