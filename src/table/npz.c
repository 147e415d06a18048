/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A table as NumPy's .npz: a zip archive with a .npy for each column, not compressed.  Where each
 * stands is known in advance, so that all are filled in one walk over the table.  Source of the
 * format: PKWARE's APPNOTE 6.3.10; ZIP64 throughout.
 */
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "table/table.h"

enum {
	BLOCK = 16 << 20,
	ALIGNMENT = 64,
	LOCAL = 30,             /* bytes of an entry's head, without name and extra fields */
	EXTRA = 4,              /* of an extra field, without what it holds */
	LONG_SIZES = 16,        /* that the ZIP64 field of an entry's head holds */
	VERSION = 45,           /* of the format, that has ZIP64 */
	UTF8 = 1 << 11,         /* the flag: names are UTF-8 */
	NEW_YEAR = 0x21,        /* of 1980, a date as in DOS: the same table, the same bytes */
	FIELD_LONG = 1,         /* extra field: ZIP64 */
	FIELD_PADDING = 0xd935, /* extra field: alignment */
};

struct entry {
	char *name;       /* "v(out).npy" */
	struct text head; /* of the .npy */
	uint64_t at;      /* of the entry in the file */
	uint64_t numbers; /* where its numbers begin */
	uint64_t size;    /* of the .npy */
	uint32_t sum;     /* CRC-32 of the .npy */
};

struct archive {
	const struct carom_table *table;
	struct output *output;
	struct entry *entries; /* of each column */
	uint64_t end;          /* behind the last */
};

/* ---- little-endian numbers ---- */

static void append_2(struct text *text, unsigned int value)
{
	text_append_char(text, (char)(value & 0xff));
	text_append_char(text, (char)(value >> 8 & 0xff));
}

static void append_4(struct text *text, uint64_t value)
{
	append_2(text, (unsigned int)(value & 0xffff));
	append_2(text, (unsigned int)(value >> 16 & 0xffff));
}

static void append_8(struct text *text, uint64_t value)
{
	append_4(text, value);
	append_4(text, value >> 32);
}

/* ---- where everything stands ---- */

/* The head of an entry ends, and the numbers begin, at a multiple of ALIGNMENT. */
static size_t padding_of(const struct entry *entry)
{
	uint64_t end = entry->at + LOCAL + strlen(entry->name) + EXTRA + LONG_SIZES + EXTRA;

	return -end % ALIGNMENT;
}

static int lay_out(struct archive *archive, struct carom_error *err)
{
	for (size_t i = 0; i < archive->table->n_columns; i++) {
		const struct carom_column *column = &archive->table->columns[i];
		struct entry *entry = &archive->entries[i];
		size_t head;

		npy_append_head(&entry->head, npy_type(column), column->n_points);
		if (entry->head.failed)
			return carom_fail_memory(err);
		entry->at = archive->end;
		head = LOCAL + strlen(entry->name) + EXTRA + LONG_SIZES + EXTRA + padding_of(entry);
		entry->numbers = entry->at + head + entry->head.length;
		entry->size = entry->head.length +
			      (uint64_t)column->n_points * column_width(column) * sizeof(double);
		entry->sum = (uint32_t)crc32(0, (const Bytef *)entry->head.data,
					     (uInt)entry->head.length);
		archive->end = entry->at + head + entry->size;
	}
	return CAROM_OK;
}

static int name_entries(struct archive *archive, struct carom_error *err)
{
	char **names = names_make(archive->table);
	bool failed = !names;

	for (size_t i = 0; i < archive->table->n_columns && !failed; i++) {
		struct text name = TEXT_INIT;

		text_printf(&name, "%s.npy", names[i]);
		archive->entries[i].name = text_take(&name);
		failed = !archive->entries[i].name;
	}
	names_free(names, archive->table->n_columns);
	return failed ? carom_fail_memory(err) : CAROM_OK;
}

/* ---- the numbers ---- */

static void place_block(struct archive *archive, const struct walk *walk)
{
	const double *values = walk->values;

	for (size_t i = 0; i < archive->table->n_columns; i++) {
		const struct carom_column *column = &archive->table->columns[i];
		struct entry *entry = &archive->entries[i];
		size_t point = column_width(column) * sizeof(double);
		size_t left = column->n_points > walk->first ? column->n_points - walk->first : 0;
		size_t bytes = (left < walk->n ? left : walk->n) * point;

		output_place(archive->output, entry->numbers + walk->first * point, values, bytes);
		entry->sum = (uint32_t)crc32_z(entry->sum, (const Bytef *)values, bytes);
		values += column_width(column) * walk->n;
	}
}

