/* SPDX-License-Identifier: BSD-3-Clause */
/* Buckets of names: their memory, and how they are filled. */
#include "base/name-bucket.h"

#include "base/pages.h"

/* Of the memory that so many are in. */
static size_t size_of(size_t n)
{
	return (n + 1) * sizeof(struct name_bucket);
}

bool name_buckets_make(struct name_buckets *buckets, size_t n)
{
	char *bytes = pages_alloc(size_of(n));

	if (!bytes)
		return false;
	*buckets = (struct name_buckets){.n = n, .memory = memset(bytes, 0, size_of(n))};
	bytes += -(uintptr_t)bytes & (sizeof(struct name_bucket) - 1);
	buckets->at = (struct name_bucket *)bytes;
	return true;
}

void name_buckets_release(struct name_buckets *buckets)
{
	pages_free(buckets->memory, size_of(buckets->n));
}

struct name_bucket *name_buckets_free(const struct name_buckets *buckets, uint64_t key)
{
	struct name_bucket *bucket = name_buckets_first(buckets, key);

	while (bucket->n == NAME_BUCKET)
		bucket = name_buckets_next(buckets, bucket);
	return bucket;
}
