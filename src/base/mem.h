/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocation: the one place where memory is asked for, so that a test can make it fail. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool mem_may_allocate(void);  /* for who gets memory otherwise: false where a test lets it fail */
void *mem_alloc(size_t size); /* NULL when out of memory; size 0 gives a valid pointer */
void *mem_zalloc(size_t count, size_t size); /* zeroed; NULL on overflow too */
void *mem_resize(void *memory, size_t count, size_t size);
void mem_free(void *memory); /* NULL is legal */
char *mem_strdup(const char *string);
char *mem_strndup(const char *string, size_t length);

/*
 * Make room for at least need elements of size bytes: *array and *capacity grow geometrically.
 * Returns false, leaving both as they were, when out of memory.
 */
size_t mem_grown(size_t capacity, size_t need); /* the next capacity */
bool mem_grow(void *array_pointer, size_t *capacity, size_t need, size_t size); /* need > */
static inline bool mem_reserve(void *array_pointer, size_t *capacity, size_t need, size_t size)
{
	return need <= *capacity || mem_grow(array_pointer, capacity, need, size);
}

/* For tests: the nth allocation from now (0 = the next) and all later ones fail; < 0: none. */
void mem_fail_after(int64_t nth);

#endif
