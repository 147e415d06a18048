/* SPDX-License-Identifier: BSD-3-Clause */
/* The standard normal distribution, accurate in both tails. */
#ifndef STATISTICS_NORMAL_H
#define STATISTICS_NORMAL_H

/*
 * Probability of a deviate below z; above it: normal_cdf(-z).  Relative error below 1e-15 wherever
 * the result is a normal double (z > -37.5).
 */
double normal_cdf(double z);

/*
 * Inverse of normal_cdf, relative accuracy about 1e-16.
 * Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
double normal_quantile(double p);

/*
 * The same for the deviate that is cut off at -cut and +cut, its density scaled up between them.
 * below, above: the probabilities on either side, of which the smaller is exact.
 */
double normal_cut_quantile(double below, double above, double cut);

#endif
