/* SPDX-License-Identifier: BSD-3-Clause */
/* Results being made: what the session fills, the host then reads through carom-plot.h. */
#ifndef SIM_PLOT_H
#define SIM_PLOT_H

#include "carom-plot.h"
#include "carom-table.h"

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
 * filled: length doubles, 2 * length of them if it is complex.  Strings are copied.  NULL when out of
 * memory.
 */
double *plot_add_vector(struct carom_plot *plot, const char *name, const char *unit,
			bool is_complex, size_t length);

/*
 * The same with a column that is elsewhere and stays there, or is zeros if it is NULL.  False when out
 * of memory.
 */
bool plot_add_view(struct carom_plot *plot, const char *name, const char *unit, bool is_complex,
		   size_t length, const double *column);

/*
 * Copy the columns that are elsewhere into room, which is 64-byte-aligned and has as many bytes as
 * result_view_size says (SIZE_MAX: more than there can be), and view them there.
 */
size_t result_view_size(const struct carom_result *result);
void result_move_views(struct carom_result *result, void *room);

/* Memory that the result holds on to: it is released with the result.  One at most. */
void result_hold(struct carom_result *result, void (*release)(void *memory), void *memory);

/* The run stopped before its end: carom_result_is_stopped. */
void result_set_stopped(struct carom_result *result, bool is_stopped);

/* The vector as a column of a table, and its numbers: length of them, of a complex one pairs. */
struct carom_column vector_column(const struct carom_vector *vector);
const double *vector_numbers(const struct carom_vector *vector);

/* Which vector is the scale: its index, or a negative number for none (as it is at first). */
void plot_set_scale(struct carom_plot *plot, int index);

#endif
