/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the helper program carom-worker is. */
#include "study/worker-path.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

static int take_as_it_is(char *path, size_t size, const char *asked, const char *who,
			 struct carom_error *err)
{
	path[0] = '\0';
	if (strlen(asked) >= size)
		return carom_fail(err, CAROM_ERROR_LIMIT, "%s: the path is too long", who);
	if (!is_program(asked))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "%s: %s is not a program", who,
				  asked);
	strcpy(path, asked);
	return 0;
}

/* A path that does not fit is a place where nothing can be found. */
static bool is_there(char *path, size_t size, const char *folder, const char *name,
		     struct text *tried)
{
	int length = snprintf(path, size, "%s%s", folder, name);

	text_printf(tried, "%s%s%s", tried->length ? ", " : "", folder, name);
	return length > 0 && (size_t)length < size && is_program(path);
}

int worker_find_near(char *path, size_t size, const char *folder, struct carom_error *err)
{
	static const char *const names[] = {"/../libexec/carom/carom-worker", "/carom-worker",
					    "/../carom-worker"};
	struct text tried = TEXT_INIT;
	int status = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_there(path, size, folder, names[i], &tried))
			goto out;
	if (is_there(path, size, CAROM_LIBEXECDIR, "/carom-worker", &tried))
		goto out;
	path[0] = '\0';
	status = carom_fail(err, CAROM_ERROR_NOT_FOUND,
			    "carom-worker not found; set CAROM_WORKER to its path (tried %s)",
			    text_string(&tried));
out:
	text_release(&tried);
	return status;
}

/* Folder of the running program; libtool keeps programs of a build tree in .libs below their place. */
static const char *own_folder(char *path, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", path, size - 1);
	char *slash;

	if (length < 0)
		return "";
	path[length] = '\0';
	slash = strrchr(path, '/');
	*slash = '\0';
	slash = strrchr(path, '/');
	if (slash && strcmp(slash, "/.libs") == 0)
		*slash = '\0';
	return path;
}

int worker_find(char *path, size_t size, const char *asked, struct carom_error *err)
{
	char exe[PATH_MAX];
	const char *named = secure_getenv("CAROM_WORKER");

	if (asked)
		return take_as_it_is(path, size, asked, "worker", err);
	if (named && named[0])
		return take_as_it_is(path, size, named, "$CAROM_WORKER", err);
	return worker_find_near(path, size, own_folder(exe, sizeof(exe)), err);
}
