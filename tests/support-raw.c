/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading RAW files: headers line by line, binary data point by point. */
#include "support-raw.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

struct reader {
	const char *path;
	char *bytes;
	size_t size, at;
	struct carom_error *err;
};

static int fail(const struct reader *reader, size_t offset, const char *why)
{
	int status = carom_fail_at(reader->err, CAROM_ERROR_FORMAT, reader->path, 0, 0, "%s", why);

	if (reader->err)
		reader->err->offset = (int64_t)offset;
	return status;
}

/* ---- the file's bytes ---- */

static bool read_all(int fd, char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, bytes + done, size - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static int load_fd(struct reader *reader, int fd)
{
	struct stat info;

	if (fstat(fd, &info) < 0)
		return carom_fail_errno(reader->err, "%s", reader->path);
	reader->size = (size_t)info.st_size;
	reader->bytes = mem_alloc(reader->size);
	if (!reader->bytes)
		return carom_fail_memory(reader->err);
	if (!read_all(fd, reader->bytes, reader->size))
		return carom_fail_errno(reader->err, "%s", reader->path);
	return 0;
}

static int load_file(struct reader *reader)
{
	int fd = open(reader->path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd < 0)
		return carom_fail_errno(reader->err, "%s", reader->path);
	status = load_fd(reader, fd);
	close(fd);
	return status;
}

/* ---- lines ---- */

/* The next line, without its end, as a string in place; NULL if there is none. */
static char *next_line(struct reader *reader)
{
	char *line = reader->bytes + reader->at;
	char *end = memchr(line, '\n', reader->size - reader->at);

	if (!end)
		return NULL;
	*end = '\0';
	reader->at = (size_t)(end + 1 - reader->bytes);
	return line;
}

/* The text behind "Key:" and blanks; NULL if the line is of another key. */
static const char *value_of(const char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncmp(line, key, length) != 0)
		return NULL;
	return line + length + strspn(line + length, " \t");
}

static bool read_count(const char *text, size_t *count)
{
	return sscanf(text, "%zu", count) == 1;
}

/* ---- one plot ---- */

/* Of a line "<tab>number<tab>name<tab>type". */
static const char *take_name(char *line)
{
	char *name = strpbrk(line, "0123456789");
	char *end;

	name = name ? strchr(name, '\t') : NULL;
	end = name ? strchr(name + 1, '\t') : NULL;
	if (!end)
		return NULL;
	*end = '\0';
	return name + 1;
}

static int read_names(struct reader *reader, struct raw_plot *plot)
{
	plot->vectors = mem_zalloc(plot->n_vectors, sizeof(*plot->vectors));
	if (!plot->vectors)
		return carom_fail_memory(reader->err);
	for (size_t i = 0; i < plot->n_vectors; i++) {
		size_t at = reader->at;
		char *line = next_line(reader);

		plot->vectors[i].name = line ? take_name(line) : NULL;
		if (!plot->vectors[i].name)
			return fail(reader, at, "a variable has no name and type");
	}
	return 0;
}

/* Points of vectors in the file, vectors of points in memory. */
static void transpose(const char *bytes, struct raw_plot *plot, size_t width)
{
	size_t value_size = width * sizeof(double);

	for (size_t i = 0; i < plot->n_points; i++)
		for (size_t k = 0; k < plot->n_vectors; k++, bytes += value_size)
			memcpy(plot->vectors[k].data + i * width, bytes, value_size);
}

static int read_data(struct reader *reader, struct raw_plot *plot)
{
	size_t width = plot->is_complex ? 2 : 1;
	size_t column = plot->n_points * width;

	plot->columns = mem_alloc(plot->n_vectors * column * sizeof(double));
	if (!plot->columns)
		return carom_fail_memory(reader->err);
	for (size_t k = 0; k < plot->n_vectors; k++)
		plot->vectors[k].data = plot->columns + k * column;
	transpose(reader->bytes + reader->at, plot, width);
	reader->at += plot->n_vectors * column * sizeof(double);
	return 0;
}

/* Are there bytes for so many points?  No product here can overflow. */
static bool has_room(const struct reader *reader, const struct raw_plot *plot)
{
	size_t left = (reader->size - reader->at) / sizeof(double) / (plot->is_complex ? 2 : 1);

	return plot->n_vectors == 0 || /* the operating point of nothing */
	       (plot->n_vectors < reader->size && plot->n_points <= left / plot->n_vectors);
}

