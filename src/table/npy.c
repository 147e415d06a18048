/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A table as NumPy's .npy: an array of records.  Source of the format: numpy.lib.format, versions 1.0
 * (a head of less than 64 KiB, ASCII), 2.0 (longer) and 3.0 (UTF-8).
 */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "table/table.h"

enum { ALIGNMENT = 64, SHORTEST = 10, LONGER = 12 };

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ORDER "<"
#else
#define ORDER ">"
#endif

const char *npy_type(const struct carom_column *column)
{
	return column->is_complex ? "'" ORDER "c16'" : "'" ORDER "f8'";
}

void npy_append_string(struct text *text, const char *name)
{
	text_append_char(text, '\'');
	for (; *name; name++) {
		if ((unsigned char)*name < ' ') {
			text_printf(text, "\\x%02x", (unsigned int)*name);
			continue;
		}
		if (*name == '\'' || *name == '\\')
			text_append_char(text, '\\');
		text_append_char(text, *name);
	}
	text_append_char(text, '\'');
}

static bool is_ascii(const char *string)
{
	while (*string && (unsigned char)*string < 0x80)
		string++;
	return *string == '\0';
}

/* Magic, version and the length of the dictionary, little-endian: 2 bytes, since version 2 four. */
static void append_magic(struct text *head, int version, size_t length)
{
	text_append(head, "\x93NUMPY");
	text_append_char(head, (char)version);
	text_append_char(head, 0);
	for (int i = 0; i < (version == 1 ? 2 : 4); i++)
		text_append_char(head, (char)(length >> 8 * i & 0xff));
}

void npy_append_head(struct text *head, const char *type, size_t n_points)
{
	struct text dictionary = TEXT_INIT;
	int version = is_ascii(type) ? 1 : 3;
	size_t before, padding;

	text_append(&dictionary, "{'descr': ");
	text_append(&dictionary, type);
	text_printf(&dictionary, ", 'fortran_order': False, 'shape': (%zu,), }", n_points);
	if (version == 1 && dictionary.length + ALIGNMENT > UINT16_MAX)
		version = 2;
	before = (version == 1 ? SHORTEST : LONGER) + dictionary.length + 1;
	padding = -before % ALIGNMENT;
	append_magic(head, version, dictionary.length + padding + 1);
	text_append_n(head, text_string(&dictionary), dictionary.length);
	for (size_t i = 0; i < padding; i++)
		text_append_char(head, ' ');
	text_append(head, "\n");
	head->failed |= dictionary.failed;
	text_release(&dictionary);
}

/* "[('time', '<f8'), ('v(out)', '<c16'), ]" */
static void append_fields(struct text *type, const struct carom_table *table, char *const *names)
{
	text_append(type, "[");
	for (size_t i = 0; i < table->n_columns; i++) {
		text_append(type, "(");
		npy_append_string(type, names[i]);
		text_printf(type, ", %s), ", npy_type(&table->columns[i]));
	}
	text_append(type, "]");
}

static int send_head(const struct carom_table *table, struct output *output,
		     struct carom_error *err)
{
	struct text head = TEXT_INIT, type = TEXT_INIT;
	char **names = names_make(table);
	int status = CAROM_OK;

	if (names)
		append_fields(&type, table, names);
	npy_append_head(&head, text_string(&type), table->n_points);
	if (!names || type.failed || head.failed)
		status = carom_fail_memory(err);
	else
		output_write(output, head.data, head.length);
	names_free(names, table->n_columns);
	text_release(&type);
	text_release(&head);
	return status;
}

int npy_write(const struct carom_table *table, struct writing *writing, struct carom_error *err)
{
	int status = send_head(table, writing->output, err);

	return status == CAROM_OK ? table_send_rows(table, false, send_binary, writing, err)
				  : status;
}
