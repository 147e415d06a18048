/* SPDX-License-Identifier: BSD-3-Clause */
/* Ranks of a column. */
#ifndef STATISTICS_RANK_H
#define STATISTICS_RANK_H

#include <stddef.h>
#include <stdint.h>

/* A value as a whole number of the same order, and where it stood. */
struct rank_entry {
	uint64_t key;
	size_t index;
};

/*
 * The rank of each value, from 1; equal values share the mean of theirs
 * (midranks).  No NAN among them. scratch: 2 n entries.  Time goes with n: a
 * radix sort.
 */
void rank_values(const double *values, size_t n, struct rank_entry *scratch, double *ranks);

#endif
