/* SPDX-License-Identifier: BSD-3-Clause */
/* Letters without their case, one at a time or eight: ASCII alone, whatever the locale. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline unsigned char fold(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

/*
 * The same for each byte of the word.  Its low seven bits plus 0x80 - 'A' reach the eighth from 'A'
 * on, plus 0x7f - 'Z' behind 'Z'; bytes that have an eighth bit are no letters.
 */
static inline uint64_t fold_8(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t low = word & ones * 0x7f;
	uint64_t is_upper = (low + ones * (0x80 - 'A')) ^ (low + ones * (0x7f - 'Z'));

	return word | (is_upper & ~word & ones * 0x80) >> 2;
}

/* Eight bytes, the first of them lowest. */
static inline uint64_t fold_load_8(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return fold_8(le64toh(word));
}

/* Fewer than eight, zeros above them.  Loads overlap: that sets the same bits twice. */
static inline uint64_t fold_load_few(const char *bytes, size_t n)
{
	uint64_t word = 0;

	if (n >= 4) {
		uint32_t low, high;

		memcpy(&low, bytes, sizeof(low));
		memcpy(&high, bytes + n - 4, sizeof(high));
		word = le32toh(low) | (uint64_t)le32toh(high) << 8 * (n - 4);
	} else if (n > 0) {
		word = (unsigned char)bytes[0] |
		       (uint64_t)(unsigned char)bytes[n / 2] << 8 * (n / 2) |
		       (uint64_t)(unsigned char)bytes[n - 1] << 8 * (n - 1);
	}
	return fold_8(word);
}

#endif
