/* SPDX-License-Identifier: BSD-3-Clause */
/* Blocks read from the table's owner; what a short column lacks is NAN. */
#include "table/walk.h"

#include <math.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

#define INTERVAL_NS 100000000u

size_t table_width(const struct carom_table *table)
{
	size_t width = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		width += column_width(&table->columns[i]);
	return width;
}

int walk_begin(struct walk *walk, const struct carom_table *table, size_t bytes,
	       struct writing *writing, struct carom_error *err)
{
	size_t point = table_width(table) * sizeof(double);
	size_t most = point > 0 && point < bytes ? bytes / point : 1;

	if (most > table->n_points)
		most = table->n_points;
	*walk = (struct walk){.table = table, .writing = writing, .most = most};
	walk->values = mem_alloc(most * point);
	return walk->values ? CAROM_OK : carom_fail_memory(err);
}

void walk_end(struct walk *walk)
{
	mem_free(walk->values);
}

static int tell(struct writing *writing, struct carom_error *err)
{
	const struct carom_table_options *options = writing->options;
	uint64_t now;

	if (!options->progress)
		return CAROM_OK;
	now = clock_now_ns();
	if (now - writing->told_ns < INTERVAL_NS)
		return CAROM_OK;
	writing->told_ns = now;
	if (options->progress(options->progress_arg, writing->n_done / writing->n_all))
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_CANCELLED, "writing was cancelled");
}

static void fill_missing(struct walk *walk)
{
	double *values = walk->values;

	for (size_t i = 0; i < walk->table->n_columns; i++) {
		const struct carom_column *column = &walk->table->columns[i];
		size_t width = column_width(column);
		size_t there = column->n_points > walk->first ? column->n_points - walk->first : 0;

		for (size_t k = width * there; k < width * walk->n; k++)
			values[k] = NAN;
		values += width * walk->n;
	}
}

int walk_next(struct walk *walk, struct carom_error *err)
{
	const struct carom_table *table = walk->table;
	int status;

	walk->writing->n_done += (double)walk->n;
	walk->first += walk->n;
	walk->n = table->n_points - walk->first;
	if (walk->n > walk->most)
		walk->n = walk->most;
	if (walk->n == 0 || output_has_failed(walk->writing->output))
		return 0;
	status = tell(walk->writing, err);
	if (status == CAROM_OK)
		status = table->read(table->arg, walk->first, walk->n, walk->values, err);
	if (status != CAROM_OK)
		return status;
	fill_missing(walk);
	return 1;
}

/* ---- rows ---- */

enum { ROWS_BLOCK = 1 << 18 };

static void fill_rows(const struct walk *walk, bool as_pairs, double *rows, size_t width)
{
	const struct carom_table *table = walk->table;
	const double *values = walk->values;

	for (size_t i = 0; i < table->n_columns; i++) {
		size_t n_parts = column_width(&table->columns[i]);

		for (size_t point = 0; point < walk->n; point++) {
			double *cell = rows + point * width;

			cell[0] = values[n_parts * point];
			if (n_parts == 2 || as_pairs)
				cell[1] = n_parts == 2 ? values[2 * point + 1] : 0;
		}
		values += n_parts * walk->n;
		rows += as_pairs ? 2 : n_parts;
	}
}

int table_send_rows(const struct carom_table *table, bool as_pairs, send_rows_fn *send,
		    struct writing *writing, struct carom_error *err)
{
	size_t width = as_pairs ? 2 * table->n_columns : table_width(table);
	struct walk walk;
	int status = walk_begin(&walk, table, ROWS_BLOCK, writing, err);
	double *rows = mem_alloc(walk.most * width * sizeof(*rows));

	if (!rows && status == CAROM_OK)
		status = carom_fail_memory(err);
	while (status == CAROM_OK && (status = walk_next(&walk, err)) == 1) {
		fill_rows(&walk, as_pairs, rows, width);
		send(&walk, rows, width);
		status = CAROM_OK;
	}
	mem_free(rows);
	walk_end(&walk);
	return status;
}

void send_binary(const struct walk *walk, const double *rows, size_t width)
{
	output_write(walk->writing->output, rows, walk->n * width * sizeof(*rows));
}
