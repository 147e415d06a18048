/* SPDX-License-Identifier: BSD-3-Clause */
/* A table as CSV. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "table/table.h"

enum { BLOCK = 1 << 20 };

static void append_name(struct text *line, const struct carom_column *column, const char *part)
{
	const char *name = column->name, *unit = column->unit ? column->unit : "";
	bool is_quoted = strpbrk(name, ",\" \n") || *unit || *part;

	text_append(line, is_quoted ? "\"" : "");
	for (; *name; name++)
		text_append(line, *name == '"' ? "\"\"" : (char[]){*name, '\0'});
	if (*part)
		text_printf(line, " %s", part);
	if (*unit)
		text_printf(line, " [%s]", unit);
	text_append(line, is_quoted ? "\"" : "");
}

static void append_head(struct text *line, const struct carom_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct carom_column *column = &table->columns[i];

		text_append(line, i ? "," : "");
		append_name(line, column, column->is_complex ? "re" : "");
		if (!column->is_complex)
			continue;
		text_append(line, ",");
		append_name(line, column, "im");
	}
	text_append(line, "\n");
}

/* Behind the column's end its cells are empty. */
static void append_cell(struct text *line, const struct carom_column *column, size_t point,
			const double *values)
{
	for (size_t k = 0; k < column_width(column); k++) {
		char digits[NUMBER_SIZE];

		if (k > 0)
			text_append_char(line, ',');
		if (point < column->n_points)
			text_append_n(line, digits, number_print(digits, values[k]));
	}
}

static void append_point(struct text *line, const struct walk *walk, size_t at)
{
	const struct carom_table *table = walk->table;
	const double *values = walk->values;

	for (size_t i = 0; i < table->n_columns; i++) {
		size_t width = column_width(&table->columns[i]);

		if (i > 0)
			text_append_char(line, ',');
		append_cell(line, &table->columns[i], walk->first + at, values + width * at);
		values += width * walk->n;
	}
	text_append_char(line, '\n');
}

/* The line goes out and is empty then. */
static void send_line(struct text *line, struct output *output)
{
	output_write(output, text_string(line), line->length);
	if (!line->failed)
		text_clear(line);
}

int csv_write(const struct carom_table *table, struct writing *writing, struct carom_error *err)
{
	struct text line = TEXT_INIT;
	struct walk walk;
	int status = walk_begin(&walk, table, BLOCK, writing, err);

	append_head(&line, table);
	send_line(&line, writing->output);
	while (status == CAROM_OK && !line.failed && (status = walk_next(&walk, err)) == 1) {
		for (size_t i = 0; i < walk.n; i++) {
			append_point(&line, &walk, i);
			send_line(&line, writing->output);
		}
		status = CAROM_OK;
	}
	if (status == CAROM_OK && line.failed)
		status = carom_fail_memory(err);
	text_release(&line);
	walk_end(&walk);
	return status;
}
