/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interned names: a hash table by linear probing.  A slot holds the whole of a name of seven bytes,
 * so that most look-ups end there, in one cache line; longer names stand in blocks of text.
 */
#include "base/name.h"

#include <stdbool.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"

enum { FIRST_SLOTS = 16 /* a power of two */, FIRST_BLOCK = 512, LARGEST_BLOCK = 1 << 18 };

struct block {
	struct block *next;
	size_t used;
	size_t size;
	char text[];
};

/*
 * The key is the folded name and its length, in the highest byte, if that is seven at most;
 * otherwise a hash, whose highest bit is set.  In two halves, so that three slots take 36 bytes.
 */
struct slot {
	uint32_t key_low, key_high;
	uint32_t name_plus_1; /* 0: free */
};

#define IS_LONG ((uint64_t)1 << 63)

struct name_table {
	const char **texts; /* by number; each has its length before it, in an uint32_t */
	size_t n_names;
	size_t names_capacity;
	struct slot *slots;
	size_t n_slots;       /* a power of two, filled to three quarters at most */
	struct block *blocks; /* the newest first */
};

uint64_t name_hash(const char *name, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++) {
		hash ^= fold(name[i]);
		hash *= 0x100000001b3u;
	}
	return hash;
}

/* Both halves of the product with an odd constant (2^64 / golden ratio): every bit counts. */
static uint64_t mix(uint64_t word)
{
	__extension__ unsigned __int128 product =
		(unsigned __int128)(word ^ 0xe7037ed1a0b428dbu) * 0x9e3779b97f4a7c15u;

	return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/* The last eight bytes may overlap the others. */
static uint64_t key_of_long(const char *name, size_t length)
{
	uint64_t key = length;

	for (size_t i = 0; i + 8 < length; i += 8)
		key = mix(key ^ fold_load_8(name + i));
	return mix(key ^ fold_load_8(name + length - 8));
}

static uint64_t key_of(const char *name, size_t length)
{
	if (length < 8)
		return fold_load_few(name, length) | (uint64_t)length << 56;
	return key_of_long(name, length) | IS_LONG;
}

static bool same_long(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i + 8 < length; i += 8) {
		if (fold_load_8(a + i) != fold_load_8(b + i))
			return false;
	}
	return fold_load_8(a + length - 8) == fold_load_8(b + length - 8);
}

static uint64_t slot_key(const struct slot *slot)
{
	return slot->key_low | (uint64_t)slot->key_high << 32;
}

static bool slot_holds(const struct name_table *table, const struct slot *slot, uint64_t key,
		       const char *name, size_t length)
{
	uint32_t number = slot->name_plus_1 - 1;

	if (slot_key(slot) != key)
		return false;
	if (!(key & IS_LONG))
		return true;
	return name_length(table, number) == length &&
	       same_long(table->texts[number], name, length);
}

/* The slot of the name, or the free slot where it belongs. */
static struct slot *find_slot(const struct name_table *table, uint64_t key, const char *name,
			      size_t length)
{
	size_t mask = table->n_slots - 1;
	size_t at = mix(key) & mask;

	while (table->slots[at].name_plus_1 != 0 &&
	       !slot_holds(table, &table->slots[at], key, name, length))
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
		size_t at = mix(slot_key(&table->slots[i])) & (n_slots - 1);

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

static bool add_block(struct name_table *table, size_t need)
{
	size_t size = table->blocks ? 2 * table->blocks->size : FIRST_BLOCK;
	struct block *block;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < need)
		size = need;
	block = mem_alloc(sizeof(*block) + size);
	if (!block)
		return false;
	*block = (struct block){.next = table->blocks, .size = size};
	table->blocks = block;
	return true;
}

/* A NUL-terminated copy behind its length, which lives as long as the table. */
static const char *keep_text(struct name_table *table, const char *name, uint32_t length)
{
	size_t need = sizeof(length) + (size_t)length + 1;
	struct block *block = table->blocks;
	char *copy;

	if ((!block || block->size - block->used < need) && !add_block(table, need))
		return NULL;
	block = table->blocks;
	memcpy(block->text + block->used, &length, sizeof(length));
	copy = block->text + block->used + sizeof(length);
	memcpy(copy, name, length);
	copy[length] = '\0';
	block->used += need;
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
	mem_free(table->texts);
	mem_free(table);
}

/* Whatever fails leaves the table as it was, with more room perhaps. */
static uint32_t add_name(struct name_table *table, uint64_t key, const char *name, size_t length)
{
	uint32_t number = (uint32_t)table->n_names;
	const char *text;

	if (table->n_names >= NAME_NONE - 1 || length > UINT32_MAX)
		return NAME_NONE;
	if (4 * (table->n_names + 1) > 3 * table->n_slots && !grow_slots(table))
		return NAME_NONE;
	if (!mem_reserve(&table->texts, &table->names_capacity, table->n_names + 1,
			 sizeof(*table->texts)))
		return NAME_NONE;
	text = keep_text(table, name, (uint32_t)length);
	if (!text)
		return NAME_NONE;
	table->texts[table->n_names++] = text;
	*find_slot(table, key, name, length) =
		(struct slot){(uint32_t)key, (uint32_t)(key >> 32), number + 1};
	return number;
}

uint64_t name_expect(const struct name_table *table, const char *name, size_t length)
{
	uint64_t key = key_of(name, length);

	__builtin_prefetch(&table->slots[mix(key) & (table->n_slots - 1)]);
	return key;
}

uint32_t name_intern_expected(struct name_table *table, uint64_t key, const char *name,
			      size_t length)
{
	const struct slot *slot = find_slot(table, key, name, length);

	if (slot->name_plus_1 != 0)
		return slot->name_plus_1 - 1;
	return add_name(table, key, name, length);
}

uint32_t name_intern(struct name_table *table, const char *name, size_t length)
{
	return name_intern_expected(table, key_of(name, length), name, length);
}

uint32_t name_find(const struct name_table *table, const char *name, size_t length)
{
	const struct slot *slot = find_slot(table, key_of(name, length), name, length);

	return slot->name_plus_1 != 0 ? slot->name_plus_1 - 1 : NAME_NONE;
}

const char *name_text(const struct name_table *table, uint32_t name)
{
	return table->texts[name];
}

size_t name_length(const struct name_table *table, uint32_t name)
{
	uint32_t length;

	memcpy(&length, table->texts[name] - sizeof(length), sizeof(length));
	return length;
}

size_t name_count(const struct name_table *table)
{
	return table->n_names;
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
