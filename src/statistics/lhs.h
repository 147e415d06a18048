/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Latin hypercube: of n samples, each variable has one in each of n equal strata.
 * Source: McKay, Beckman, Conover, "A comparison of three methods for selecting values of input
 * variables in the analysis of output from a computer code", Technometrics 21, 1979.
 */
#ifndef STATISTICS_LHS_H
#define STATISTICS_LHS_H

#include <stdint.h>

/*
 * The stratum, in [0, n), of a sample in [0, n): a permutation for each seed and draw, computed for
 * the one sample that is asked for.  n: 1 to INT64_MAX.
 */
uint64_t lhs_stratum(uint64_t seed, uint64_t draw, uint64_t n, uint64_t sample);

/* A draw from within the sample's stratum, in the open interval (0, 1). */
double lhs_uniform(uint64_t seed, uint64_t draw, uint64_t n, uint64_t sample);

#endif
