/* SPDX-License-Identifier: BSD-3-Clause */
/* Results being made: what the session fills, the host then reads through carom-plot.h. */
#ifndef SIM_PLOT_H
#define SIM_PLOT_H

#include "carom-plot.h"

/* An empty result; NULL when out of memory. */
struct carom_result *result_new(void);

/*
 * Append a plot with room for n_vectors vectors.  Strings are copied.  The plot is the result's;
 * NULL when out of memory.
 */
struct carom_plot *result_add_plot(struct carom_result *result, const char *name, const char *title,
				   size_t n_vectors);

/*
 * Append a vector (at most n_vectors of them) and return its column, 64-byte-aligned and not yet
 * filled: length doubles, 2 * length of them if it is complex.  name is copied, unit is a constant
 * that outlives the plot.  NULL when out of memory.
 */
double *plot_add_vector(struct carom_plot *plot, const char *name, const char *unit,
			bool is_complex, size_t length);

/* Which vector is the scale: its index, or a negative number for none (as it is at first). */
void plot_set_scale(struct carom_plot *plot, int index);

#endif
