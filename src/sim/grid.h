/* SPDX-License-Identifier: BSD-3-Clause */
/* Vectors on another grid: where each of its points falls among those there are, found once. */
#ifndef SIM_GRID_H
#define SIM_GRID_H

#include <stddef.h>

#include "carom-plot.h"

/* A point of the new grid: weight of the way from point index to the next one; 0 at the last. */
struct grid_point {
	size_t index;
	double weight;
};

struct grid {
	struct grid_point *points;
	size_t n;
	size_t n_old; /* of the plot */
};

/*
 * Locate n ascending values of the scale of the plot, which must go one way, up or down.
 * *grid needs no initialisation and is to be released if 0 is returned.  O(n + points of the plot).
 */
int grid_init(struct grid *grid, const struct carom_plot *plot, const double *values, size_t n,
	      struct carom_error *err);
void grid_release(struct grid *grid);

/* A column of the plot there: stride doubles from one point to the next, in both. */
void grid_interpolate(const struct grid *grid, const double *column, size_t stride, double *result);

#endif
