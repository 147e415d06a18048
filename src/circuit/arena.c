/* SPDX-License-Identifier: BSD-3-Clause */
/* Text storage: chunks filled from front to back, freed together. */
#include "circuit/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/pages.h"

enum { CHUNK_FIRST = 4096, CHUNK_LARGE = 1 << 20, CHUNK_LARGEST = 1 << 25 };

struct chunk {
	struct chunk *next;
	size_t capacity;
	char bytes[];
};

struct arena *arena_new(void)
{
	return mem_zalloc(1, sizeof(struct arena));
}

static void free_chunk(struct chunk *chunk)
{
	if (chunk)
		pages_free(chunk, sizeof(*chunk) + chunk->capacity);
}

/* Free the chunks that are newer than this one; all if it is NULL. */
static void free_chunks(struct arena *arena, const struct chunk *last)
{
	while (arena->chunk != last) {
		struct chunk *next = arena->chunk->next;

		free_chunk(arena->chunk);
		arena->chunk = next;
	}
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_chunks(arena, NULL);
	free_chunk(arena->spare);
	mem_free(arena);
}

/* Twice the last, but from CHUNK_LARGE on half as much more, so that of all not much is in vain. */
static size_t next_capacity(const struct arena *arena, size_t need)
{
	size_t last = arena->chunk ? arena->chunk->capacity : CHUNK_FIRST / 2;
	size_t capacity = last < CHUNK_LARGE ? 2 * last : last + last / 2;

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

/* From here on fill this chunk, which is filled up to end; NULL: none. */
static void fill_chunk(struct arena *arena, struct chunk *chunk, char *end)
{
	arena->chunk = chunk;
	arena->begin = arena->end = end;
	arena->limit = chunk ? chunk->bytes + chunk->capacity : end;
}

/* A new chunk with room for length bytes behind the string being made, which moves over. */
bool arena_grow(struct arena *arena, size_t length)
{
	size_t made = (size_t)(arena->end - arena->begin);
	size_t capacity = next_capacity(arena, made + length);
	struct chunk *chunk = take_spare(arena, capacity);

	if (!chunk) {
		chunk = pages_alloc(sizeof(*chunk) + capacity);
		if (!chunk) {
			arena->failed = true;
			return false;
		}
		chunk->capacity = capacity;
	}
	if (made > 0)
		memcpy(chunk->bytes, arena->begin, made);
	chunk->next = arena->chunk;
	fill_chunk(arena, chunk, chunk->bytes + made);
	arena->begin = chunk->bytes;
	return true;
}

void arena_append(struct arena *arena, const char *bytes, size_t length)
{
	char *end = arena_room(arena, length);

	if (end && length > 0) {
		memcpy(end, bytes, length);
		arena_extend(arena, length);
	}
}

void arena_append_word(struct arena *arena, const char *bytes, size_t length)
{
	char *end = arena_room(arena, length + 1);

	if (!end)
		return;
	*end = ' ';
	memcpy(end + 1, bytes, length);
	arena_extend(arena, length + 1);
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
	string = arena->begin;
	if (length)
		*length = (size_t)(arena->end - string) - 1;
	arena->begin = arena->end;
	return string;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length, size_t spare)
{
	char *string = arena_room(arena, length + spare + 1);

	if (!string) {
		arena->failed = false;
		return NULL;
	}
	memcpy(string, bytes, length);
	string[length] = '\0';
	arena_extend(arena, length + spare + 1);
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
		free_chunk(arena->spare);
		arena->spare = newest;
	}
	free_chunks(arena, place->chunk);
	fill_chunk(arena, arena->chunk, place->end);
}
