/* SPDX-License-Identifier: BSD-3-Clause */
/* Columns for programs that take the Arrow C data interface, without a copy. */
#ifndef CAROM_ARROW_H
#define CAROM_ARROW_H

#include <stdint.h>

#include "carom-plot.h"
#include "carom-raw.h"
#include "carom-table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As the Arrow C data interface defines them; other headers may, too. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
	const char *format;
	const char *name;
	const char *metadata;
	int64_t flags;
	int64_t n_children;
	struct ArrowSchema **children;
	struct ArrowSchema *dictionary;
	void (*release)(struct ArrowSchema *);
	void *private_data;
};

struct ArrowArray {
	int64_t length;
	int64_t null_count;
	int64_t offset;
	int64_t n_buffers;
	int64_t n_children;
	const void **buffers;
	struct ArrowArray **children;
	struct ArrowArray *dictionary;
	void (*release)(struct ArrowArray *);
	void *private_data;
};

#endif

/*
 * A struct array of n_points with a child for each column: float64 ("g"), of a complex column pairs
 * of them, real and imaginary part ("+w:2").  The unit of a column is its field's metadata "unit".
 * data[i]: the column's numbers, n_points of them or twice as many, which stay where they are.
 *
 * Schema and array are filled for the consumer, who calls their release(); the two are independent,
 * and children may be moved out.  release (may be NULL) is called with arg when the last of the array
 * is released, by that thread: from then on nobody reads the data.  On failure (ERROR_MEMORY;
 * ERROR_ARGUMENT: a column shorter than n_points) nothing is filled and release is not called.
 */
int carom_arrow_export(const struct carom_column *columns, const double *const *data,
		       size_t n_columns, size_t n_points, void (*release)(void *arg), void *arg,
		       struct ArrowSchema *schema, struct ArrowArray *array,
		       struct carom_error *err);

/*
 * A plot of a result.  On success the result is the array's, freed with it: the caller must not free
 * it, and not read it after the array is released.
 */
int carom_arrow_export_result(struct carom_result *result, size_t plot, struct ArrowSchema *schema,
			      struct ArrowArray *array, struct carom_error *err);

/* Variables of a RAW file's plot, read as by carom_raw_plot_read_columns. */
int carom_arrow_read_raw(const struct carom_raw_plot *plot, const size_t *variables, size_t n,
			 const struct carom_raw_range *range, struct ArrowSchema *schema,
			 struct ArrowArray *array, struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
