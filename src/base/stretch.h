/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Large blocks, each in address space of its own, of which it takes far more than it needs: one that
 * grows stays where it is, and of a copy nobody pays the reading, the writing and the new pages.
 *
 * All of it may be called by any thread, and in the child of a fork.
 */
#ifndef BASE_STRETCH_H
#define BASE_STRETCH_H

#include <stdbool.h>
#include <stddef.h>

void *stretch_alloc(size_t size); /* NULL when out of memory; aligned to a cache line; zeroed */
void stretch_free(void *memory);

/* The block with another size, in its place; false, and it stays as it is, if it cannot. */
bool stretch_resize(void *memory, size_t size);

size_t stretch_used(void); /* bytes of all blocks */

#endif
