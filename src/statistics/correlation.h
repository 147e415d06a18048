/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Correlation: standard normal deviates that depend on one another, by a gaussian copula.  Of the
 * correlation matrix A = L L' the factor L makes z = L z' of independent deviates z'.
 */
#ifndef STATISTICS_CORRELATION_H
#define STATISTICS_CORRELATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Draws that are correlated with one another, and with no others. */
struct correlation {
	uint32_t *variables; /* one that has the draw, for each; in the order of their keys */
	double *factor;      /* L: lower triangle with the diagonal, row by row */
	double *deviates;    /* room for those of a sample */
	size_t n;
};

/* Numbers of a lower triangle: with n rows, and before row i. */
static inline size_t triangle_size(size_t n)
{
	return n * (n + 1) / 2;
}

/* Of an index row and column, in either order. */
static inline size_t triangle_at(size_t i, size_t j)
{
	return i > j ? triangle_size(i) + j : triangle_size(j) + i;
}

/*
 * The coefficient that no others allow: rows row > column, and what it may be with those before it.
 */
struct correlation_breach {
	size_t row, column;
	double low, high;
};

/*
 * L of the matrix, whose diagonal is 1; in place, row by row.  False if the matrix is not positive
 * definite, which the coefficient found breaks, those before it being well.  A pivot (what is left
 * of a variance of 1 when the draws before are known) below 1e-12 counts as 0.
 * Source: Golub, Van Loan, "Matrix Computations", 4th ed., section 4.2.
 */
bool correlation_factor(double *matrix, size_t n, struct correlation_breach *breach);

/* Independent deviates become correlated ones, in place. */
void correlation_apply(const struct correlation *correlation);

void correlation_release(struct correlation *correlation);

#endif
