/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Philox4x32-10: a random number that is a function of its address.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
 */
#ifndef STUDY_PHILOX_H
#define STUDY_PHILOX_H

#include <stdint.h>

struct philox_block {
	uint32_t word[4];
};

struct philox_block philox4x32(struct philox_block counter, uint32_t key0, uint32_t key1);

/*
 * The uniform draw of (seed, sample, variable): in the open interval (0, 1), 53 bits, never 0 or 1.
 * Key: seed; counter: sample in words 0 and 1, variable (a hash of its name) in words 2 and 3.
 */
double philox_uniform(uint64_t seed, uint64_t sample, uint64_t variable);

#endif
