/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * calloc() as libngspice finds it in this program: memory of zeros that is not written before it is
 * used.
 *
 * ngspice asks for columns as long as its transient may become at most, gigabytes where the step is
 * small against the stop time.  The system's pages are zeros anyhow; mimalloc writes them all.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <mimalloc.h>

#include "base/error.h"

/* Of blocks that mimalloc asks the system for, each by itself. */
#define LEAST_SIZE ((size_t)16 << 20)

/* Pages that are given back are zeros when they are looked at next. */
static void clear(char *block, size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t head = (page - (uintptr_t)block % page) % page;
	size_t whole = (size - head) / page * page;

	if (madvise(block + head, whole, MADV_DONTNEED)) {
		memset(block, 0, size);
		return;
	}
	memset(block, 0, head);
	memset(block + head + whole, 0, size - head - whole);
}

CAROM_API void *calloc(size_t n, size_t size)
{
	size_t total;
	void *block;

	if (__builtin_mul_overflow(n, size, &total) || total < LEAST_SIZE)
		return mi_calloc(n, size);
	block = mi_malloc(total);
	if (block)
		clear(block, total);
	else
		errno = ENOMEM;
	return block;
}
