/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The permutation of the strata: a Feistel network on the cells of a grid that is barely larger
 * than needed, walked until it comes to a cell that is a stratum.
 * Source: Black, Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, sections 4 and 5.
 */
#include "statistics/lhs.h"

#include <math.h>

#include "statistics/philox.h"

#define N_ROUNDS 16 /* with fewer, orders of five samples are not equally likely */

/* A grid of columns times rows cells, at least n of them, each side below 2^32. */
struct grid_size {
	uint32_t columns, rows;
};

static struct grid_size size_for(uint64_t n)
{
	uint64_t columns =
		(uint64_t)sqrt((double)n) + 1; /* above the root, whatever the rounding */

	return (struct grid_size){(uint32_t)columns, (uint32_t)((n + columns - 1) / columns)};
}

/* Mixes 64 bits.  Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators". */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/* place + f(other) modulo size, f being a random function of the round. */
static uint32_t move(uint32_t place, uint32_t other, uint32_t size, uint64_t round_key)
{
	uint64_t shift = (mix(round_key + other) >> 32) * size >> 32;
	uint64_t moved = place + shift;

	return (uint32_t)(moved < size ? moved : moved - size);
}

static uint64_t encipher(uint64_t cell, struct grid_size size, uint64_t key, uint64_t step)
{
	uint32_t row = (uint32_t)(cell / size.columns);
	uint32_t column = (uint32_t)(cell % size.columns);

	for (int i = 0; i < N_ROUNDS; i += 2) {
		column = move(column, row, size.columns, key += step);
		row = move(row, column, size.rows, key += step);
	}
	return (uint64_t)row * size.columns + column;
}

uint64_t lhs_stratum(uint64_t seed, uint64_t draw, uint64_t n, uint64_t sample)
{
	struct grid_size size = size_for(n);
	uint64_t key = philox_bits(seed, PHILOX_NO_SAMPLE, draw);
	uint64_t step = philox_bits(seed, PHILOX_NO_SAMPLE - n, draw) | 1;

	do
		sample = encipher(sample, size, key, step);
	while (sample >= n);
	return sample;
}

double lhs_uniform(uint64_t seed, uint64_t draw, uint64_t n, uint64_t sample)
{
	double stratum = (double)lhs_stratum(seed, draw, n, sample);
	double u = (stratum + philox_uniform(seed, sample, draw)) / (double)n;

	/* The sum may have been rounded up to n. */
	return fmin(u, 1 - 0x1p-53);
}
