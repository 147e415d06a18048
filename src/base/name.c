/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interned names: a hash table of buckets, each a cache line.  A key is the whole of a name of seven
 * bytes, so that most look-ups end in one bucket.  Texts stand in records that never move.
 */
#include "base/name.h"

#include <stdbool.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/pages.h"

enum {
	FIRST_BUCKETS = 5,
	LARGE = 16384, /* buckets, from which on a table grows by half instead of twice */
	BUCKET = 5,    /* names of a bucket */
	FIRST_BLOCK = 512,
	LARGEST_BLOCK = 1 << 18,
	FIRST_SHIFT = 4, /* the first four segments have 2^4 records each */
	FIRST_SEGMENT = 1 << FIRST_SHIFT,
	SHORT = 15 /* bytes of a name that stands in its record */
};

struct block {
	struct block *next;
	size_t used;
	size_t size;
	char text[];
};

/*
 * The key is the folded name and its length + 1, in the highest byte, if that is seven at most;
 * otherwise a hash, whose highest bit is set.  It is 0 where the bucket is not filled.
 */
struct bucket {
	uint64_t keys[BUCKET];
	uint32_t names[BUCKET];
	uint32_t n; /* that are filled; a cache line in all */
};

#define IS_LONG ((uint64_t)1 << 63)

/* In the last byte of the text SHORT - length, which ends a text of SHORT bytes, or AWAY. */
union record {
	char text[SHORT + 1];
	const char *away; /* in a block, behind its length, an uint32_t */
};

#define AWAY 127

struct name_table {
	union record **segments; /* four of a size, then four of twice that size, and so on */
	size_t n_segments, segments_capacity;
	size_t n_names, n_records;
	struct bucket *buckets; /* filled to four fifths at most */
	size_t n_buckets;
	void *bucket_memory;
	struct block *blocks; /* the newest first */
};

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

static inline uint64_t key_of(const char *name, size_t length)
{
	if (length < 8)
		return fold_load_few(name, length) | (uint64_t)(length + 1) << 56;
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

static union record *record_of(const struct name_table *table, uint32_t number)
{
	uint32_t at = number + 4 * FIRST_SEGMENT;
	unsigned int shift = 29 - (unsigned int)__builtin_clz(at);
	uint32_t segment = 4 * shift + (at >> shift) - 4 * FIRST_SHIFT - 4;

	return &table->segments[segment][at - (at >> shift << shift)];
}

static bool is_short(const union record *record)
{
	return record->text[SHORT] <= SHORT;
}

/* Is it the name that the key is of? */
static bool is_same(const struct name_table *table, uint32_t number, uint64_t key, const char *name,
		    size_t length)
{
	if (!(key & IS_LONG))
		return true;
	return name_length(table, number) == length &&
	       same_long(name_text(table, number), name, length);
}

/* Buckets are in the order of the hashes, so that a larger table is filled from front to back. */
static size_t bucket_of(uint64_t key, size_t n_buckets)
{
	return (mix(key) >> 32) * n_buckets >> 32;
}

/* A bit for each key; all are compared, since a branch for each would often be mispredicted. */
static unsigned int find_key(const struct bucket *bucket, uint64_t key)
{
	const uint64_t *keys = bucket->keys;

	return (unsigned int)(keys[0] == key) | (unsigned int)(keys[1] == key) << 1 |
	       (unsigned int)(keys[2] == key) << 2 | (unsigned int)(keys[3] == key) << 3 |
	       (unsigned int)(keys[4] == key) << 4;
}

/* The name's number; if it has none, NAME_NONE and the bucket where it belongs. */
static inline uint32_t find(const struct name_table *table, uint64_t key, const char *name,
			    size_t length, struct bucket **free_bucket)
{
	struct bucket *bucket = &table->buckets[bucket_of(key, table->n_buckets)];

	for (;;) {
		for (unsigned int found = find_key(bucket, key); found; found &= found - 1) {
			uint32_t number = bucket->names[__builtin_ctz(found)];

			if (is_same(table, number, key, name, length))
				return number;
		}
		if (bucket->n < BUCKET) {
			*free_bucket = bucket;
			return NAME_NONE;
		}
		if (++bucket == table->buckets + table->n_buckets)
			bucket = table->buckets;
	}
}

static void put(struct bucket *bucket, uint64_t key, uint32_t number)
{
	bucket->keys[bucket->n] = key;
	bucket->names[bucket->n++] = number;
}

/* Of the memory that so many are in. */
static size_t size_of_buckets(size_t n)
{
	return (n + 1) * sizeof(struct bucket);
}

/* On a cache line, in memory to be freed. */
static struct bucket *new_buckets(size_t n, void **memory)
{
	char *bytes = pages_alloc(size_of_buckets(n));

	if (!bytes)
		return NULL;
	*memory = memset(bytes, 0, size_of_buckets(n));
	return (struct bucket *)(bytes + (-(uintptr_t)bytes & (sizeof(struct bucket) - 1)));
}

static void move_bucket(struct bucket *buckets, size_t n_buckets, const struct bucket *bucket)
{
	for (size_t i = 0; i < bucket->n; i++) {
		size_t at = bucket_of(bucket->keys[i], n_buckets);

		while (buckets[at].n == BUCKET)
			at = at + 1 < n_buckets ? at + 1 : 0;
		put(&buckets[at], bucket->keys[i], bucket->names[i]);
	}
}

static bool grow_buckets(struct name_table *table, size_t n_buckets)
{
	void *memory;
	struct bucket *buckets = new_buckets(n_buckets, &memory);

	if (!buckets)
		return false;
	for (size_t i = 0; i < table->n_buckets; i++)
		move_bucket(buckets, n_buckets, &table->buckets[i]);
	pages_free(table->bucket_memory, size_of_buckets(table->n_buckets));
	table->bucket_memory = memory;
	table->buckets = buckets;
	table->n_buckets = n_buckets;
	return true;
}

/* Are four fifths of the buckets' places enough for so many names? */
static bool has_buckets(const struct name_table *table, size_t n_names)
{
	return 5 * n_names <= 4 * BUCKET * table->n_buckets;
}

static bool add_buckets(struct name_table *table)
{
	size_t more = table->n_buckets < LARGE ? table->n_buckets : table->n_buckets / 2;

	return grow_buckets(table, table->n_buckets + more);
}

void name_expect_more(struct name_table *table, size_t n)
{
	if (!has_buckets(table, table->n_names + n))
		grow_buckets(table, (table->n_names + n) / (BUCKET - 2) + 1);
}

static bool add_block(struct name_table *table, size_t need)
{
	size_t size = table->blocks ? 2 * table->blocks->size : FIRST_BLOCK;
	struct block *block;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < need)
		size = need;
	block = pages_alloc(sizeof(*block) + size);
	if (!block)
		return false;
	*block = (struct block){.next = table->blocks, .size = size};
	table->blocks = block;
	return true;
}

