/* SPDX-License-Identifier: BSD-3-Clause */
/* Columns of numbers on their way into a file: RAW, CSV, NPY, NPZ. */
#ifndef CAROM_TABLE_H
#define CAROM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum carom_format {
	CAROM_FORMAT_NONE,
	/*
	 * A head line of names with units, "v(out) [V]", then a line for each point; a complex column is
	 * two, "re" and "im".  Shortest digits that round-trip; what is missing is empty.
	 */
	CAROM_FORMAT_CSV,
	/*
	 * One array of records for NumPy, a field for each column, float64 or complex128, ready for
	 * np.load(mmap_mode="r"): a["v(out)"].
	 */
	CAROM_FORMAT_NPY,
	/* One array for each column, uncompressed, for NumPy: np.load(file)["v(out)"]. */
	CAROM_FORMAT_NPZ,
	/* The RAW file of ngspice, binary, and with its numbers as text. */
	CAROM_FORMAT_RAW,
	CAROM_FORMAT_ASCII,
	/* The RAW file of LTspice: head in UTF-16, all numbers with 64 bits ("double"). */
	CAROM_FORMAT_LTSPICE
};

/* "csv", "npy", "npz", "raw", "ascii", "ltspice"; CAROM_FORMAT_NONE for other names. */
enum carom_format carom_format_of_name(const char *name);
/* By what a file's name ends in: ".csv", ".npy", ".npz", ".raw"; CAROM_FORMAT_NONE otherwise. */
enum carom_format carom_format_of_path(const char *path);
const char *carom_format_name(enum carom_format format); /* "csv"; "" for none */

struct carom_column {
	const char *name; /* "v(out)" */
	const char *unit; /* "V", "A", "s", ...; NULL or "": none */
	const char *type; /* as in RAW files: "voltage"; NULL: as the unit says */
	size_t n_points;  /* no more than the table's: what is missing is NAN, in CSV empty */
	bool is_complex;
};

/*
 * Fill values with n points from the first on: of each column, in order, n doubles, or 2 n where it is
 * complex, real and imaginary parts in turn.  What lies behind a column's end need not be filled.
 * Returns a status.
 */
typedef int carom_table_read_fn(void *arg, size_t first, size_t n, double *values,
				struct carom_error *err);

/* All of it borrowed for the time of the call.  The first column is the scale: time, frequency. */
struct carom_table {
	const char *title; /* of the circuit */
	const char *name;  /* "Transient Analysis" */
	const char *date;  /* NULL: now */
	size_t n_points;
	size_t n_columns;
	const struct carom_column *columns;
	carom_table_read_fn *read;
	void *arg;
};

/* Zero, but for size, is the default everywhere. */
struct carom_table_options {
	size_t size; /* sizeof(struct carom_table_options) */
	/*
	 * Called at most ten times a second with the share that is done, from 0 to 1; false ends the
	 * writing with ERROR_CANCELLED, and no file is left.
	 */
	bool (*progress)(void *arg, double fraction);
	void *progress_arg;
};

/*
 * Write the tables into one file: any number of them as RAW, otherwise one (ERROR_ARGUMENT).
 * path "-": standard output, not for NPZ.  The file has its name when it is whole; until then, and on
 * failure, what had the name stays.  However large the tables are, a few megabytes of memory are
 * enough.  options may be NULL.
 */
int carom_tables_write(const struct carom_table *tables, size_t n_tables, enum carom_format format,
		       const char *path, const struct carom_table_options *options,
		       struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
