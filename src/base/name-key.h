/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A name in eight bytes, case left out.  The highest byte says of which sort the key is:
 *
 *	1..8        a name of seven bytes at most: its length + 1; below it the bytes
 *	0x40..0x44  up to four bytes and a number ("n123", "net42", "7"): below it 24 bits of
 *	            number and the bytes
 *	0x80..      a hash of any other name
 *
 * Of the first two sorts the key is the whole name.  0 is no name's key.
 */
#ifndef BASE_NAME_KEY_H
#define BASE_NAME_KEY_H

#include <stdbool.h>

#include "base/fold.h"

#define NAME_KEY_LONG ((uint64_t)1 << 63)
#define NAME_KEY_NUMBERED ((uint64_t)1 << 62)
#define NAME_KEY_NUMBER ((uint64_t)0xffffff << 32) /* the bits of the number */
#define NAME_KEY_PREFIX 4                          /* bytes before a number, at most */

static inline bool name_key_is_whole(uint64_t key)
{
	return !(key & NAME_KEY_LONG);
}

static inline bool name_key_is_numbered(uint64_t key)
{
	return (key & (NAME_KEY_LONG | NAME_KEY_NUMBERED)) == NAME_KEY_NUMBERED;
}

static inline uint32_t name_key_number(uint64_t key)
{
	return (uint32_t)((key & NAME_KEY_NUMBER) >> 32);
}

/* Both halves of the product with an odd constant (2^64 / golden ratio): every bit counts. */
static inline uint64_t name_key_mix(uint64_t word)
{
	__extension__ unsigned __int128 product =
		(unsigned __int128)(word ^ 0xe7037ed1a0b428dbu) * 0x9e3779b97f4a7c15u;

	return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/* Seven decimal digits at most, in the highest bytes, the last highest of all; zeros below. */
static inline uint32_t name_key_read_digits(uint64_t digits)
{
	digits = digits * 2561 >> 8 & 0x00ff00ff00ff00ffu;
	digits = digits * 6553601 >> 16 & 0x0000ffff0000ffffu;
	return (uint32_t)(digits * 42949672960001u >> 32);
}

/* As name_key_numbered, of the name's last eight bytes, the last highest, and its first four. */
static inline bool name_key_of_number(uint64_t last, uint64_t first, size_t length, uint64_t *key)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t word = last ^ ones * '0';
	uint64_t others = ((word & ones * 0x7f) + ones * (0x80 - 10)) | word;
	uint64_t digits;
	size_t prefix;

	others &= ones * 0x80;
	if (others == 0)
		return false;
	/* The bytes above the last one that is no digit. */
	digits = word & ~(~(uint64_t)0 >> __builtin_clzll(others));
	prefix = length - 1;
	if (digits)
		prefix -= 7 - (unsigned int)__builtin_ctzll(digits) / 8;
	if (prefix > NAME_KEY_PREFIX)
		return false;
	*key = NAME_KEY_NUMBERED | (uint64_t)prefix << 56 |
	       (uint64_t)name_key_read_digits(digits) << 32 |
	       (first & (((uint64_t)1 << 8 * prefix) - 1));
	return true;
}

/*
 * The key of a name that ends in a number, without zeros before it: those are of its prefix.  False
 * if the prefix is too long, the number is, or there is none.
 */
static inline bool name_key_numbered(const char *name, size_t length, uint64_t *key)
{
	uint64_t first;

	if (length == 0 || (unsigned char)(name[length - 1] - '0') > 9)
		return false;
	if (length >= 8)
		return name_key_of_number(fold_load_8(name + length - 8), fold_load_8(name), length,
					  key);
	first = fold_load_few(name, length);
	return name_key_of_number(first << (64 - 8 * length), first, length, key);
}

/* The last eight bytes may overlap the others. */
static inline uint64_t name_key_of_long(const char *name, size_t length)
{
	uint64_t key = length;

	for (size_t i = 0; i + 8 < length; i += 8)
		key = name_key_mix(key ^ fold_load_8(name + i));
	return name_key_mix(key ^ fold_load_8(name + length - 8)) | NAME_KEY_LONG;
}

/* The key of any other name; of a numbered one too, where those are like the others. */
static inline uint64_t name_key_plain(const char *name, size_t length)
{
	if (length < 8)
		return fold_load_few(name, length) | (uint64_t)(length + 1) << 56;
	return name_key_of_long(name, length);
}

#endif
