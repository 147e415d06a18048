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
void arena_append_word(struct arena *arena, const char *bytes, size_t length); /* behind a blank */
char *arena_close(struct arena *arena, size_t *length);
void arena_drop(struct arena *arena); /* forget what was appended */

/* Up to where the arena is filled; no string may be in the making.  Rewind frees all behind it. */
struct arena_place {
	const void *chunk;
	size_t end;
};
struct arena_place arena_place(const struct arena *arena);
void arena_rewind(struct arena *arena, const struct arena_place *place);

#endif
