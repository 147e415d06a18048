/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Philox4x32-10: a random number that is a function of its address.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
 */
#ifndef STATISTICS_PHILOX_H
#define STATISTICS_PHILOX_H

#include <stdint.h>

struct philox_block {
	uint32_t word[4];
};

struct philox_block philox4x32(struct philox_block counter, uint32_t key0, uint32_t key1);

/*
 * 64 random bits of (seed, sample, variable).  Key: seed; counter: sample in words 0 and 1,
 * variable (a hash of its name) in words 2 and 3.
 */
uint64_t philox_bits(uint64_t seed, uint64_t sample, uint64_t variable);

/* The upper 52 of them as a number in the open interval (0, 1): 53 bits, never 0 or 1. */
double philox_bits_to_uniform(uint64_t bits);

/* The uniform draw of (seed, sample, variable). */
double philox_uniform(uint64_t seed, uint64_t sample, uint64_t variable);

/*
 * The number of no sample, as those just below: what samplers draw for all samples of a variable.
 */
#define PHILOX_NO_SAMPLE UINT64_MAX

#endif
