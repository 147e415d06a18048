/* SPDX-License-Identifier: BSD-3-Clause */
/* Landlock, by its system calls: the C library has no functions for them. */
#include "sim/confine.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define N_FOLDERS(list) (sizeof(list) / sizeof((list)[0]))

/* Of the first version, which later ones add to: what is not named in rules is refused. */
#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING                                                           \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	 LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |    \
	 LANDLOCK_ACCESS_FS_MAKE_DIR)
#define NEVER                                                          \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |   \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | \
	 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

/* Where the library, its code models and what the C library looks up are. */
static const char *const system_folders[] = {"/usr", "/lib", "/lib64",
					     "/etc", "/opt", "/nix/store"};

/* A folder that is not there needs no rule. */
static void allow(int rules, const char *folder, __u64 access)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = access};

	if (!folder)
		return;
	rule.parent_fd = open(folder, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
}

/* Lines that are no paths of files, or of any longer than there are, are not there. */
static void allow_files(int rules, const char *lines)
{
	char path[PATH_MAX];

	for (size_t length; lines && *lines; lines += length + (lines[length] == '\n')) {
		length = strcspn(lines, "\n");
		if (length < sizeof(path)) {
			memcpy(path, lines, length);
			path[length] = '\0';
			allow(rules, path, LANDLOCK_ACCESS_FS_READ_FILE);
		}
	}
}

static void allow_all(int rules, const struct confine_folders *folders)
{
	for (size_t i = 0; i < N_FOLDERS(system_folders); i++)
		allow(rules, system_folders[i], READING);
	for (size_t i = 0; i < N_FOLDERS(folders->read); i++)
		allow(rules, folders->read[i], READING);
	for (size_t i = 0; i < N_FOLDERS(folders->write); i++)
		allow(rules, folders->write[i], READING | WRITING);
	allow_files(rules, folders->files);
	allow(rules, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
}

bool confine_process(const struct confine_folders *folders)
{
	const struct landlock_ruleset_attr handled = {.handled_access_fs =
							      READING | WRITING | NEVER};
	const struct rlimit none = {0, 0};
	bool is_confined;
	int rules;

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof(handled), 0);
	if (rules < 0)
		return false;
	allow_all(rules, folders);
	is_confined = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return is_confined;
}
