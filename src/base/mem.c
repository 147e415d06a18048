/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocation: malloc behind one gate that a test can close. */
#include "base/mem.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Blocks from LARGE on are asked for in large pages: a small one costs microseconds at the first
 * touch, and a look-up in the page tables at a random one.
 */
enum { PAGE = 4096, LARGE = 2 << 20 };

/* Allocations until failure begins; negative: never.  Any thread may allocate. */
static _Atomic int64_t countdown = -1;

void mem_fail_after(int64_t nth)
{
	atomic_store_explicit(&countdown, nth, memory_order_relaxed);
}

bool mem_may_allocate(void)
{
	int64_t left = atomic_load_explicit(&countdown, memory_order_relaxed);

	while (left > 0) {
		if (atomic_compare_exchange_weak_explicit(&countdown, &left, left - 1,
							  memory_order_relaxed,
							  memory_order_relaxed))
			return true;
	}
	return left != 0;
}

/* No object may be larger than PTRDIFF_MAX: differences of pointers into it must be defined. */
static bool product_fits(size_t count, size_t size, size_t *bytes)
{
	return !__builtin_mul_overflow(count, size, bytes) && *bytes <= PTRDIFF_MAX;
}

/* For what nobody has touched of the memory yet.  A wish: what comes of it is up to the system. */
static void *wish_large_pages(void *memory, size_t bytes)
{
	uintptr_t begin = (uintptr_t)memory & ~(uintptr_t)(PAGE - 1);

	if (memory && bytes >= LARGE)
		madvise((void *)begin, (uintptr_t)memory - begin + bytes, MADV_HUGEPAGE);
	return memory;
}

void *mem_alloc(size_t size)
{
	if (size > PTRDIFF_MAX || !mem_may_allocate())
		return NULL;
	return wish_large_pages(malloc(size ? size : 1), size);
}

void *mem_zalloc(size_t count, size_t size)
{
	size_t bytes;

	if (!product_fits(count, size, &bytes) || !mem_may_allocate())
		return NULL;
	return calloc(1, bytes ? bytes : 1);
}

void *mem_resize(void *memory, size_t count, size_t size)
{
	size_t bytes;

	if (!product_fits(count, size, &bytes) || !mem_may_allocate())
		return NULL;
	return wish_large_pages(realloc(memory, bytes ? bytes : 1), bytes);
}

void mem_free(void *memory)
{
	free(memory);
}

char *mem_strdup(const char *string)
{
	return mem_strndup(string, strlen(string));
}

char *mem_strndup(const char *string, size_t length)
{
	size_t kept = strnlen(string, length);
	char *copy = mem_alloc(kept + 1);

	if (!copy)
		return NULL;
	memcpy(copy, string, kept);
	copy[kept] = '\0';
	return copy;
}

size_t mem_grown(size_t capacity, size_t need)
{
	size_t grown = capacity < 1024 ? 2 * capacity : capacity + capacity / 2;

	if (grown < need)
		grown = need;
	return grown < 16 ? 16 : grown;
}

bool mem_grow(void *array_pointer, size_t *capacity, size_t need, size_t size)
{
	size_t grown = mem_grown(*capacity, need);
	void *memory;

	/* array_pointer is the address of a pointer of any type: copied, so that no type is punned. */
	memcpy(&memory, array_pointer, sizeof(memory));
	memory = mem_resize(memory, grown, size);
	if (!memory)
		return false;
	memcpy(array_pointer, &memory, sizeof(memory));
	*capacity = grown;
	return true;
}
