/* SPDX-License-Identifier: BSD-3-Clause */
/* Which format is which, and the file around the tables. */
#include "table/table.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"

static const struct {
	const char *name;
	const char *end; /* of a file's name; NULL: that of another format */
	table_write_fn *write;
	bool takes_many;
	bool needs_place; /* nothing for a pipe */
} formats[] = {
	[CAROM_FORMAT_NONE] = {"", NULL, NULL, false, false},
	[CAROM_FORMAT_CSV] = {"csv", ".csv", csv_write, false, false},
	[CAROM_FORMAT_NPY] = {"npy", ".npy", npy_write, false, false},
	[CAROM_FORMAT_NPZ] = {"npz", ".npz", npz_write, false, true},
	[CAROM_FORMAT_RAW] = {"raw", ".raw", raw_write, true, false},
	[CAROM_FORMAT_ASCII] = {"ascii", NULL, raw_write_ascii, true, false},
	[CAROM_FORMAT_LTSPICE] = {"ltspice", NULL, raw_write_ltspice, false, false},
};

enum { N_FORMATS = sizeof(formats) / sizeof(formats[0]) };

CAROM_API enum carom_format carom_format_of_name(const char *name)
{
	for (int i = CAROM_FORMAT_NONE + 1; i < N_FORMATS; i++) {
		if (strcasecmp(name, formats[i].name) == 0)
			return (enum carom_format)i;
	}
	return CAROM_FORMAT_NONE;
}

CAROM_API enum carom_format carom_format_of_path(const char *path)
{
	const char *end = strrchr(path, '.');

	for (int i = CAROM_FORMAT_NONE + 1; end && i < N_FORMATS; i++) {
		if (formats[i].end && strcasecmp(end, formats[i].end) == 0)
			return (enum carom_format)i;
	}
	return CAROM_FORMAT_NONE;
}

CAROM_API const char *carom_format_name(enum carom_format format)
{
	return (unsigned int)format < N_FORMATS ? formats[format].name : "";
}

static int check(size_t n_tables, enum carom_format format, struct carom_error *err)
{
	if (format == CAROM_FORMAT_NONE || (unsigned int)format >= N_FORMATS)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no format to write");
	if (n_tables == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no table to write");
	if (n_tables > 1 && !formats[format].takes_many)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "a %s file holds one table, not %zu\nwrite one file for each",
				  formats[format].name, n_tables);
	return CAROM_OK;
}

static int write_tables(const struct carom_table *tables, size_t n_tables, table_write_fn *write,
			struct writing *writing, struct carom_error *err)
{
	int status = CAROM_OK;

	for (size_t i = 0; i < n_tables; i++)
		writing->n_all += (double)tables[i].n_points;
	for (size_t i = 0; i < n_tables && status == CAROM_OK; i++)
		status = write(&tables[i], writing, err);
	return status;
}

CAROM_API int carom_tables_write(const struct carom_table *tables, size_t n_tables,
				 enum carom_format format, const char *path,
				 const struct carom_table_options *options, struct carom_error *err)
{
	struct carom_table_options read = {.size = sizeof(read)};
	struct writing writing = {.options = &read};
	int status = check(n_tables, format, err), finished;

	if (status != CAROM_OK)
		return status;
	if (options)
		memcpy(&read, options, options->size < sizeof(read) ? options->size : sizeof(read));
	status = output_open(&writing.output, path, err);
	if (status != CAROM_OK)
		return status;
	if (formats[format].needs_place && !output_can_place(writing.output))
		status = carom_fail(err, CAROM_ERROR_ARGUMENT, "%s is no file, which %s needs",
				    path, formats[format].name);
	else
		status = write_tables(tables, n_tables, formats[format].write, &writing, err);
	finished = output_finish(writing.output, status == CAROM_OK, err);
	return status == CAROM_OK ? finished : status;
}
