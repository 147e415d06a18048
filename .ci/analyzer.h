/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Included before each source when it is analysed (and only then).  The analyzer sees one file at a
 * time: this tells it that functions that fail return what they are told, never 0, and that our
 * allocation is the C library's, so that it finds leaks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

#define carom_fail(err, status, ...) ((void)(carom_fail)(err, status, __VA_ARGS__), (int)(status))
#define carom_fail_at(err, status, ...) \
	((void)(carom_fail_at)(err, status, __VA_ARGS__), (int)(status))
#define carom_fail_errno(...) ((void)(carom_fail_errno)(__VA_ARGS__), (int)CAROM_ERROR_SYSTEM)
#define carom_fail_as(err, other) ((void)(carom_fail_as)(err, other), (int)CAROM_ERROR_SYSTEM)
#define carom_fail_memory(err) ((void)(carom_fail_memory)(err), (int)CAROM_ERROR_MEMORY)

#define mem_alloc(size) malloc((size) + 1)
#define mem_zalloc(count, size) calloc((count) + 1, size)
#define mem_free(memory) free(memory)
#define mem_strdup(string) strdup(string)
#define mem_strndup(string, length) strndup(string, length)
