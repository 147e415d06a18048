/* SPDX-License-Identifier: BSD-3-Clause */
/* Sobol' points from the table of direction numbers, and their scrambling. */
#include "statistics/sobol.h"

#define POLYNOMIAL_BITS 14

/* ---- points ---- */

/* Take the lowest bits of 128; n: 1 to 63. */
static uint32_t take_bits(uint64_t words[2], int n)
{
	uint32_t bits = (uint32_t)(words[0] & ((1ull << n) - 1));

	words[0] = words[0] >> n | words[1] << (64 - n);
	words[1] >>= n;
	return bits;
}

static int degree_of(uint32_t polynomial)
{
	return 31 - __builtin_clz(polynomial);
}

/* The recurrence of Joe and Kuo's equation (3), on numbers shifted to the top of 32 bits. */
static void extend(uint32_t *direction, uint32_t polynomial, int degree)
{
	for (int i = degree; i < SOBOL_BITS; i++) {
		direction[i] = direction[i - degree] ^ direction[i - degree] >> degree;
		for (int j = 1; j < degree; j++)
			if (polynomial >> (degree - j) & 1)
				direction[i] ^= direction[i - j];
	}
}

void sobol_dimension_init(struct sobol_dimension *dimension, uint32_t index)
{
	uint64_t words[2] = {sobol_table[index][0], sobol_table[index][1]};
	uint32_t polynomial = take_bits(words, POLYNOMIAL_BITS);
	int degree = degree_of(polynomial);

	dimension->direction[0] = 1u << 31;
	for (int i = 1; i < degree; i++)
		dimension->direction[i] = (take_bits(words, i) << 1 | 1) << (31 - i);
	if (degree > 0)
		extend(dimension->direction, polynomial, degree);
	else /* the first dimension: van der Corput's numbers */
		for (int i = 1; i < SOBOL_BITS; i++)
			dimension->direction[i] = 1u << (31 - i);
}

uint32_t sobol_point(const struct sobol_dimension *dimension, uint32_t point)
{
	uint32_t coordinate = 0;

	for (int i = 0; point; point >>= 1, i++)
		if (point & 1)
			coordinate ^= dimension->direction[i];
	return coordinate;
}

/* ---- scrambling ---- */

static uint32_t reverse_bits(uint32_t x)
{
	x = (x & 0x55555555) << 1 | (x >> 1 & 0x55555555);
	x = (x & 0x33333333) << 2 | (x >> 2 & 0x33333333);
	x = (x & 0x0f0f0f0f) << 4 | (x >> 4 & 0x0f0f0f0f);
	return __builtin_bswap32(x);
}

/*
 * A hash in which each bit depends on those below it, so that on reversed bits it is a nested
 * scramble: sums, products with odd numbers, and xors with even multiples keep to that.  The form
 * is Laine and Karras's, the constants are Vegdahl's ("Building a better LK hash", 2021): Burley's
 * were seen to change the variance of integrals in one dimension.
 */
uint32_t sobol_scramble(uint32_t coordinate, uint64_t key)
{
	uint32_t x = reverse_bits(coordinate);

	x ^= x * 0x3d20adea;
	x += (uint32_t)key;
	x *= (uint32_t)(key >> 32) | 1;
	x ^= x * 0x05526c56;
	x ^= x * 0x53a22864;
	return reverse_bits(x);
}
