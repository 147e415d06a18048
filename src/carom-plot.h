/* SPDX-License-Identifier: BSD-3-Clause */
/* Results: plots of vectors, owned by the host, independent of the simulator. */
#ifndef CAROM_PLOT_H
#define CAROM_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"
#include "carom-table.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The outcome of one run: one plot for each analysis (noise: two).  It owns its columns and stays
 * valid after the session is closed.  Reading is free from any thread; freeing by one.
 *
 * NULL, as a run or a search may give it, is a result without plots, a plot without name ("") and
 * title, points, vectors, scale and events, and a vector without name, unit and values.
 */
struct carom_result;
struct carom_plot;
struct carom_vector;

void carom_result_free(struct carom_result *result);
/* Did the run end before its end: at a condition to stop, or because a callback said so? */
bool carom_result_is_stopped(const struct carom_result *result);
size_t carom_result_plot_count(const struct carom_result *result);
/*
 * Plots come as libngspice ran and named them: the kinds of analyses in an order of its own, and
 * the cards of one kind from the last to the first.  So of two .tran cards of a deck "tran1" is the
 * second.  By number, from 0; NULL beyond the last.
 */
const struct carom_plot *carom_result_plot(const struct carom_result *result, size_t index);
/* By name, "tran1", or by kind: "tran" is the first of them.  NULL if there is none. */
const struct carom_plot *carom_result_find_plot(const struct carom_result *result,
						const char *name);

const char *carom_plot_name(const struct carom_plot *plot);  /* "ac1" */
const char *carom_plot_title(const struct carom_plot *plot); /* title of the circuit */
size_t carom_plot_point_count(const struct carom_plot *plot);
size_t carom_plot_vector_count(const struct carom_plot *plot);
const struct carom_vector *carom_plot_vector(const struct carom_plot *plot, size_t index);
/* As users write it: "v(out)", "out", "i(v1)", "v1#branch", "@m1[gm]", "time"; NULL if none. */
const struct carom_vector *carom_plot_find_vector(const struct carom_plot *plot, const char *name);
/* Time, frequency or the swept value; NULL for an operating point. */
const struct carom_vector *carom_plot_scale(const struct carom_plot *plot);

/*
 * The plot, or all plots of the result, as a file: carom_tables_write tells what of it goes where.  The
 * scale is the first column.  A vector shorter than the plot (a device parameter read once) is NAN
 * behind its end.
 */
int carom_plot_write(const struct carom_plot *plot, enum carom_format format, const char *path,
		     struct carom_error *err);
int carom_result_write(const struct carom_result *result, enum carom_format format,
		       const char *path, struct carom_error *err);

/*
 * What an event-driven node of XSPICE (digital, mostly) did in an op, dc or tran: n events, each
 * with its time in s (in a dc sweep its value, in an op 0), and what the node became, in ngspice's
 * words: "0s", "1s", "Us", "0r", ..., a number for nodes that are not digital.  The first is how it
 * began.  Borrowed, valid as long as the plot.
 */
struct carom_events {
	const char *name; /* "dout", "x1.q" */
	size_t n;
	const double *times;
	const char *const *values;
};

/* 0 for circuits without such nodes, and if libngspice cannot tell. */
size_t carom_plot_event_count(const struct carom_plot *plot);
const struct carom_events *carom_plot_event(const struct carom_plot *plot, size_t index);
const struct carom_events *carom_plot_find_event(const struct carom_plot *plot, const char *name);

/*
 * The plot at other values of its scale, which must go one way only: a new result with this one
 * plot, the caller's to free; NULL on failure.  values: n_values of them, ascending, inside the
 * range of the scale (ERROR_ARGUMENT otherwise; 1e-9 of the range beyond an end counts as the end).
 * Linear between neighbouring points, real and imaginary parts each for itself; at a point of the
 * plot that point, where two have the same place the latter.  Vectors of another length than the
 * scale are left out.
 */
int carom_plot_interpolate(const struct carom_plot *plot, const double *values, size_t n_values,
			   struct carom_result **result, struct carom_error *err);

const char *carom_vector_name(const struct carom_vector *vector);
const char *carom_vector_unit(const struct carom_vector *vector); /* "V", "A", "s", "Hz", "" */
bool carom_vector_is_complex(const struct carom_vector *vector);
size_t carom_vector_length(const struct carom_vector *vector);
/* length doubles; NULL for a complex vector. Borrowed. */
const double *carom_vector_real(const struct carom_vector *vector);
/* 2 * length doubles, real and imaginary part in turn; NULL for a real vector. Borrowed. */
const double *carom_vector_complex(const struct carom_vector *vector);

#ifdef __cplusplus
}
#endif

#endif
