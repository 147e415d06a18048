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

/* The type that goes with the unit; current: the simulator's word for that of a current. */
static const char *type_of(const struct carom_column *column, const char *current)
{
	const struct {
		const char *unit, *type;
	} types[] = {{"V", "voltage"}, {"A", current}, {"s", "time"}, {"Hz", "frequency"}};

	if (column->type && *column->type)
		return column->type;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (column->unit && strcmp(column->unit, types[i].unit) == 0)
			return types[i].type;
	}
	return "notype";
}

static void append_variables(struct text *head, const struct carom_table *table,
			     const char *current)
{
	text_append(head, "Variables:\n");
	for (size_t i = 0; i < table->n_columns; i++) {
		text_printf(head, "\t%zu\t", i);
		append_clean(head, table->columns[i].name, '_');
		text_append(head, "\t");
		append_clean(head, type_of(&table->columns[i], current), '_');
		text_append(head, "\n");
	}
}

/* more: further lines, each with its end. */
static void append_head(struct text *head, const struct carom_table *table, const char *flags,
			const char *more, const char *current)
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
	append_variables(head, table, current);
}

/* ---- the numbers ---- */

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

static int write_plot(const struct carom_table *table, struct text *head, send_rows_fn *send,
		      struct writing *writing, struct carom_error *err)
{
	bool failed = head->failed;

	output_write(writing->output, text_string(head), head->length);
	text_release(head);
	if (failed)
		return carom_fail_memory(err);
	return table_send_rows(table, is_complex(table), send, writing, err);
}

int raw_write(const struct carom_table *table, struct writing *writing, struct carom_error *err)
{
	struct text head = TEXT_INIT;

	append_head(&head, table, "", "", "current");
	text_append(&head, "Binary:\n");
	return write_plot(table, &head, send_binary, writing, err);
}

int raw_write_ascii(const struct carom_table *table, struct writing *writing,
		    struct carom_error *err)
{
	struct text head = TEXT_INIT;

	append_head(&head, table, "", "", "current");
	text_append(&head, "Values:\n");
	return write_plot(table, &head, send_text, writing, err);
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
	static const char more[] =
		"Offset:   0.0000000000000000e+000\n"
		"Command: LTspice file written by carom " CAROM_VERSION_STRING "\n";
	struct text head = TEXT_INIT, wide = TEXT_INIT;

	append_head(&head, table, is_complex(table) ? " forward" : " forward double", more,
		    "device_current");
	text_append(&head, "Binary:\n");
	widen(&wide, &head);
	text_release(&head);
	return write_plot(table, &wide, send_little, writing, err);
}
