/* SPDX-License-Identifier: BSD-3-Clause */
/* Text storage: strings that live as long as their arena, without an allocation each. */
#ifndef CIRCUIT_ARENA_H
#define CIRCUIT_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct chunk;

struct arena {
	char *begin; /* of the string being made */
	char *end;
	char *limit;         /* of the chunk */
	bool failed;         /* an append of the string being made */
	struct chunk *chunk; /* the one being filled; full ones behind it */
	struct chunk *spare; /* one that a rewind emptied, for the next to grow; or NULL */
};

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

/*
 * Room for so many bytes at the end of the string being made, of which arena_extend takes some; NULL
 * when out of memory, which the close tells too.
 */
bool arena_grow(struct arena *arena, size_t length);
static inline char *arena_room(struct arena *arena, size_t length)
{
	if ((size_t)(arena->limit - arena->end) < length && !arena_grow(arena, length))
		return NULL;
	return arena->end;
}
static inline void arena_extend(struct arena *arena, size_t length)
{
	arena->end += length;
}

char *arena_close(struct arena *arena, size_t *length);
void arena_drop(struct arena *arena); /* forget what was appended */

/* Up to where the arena is filled; no string may be in the making.  Rewind frees all behind it. */
struct arena_place {
	const void *chunk;
	char *end;
};
struct arena_place arena_place(const struct arena *arena);
void arena_rewind(struct arena *arena, const struct arena_place *place);

#endif
