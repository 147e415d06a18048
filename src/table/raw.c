/* SPDX-License-Identifier: BSD-3-Clause */
/* A table as a plot of a RAW file, as ngspice and LTspice write it. */
#include <ctype.h>
#include <endian.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "carom-version.h"
#include "table/table.h"

enum { BLOCK = 1 << 18 };

/* ---- the head ---- */

static bool is_complex(const struct carom_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		if (table->columns[i].is_complex)
			return true;
	}
	return false;
}

/* What may stand on a line, and as a word where gap is '_'. */
static void append_clean(struct text *text, const char *string, char gap)
{
	for (; string && *string; string++) {
		bool is_gap = iscntrl((unsigned char)*string) || *string == ' ';

		text_append_char(text, is_gap ? gap : *string);
	}
}

static void append_date(struct text *head, const struct carom_table *table)
{
	time_t now = time(NULL);
	struct tm broken;
	char line[32];

	text_append(head, "Date: ");
	if (table->date)
		append_clean(head, table->date, ' ');
	else if (localtime_r(&now, &broken) && asctime_r(&broken, line))
		text_append_n(head, line, strcspn(line, "\n"));
	text_append(head, "\n");
}

struct type {
	const char *unit, *type;
};

/* The type that goes with a unit, as the simulator calls it. */
static const char *type_of(const struct carom_column *column, const struct type *types)
{
	if (column->type && *column->type)
		return column->type;
	for (; types->unit; types++) {
		if (column->unit && strcmp(column->unit, types->unit) == 0)
			break;
	}
	return types->type;
}

static void append_variables(struct text *head, const struct carom_table *table,
			     const struct type *types)
{
	text_append(head, "Variables:\n");
	for (size_t i = 0; i < table->n_columns; i++) {
		text_printf(head, "\t%zu\t", i);
		append_clean(head, table->columns[i].name, '_');
		text_append(head, "\t");
		append_clean(head, type_of(&table->columns[i], types), '_');
		text_append(head, "\n");
	}
}

/* more: further lines, each with its end. */
static void append_head(struct text *head, const struct carom_table *table, const char *flags,
			const char *more, const struct type *types)
{
	text_append(head, "Title: ");
	append_clean(head, table->title, ' ');
	text_append(head, "\n");
	append_date(head, table);
	text_append(head, "Plotname: ");
	append_clean(head, table->name, ' ');
	text_printf(head, "\nFlags: %s%s\n", is_complex(table) ? "complex" : "real", flags);
	text_printf(head, "No. Variables: %zu\nNo. Points: %zu\n%s", table->n_columns,
		    table->n_points, more);
	append_variables(head, table, types);
}

static void append_ngspice_head(struct text *head, const struct carom_table *table)
{
	static const struct type types[] = {{"V", "voltage"},
					    {"A", "current"},
					    {"s", "time"},
					    {"Hz", "frequency"},
					    {NULL, "notype"}};

	append_head(head, table, "", "", types);
}

static void append_ltspice_head(struct text *head, const struct carom_table *table)
{
	static const struct type types[] = {{"V", "voltage"},
					    {"A", "device_current"},
					    {"s", "time"},
					    {"Hz", "frequency"},
					    {NULL, "notype"}};
	static const char more[] =
		"Offset:   0.0000000000000000e+000\n"
		"Command: LTspice file written by carom " CAROM_VERSION_STRING "\n";

	append_head(head, table, is_complex(table) ? " forward" : " forward double", more, types);
}

/* Sends the head and releases it. */
static int send_head(struct text *head, struct output *output, struct carom_error *err)
{
	bool failed = head->failed;

	output_write(output, text_string(head), head->length);
	text_release(head);
	return failed ? carom_fail_memory(err) : CAROM_OK;
}

/* ---- the numbers ---- */

typedef void send_rows_fn(const struct walk *walk, const double *rows, size_t width);

static int write_rows(const struct carom_table *table, struct writing *writing, send_rows_fn *send,
		      struct carom_error *err)
{
	bool as_pairs = is_complex(table);
	size_t width = as_pairs ? 2 * table->n_columns : table->n_columns;
	struct walk walk;
	int status = walk_begin(&walk, table, BLOCK, writing, err);
	double *rows = mem_alloc(walk.most * width * sizeof(*rows));

	if (!rows && status == CAROM_OK)
		status = carom_fail_memory(err);
	while (status == CAROM_OK && (status = walk_next(&walk, err)) == 1) {
		walk_rows(&walk, as_pairs, rows);
		send(&walk, rows, width);
		status = CAROM_OK;
	}
	mem_free(rows);
	walk_end(&walk);
	return status;
}

static void send_binary(const struct walk *walk, const double *rows, size_t width)
{
	output_write(walk->writing->output, rows, walk->n * width * sizeof(*rows));
}

/* The lowest byte first, whatever the machine's order. */
static void send_little(const struct walk *walk, const double *rows, size_t width)
{
	for (size_t i = 0; i < walk->n * width; i++) {
		uint64_t bits;

		memcpy(&bits, &rows[i], sizeof(bits));
		bits = htole64(bits);
		output_write(walk->writing->output, &bits, sizeof(bits));
	}
}

/* "\t1.5\n" or "\t1.5,0\n" for each variable, behind the point's number. */
static void send_text(const struct walk *walk, const double *rows, size_t width)
{
	struct output *output = walk->writing->output;
	size_t n_parts = width / walk->table->n_columns;
	char number[NUMBER_SIZE];

	for (size_t point = 0; point < walk->n; point++) {
		number_print_digits(number, (double)(walk->first + point), 15);
		output_puts(output, " ");
		output_puts(output, number);
		for (size_t i = 0; i < width; i++) {
			number_print(number, rows[point * width + i]);
			output_puts(output, i % n_parts == 0 ? "\t" : ",");
			output_puts(output, number);
			output_puts(output, i % n_parts == n_parts - 1 ? "\n" : "");
		}
		output_puts(output, "\n");
	}
}

/* ---- the formats ---- */

int raw_write(const struct carom_table *table, struct writing *writing, struct carom_error *err)
{
	struct text head = TEXT_INIT;
	int status;

	append_ngspice_head(&head, table);
	text_append(&head, "Binary:\n");
	status = send_head(&head, writing->output, err);
	return status == CAROM_OK ? write_rows(table, writing, send_binary, err) : status;
}

int raw_write_ascii(const struct carom_table *table, struct writing *writing,
		    struct carom_error *err)
{
	struct text head = TEXT_INIT;
	int status;

	append_ngspice_head(&head, table);
	text_append(&head, "Values:\n");
	status = send_head(&head, writing->output, err);
	return status == CAROM_OK ? write_rows(table, writing, send_text, err) : status;
}

/* What is no ASCII in it becomes "?". */
static void widen(struct text *wide, const struct text *narrow)
{
	for (size_t i = 0; i < narrow->length; i++) {
		unsigned char c = (unsigned char)narrow->data[i];

		if ((c & 0xc0) == 0x80) /* inside a character of UTF-8 */
			continue;
		text_append_char(wide, c < 0x80 ? (char)c : '?');
		text_append_char(wide, '\0');
	}
	wide->failed |= narrow->failed;
}

int raw_write_ltspice(const struct carom_table *table, struct writing *writing,
		      struct carom_error *err)
{
	struct text head = TEXT_INIT, wide = TEXT_INIT;
	int status;

	append_ltspice_head(&head, table);
	text_append(&head, "Binary:\n");
	widen(&wide, &head);
	text_release(&head);
	status = send_head(&wide, writing->output, err);
	return status == CAROM_OK ? write_rows(table, writing, send_little, err) : status;
}
