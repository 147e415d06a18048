/* SPDX-License-Identifier: BSD-3-Clause */
/* A plot of an open file: its header, and where its values are. */
#ifndef RAW_PLOT_H
#define RAW_PLOT_H

#include "raw/ascii.h"
#include "raw/layout.h"
#include "raw/warnings.h"

struct carom_raw_plot {
	struct carom_raw *raw;
	struct header header;
	size_t n_points;
	size_t end;           /* byte behind the data, where the next header may begin */
	struct layout layout; /* of binary data */
	struct ascii ascii;   /* of text */
};

struct carom_raw {
	struct source source;
	struct carom_raw_plot *plots;
	size_t n_plots, plots_capacity;
	struct warnings warnings;
	enum carom_raw_dialect dialect;
	bool accept_cut;
};

/*
 * Read the header that begins at this byte, and find the data.  number: of the plot, from 1, for
 * warnings.  To be released after success only.
 */
int raw_plot_open(struct carom_raw_plot *plot, struct carom_raw *raw, size_t at, size_t number,
		  struct carom_error *err);
void raw_plot_close(struct carom_raw_plot *plot);

#endif
