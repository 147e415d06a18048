/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arithmetic of the cells: where a sample stands among corners, steps and draws; values of a step.
 */
#include "study/cells.h"

#include <math.h>

bool cells_count(const struct cells *cells, uint64_t *n_cells, uint64_t *n_samples)
{
	return !__builtin_mul_overflow(cells->n_corners, cells->n_steps, n_cells) &&
	       !__builtin_mul_overflow(*n_cells, cells->n_draws, n_samples) &&
	       *n_samples <= INT64_MAX;
}

struct cells_place cells_place(const struct cells *cells, uint64_t sample)
{
	uint64_t cell = sample / cells->n_draws, last = cells->n_corners * cells->n_steps - 1;

	if (cell > last)
		cell = last;
	return (struct cells_place){cell / cells->n_steps, cell % cells->n_steps,
				    sample - cell * cells->n_draws};
}

/* ---- the values of a step ---- */

static double factor_of(enum cells_spacing spacing)
{
	return spacing == CELLS_DEC ? 10 : 2;
}

/* Steps of the logarithm between the ends, whole ones but for rounding where the end is a value. */
static double logarithmic_length(enum cells_spacing spacing, double begin, double end,
				 uint64_t points)
{
	return fabs(log(end / begin)) / log(factor_of(spacing)) * (double)points;
}

static const double rounding = 1e-9; /* of a length */

uint64_t cells_spaced_count(enum cells_spacing spacing, double begin, double end, uint64_t points)
{
	double length;

	if (points == 0)
		return 0;
	if (points > CELLS_MAX_VALUES)
		return UINT64_MAX;
	if (spacing == CELLS_LIN)
		return points == 1 && begin != end ? 0 : points;
	if (!(end / begin > 0) || isinf(end / begin))
		return 0;
	length = logarithmic_length(spacing, begin, end, points) * (1 + rounding) + rounding;
	return length >= CELLS_MAX_VALUES ? UINT64_MAX : (uint64_t)length + 1;
}

static double linear_value(double begin, double end, uint64_t points, uint64_t i)
{
	if (i == 0)
		return begin;
	return i == points - 1 ? end : begin + (end - begin) * ((double)i / (double)(points - 1));
}

double cells_spaced_value(enum cells_spacing spacing, double begin, double end, uint64_t points,
			  uint64_t i)
{
	double length, exponent;

	if (spacing == CELLS_LIN)
		return linear_value(begin, end, points, i);
	length = logarithmic_length(spacing, begin, end, points);
	if (fabs(length - (double)i) <= rounding * (length + 1))
		return i == 0 ? begin : end;
	exponent = (double)i / (double)points;
	return begin * pow(factor_of(spacing), fabs(end) < fabs(begin) ? -exponent : exponent);
}