/* A NUL-terminated copy behind its length, which lives as long as the table. */
static const char *keep_away(struct name_table *table, const char *name, uint32_t length)
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

static bool fill_record(struct name_table *table, union record *record, const char *name,
			uint32_t length)
{
	*record = (union record){{0}};
	if (length <= SHORT) {
		memcpy(record->text, name, length);
		record->text[SHORT] = (char)(SHORT - length);
		return true;
	}
	record->away = keep_away(table, name, length);
	record->text[SHORT] = AWAY;
	return record->away;
}

/* Records of the nth segment, a quarter of what was before: its first has the lowest number. */
static size_t size_of_segment(size_t n)
{
	return (size_t)FIRST_SEGMENT << n / 4;
}

static bool add_segment(struct name_table *table)
{
	size_t size = size_of_segment(table->n_segments);
	union record *segment;

	if (!mem_reserve(&table->segments, &table->segments_capacity, table->n_segments + 1,
			 sizeof(*table->segments)))
		return false;
	segment = pages_alloc(size * sizeof(*segment));
	if (!segment)
		return false;
	table->segments[table->n_segments++] = segment;
	table->n_records += size;
	return true;
}

struct name_table *name_table_new(void)
{
	struct name_table *table = mem_zalloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->n_buckets = FIRST_BUCKETS;
	table->buckets = new_buckets(table->n_buckets, &table->bucket_memory);
	if (!table->buckets) {
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

		pages_free(table->blocks, sizeof(*table->blocks) + table->blocks->size);
		table->blocks = next;
	}
	for (size_t i = 0; i < table->n_segments; i++)
		pages_free(table->segments[i], size_of_segment(i) * sizeof(union record));
	mem_free(table->segments);
	pages_free(table->bucket_memory, size_of_buckets(table->n_buckets));
	mem_free(table);
}

/* Whatever fails leaves the table as it was, with more room perhaps. */
static uint32_t add_name(struct name_table *table, struct bucket *bucket, uint64_t key,
			 const char *name, size_t length)
{
	uint32_t number = (uint32_t)table->n_names;

	if (number >= NAME_NONE - 4 * FIRST_SEGMENT || length > UINT32_MAX)
		return NAME_NONE;
	if (!has_buckets(table, table->n_names + 1)) {
		if (!add_buckets(table))
			return NAME_NONE;
		find(table, key, name, length, &bucket);
	}
	if (table->n_names == table->n_records && !add_segment(table))
		return NAME_NONE;
	if (!fill_record(table, record_of(table, number), name, (uint32_t)length))
		return NAME_NONE;
	table->n_names++;
	put(bucket, key, number);
	return number;
}

uint64_t name_expect(const struct name_table *table, const char *name, size_t length)
{
	uint64_t key = key_of(name, length);

	__builtin_prefetch(&table->buckets[bucket_of(key, table->n_buckets)], 1);
	return key;
}

uint32_t name_intern_expected(struct name_table *table, uint64_t key, const char *name,
			      size_t length)
{
	struct bucket *bucket = NULL;
	uint32_t number = find(table, key, name, length, &bucket);

	return bucket ? add_name(table, bucket, key, name, length) : number;
}

uint32_t name_intern(struct name_table *table, const char *name, size_t length)
{
	return name_intern_expected(table, key_of(name, length), name, length);
}

uint32_t name_find_expected(const struct name_table *table, uint64_t key, const char *name,
			    size_t length)
{
	struct bucket *bucket;

	return find(table, key, name, length, &bucket);
}

uint32_t name_find(const struct name_table *table, const char *name, size_t length)
{
	return name_find_expected(table, key_of(name, length), name, length);
}

void name_prefetch(const struct name_table *table, uint32_t name)
{
	__builtin_prefetch(record_of(table, name));
}

const char *name_get(const struct name_table *table, uint32_t name, size_t *length)
{
	const union record *record = record_of(table, name);
	uint32_t length_away;

	if (is_short(record)) {
		*length = (size_t)(SHORT - record->text[SHORT]);
		return record->text;
	}
	memcpy(&length_away, record->away - sizeof(length_away), sizeof(length_away));
	*length = length_away;
	return record->away;
}

const char *name_text(const struct name_table *table, uint32_t name)
{
	const union record *record = record_of(table, name);

	return is_short(record) ? record->text : record->away;
}

size_t name_length(const struct name_table *table, uint32_t name)
{
	size_t length;

	name_get(table, name, &length);
	return length;
}

size_t name_count(const struct name_table *table)
{
	return table->n_names;
}
