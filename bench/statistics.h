/* SPDX-License-Identifier: BSD-3-Clause */
/* What repeated timings say: robust middle and spread, and how sure a ratio is. */
#ifndef BENCH_STATISTICS_H
#define BENCH_STATISTICS_H

#include <stddef.h>

/* All arguments have n >= 1 values and stay as they are; all results are NAN when out of memory. */
double statistics_median(const double *values, size_t n);
double statistics_min(const double *values, size_t n);

/* Median absolute deviation from the median (no factor for a normal distribution). */
double statistics_mad(const double *values, size_t n);

/*
 * How many times longer the slow one takes: the median of slow[i] / fast[i], which were measured
 * side by side, and its 95 % interval by the percentile bootstrap with fixed random numbers.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), 13.3.
 */
struct statistics_ratio {
	double median, lower, upper;
};
struct statistics_ratio statistics_ratio(const double *slow, const double *fast, size_t n);

#endif
