/* SPDX-License-Identifier: BSD-3-Clause */
/* Statistics of a column. */
#ifndef STATISTICS_STATS_H
#define STATISTICS_STATS_H

#include <stddef.h>

/*
 * Mean, sd (n - 1), and skew and kurtosis without their bias: G1 and G2 of
 * Joanes & Gill, The Statistician 47 (1998), 0 for a normal distribution.  NAN
 * where there are too few values: 1, 2, 3, 4 are needed; skew and kurtosis of a
 * constant are NAN too.
 */
struct stats_moments {
	size_t n;
	double mean, sd, skew, kurtosis, min, max;
};
struct stats_moments stats_moments(const double *values, size_t n);

/* Sorts values in place (no NAN in them). */
void stats_sort(double *values, size_t n);
/* Quantile p of sorted values.  Source: Hyndman & Fan (1996), type 7. */
double stats_quantile(const double *sorted, size_t n, double p);

#endif
