/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The cells of a study: corners crossed with the values of each step.  In each cell the same Monte
 * Carlo samples are drawn, so that cells differ by what they set alone (common random numbers).
 *
 *	sample = (corner * n_steps + step) * n_draws + draw
 *
 * The values of the last step follow one another quickest.
 */
#ifndef STUDY_CELLS_H
#define STUDY_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Shape of it; each number is at least 1. */
struct cells {
	uint64_t n_draws; /* samples of each cell */
	uint64_t n_corners;
	uint64_t n_steps; /* combinations of the steps' values */
};

struct cells_place {
	uint64_t corner, step, draw;
};

/* Cells in all, and samples in all of them; false if that is more than 2^63 - 1. */
bool cells_count(const struct cells *cells, uint64_t *n_cells, uint64_t *n_samples);

/* Samples beyond the last are of the last cell. */
struct cells_place cells_place(const struct cells *cells, uint64_t sample);

/* ---- the values of a step ---- */

enum cells_spacing {
	CELLS_LIN, /* so many values, both ends among them */
	CELLS_DEC, /* so many for each factor of 10, from the first end on, up to the other */
	CELLS_OCT  /* the same for each factor of 2 */
};
#define CELLS_MAX_VALUES 1000000

/*
 * How many values that makes; 0: the ends do not go with the spacing (logarithmic: both of one
 * sign, not 0; lin: a single value for two ends), UINT64_MAX: more than CELLS_MAX_VALUES.
 */
uint64_t cells_spaced_count(enum cells_spacing spacing, double begin, double end, uint64_t points);
/* Value number i of them.  An end that is a value is one to the bit. */
double cells_spaced_value(enum cells_spacing spacing, double begin, double end, uint64_t points,
			  uint64_t i);

#endif
