/* SPDX-License-Identifier: BSD-3-Clause */
/* Where a file is after all links, and whether that is below a folder. */
#include "circuit/roots.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static int add_root(struct roots *roots, const char *folder, struct carom_error *err)
{
	char *real = realpath(folder, NULL);
	char *copy;

	if (!real)
		return carom_fail_errno(err,
					"the root \"%s\" cannot be found\n"
					"name a folder that is there",
					folder);
	copy = mem_strdup(real);
	free(real);
	if (!copy)
		return carom_fail_memory(err);
	roots->paths[roots->n++] = copy;
	return CAROM_OK;
}

int roots_init(struct roots *roots, const char *const *folders, size_t n, struct carom_error *err)
{
	int status = CAROM_OK;

	*roots = (struct roots){NULL, 0};
	if (n == 0)
		return CAROM_OK;
	roots->paths = mem_zalloc(n, sizeof(*roots->paths));
	if (!roots->paths)
		return carom_fail_memory(err);
	for (size_t i = 0; i < n && !status; i++)
		status = add_root(roots, folders[i], err);
	if (status)
		roots_release(roots);
	return status;
}

void roots_release(struct roots *roots)
{
	for (size_t i = 0; i < roots->n; i++)
		mem_free(roots->paths[i]);
	mem_free(roots->paths);
	*roots = (struct roots){NULL, 0};
}

static bool is_below(const char *path, const char *root)
{
	size_t length = strlen(root);

	if (strncmp(path, root, length) != 0)
		return false;
	return path[length] == '/' || path[length] == '\0' || root[length - 1] == '/';
}

int roots_check(const struct roots *roots, int fd, const char *path, struct carom_error *err)
{
	char link[32];
	char *real;
	bool is_allowed = roots->n == 0;

	if (is_allowed)
		return CAROM_OK;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	real = realpath(link, NULL); /* NULL, refused: without /proc nobody can tell */
	for (size_t i = 0; real && i < roots->n && !is_allowed; i++)
		is_allowed = is_below(real, roots->paths[i]);
	free(real);
	if (is_allowed)
		return CAROM_OK;
	return carom_fail(
		err, CAROM_ERROR_TRUST,
		"\"%s\" lies outside of the folders that an untrusted deck may read from\n"
		"allow its folder (--root, roots), or import the deck as trusted",
		path);
}

int roots_check_path(const struct roots *roots, const char *path, struct carom_error *err)
{
	int fd, status;

	if (roots->n == 0)
		return CAROM_OK;
	fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return carom_fail_errno(err, "cannot open \"%s\"", path);
	status = roots_check(roots, fd, path, err);
	close(fd);
	return status;
}
