/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Least squares of several responses by the same regressors, rows handed in
 * block by block: memory does not grow with their number.
 *
 * Each block is eliminated by Householder reflections against the triangle R of
 * those before it (Golub & Van Loan, Matrix Computations (2013), 5.2 and 6.5:
 * updating), which is as sound as the QR of the whole; no product of the matrix
 * with itself is formed.
 */
#ifndef STATISTICS_REGRESSION_H
#define STATISTICS_REGRESSION_H

#include <stdbool.h>
#include <stddef.h>

#define REGRESSION_BLOCK 128 /* rows of a block; a multiple of 8 */
#define REGRESSION_NONE ((size_t)-1)

struct regression;

/*
 * Columns are centred by the caller, or one of them is constant: there is no intercept.  NULL: no
 * memory.
 */
struct regression *regression_new(size_t n_regressors, size_t n_responses);
void regression_free(struct regression *regression);

/* Where to put a column of the next block: regressors first, then responses. */
double *regression_column(struct regression *regression, size_t column);
/* Take in n_rows <= REGRESSION_BLOCK rows of the columns. */
void regression_take(struct regression *regression, size_t n_rows);

/*
 * After the last block, once.  A regressor whose distance from the span of
 * those before it is at most tolerance times its length is dependent: it gets
 * no coefficient (NAN).  False: no memory.
 */
bool regression_solve(struct regression *regression, double tolerance);
double regression_coefficient(const struct regression *regression, size_t response,
			      size_t regressor);
double regression_residual(const struct regression *regression,
			   size_t response); /* sum of squares */
/*
 * Of a dependent regressor: the one before it with the largest part in it. REGRESSION_NONE if it is
 * none.
 */
size_t regression_partner(const struct regression *regression, size_t regressor);
size_t regression_rank(const struct regression *regression);

#endif
