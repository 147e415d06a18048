/* SPDX-License-Identifier: BSD-3-Clause */
/* Interned names: a hash table by linear probing over entries whose text lives in blocks. */
#include "base/name.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK_SIZE 16384
#define FIRST_SLOTS 64 /* a power of two */

struct block {
	struct block *next;
	size_t used;
	size_t size;
	char text[];
};

struct entry {
	const char *text;
	size_t length;
};

/* Half of the hash stands beside the number, so that a probe seldom looks at an entry in vain. */
struct slot {
	uint32_t hash;
	uint32_t name_plus_1; /* 0: free */
};

struct name_table {
	struct entry *entries;
	size_t n_entries;
	size_t entries_capacity;
	struct slot *slots;
	size_t n_slots;       /* a power of two, filled to three quarters at most */
	struct block *blocks; /* the newest first */
};

static unsigned char fold(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

uint64_t name_hash(const char *name, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++) {
		hash ^= fold(name[i]);
		hash *= 0x100000001b3u;
	}
	return hash;
}

static bool same_name(const char *a, const char *b, size_t length)
{
	if (memcmp(a, b, length) == 0)
		return true;
	for (size_t i = 0; i < length; i++) {
		if (fold(a[i]) != fold(b[i]))
			return false;
	}
	return true;
}

static bool slot_holds(const struct name_table *table, const struct slot *slot, uint32_t hash,
		       const char *name, size_t length)
{
	const struct entry *entry;

	if (slot->hash != hash)
		return false;
	entry = &table->entries[slot->name_plus_1 - 1];
	return entry->length == length && same_name(entry->text, name, length);
}

/* The slot of the name, or the free slot where it belongs. */
static struct slot *find_slot(const struct name_table *table, uint32_t hash, const char *name,
			      size_t length)
{
	size_t mask = table->n_slots - 1;
	size_t at = hash & mask;

	while (table->slots[at].name_plus_1 != 0 &&
	       !slot_holds(table, &table->slots[at], hash, name, length))
		at = (at + 1) & mask;
	return &table->slots[at];
}

static bool grow_slots(struct name_table *table)
{
	size_t n_slots = table->n_slots * 2;
	struct slot *slots = mem_zalloc(n_slots, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < table->n_slots; i++) {
		size_t at = table->slots[i].hash & (n_slots - 1);

		if (table->slots[i].name_plus_1 == 0)
			continue;
		while (slots[at].name_plus_1 != 0)
			at = (at + 1) & (n_slots - 1);
		slots[at] = table->slots[i];
	}
	mem_free(table->slots);
	table->slots = slots;
	table->n_slots = n_slots;
	return true;
}

/* A NUL-terminated copy that lives as long as the table. */
static const char *keep_text(struct name_table *table, const char *name, size_t length)
{
	struct block *block = table->blocks;
	char *copy;

	if (!block || block->size - block->used <= length) {
		size_t size = length < BLOCK_SIZE ? BLOCK_SIZE : length + 1;

		block = mem_alloc(sizeof(*block) + size);
		if (!block)
			return NULL;
		*block = (struct block){.next = table->blocks, .size = size};
		table->blocks = block;
	}
	copy = block->text + block->used;
	memcpy(copy, name, length);
	copy[length] = '\0';
	block->used += length + 1;
	return copy;
}

struct name_table *name_table_new(void)
{
	struct name_table *table = mem_zalloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->n_slots = FIRST_SLOTS;
	table->slots = mem_zalloc(table->n_slots, sizeof(*table->slots));
	if (!table->slots) {
		mem_free(table);
		return NULL;
	}
	return table;
}

void name_table_free(struct name_table *table)
{
	if (!table)
		return;
	while (table->blocks) {
		struct block *next = table->blocks->next;

		mem_free(table->blocks);
		table->blocks = next;
	}
	mem_free(table->slots);
	mem_free(table->entries);
	mem_free(table);
}

/* Whatever fails leaves the table as it was, with more room perhaps. */
static uint32_t add_name(struct name_table *table, uint32_t hash, const char *name, size_t length)
{
	uint32_t number = (uint32_t)table->n_entries;
	const char *text;

	if (table->n_entries >= NAME_NONE - 1)
		return NAME_NONE;
	if (4 * (table->n_entries + 1) > 3 * table->n_slots && !grow_slots(table))
		return NAME_NONE;
	if (!mem_reserve(&table->entries, &table->entries_capacity, table->n_entries + 1,
			 sizeof(*table->entries)))
		return NAME_NONE;
	text = keep_text(table, name, length);
	if (!text)
		return NAME_NONE;
	table->entries[table->n_entries++] = (struct entry){text, length};
	*find_slot(table, hash, name, length) = (struct slot){hash, number + 1};
	return number;
}

uint32_t name_intern(struct name_table *table, const char *name, size_t length)
{
	uint32_t hash = (uint32_t)name_hash(name, length);
	const struct slot *slot = find_slot(table, hash, name, length);

	if (slot->name_plus_1 != 0)
		return slot->name_plus_1 - 1;
	return add_name(table, hash, name, length);
}

uint32_t name_find(const struct name_table *table, const char *name, size_t length)
{
	uint32_t hash = (uint32_t)name_hash(name, length);
	const struct slot *slot = find_slot(table, hash, name, length);

	return slot->name_plus_1 != 0 ? slot->name_plus_1 - 1 : NAME_NONE;
}

const char *name_text(const struct name_table *table, uint32_t name)
{
	return table->entries[name].text;
}

size_t name_length(const struct name_table *table, uint32_t name)
{
	return table->entries[name].length;
}

size_t name_count(const struct name_table *table)
{
	return table->n_entries;
}

int name_compare_n(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int difference = fold(a[i]) - fold(b[i]);

		if (difference != 0 || a[i] == '\0')
			return difference;
	}
	return 0;
}

int name_compare(const char *a, const char *b)
{
	return name_compare_n(a, b, SIZE_MAX);
}

/*
 * Only the last star is ever retried: whatever an earlier one might swallow more, the later one can
 * swallow too.  So the time is at most the product of both lengths.
 */
int name_matches(const char *pattern, const char *name)
{
	const char *after_star = NULL;
	const char *retry = NULL;

	while (*name) {
		if (*pattern == '*') {
			after_star = ++pattern;
			retry = name;
		} else if (*pattern && (*pattern == '?' || fold(*pattern) == fold(*name))) {
			pattern++;
			name++;
		} else if (after_star) {
			pattern = after_star;
			name = ++retry;
		} else {
			return 0;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}
