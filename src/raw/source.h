/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes of a file: mapped, or in memory of the caller's. */
#ifndef RAW_SOURCE_H
#define RAW_SOURCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "raw/guard.h"

struct source {
	const unsigned char *bytes;
	size_t size;
	char *name;
	int fd;                /* of the mapped file; -1: memory */
	atomic_bool is_broken; /* the mapping is no longer the file; set by the guard, for ever */
};

/* Released after success only.  Memory is borrowed. */
int source_open(struct source *source, const char *path, struct carom_error *err);
int source_open_memory(struct source *source, const void *bytes, size_t size, const char *name,
		       struct carom_error *err);
void source_close(struct source *source);

/*
 * Bytes are read between these two, by this thread.  The end fails if they may not have been the
 * file's: it became shorter, or a page could not be read.
 */
void source_begin(struct source *source, struct guard *guard);
int source_end(struct source *source, const struct guard *guard, struct carom_error *err);
/* The end for a thread beside the one that asks. */
void source_leave(const struct source *source, const struct guard *guard);

/*
 * Pages of a large file that were read no longer count as the process's memory: reading it in parts
 * takes no more than a part.  They stay in the system's cache.
 */
void source_let_go(const struct source *source);

/* ERROR_FORMAT at this byte. */
int source_fail(const struct source *source, size_t offset, struct carom_error *err,
		const char *format, ...) CAROM_PRINTF(4, 5);

#endif
