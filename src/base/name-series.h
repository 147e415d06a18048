/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of a series, "r1 r2 r3 ...", by their numbers: an array for each prefix, so that names that
 * follow each other stand side by side.  A hash would scatter them over all of the memory.
 */
#ifndef BASE_NAME_SERIES_H
#define BASE_NAME_SERIES_H

#include "base/name-key.h"

#define NAME_SERIES_SLOTS 32

/* Those of a prefix.  Where two prefixes would have one place, the first to come has it. */
struct name_series {
	uint64_t prefix; /* the key with its number 0; 0: no prefix has this place */
	uint32_t *names; /* name + 1 by number; 0: none here */
	size_t first;    /* number of the first place */
	size_t capacity;
	size_t n;       /* names of the prefix */
	size_t n_apart; /* of them not here, since their numbers lay too far apart */
};

/* Single letters have one each. */
static inline size_t name_series_slot(uint64_t key)
{
	uint32_t prefix = (uint32_t)key;

	prefix ^= prefix >> 16;
	return (prefix ^ (prefix >> 8) * 11) % NAME_SERIES_SLOTS;
}

static inline bool name_series_is_of(const struct name_series *series, uint64_t key)
{
	return series->prefix == (key & ~NAME_KEY_NUMBER);
}

/* Soon to be asked for. */
static inline void name_series_prefetch(const struct name_series *series, uint64_t key)
{
	__builtin_prefetch(series->names + (name_key_number(key) - series->first), 1);
}

/* The name + 1; 0 if it is not there. */
static inline uint32_t name_series_get(const struct name_series *series, uint64_t key)
{
	size_t at = name_key_number(key) - series->first;

	return at < series->capacity ? series->names[at] : 0;
}

/*
 * Add a name that is not there, to the series of its prefix or of none.  False, and it is to be kept
 * elsewhere, if its number lies too far from the others or there is no memory.
 */
bool name_series_add(struct name_series *series, uint64_t key, uint32_t name);
void name_series_release(struct name_series *series);

#endif
