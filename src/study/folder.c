/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a folder that is open; nothing here follows a symbolic link out of it. */
#include "study/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* What was killed holds its lock until its last process is gone. */
#define LOCK_TRIES 100
#define LOCK_WAIT_US 20000

int folder_open(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int folder_lock(int folder, struct carom_error *err)
{
	int status = 0;

	for (int i = 0; i < LOCK_TRIES && (status = flock(folder, LOCK_EX | LOCK_NB)); i++) {
		if (errno != EWOULDBLOCK)
			return 0; /* a file system without locks */
		usleep(LOCK_WAIT_US);
	}
	return status ? carom_fail(err, CAROM_ERROR_SYSTEM, "another run is writing this store")
		      : 0;
}

int folder_write_all(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t written = write(fd, at, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		at += written;
		length -= (size_t)written;
	}
	return 0;
}

/* Write a whole new file; some file systems tell of a full disk at fsync or close only. */
static int fill_file(int folder, const char *name, int flags, const char *bytes, size_t length)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, 0666);
	int failed;

	if (fd < 0)
		return -1;
	failed = folder_write_all(fd, bytes, length);
	if (!failed && flags & O_TRUNC)
		failed = fsync(fd);
	if (failed) {
		int cause = errno;

		close(fd);
		errno = cause;
		return -1;
	}
	return close(fd);
}

int folder_create_file(int folder, const char *name, const char *bytes, size_t length,
		       struct carom_error *err)
{
	if (fill_file(folder, name, O_EXCL, bytes, length))
		return carom_fail_errno(err, "%s", name);
	return 0;
}

int folder_replace_file(int folder, const char *name, const char *bytes, size_t length,
			struct carom_error *err)
{
	char next[256];

	snprintf(next, sizeof(next), "%s.tmp", name);
	if (fill_file(folder, next, O_TRUNC, bytes, length) ||
	    renameat(folder, next, folder, name)) {
		carom_fail_errno(err, "%s", name);
		unlinkat(folder, next, 0);
		return CAROM_ERROR_SYSTEM;
	}
	return 0;
}

static int read_all(int fd, struct text *text)
{
	char block[16384];
	ssize_t length;

	while ((length = read(fd, block, sizeof(block))) != 0) {
		if (length < 0 && errno != EINTR)
			return -1;
		if (length > 0)
			text_append_n(text, block, (size_t)length);
	}
	return 0;
}

int folder_read_file(int folder, const char *name, struct text *text, struct carom_error *err)
{
	struct stat stat;
	int status = 0;
	/* O_NONBLOCK: not to wait for the writer of a pipe. */
	int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return carom_fail_errno(err, "%s", name);
	if (fstat(fd, &stat) == 0 && !S_ISREG(stat.st_mode))
		status = carom_fail(err, CAROM_ERROR_FORMAT, "%s: not a file", name);
	else if (read_all(fd, text))
		status = carom_fail_errno(err, "%s", name);
	else if (text->failed)
		status = carom_fail_memory(err);
	close(fd);
	return status;
}

static int remove_entry(int folder, const struct dirent *entry, struct carom_error *err)
{
	if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
		return 0;
	if (unlinkat(folder, entry->d_name, 0) == 0)
		return 0;
	/* Linux says EISDIR for a folder, POSIX and some file systems EPERM. */
	if (errno != EISDIR && errno != EPERM)
		return carom_fail_errno(err, "%s", entry->d_name);
	return folder_remove(folder, entry->d_name, err);
}

/* Takes the descriptor over. */
static int remove_contents(int folder, struct carom_error *err)
{
	DIR *list = fdopendir(folder);
	const struct dirent *entry;
	int status = 0;

	if (!list) {
		carom_fail_errno(err, "cannot list a folder");
		close(folder);
		return CAROM_ERROR_SYSTEM;
	}
	while (status == 0 && (entry = readdir(list)))
		status = remove_entry(folder, entry, err);
	closedir(list);
	return status;
}

int folder_remove(int at, const char *name, struct carom_error *err)
{
	int folder = folder_open(at, name);
	int status;

	if (folder < 0)
		return carom_fail_errno(err, "%s", name);
	status = remove_contents(folder, err);
	if (status)
		return carom_fail_context(err, status, "%s", name);
	return unlinkat(at, name, AT_REMOVEDIR) ? carom_fail_errno(err, "%s", name) : 0;
}
