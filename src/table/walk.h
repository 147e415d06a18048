/* SPDX-License-Identifier: BSD-3-Clause */
/* A table from its first point to its last, in blocks of little memory, with progress. */
#ifndef TABLE_WALK_H
#define TABLE_WALK_H

#include "base/output.h"
#include "carom-table.h"

/* A file of tables in the making. */
struct writing {
	struct output *output;
	const struct carom_table_options *options;
	double n_done, n_all; /* points of all tables */
	uint64_t told_ns;     /* when */
};

struct walk {
	const struct carom_table *table;
	struct writing *writing;
	double *values;  /* of the block: each column's numbers, one column behind the other */
	size_t first, n; /* points of the block */
	size_t most;     /* points of a block */
};

/* Doubles of a column's point, and of a table's. */
static inline size_t column_width(const struct carom_column *column)
{
	return column->is_complex ? 2 : 1;
}
size_t table_width(const struct carom_table *table);

/* Blocks of about so many bytes.  To be ended whatever it returns. */
int walk_begin(struct walk *walk, const struct carom_table *table, size_t bytes,
	       struct writing *writing, struct carom_error *err);
/* The next block: 1 if there is one, 0 at the end and if the output has failed, or a status. */
int walk_next(struct walk *walk, struct carom_error *err);
void walk_end(struct walk *walk);

/*
 * Send all of a table, points in blocks of rows: a row has table_width doubles; as pairs two for each
 * column, the imaginary part of a real one 0.
 */
typedef void send_rows_fn(const struct walk *walk, const double *rows, size_t width);
int table_send_rows(const struct carom_table *table, bool as_pairs, send_rows_fn *send,
		    struct writing *writing, struct carom_error *err);

/* A send_rows_fn: as the numbers lie in memory. */
void send_binary(const struct walk *walk, const double *rows, size_t width);

#endif
