/* SPDX-License-Identifier: BSD-3-Clause */
/* Text storage: chunks filled from front to back, freed together. */
#include "circuit/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { CHUNK_FIRST = 4096, CHUNK_LARGEST = 1 << 20 };

struct chunk {
	struct chunk *next;
	size_t capacity;
	char bytes[];
};

struct arena {
	struct chunk *chunk; /* the one being filled; full ones behind it */
	struct chunk *spare; /* one that a rewind emptied, for the next to grow; or NULL */
	size_t begin;        /* of the string being made */
	size_t end;
	bool failed; /* an append of the string being made */
};

struct arena *arena_new(void)
{
	return mem_zalloc(1, sizeof(struct arena));
}

/* Free the chunks that are newer than this one; all if it is NULL. */
static void free_chunks(struct arena *arena, const struct chunk *last)
{
	while (arena->chunk != last) {
		struct chunk *next = arena->chunk->next;

		mem_free(arena->chunk);
		arena->chunk = next;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_chunks(arena, NULL);
	mem_free(arena->spare);
	mem_free(arena);
}

static size_t next_capacity(const struct arena *arena, size_t need)
{
	size_t capacity = arena->chunk ? 2 * arena->chunk->capacity : CHUNK_FIRST;

	if (capacity > CHUNK_LARGEST)
		capacity = CHUNK_LARGEST;
	return capacity < need ? 2 * need : capacity;
}

static struct chunk *take_spare(struct arena *arena, size_t capacity)
{
	struct chunk *chunk = arena->spare;

	if (!chunk || chunk->capacity < capacity)
		return NULL;
	arena->spare = NULL;
	return chunk;
}

/* A new chunk with room for length bytes behind the string being made, which moves over. */
static bool grow(struct arena *arena, size_t length)
{
	size_t made = arena->end - arena->begin;
	size_t capacity = next_capacity(arena, made + length);
	struct chunk *chunk = take_spare(arena, capacity);

	if (!chunk) {
		chunk = mem_alloc(sizeof(*chunk) + capacity);
		if (!chunk)
			return false;
		chunk->capacity = capacity;
	}
	if (made > 0)
		memcpy(chunk->bytes, arena->chunk->bytes + arena->begin, made);
	chunk->next = arena->chunk;
	arena->chunk = chunk;
	arena->begin = 0;
	arena->end = made;
	return true;
}

static bool has_room(const struct arena *arena, size_t length)
{
	return arena->chunk && length <= arena->chunk->capacity - arena->end;
}

void arena_append(struct arena *arena, const char *bytes, size_t length)
{
	if (arena->failed || length == 0)
		return;
	if (!has_room(arena, length) && !grow(arena, length)) {
		arena->failed = true;
		return;
	}
	memcpy(arena->chunk->bytes + arena->end, bytes, length);
	arena->end += length;
}

void arena_append_word(struct arena *arena, const char *bytes, size_t length)
{
	char *end;

	if (arena->failed)
		return;
	if (!has_room(arena, length + 1) && !grow(arena, length + 1)) {
		arena->failed = true;
		return;
	}
	end = arena->chunk->bytes + arena->end;
	*end = ' ';
	memcpy(end + 1, bytes, length);
	arena->end += length + 1;
}

void arena_drop(struct arena *arena)
{
	arena->end = arena->begin;
	arena->failed = false;
}

char *arena_close(struct arena *arena, size_t *length)
{
	char *string;

	arena_append(arena, "", 1);
	if (arena->failed) {
		arena_drop(arena);
		return NULL;
	}
	string = arena->chunk->bytes + arena->begin;
	if (length)
		*length = arena->end - arena->begin - 1;
	arena->begin = arena->end;
	return string;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length, size_t spare)
{
	char *string;

	if (!has_room(arena, length + spare + 1) && !grow(arena, length + spare + 1))
		return NULL;
	string = arena->chunk->bytes + arena->end;
	memcpy(string, bytes, length);
	string[length] = '\0';
	arena->end += length + spare + 1;
	arena->begin = arena->end;
	return string;
}

struct arena_place arena_place(const struct arena *arena)
{
	return (struct arena_place){arena->chunk, arena->end};
}

void arena_rewind(struct arena *arena, const struct arena_place *place)
{
	if (arena->chunk != place->chunk) {
		struct chunk *newest = arena->chunk;

		arena->chunk = newest->next;
		mem_free(arena->spare);
		arena->spare = newest;
	}
	free_chunks(arena, place->chunk);
	arena->begin = arena->end = place->end;
}
