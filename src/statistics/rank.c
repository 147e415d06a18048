/* SPDX-License-Identifier: BSD-3-Clause */
/* Ranks, by a radix sort of the bits of the values. */
#include "statistics/rank.h"

#include <string.h>

#define DIGIT_BITS 11
#define DIGIT_COUNT (1u << DIGIT_BITS)

/*
 * Doubles of one sign are ordered as their bits are (IEEE 754), negative ones the other way round.
 */
static uint64_t key_of(double value)
{
	uint64_t bits;

	value += 0.0; /* -0 equals 0 */
	memcpy(&bits, &value, sizeof(bits));
	return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

/* One pass of the sort: by one digit, keeping the order of those that are equal in it. */
static void sort_by_digit(const struct rank_entry *from, struct rank_entry *to, size_t n,
			  unsigned shift)
{
	size_t start[DIGIT_COUNT] = {0}, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[from[i].key >> shift & (DIGIT_COUNT - 1)]++;
	for (size_t digit = 0; digit < DIGIT_COUNT; digit++) {
		size_t count = start[digit];

		start[digit] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i].key >> shift & (DIGIT_COUNT - 1)]++] = from[i];
}

void rank_values(const double *values, size_t n, struct rank_entry *scratch, double *ranks)
{
	struct rank_entry *sorted = scratch, *other = scratch + n;

	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct rank_entry){key_of(values[i]), i};
	for (unsigned shift = 0; shift < 64; shift += DIGIT_BITS) {
		struct rank_entry *swap = sorted;

		sort_by_digit(sorted, other, n, shift);
		sorted = other;
		other = swap;
	}
	for (size_t begin = 0, end; begin < n; begin = end) {
		for (end = begin + 1; end < n && sorted[end].key == sorted[begin].key;)
			end++;
		for (size_t i = begin; i < end; i++)
			ranks[sorted[i].index] = ((double)begin + 1 + (double)end) / 2;
	}
}