static int place_numbers(struct archive *archive, struct writing *writing, struct carom_error *err)
{
	struct walk walk;
	int status = walk_begin(&walk, archive->table, BLOCK, writing, err);

	while (status == CAROM_OK && (status = walk_next(&walk, err)) == 1) {
		place_block(archive, &walk);
		status = CAROM_OK;
	}
	walk_end(&walk);
	return status;
}

/* ---- what surrounds them ---- */

/* The fields that an entry's head and the directory have alike. */
static void append_common(struct text *text, const struct entry *entry, size_t extra)
{
	append_2(text, VERSION);
	append_2(text, UTF8);
	append_2(text, 0); /* stored */
	append_2(text, 0);
	append_2(text, NEW_YEAR);
	append_4(text, entry->sum);
	append_4(text, UINT32_MAX); /* the sizes stand in the ZIP64 field */
	append_4(text, UINT32_MAX);
	append_2(text, (unsigned int)strlen(entry->name));
	append_2(text, (unsigned int)extra);
}

static void append_local(struct text *text, const struct entry *entry)
{
	size_t padding = padding_of(entry);

	text_append(text, "PK\3\4");
	append_common(text, entry, EXTRA + LONG_SIZES + EXTRA + padding);
	text_append(text, entry->name);
	append_2(text, FIELD_LONG);
	append_2(text, LONG_SIZES);
	append_8(text, entry->size);
	append_8(text, entry->size);
	append_2(text, FIELD_PADDING);
	append_2(text, (unsigned int)padding);
	for (size_t i = 0; i < padding; i++)
		text_append_char(text, '\0');
	text_append_n(text, text_string(&entry->head), entry->head.length);
}

static void append_directory_entry(struct text *text, const struct entry *entry)
{
	enum { UNIX = 3 << 8, LONG = LONG_SIZES + 8 };

	text_append(text, "PK\1\2");
	append_2(text, UNIX | VERSION);
	append_common(text, entry, EXTRA + LONG);
	append_2(text, 0); /* comment */
	append_2(text, 0); /* disk */
	append_2(text, 0); /* attributes */
	append_4(text, (uint64_t)0100644 << 16);
	append_4(text, UINT32_MAX); /* where it stands, too */
	text_append(text, entry->name);
	append_2(text, FIELD_LONG);
	append_2(text, LONG);
	append_8(text, entry->size);
	append_8(text, entry->size);
	append_8(text, entry->at);
}

/* The end of the directory, as ZIP64 has it and as all have it. */
static void append_end(struct text *text, uint64_t n, uint64_t at)
{
	enum { END = 44 }; /* bytes behind the length */
	uint64_t size = text->length;

	text_append(text, "PK\6\6");
	append_8(text, END);
	append_2(text, VERSION);
	append_2(text, VERSION);
	append_8(text, 0); /* disks */
	append_8(text, n);
	append_8(text, n);
	append_8(text, size);
	append_8(text, at);
	text_append(text, "PK\6\7");
	append_4(text, 0);
	append_8(text, at + size);
	append_4(text, 1);
	text_append(text, "PK\5\6");
	append_4(text, 0);
	append_2(text, UINT16_MAX); /* the rest is said above */
	append_2(text, UINT16_MAX);
	append_4(text, UINT32_MAX);
	append_4(text, UINT32_MAX);
	append_2(text, 0);
}

static int place_around(struct archive *archive, struct carom_error *err)
{
	struct text local = TEXT_INIT, directory = TEXT_INIT;
	size_t n = archive->table->n_columns;
	bool failed = false;

	for (size_t i = 0; i < n && !failed; i++) {
		text_clear(&local);
		append_local(&local, &archive->entries[i]);
		append_directory_entry(&directory, &archive->entries[i]);
		failed = local.failed;
		output_place(archive->output, archive->entries[i].at, text_string(&local),
			     local.length);
	}
	append_end(&directory, n, archive->end);
	failed |= directory.failed;
	output_place(archive->output, archive->end, text_string(&directory), directory.length);
	text_release(&local);
	text_release(&directory);
	return failed ? carom_fail_memory(err) : CAROM_OK;
}

int npz_write(const struct carom_table *table, struct writing *writing, struct carom_error *err)
{
	struct archive archive = {.table = table, .output = writing->output};
	int status;

	archive.entries = mem_zalloc(table->n_columns, sizeof(*archive.entries));
	status = archive.entries ? name_entries(&archive, err) : carom_fail_memory(err);
	if (status == CAROM_OK)
		status = lay_out(&archive, err);
	if (status == CAROM_OK)
		status = place_numbers(&archive, writing, err);
	if (status == CAROM_OK)
		status = place_around(&archive, err);
	for (size_t i = 0; archive.entries && i < table->n_columns; i++) {
		mem_free(archive.entries[i].name);
		text_release(&archive.entries[i].head);
	}
	mem_free(archive.entries);
	return status;
}
