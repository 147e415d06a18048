/* SPDX-License-Identifier: BSD-3-Clause */
/* The points of a running analysis, gathered column by column and passed on in blocks. */
#ifndef PLUGIN_NG_STREAM_H
#define PLUGIN_NG_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-run.h"
#include "ng-api.h"
#include "ng-capture.h"

struct ng_stream {
	const struct carom_run_options *options; /* NULL: outside of a run */
	bool *is_found;                          /* for each column asked for: in some plot */

	/* Of the plot that is made; n_plots is of the run. */
	size_t n_plots;
	char plot[NG_PLOT_SIZE];
	size_t n_points;
	int scale;       /* its place in ngspice's list, -1 if there is none */
	double at;       /* the last value of the scale, NAN if there is none */
	bool is_resumed; /* the next plot that begins is this one, going on */

	/* The columns: their places in ngspice's list, names and values; mapped once for a plot. */
	bool is_complex;
	size_t n_columns, n_held;
	int *places;
	const char **names; /* into name_bytes */
	char *name_bytes;
	double *values; /* of the columns, one behind the other */
	const double **columns;
};

/* Before a run.  False: out of memory. */
bool ng_stream_start(struct ng_stream *stream, const struct carom_run_options *options);
/* The same before a run goes on: its next points belong to the plot of the last ones. */
bool ng_stream_go_on(struct ng_stream *stream, const struct carom_run_options *options);
/* After a run: what is held is passed on, and the memory given back. */
void ng_stream_end(struct ng_stream *stream);

/* A plot begins.  False: out of memory. */
bool ng_stream_begin_plot(struct ng_stream *stream, const vecinfoall *info);

/*
 * A point.  False: the host wants no more of them.  ngspice comes again with the same point where it
 * interpolates (.options interp); that is not passed on.
 */
bool ng_stream_add(struct ng_stream *stream, const vecvaluesall *all);

/* The first column that was asked for and that no plot had; NULL: none. */
const char *ng_stream_missing(const struct ng_stream *stream);

/* Pass on all points of a plot that has been made, for runs whose points were not seen. */
int ng_stream_plot(struct ng_stream *stream, const struct ng_api *api, size_t index,
		   struct carom_error *err);

#endif
