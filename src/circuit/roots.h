/* SPDX-License-Identifier: BSD-3-Clause */
/* The folders below which an untrusted deck may read files. */
#ifndef CIRCUIT_ROOTS_H
#define CIRCUIT_ROOTS_H

#include <stddef.h>

#include "base/error.h"

struct roots {
	char **paths; /* absolute, without links */
	size_t n;     /* 0: files may be anywhere */
};

/* On failure (a folder that is not there: ERROR_SYSTEM) *roots is empty. */
int roots_init(struct roots *roots, const char *const *folders, size_t n, struct carom_error *err);
void roots_release(struct roots *roots);

/*
 * ERROR_TRUST unless the file that is open lies below one of them, or is one.  Links have been
 * followed when it was opened, and nobody can put another one in its place.  path is for the message.
 */
int roots_check(const struct roots *roots, int fd, const char *path, struct carom_error *err);

/* The same for a file that somebody else will open. */
int roots_check_path(const struct roots *roots, const char *path, struct carom_error *err);

#endif
