/* SPDX-License-Identifier: BSD-3-Clause */
/* Files a deck is made of: the name an .include or .lib card gives, its path, its text. */
#ifndef CIRCUIT_INCLUDE_H
#define CIRCUIT_INCLUDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "circuit/circuit.h"
#include "circuit/roots.h"

enum { MAX_INCLUDES = 32 };              /* depth of files that include files */
#define MAX_DECK_BYTES ((size_t)1 << 30) /* of all texts of a deck together */

/* What an .include or .lib card names; file and section are words of its text, without quotes. */
struct include_names {
	const char *file;
	int file_length;
	const char *section; /* NULL if there is none */
	int section_length;
};

/* False if the card names no file. */
bool include_read_names(const struct card *card, struct include_names *names);

/*
 * The path of a file named by another: relative to the folder of naming_path.  The caller frees it
 * with mem_free; NULL when out of memory.
 */
char *include_path(const char *naming_path, const struct include_names *names);

/*
 * The folder that the file is in, as an absolute path: NULL if file is "" or the folder is gone.
 * The caller frees *folder with mem_free.  Returns 0 or ERROR_MEMORY.
 */
int include_folder(char **folder, const char *file, struct carom_error *err);

/*
 * The whole file in memory; the caller frees *text with mem_free.  Only regular files are read
 * unless any_kind.  roots: where it must lie; NULL: anywhere.  ERROR_SYSTEM ("cannot open ..."),
 * ERROR_TRUST, ERROR_LIMIT (more than limit bytes) or ERROR_MEMORY.
 */
int include_read_file(const char *path, bool any_kind, const struct roots *roots, size_t limit,
		      char **text, size_t *length, struct carom_error *err);

#endif
