/* SPDX-License-Identifier: BSD-3-Clause */
/* Powers of five to 128 bits, for numbers on their way from decimal to binary. */
#ifndef BASE_POWER_OF_FIVE_H
#define BASE_POWER_OF_FIVE_H

#include <stdint.h>

/* integer × 10^p with a 64-bit integer is 0 below the least, infinite above the most. */
#define POWER_OF_FIVE_LEAST (-342)
#define POWER_OF_FIVE_MOST 308

/*
 * [p - LEAST]: 5^p times the power of two that brings it to [2^127, 2^128), the high and the low 64
 * bits; cut off, or for p < 0 rounded up.
 */
extern const uint64_t power_of_five[POWER_OF_FIVE_MOST - POWER_OF_FIVE_LEAST + 1][2];

#endif
