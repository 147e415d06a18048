/* SPDX-License-Identifier: BSD-3-Clause */
/* Statistics of a column, and intervals of a proportion. */
#ifndef STUDY_STATS_H
#define STUDY_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "carom-store.h"

/* Welford / West; two passes are not needed.  n < 2: sd is NAN; n = 0: everything NAN. */
struct stats_moments {
	size_t n;
	double mean, sd, min, max;
};
struct stats_moments stats_moments(const double *values, size_t n);

/* Sorts values in place (no NAN in them). */
void stats_sort(double *values, size_t n);
/* Quantile p of sorted values.  Source: Hyndman & Fan (1996), type 7. */
double stats_quantile(const double *sorted, size_t n, double p);

/*
 * I_x(a, b), the regularised incomplete beta function, to about 2e-15 (a + b) relative.  Source:
 * DLMF 8.17.22, modified Lentz.
 */
double stats_beta(double x, double a, double b);
double stats_beta_quantile(double p, double a, double b);

/* Exact interval for k successes in n trials at confidence level (0.95).  Clopper & Pearson 1934. */
struct carom_interval stats_clopper_pearson(uint64_t k, uint64_t n, double level);

#endif
