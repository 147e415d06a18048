/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the helper program carom-worker is. */
#ifndef SIM_WORKER_PATH_H
#define SIM_WORKER_PATH_H

#include <stddef.h>

#include "carom-error.h"

/*
 * Write the path of carom-worker into path[size].  asked (may be NULL), else $CAROM_WORKER, is taken
 * as it is and must be a program.  Without either, the first that is there of: below the prefix of
 * libcarom, beside it or one folder up (a build tree), the same for the running program, and where
 * it was configured to be installed.  ERROR_NOT_FOUND names every place tried; path is "" then.
 */
int worker_find(char *path, size_t size, const char *asked, struct carom_error *err);

/*
 * The same for files in these n folders (no slash at the end) instead of library and program, and
 * another place where it was to be installed.
 */
int worker_find_near(char *path, size_t size, const char *const *folders, size_t n,
		     const char *installed, struct carom_error *err);

#endif
