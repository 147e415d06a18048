/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Importance sampling by mean shift: the probability of a rare failure from samples that are drawn
 * where it happens.
 *
 * Deviates z of n independent standard normal draws are drawn around a shift m, z = m + z', and
 * each sample counts with the ratio of the densities, w = exp(-m z + m m / 2).  The mean of w over
 * the samples that fail is the probability of failure.  See docs/importance-sampling.md.
 */
#ifndef STATISTICS_IMPORTANCE_H
#define STATISTICS_IMPORTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* ln w of the sample z, which was drawn around shift. */
double importance_log_weight(const double *z, const double *shift, size_t n);

/* How far a shift leads, in sigmas. */
double importance_distance(const double *shift, size_t n);

/*
 * The most probable failure of a margin that is linear, margin(z) = nominal + slope z, and fails
 * below 0: the nearest z with margin 0.  False if the slope is 0 or the nominal margin is not above
 * 0.
 */
bool importance_shift_by_slope(double nominal, const double *slope, size_t n, double *shift);

/* Sums of weights, which may be as small as exp(-1000): in units of exp(log_unit). */
struct weight_sum {
	double log_unit;
	double sum, squares;
	uint64_t n;
};
void weight_sum_add(struct weight_sum *sum, double log_weight);

/* n for which equal weights would be as good: (sum w)^2 / sum w^2, from 0 to their number. */
double weight_sum_effective(const struct weight_sum *sum);

/* One batch or many; a zeroed one is empty. */
struct importance {
	struct weight_sum failed;
	uint64_t n; /* all samples */
};
void importance_add(struct importance *importance, double log_weight, bool has_failed);

struct importance_estimate {
	double probability; /* of failure; NAN: no sample failed */
	double low, high;   /* its interval: normal for ln probability */
	double sigma;       /* how many sigmas are worth as much: the upper tail of a normal law */
	double relative_error; /* standard error over probability */
	double effective;      /* samples that fail, by their weights */
};

/*
 * confidence: 0.95.  Trust an estimate by its effective number of failures (ten at least) only, and
 * only of the region of failure that the shift leads to: a second one far off is not seen.
 */
void importance_estimate(const struct importance *importance, double confidence,
			 struct importance_estimate *estimate);

/* ---- importance-search.c ---- */

/*
 * The next shift of a search from a batch of samples drawn around shift (row k of z: sample k):
 * cross-entropy's, the weighted mean of those whose margin is at most level, where level is the
 * elite-th smallest margin or 0, whichever is larger.  *level 0: the search is at its end, next
 * leads to failures.  NaN margins are failures that have no number; they count as 0.  next may be
 * shift.  ERROR_ARGUMENT: no samples, or fewer than elite; ERROR_MEMORY.
 * Source: Rubinstein, Kroese, "The Cross-Entropy Method", Springer 2004, algorithm 2.3.1.
 */
struct importance_batch {
	const double *z, *margins;
	size_t n_samples, n; /* n: deviates of a sample */
};
int importance_next_shift(const struct importance_batch *batch, const double *shift, size_t elite,
			  double *next, double *level, struct carom_error *err);

/*
 * The same by what the batch allows: where its margin is nearly linear, the most probable failure
 * of the plane through it; else cross-entropy's, with 0 or less of a shift where it would be noise.
 * next is not shift.
 */
int importance_search_step(const struct importance_batch *batch, const double *shift, size_t elite,
			   double *next, double *level, struct carom_error *err);

#endif
