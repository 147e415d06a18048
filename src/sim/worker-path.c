/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the helper program carom-worker is. */
#include "sim/worker-path.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
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

static bool is_near(char *path, size_t size, const char *folder, struct text *tried)
{
	return is_there(path, size, folder, "/../libexec/carom/carom-worker", tried) ||
	       is_there(path, size, folder, "/carom-worker", tried) ||
	       is_there(path, size, folder, "/../carom-worker", tried);
}

int worker_find_near(char *path, size_t size, const char *const *folders, size_t n,
		     const char *installed, struct carom_error *err)
{
	struct text tried = TEXT_INIT;
	int status = 0;

	for (size_t i = 0; i < n; i++)
		if (is_near(path, size, folders[i], &tried))
			goto out;
	if (is_there(path, size, installed, "/carom-worker", &tried))
		goto out;
	path[0] = '\0';
	status = carom_fail(err, CAROM_ERROR_NOT_FOUND,
			    "carom-worker not found (tried %s)\nset CAROM_WORKER to its path",
			    text_string(&tried));
out:
	text_release(&tried);
	return status;
}

/* Cuts a path down to its folder; libtool keeps files of a build tree in .libs below their place. */
static void cut_to_folder(char *path)
{
	char *slash = strrchr(path, '/');

	*slash = '\0';
	slash = strrchr(path, '/');
	if (slash && strcmp(slash, "/.libs") == 0)
		*slash = '\0';
}

/* Folder of the file that this code was loaded from: libcarom, or a program that contains it. */
static bool find_library(char folder[PATH_MAX])
{
	Dl_info info;

	if (!dladdr((void *)(uintptr_t)worker_find, &info) || !realpath(info.dli_fname, folder))
		return false;
	cut_to_folder(folder);
	return true;
}

static bool find_program(char folder[PATH_MAX])
{
	if (!realpath("/proc/self/exe", folder))
		return false;
	cut_to_folder(folder);
	return true;
}

int worker_find(char *path, size_t size, const char *asked, struct carom_error *err)
{
	char library[PATH_MAX], program[PATH_MAX];
	const char *named = secure_getenv("CAROM_WORKER");
	const char *folders[2];
	size_t n = 0;

	if (asked)
		return take_as_it_is(path, size, asked, "worker", err);
	if (named && named[0])
		return take_as_it_is(path, size, named, "$CAROM_WORKER", err);
	if (find_library(library))
		folders[n++] = library;
	if (find_program(program) && (n == 0 || strcmp(library, program) != 0))
		folders[n++] = program;
	return worker_find_near(path, size, folders, n, CAROM_LIBEXECDIR, err);
}
