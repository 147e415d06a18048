/* SPDX-License-Identifier: BSD-3-Clause */
/* Sixteen bytes at once: compared by ==, < and the like, the results as bits. */
#ifndef BASE_BLOCK_H
#define BASE_BLOCK_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK_SIZE = 16 };

/* A comparison sets all bits of the bytes for which it is true. */
typedef unsigned char block __attribute__((vector_size(BLOCK_SIZE)));
typedef signed char signed_block __attribute__((vector_size(BLOCK_SIZE)));

static inline block block_load(const char *bytes)
{
	block loaded;

	memcpy(&loaded, bytes, sizeof(loaded));
	return loaded;
}

/* Fewer than sixteen bytes; the others are fill. */
static inline block block_load_few(const char *bytes, size_t n, char fill)
{
	block loaded;

	memset(&loaded, fill, sizeof(loaded));
	memcpy(&loaded, bytes, n);
	return loaded;
}

/* Eight bytes, each 0 or 255, as bits, the first lowest: byte i keeps its bit i, and all are added. */
static inline unsigned block_half_bits(uint64_t half)
{
	return (unsigned)(((le64toh(half) & 0x8040201008040201u) * 0x0101010101010101u) >> 56);
}

static inline unsigned block_bits_portable(block compared)
{
	uint64_t halves[2];

	memcpy(halves, &compared, sizeof(halves));
	return block_half_bits(halves[0]) | block_half_bits(halves[1]) << 8;
}

/* What a comparison found: bit i of byte i. */
static inline unsigned block_bits(block compared)
{
#ifdef __SSE2__
	typedef char bytes __attribute__((vector_size(BLOCK_SIZE)));

	return (unsigned)__builtin_ia32_pmovmskb128((bytes)compared);
#else
	return block_bits_portable(compared);
#endif
}

#endif
