/* SPDX-License-Identifier: BSD-3-Clause */
/* Text storage: strings that live as long as their arena, without an allocation each. */
#ifndef CIRCUIT_ARENA_H
#define CIRCUIT_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void); /* NULL when out of memory */
void arena_free(struct arena *arena);

/* A NUL-terminated copy with room for spare bytes more behind it; NULL when out of memory. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length, size_t spare);

/*
 * One string made of pieces: append any number, then close.  Failure is sticky up to the close,
 * which then returns NULL.  No arena_copy in between.
 */
void arena_append(struct arena *arena, const char *bytes, size_t length);
char *arena_close(struct arena *arena, size_t *length);
void arena_drop(struct arena *arena); /* forget what was appended */

#endif
