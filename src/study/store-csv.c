/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes the samples of a store as CSV (RFC 4180, with the line ends of this system). */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "study/store.h"

static void append_quoted(struct text *line, const char *cell)
{
	if (!strpbrk(cell, ",\"\r\n")) {
		text_append(line, cell);
		return;
	}
	text_append_char(line, '"');
	for (; *cell; cell++) {
		if (*cell == '"')
			text_append_char(line, '"');
		text_append_char(line, *cell);
	}
	text_append_char(line, '"');
}

static void append_header(struct text *line, const struct carom_store *store)
{
	bool has_corner = carom_store_cell_corner(store, 0);

	text_append(line, has_corner ? "sample,status,corner" : "sample,status");
	text_append(line, carom_store_log_weight(store) ? ",log_weight" : "");
	for (size_t i = 0; i < carom_store_parameter_count(store); i++) {
		text_append_char(line, ',');
		append_quoted(line, carom_store_parameter_name(store, i));
	}
	for (size_t i = 0; i < carom_store_measurement_count(store); i++) {
		text_append_char(line, ',');
		append_quoted(line, carom_store_measurement_name(store, i));
	}
	text_append_char(line, '\n');
}

/* What is not there is an empty cell: spreadsheets take "nan" for text. */
static void append_value(struct text *line, double value, bool is_there)
{
	text_append_char(line, ',');
	if (is_there && !isnan(value))
		text_append_number(line, value);
}

static void append_corner(struct text *line, const struct carom_store *store, uint64_t sample)
{
	const char *corner =
		carom_store_cell_corner(store, sample / carom_store_cell_samples(store));

	if (!corner)
		return;
	text_append_char(line, ',');
	append_quoted(line, corner);
}

static void append_row(struct text *line, const struct carom_store *store, uint64_t sample)
{
	/* A run may be writing; acquire pairs with the release that ends its row. */
	int8_t status = __atomic_load_n(&carom_store_status(store)[sample], __ATOMIC_ACQUIRE);
	bool is_there = status != CAROM_SAMPLE_PENDING;

	text_printf(line, "%" PRIu64 ",%s", sample,
		    carom_sample_status_text((enum carom_sample_status)status));
	append_corner(line, store, sample);
	if (carom_store_log_weight(store))
		append_value(line, carom_store_log_weight(store)[sample], is_there);
	for (size_t i = 0; i < carom_store_parameter_count(store); i++)
		append_value(line, carom_store_parameter(store, i)[sample], is_there);
	for (size_t i = 0; i < carom_store_measurement_count(store); i++)
		append_value(line, carom_store_measurement(store, i)[sample], is_there);
	text_append_char(line, '\n');
}

static int write_line(FILE *file, struct text *line, struct carom_error *err)
{
	if (line->failed)
		return carom_fail_memory(err);
	if (fwrite(line->data, 1, line->length, file) != line->length)
		return carom_fail_errno(err, "cannot be written");
	text_clear(line);
	return 0;
}

static int write_lines(FILE *file, const struct carom_store *store, struct carom_error *err)
{
	struct text line = TEXT_INIT;
	int status;

	append_header(&line, store);
	status = write_line(file, &line, err);
	for (uint64_t k = 0; k < carom_store_sample_count(store) && status == 0; k++) {
		if (k % STORE_DROP_ROWS == 0)
			store_drop_columns(store);
		append_row(&line, store, k);
		status = write_line(file, &line, err);
	}
	text_release(&line);
	return status;
}

CAROM_API int carom_store_write_csv(const struct carom_store *store, const char *path,
				    struct carom_error *err)
{
	bool is_stdout = strcmp(path, "-") == 0;
	FILE *file = is_stdout ? stdout : fopen(path, "we");
	int status;

	if (!file)
		return carom_fail_errno(err, "%s", path);
	status = write_lines(file, store, err);
	if ((is_stdout ? fflush(file) : fclose(file)) && !status)
		status = carom_fail_errno(err, "cannot be written");
	return status ? carom_fail_context(err, status, "%s", is_stdout ? "standard output" : path)
		      : 0;
}
