/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interned names: those of a series by their numbers, the others in a hash table.  Texts stand in
 * records that never move.
 */
#include "base/name.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/name-bucket.h"
#include "base/name-series.h"
#include "base/pages.h"

enum {
	FIRST_BUCKETS = 5,
	LARGE = 16384, /* names: then there are series, and buckets grow by half instead of twice */
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
	size_t n_expected;           /* names in the end, as far as it was said */
	struct name_series *series;  /* NAME_SERIES_SLOTS; NULL while a cache has all names */
	struct name_buckets buckets; /* of all that are in no series */
	struct block *blocks;        /* the newest first */
};

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
	if (name_key_is_whole(key))
		return true;
	return name_length(table, number) == length &&
	       same_long(name_text(table, number), name, length);
}

static inline uint64_t key_of(const struct name_table *table, const char *name, size_t length)
{
	uint64_t key;

	return table->series && name_key_numbered(name, length, &key)
		       ? key
		       : name_key_plain(name, length);
}

/* Of a key that may be older than the series. */
static inline uint64_t renew_key(const struct name_table *table, uint64_t key, const char *name,
				 size_t length)
{
	if (table->series && !name_key_is_numbered(key))
		name_key_numbered(name, length, &key);
	return key;
}

/* Of the prefix of a numbered key: NULL if it has none. */
static inline struct name_series *series_of(const struct name_table *table, uint64_t key)
{
	struct name_series *series;

	if (!name_key_is_numbered(key))
		return NULL;
	series = &table->series[name_series_slot(key)];
	return name_series_is_of(series, key) ? series : NULL;
}

/* The name's number; if it has none, NAME_NONE and the bucket to put it in. */
static inline uint32_t find_in_buckets(const struct name_table *table, uint64_t key,
				       const char *name, size_t length,
				       struct name_bucket **free_bucket)
{
	struct name_bucket *bucket = name_buckets_first(&table->buckets, key);

	for (;;) {
		for (unsigned int found = name_bucket_find(bucket, key); found;
		     found &= found - 1) {
			uint32_t number = bucket->names[__builtin_ctz(found)];

			if (is_same(table, number, key, name, length))
				return number;
		}
		if (bucket->n < NAME_BUCKET) {
			*free_bucket = bucket;
			return NAME_NONE;
		}
		bucket = name_buckets_next(&table->buckets, bucket);
	}
}

/* The same; no bucket if the series knows that it has none. */
static inline uint32_t find(const struct name_table *table, uint64_t key, const char *name,
			    size_t length, struct name_bucket **free_bucket)
{
	const struct name_series *series = series_of(table, key);

	*free_bucket = NULL;
	if (series) {
		uint32_t found = name_series_get(series, key);

		if (found || series->n_apart == 0)
			return found - 1;
	}
	return find_in_buckets(table, key, name, length, free_bucket);
}

/* False if it belongs in a bucket. */
static bool add_to_series(struct name_table *table, uint64_t key, uint32_t number)
{
	struct name_series *series;

	if (!name_key_is_numbered(key))
		return false;
	series = &table->series[name_series_slot(key)];
	return (!series->prefix || name_series_is_of(series, key)) &&
	       name_series_add(series, key, number);
}

/* Names that lay apart may have come closer: they are added again. */
static void forget_apart(struct name_series *series)
{
	for (size_t i = 0; series && i < NAME_SERIES_SLOTS; i++) {
		series[i].n -= series[i].n_apart;
		series[i].n_apart = 0;
	}
}

static void place_again(struct name_table *table, uint64_t key, uint32_t number)
{
	if (!add_to_series(table, key, number))
		name_buckets_put(&table->buckets, NULL, key, number);
}

/* All names have other keys now. */
static bool begin_series(struct name_table *table, struct name_buckets *buckets)
{
	struct name_series *series = mem_zalloc(NAME_SERIES_SLOTS, sizeof(*series));

	if (!series)
		return false;
	name_buckets_release(&table->buckets);
	table->buckets = *buckets;
	table->series = series;
	for (uint32_t i = 0; i < table->n_names; i++) {
		size_t length;
		const char *name = name_get(table, i, &length);

		place_again(table, key_of(table, name, length), i);
	}
	return true;
}

static void refill(struct name_table *table, const struct name_buckets *buckets)
{
	struct name_buckets old = table->buckets;

	table->buckets = *buckets;
	forget_apart(table->series);
	for (const struct name_bucket *bucket = old.at; bucket < old.at + old.n; bucket++) {
		for (size_t i = 0; i < bucket->n; i++)
			place_again(table, bucket->keys[i], bucket->names[i]);
	}
	name_buckets_release(&old);
}

