/* SPDX-License-Identifier: BSD-3-Clause */
/* Intervals of what a sample estimates: mean, deviation, quantiles, capability, proportions. */
#ifndef STATISTICS_ESTIMATE_H
#define STATISTICS_ESTIMATE_H

#include <stddef.h>
#include <stdint.h>

#include "carom-statistics.h"
#include "statistics/stats.h"

/*
 * All at a confidence level in (0, 1), two-sided, with equal tails.  NAN where too few values say
 * nothing.
 */

/* Mean, by Student's t.  Source: NIST/SEMATECH e-Handbook 1.3.5.2. */
struct carom_interval estimate_mean(const struct stats_moments *moments, double level);
/*
 * Standard deviation, by chi-square: exact for a normal distribution.  Source: NIST e-Handbook
 * 7.2.3.1.
 */
struct carom_interval estimate_sd(const struct stats_moments *moments, double level);

/*
 * Quantile p of sorted values, between two of them, whatever the distribution;
 * infinite on a side where no value is far enough out.  Source: Conover,
 * Practical Nonparametric Statistics (1999), section 3.2.
 */
struct carom_interval estimate_quantile(const double *sorted, size_t n, double p, double level);

/*
 * Capability: Cp = (upper - lower) / 6 sd, Cpk = distance of the mean from the
 * nearer limit / 3 sd. Limits that are NAN are none.  Sources of the intervals:
 * Kane 1986 (Cp, exact for a normal distribution); Bissell, How reliable is
 * your capability index?, Applied Statistics 39 (1990), (Cpk, approximate).
 */
struct carom_capability estimate_capability(const struct stats_moments *moments, double lower,
					    double upper, double level);

/*
 * A proportion of which k of n trials are known, [0, 1] for n = 0.  Sources:
 * Clopper & Pearson, Biometrika 26 (1934), which never covers less than the
 * level; Wilson, JASA 22 (1927), which covers the level on average and is
 * shorter.
 */
struct carom_interval estimate_clopper_pearson(uint64_t k, uint64_t n, double level);
struct carom_interval estimate_wilson(uint64_t k, uint64_t n, double level);

/* Both of them, and the yield as sigma. */
struct carom_yield estimate_yield(uint64_t n_pass, uint64_t n, double level);

#endif
