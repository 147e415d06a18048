/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of tables and arrays that grow, from large pages: the first touch of a small page costs
 * microseconds, of which a circuit of 10,000 components would pay hundreds.  Blocks from some ten
 * kilobytes to two megabytes are cut from slabs; smaller ones are mem.h's, larger ones stretch.h's.
 *
 * Who gives a block back says how large it is.  All of it may be called by any thread, and in the
 * child of a fork.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stdbool.h>
#include <stddef.h>

void *pages_alloc(size_t size); /* NULL when out of memory; what it holds is undefined */
void pages_free(void *memory, size_t size); /* NULL is legal */

/* The block with another size, perhaps in another place; NULL, and it stays, when out of memory. */
void *pages_resize(void *memory, size_t old_size, size_t new_size);

/*
 * As mem_grow and mem_reserve, of an array of capacity elements of size bytes.  pages_trim gives back
 * what n elements do not need, if it can.
 */
bool pages_grow(void *array_pointer, size_t *capacity, size_t need, size_t size);
void pages_trim(void *array_pointer, size_t *capacity, size_t n, size_t size);
static inline bool pages_reserve(void *array_pointer, size_t *capacity, size_t need, size_t size)
{
	return need <= *capacity || pages_grow(array_pointer, capacity, need, size);
}

/* Bytes of address space that slabs take at the moment, and of all blocks but mem.h's. */
size_t pages_held(void);
size_t pages_used(void);

#endif
