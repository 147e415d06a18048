/* SPDX-License-Identifier: BSD-3-Clause */
/* Binary RAW files as "ngspice -b -r" writes them, read into columns: for tests and benchmarks. */
#ifndef TESTS_SUPPORT_RAW_H
#define TESTS_SUPPORT_RAW_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

struct raw_vector {
	const char *name; /* "v(out)", "time"; of the file's bytes */
	double *data;     /* n_points doubles, or pairs of real and imaginary part */
};

struct raw_plot {
	char name[128]; /* "AC Analysis" */
	bool is_complex;
	size_t n_points, n_vectors;
	struct raw_vector *vectors; /* the scale first, if there is one */
	double *columns;            /* the data of all vectors */
};

struct raw_file {
	struct raw_plot *plots; /* in the order of the file */
	size_t n_plots;
	char *bytes; /* the file's */
};

/*
 * Read the whole file.  ERROR_FORMAT with the byte offset if it is not such a file or ends early;
 * *raw is empty after a failure.
 */
int raw_read(struct raw_file *raw, const char *path, struct carom_error *err);
void raw_release(struct raw_file *raw);

/* By name, without regard to case; NULL if there is none. */
const struct raw_plot *raw_find_plot(const struct raw_file *raw, const char *name);
const double *raw_find_vector(const struct raw_plot *plot, const char *name);

#endif
