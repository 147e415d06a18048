/* SPDX-License-Identifier: BSD-3-Clause */
/* Scratch folders: made, locked, removed; those of killed processes swept. */
#include "ng-scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"

#define PREFIX "carom-scratch-"

/* A folder younger than this may be between its making and its lock. */
enum { SETTLED_S = 10, OPEN_FOLDERS = 8 };

static const char *parent_folder(void)
{
	const char *parent = secure_getenv("TMPDIR");

	return parent && parent[0] == '/' ? parent : "/tmp";
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	remove(path);
	return 0;
}

static void remove_tree(const char *path)
{
	nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* The lock on a folder, or -1 if somebody else has it (or it is no folder of ours). */
static int lock_folder(const char *path)
{
	int lock = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
		return lock;
	if (lock >= 0)
		close(lock);
	return -1;
}

static void sweep_one(const char *path)
{
	struct stat status;
	int lock;

	if (lstat(path, &status) || status.st_uid != geteuid() ||
	    time(NULL) - status.st_mtime < SETTLED_S)
		return;
	lock = lock_folder(path);
	if (lock < 0)
		return;
	remove_tree(path);
	close(lock);
}

static void sweep(const char *parent)
{
	DIR *folder = opendir(parent);
	struct dirent *entry;
	char path[PATH_MAX];

	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
		    snprintf(path, sizeof(path), "%s/%s", parent, entry->d_name) <
			    (int)sizeof(path))
			sweep_one(path);
	closedir(folder);
}

int ng_scratch_make(struct ng_scratch *scratch, struct carom_error *err)
{
	const char *parent = parent_folder();
	int length = snprintf(scratch->path, sizeof(scratch->path), "%s/" PREFIX "XXXXXX", parent);

	scratch->owner = getpid();
	scratch->lock = -1;
	if (length >= (int)sizeof(scratch->path) || !mkdtemp(scratch->path)) {
		scratch->path[0] = '\0';
		return carom_fail_errno(err, "no scratch folder can be made in %s\nset TMPDIR",
					parent);
	}
	scratch->lock = lock_folder(scratch->path);
	sweep(parent);
	return CAROM_OK;
}

int ng_scratch_make_in(struct ng_scratch *scratch, const char *parent, struct carom_error *err)
{
	int length = snprintf(scratch->path, sizeof(scratch->path), "%s/XXXXXX", parent);

	scratch->owner = getpid();
	scratch->lock = -1;
	if (length < (int)sizeof(scratch->path) && mkdtemp(scratch->path))
		return CAROM_OK;
	scratch->path[0] = '\0';
	return carom_fail_errno(err, "no scratch folder can be made in %s", parent);
}

int ng_scratch_borrow(struct ng_scratch *scratch, const char *path, struct carom_error *err)
{
	*scratch = (struct ng_scratch){.lock = -1};
	if (strlen(path) >= sizeof(scratch->path))
		return carom_fail(err, CAROM_ERROR_LIMIT, "the scratch folder's path is too long");
	strcpy(scratch->path, path);
	return CAROM_OK;
}

void ng_scratch_remove(struct ng_scratch *scratch)
{
	if (scratch->path[0] && scratch->owner == getpid())
		remove_tree(scratch->path);
	if (scratch->path[0] && scratch->lock >= 0)
		close(scratch->lock);
	scratch->path[0] = '\0';
}