/* Names in the end, as far as it is known. */
static size_t n_expected(const struct name_table *table)
{
	return table->n_names < table->n_expected ? table->n_expected : table->n_names;
}

/* As many as the expected names need, if as many of them as by now are in no series. */
static size_t more_buckets(const struct name_table *table)
{
	size_t n = table->buckets.n;
	size_t more = n + (n < LARGE ? n : n / 2);
	size_t expected = n_expected(table) * table->buckets.n_names / table->n_names;

	expected = expected / (NAME_BUCKET - 2) + 1;
	return expected > more ? expected : more;
}

static bool add_buckets(struct name_table *table)
{
	bool begins = !table->series && n_expected(table) >= LARGE;
	struct name_buckets buckets;

	if (!name_buckets_make(&buckets, begins ? 2 * table->buckets.n : more_buckets(table)))
		return false;
	if (!begins || !begin_series(table, &buckets))
		refill(table, &buckets);
	return true;
}

void name_expect_more(struct name_table *table, size_t n)
{
	table->n_expected = table->n_names + n;
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

/* As memcpy, without a call: what is copied twice overlaps. */
static inline void copy_short(char *to, const char *from, uint32_t length)
{
	if (length >= 8) {
		memcpy(to, from, 8);
		memcpy(to + length - 8, from + length - 8, 8);
	} else if (length >= 4) {
		memcpy(to, from, 4);
		memcpy(to + length - 4, from + length - 4, 4);
	} else if (length > 0) {
		to[0] = from[0];
		to[length / 2] = from[length / 2];
		to[length - 1] = from[length - 1];
	}
}

static bool fill_record(struct name_table *table, union record *record, const char *name,
			uint32_t length)
{
	*record = (union record){{0}};
	if (length <= SHORT) {
		copy_short(record->text, name, length);
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
	if (!name_buckets_make(&table->buckets, FIRST_BUCKETS)) {
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
	for (size_t i = 0; table->series && i < NAME_SERIES_SLOTS; i++)
		name_series_release(&table->series[i]);
	mem_free(table->series);
	name_buckets_release(&table->buckets);
	mem_free(table);
}

/* In a series or the bucket, if the name has one that need not grow. */
static bool place(struct name_table *table, struct name_bucket *bucket, uint64_t key,
		  const char *name, size_t length)
{
	uint32_t number = (uint32_t)table->n_names;

	while (!add_to_series(table, key, number)) {
		if (name_buckets_suffice(&table->buckets, table->buckets.n_names + 1)) {
			name_buckets_put(&table->buckets, bucket, key, number);
			return true;
		}
		if (!add_buckets(table))
			return false;
		bucket = NULL;
		key = renew_key(table, key, name, length);
	}
	return true;
}

/* Whatever fails leaves the table as it was, with more room perhaps. */
static uint32_t add_name(struct name_table *table, struct name_bucket *bucket, uint64_t key,
			 const char *name, size_t length)
{
	uint32_t number = (uint32_t)table->n_names;

	if (number >= NAME_NONE - 4 * FIRST_SEGMENT || length > UINT32_MAX)
		return NAME_NONE;
	if (table->n_names == table->n_records && !add_segment(table))
		return NAME_NONE;
	if (!fill_record(table, record_of(table, number), name, (uint32_t)length) ||
	    !place(table, bucket, key, name, length))
		return NAME_NONE;
	table->n_names++;
	return number;
}

static inline uint32_t intern(struct name_table *table, uint64_t key, const char *name,
			      size_t length)
{
	struct name_bucket *bucket;
	uint32_t number = find(table, key, name, length, &bucket);

	return number == NAME_NONE ? add_name(table, bucket, key, name, length) : number;
}

uint64_t name_expect(const struct name_table *table, const char *name, size_t length)
{
	uint64_t key = key_of(table, name, length);
	const struct name_series *series = series_of(table, key);

	if (series)
		name_series_prefetch(series, key);
	else
		__builtin_prefetch(name_buckets_first(&table->buckets, key), 1);
	return key;
}

uint32_t name_intern_expected(struct name_table *table, uint64_t key, const char *name,
			      size_t length)
{
	return intern(table, renew_key(table, key, name, length), name, length);
}

uint32_t name_intern(struct name_table *table, const char *name, size_t length)
{
	return intern(table, key_of(table, name, length), name, length);
}

uint32_t name_find_expected(const struct name_table *table, uint64_t key, const char *name,
			    size_t length)
{
	struct name_bucket *bucket;

	return find(table, renew_key(table, key, name, length), name, length, &bucket);
}

uint32_t name_find(const struct name_table *table, const char *name, size_t length)
{
	struct name_bucket *bucket;

	return find(table, key_of(table, name, length), name, length, &bucket);
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
