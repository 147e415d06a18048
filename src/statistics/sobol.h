/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sobol' points with Owen's scrambling: of the first 2^m samples, each half, quarter, ... of each
 * variable's range has its share, and so have most boxes of several variables.
 * Sources: Joe, Kuo, "Constructing Sobol' sequences with better two-dimensional projections", SIAM
 * J. Sci. Comput. 30, 2008; Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995;
 * Burley, "Practical hash-based Owen scrambling", JCGT 9, 2020.
 */
#ifndef STATISTICS_SOBOL_H
#define STATISTICS_SOBOL_H

#include <stdint.h>

#define SOBOL_BITS 32             /* of a coordinate, and of the number of a point */
#define SOBOL_MAX_DIMENSIONS 1111 /* all with a polynomial of degree 13 or less */

/* The direction numbers of one dimension: the coordinate of point 2^i is number i times 2^-32. */
struct sobol_dimension {
	uint32_t direction[SOBOL_BITS];
};

/* dimension: from 0, below SOBOL_MAX_DIMENSIONS. */
void sobol_dimension_init(struct sobol_dimension *dimension, uint32_t index);

/*
 * A coordinate of a point, in units of 2^-32; points in the order of their numbers, no Gray code.
 */
uint32_t sobol_point(const struct sobol_dimension *dimension, uint32_t point);

/* The coordinate scrambled; the key is one for all points of a dimension. */
uint32_t sobol_scramble(uint32_t coordinate, uint64_t key);

/*
 * The table: the bits of a dimension's polynomial (14), then those of its initial numbers m_2, m_3,
 * ... without their last, which is 1: 1 bit, 2 bits, ...  The lowest bits come first.
 */
extern const uint64_t sobol_table[SOBOL_MAX_DIMENSIONS][2];

#endif
