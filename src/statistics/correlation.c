/* SPDX-License-Identifier: BSD-3-Clause */
/* The factor of a correlation matrix, and its product with deviates. */
#include "statistics/correlation.h"

#include <math.h>

#include "base/mem.h"

#define PIVOT_MIN 1e-12

static double product(const double *a, const double *b, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

/*
 * Row k of L from row k of the matrix and the rows above.  n: columns done when the pivot is gone.
 */
static bool factor_row(double *matrix, size_t k, struct correlation_breach *breach)
{
	double *row = matrix + triangle_size(k);
	double left = 1; /* of the variance */

	for (size_t j = 0; j < k; j++) {
		const double *above = matrix + triangle_size(j);
		double known = product(row, above, j);
		double reach = above[j] * sqrt(left);

		row[j] = (row[j] - known) / above[j];
		left -= row[j] * row[j];
		if (!(left >= PIVOT_MIN)) {
			*breach = (struct correlation_breach){k, j, known - reach, known + reach};
			return false;
		}
	}
	row[k] = sqrt(left);
	return true;
}

bool correlation_factor(double *matrix, size_t n, struct correlation_breach *breach)
{
	for (size_t k = 0; k < n; k++)
		if (!factor_row(matrix, k, breach))
			return false;
	return true;
}

/* From the last on: a deviate needs those before it as they were. */
void correlation_apply(const struct correlation *correlation)
{
	for (size_t i = correlation->n; i-- > 0;)
		correlation->deviates[i] = product(correlation->factor + triangle_size(i),
						   correlation->deviates, i + 1);
}

void correlation_release(struct correlation *correlation)
{
	mem_free(correlation->variables);
	mem_free(correlation->factor);
	mem_free(correlation->deviates);
	*correlation = (struct correlation){0};
}
