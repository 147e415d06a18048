/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names by their keys: a hash table of buckets, each a cache line, so that most look-ups end in one.
 */
#ifndef BASE_NAME_BUCKET_H
#define BASE_NAME_BUCKET_H

#include "base/name-key.h"

#define NAME_BUCKET 5 /* names of one */

struct name_bucket {
	uint64_t keys[NAME_BUCKET]; /* 0 where it is not filled */
	uint32_t names[NAME_BUCKET];
	uint32_t n; /* that are filled; a cache line in all */
};

struct name_buckets {
	struct name_bucket *at;
	size_t n;
	size_t n_names; /* in them: four fifths of the places at most */
	void *memory;
};

bool name_buckets_make(struct name_buckets *buckets, size_t n); /* false: out of memory */
void name_buckets_release(struct name_buckets *buckets);

/* Is there room for so many names? */
static inline bool name_buckets_suffice(const struct name_buckets *buckets, size_t n_names)
{
	return 5 * n_names <= 4 * NAME_BUCKET * buckets->n;
}

/* Buckets are in the order of the hashes, so that a larger table is filled from front to back. */
static inline struct name_bucket *name_buckets_first(const struct name_buckets *buckets,
						     uint64_t key)
{
	return &buckets->at[(name_key_mix(key) >> 32) * buckets->n >> 32];
}

/* The bucket to look at behind one that is full. */
static inline struct name_bucket *name_buckets_next(const struct name_buckets *buckets,
						    struct name_bucket *bucket)
{
	return bucket + 1 < buckets->at + buckets->n ? bucket + 1 : buckets->at;
}

/* A bit for each key; all are compared, since a branch for each would often be mispredicted. */
static inline unsigned int name_bucket_find(const struct name_bucket *bucket, uint64_t key)
{
	const uint64_t *keys = bucket->keys;

	return (unsigned int)(keys[0] == key) | (unsigned int)(keys[1] == key) << 1 |
	       (unsigned int)(keys[2] == key) << 2 | (unsigned int)(keys[3] == key) << 3 |
	       (unsigned int)(keys[4] == key) << 4;
}

/* Where a name with that key may be put. */
struct name_bucket *name_buckets_free(const struct name_buckets *buckets, uint64_t key);

/* Add a name that is not there, for which there is room; bucket: the free one, or NULL. */
static inline void name_buckets_put(struct name_buckets *buckets, struct name_bucket *bucket,
				    uint64_t key, uint32_t name)
{
	if (!bucket)
		bucket = name_buckets_free(buckets, key);
	bucket->keys[bucket->n] = key;
	bucket->names[bucket->n++] = name;
	buckets->n_names++;
}

#endif