/* Take note of what the reader needs; true at the line before the names. */
static bool take_header_line(struct raw_plot *plot, const char *line, bool *is_ok)
{
	const char *value;

	if ((value = value_of(line, "Plotname:")))
		snprintf(plot->name, sizeof(plot->name), "%s", value);
	else if ((value = value_of(line, "Flags:")))
		plot->is_complex = strncmp(value, "complex", 7) == 0;
	else if ((value = value_of(line, "No. Variables:")))
		*is_ok = read_count(value, &plot->n_vectors);
	else if ((value = value_of(line, "No. Points:")))
		*is_ok = read_count(value, &plot->n_points);
	else
		return value_of(line, "Variables:") != NULL;
	return false;
}

static int read_header(struct reader *reader, struct raw_plot *plot)
{
	size_t at = reader->at;
	char *line = next_line(reader);
	bool is_ok = true;

	if (!line || !value_of(line, "Title:"))
		return fail(reader, at, "no plot begins here");
	do {
		at = reader->at;
		line = next_line(reader);
		if (!line)
			return fail(reader, at, "the header has no end");
	} while (!take_header_line(plot, line, &is_ok) && is_ok);
	if (!is_ok || !has_room(reader, plot))
		return fail(reader, at, "wrong counts of variables or points");
	return 0;
}

/* Of an analysis without points ngspice writes the header alone, which the next plot follows. */
static bool is_header_alone(const struct reader *reader, const struct raw_plot *plot)
{
	size_t left = reader->size - reader->at;

	return plot->n_points == 0 &&
	       (left == 0 || (left > 6 && memcmp(reader->bytes + reader->at, "Title:", 6) == 0));
}

static int read_plot(struct reader *reader, struct raw_plot *plot)
{
	int status = read_header(reader, plot);
	const char *line;
	size_t at;

	if (!status && is_header_alone(reader, plot)) {
		plot->n_vectors = 0;
		return 0;
	}
	if (!status)
		status = read_names(reader, plot);
	if (status)
		return status;
	at = reader->at;
	line = next_line(reader);
	if (!line || strcmp(line, "Binary:") != 0)
		return fail(reader, at, "binary data should begin here");
	if (!has_room(reader, plot))
		return fail(reader, reader->at, "the file ends before the data");
	return read_data(reader, plot);
}

/* ---- the file ---- */

static int read_plots(struct reader *reader, struct raw_file *raw)
{
	size_t capacity = 0;
	int status = 0;

	while (reader->at < reader->size && !status) {
		if (!mem_reserve(&raw->plots, &capacity, raw->n_plots + 1, sizeof(*raw->plots)))
			return carom_fail_memory(reader->err);
		raw->plots[raw->n_plots] = (struct raw_plot){.n_vectors = 0};
		status = read_plot(reader, &raw->plots[raw->n_plots++]);
	}
	return status;
}

int raw_read(struct raw_file *raw, const char *path, struct carom_error *err)
{
	struct reader reader = {.path = path, .err = err};
	int status = load_file(&reader);

	*raw = (struct raw_file){.bytes = reader.bytes};
	if (!status)
		status = read_plots(&reader, raw);
	if (status)
		raw_release(raw);
	return status;
}

void raw_release(struct raw_file *raw)
{
	for (size_t i = 0; i < raw->n_plots; i++) {
		mem_free(raw->plots[i].vectors);
		mem_free(raw->plots[i].columns);
	}
	mem_free(raw->plots);
	mem_free(raw->bytes);
	*raw = (struct raw_file){.n_plots = 0};
}

const struct raw_plot *raw_find_plot(const struct raw_file *raw, const char *name)
{
	for (size_t i = 0; i < raw->n_plots; i++)
		if (strcasecmp(raw->plots[i].name, name) == 0)
			return &raw->plots[i];
	return NULL;
}

const double *raw_find_vector(const struct raw_plot *plot, const char *name)
{
	for (size_t i = 0; i < plot->n_vectors; i++)
		if (strcasecmp(plot->vectors[i].name, name) == 0)
			return plot->vectors[i].data;
	return NULL;
}
