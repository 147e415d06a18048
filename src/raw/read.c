/* SPDX-License-Identifier: BSD-3-Clause */
/* Columns of a plot: into the caller's memory, into the library's, or where they stand. */
#include <string.h>

#include "base/mem.h"
#include "raw/binary.h"
#include "raw/plot.h"

enum { LINE = 64 };

struct carom_raw_columns {
	size_t n, n_points;
	void *memory;   /* of all columns */
	double **begin; /* of each */
};

/* ---- what is wanted ---- */

static int check_variables(const struct carom_raw_plot *plot, const size_t *variables, size_t n,
			   struct carom_error *err)
{
	for (size_t i = 0; i < n; i++)
		if (variables[i] >= plot->header.n_variables)
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "there is no variable %zu, the plot has %zu",
					  variables[i], plot->header.n_variables);
	return 0;
}

/* Into reading: points, threads, progress. */
static int take_range(struct reading *reading, const struct carom_raw_plot *plot,
		      const struct carom_raw_range *range, struct carom_error *err)
{
	struct carom_raw_range taken = {.size = 0};

	if (range)
		memcpy(&taken, range, range->size < sizeof(taken) ? range->size : sizeof(taken));
	if (taken.first > plot->n_points || taken.n_points > plot->n_points - taken.first)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "points %zu to %zu are not there, the plot has %zu", taken.first,
				  taken.first + taken.n_points, plot->n_points);
	reading->first = taken.first;
	reading->n_points = taken.n_points ? taken.n_points : plot->n_points - taken.first;
	reading->n_threads = taken.n_threads;
	reading->progress = taken.progress;
	reading->progress_arg = taken.progress_arg;
	return 0;
}

/* Bytes of the results; of text those that are read. */
static uint64_t count_total(const struct reading *reading, const struct carom_raw_plot *plot)
{
	uint64_t n = 0;

	if (plot->header.is_text)
		return plot->ascii.end - plot->ascii.begin;
	for (size_t i = 0; i < reading->n; i++)
		n += plot->header.variables[reading->variables[i]].is_complex ? 2 : 1;
	return n * reading->n_points * sizeof(double);
}

static int read_all(struct reading *reading, const struct carom_raw_plot *plot,
		    struct carom_error *err)
{
	struct carom_error found = CAROM_ERROR_INIT;
	struct guard guard;
	int status, ended;

	source_begin(reading->source, &guard);
	status = plot->header.is_text ? ascii_read(reading, &plot->ascii, &found)
				      : binary_read(reading, &plot->layout, &found);
	ended = source_end(reading->source, &guard, err);
	source_let_go(reading->source);
	if (ended)
		return ended;
	return status ? carom_fail_as(err, &found) : 0;
}

CAROM_API int carom_raw_plot_read(const struct carom_raw_plot *plot, const size_t *variables,
				  size_t n, double *const *columns,
				  const struct carom_raw_range *range, struct carom_error *err)
{
	struct reading reading = {.source = &plot->raw->source,
				  .of_plot = plot->header.variables,
				  .variables = variables,
				  .n = n,
				  .columns = columns};
	int status = check_variables(plot, variables, n, err);

	if (!status)
		status = take_range(&reading, plot, range, err);
	if (status || reading.n_points == 0 || n == 0)
		return status;
	reading.total = count_total(&reading, plot);
	return read_all(&reading, plot, err);
}

/* ---- memory of the library's ---- */

/* Of a column, up to a whole line. */
static size_t column_bytes(const struct carom_raw_plot *plot, size_t variable, size_t n_points)
{
	size_t width = plot->header.variables[variable].is_complex ? 2 : 1;

	return (n_points * width * sizeof(double) + LINE - 1) / LINE * LINE;
}

static int allocate(struct carom_raw_columns *columns, const struct carom_raw_plot *plot,
		    const size_t *variables, struct carom_error *err)
{
	size_t bytes = LINE;
	char *at;

	for (size_t i = 0; i < columns->n; i++)
		if (__builtin_add_overflow(
			    bytes, column_bytes(plot, variables[i], columns->n_points), &bytes))
			return carom_fail_memory(err);
	columns->begin = mem_zalloc(columns->n, sizeof(*columns->begin));
	columns->memory = mem_alloc(bytes);
	if (!columns->begin || !columns->memory)
		return carom_fail_memory(err);
	at = (char *)columns->memory + (LINE - (uintptr_t)columns->memory % LINE) % LINE;
	for (size_t i = 0; i < columns->n; i++) {
		columns->begin[i] = (double *)(void *)at;
		at += column_bytes(plot, variables[i], columns->n_points);
	}
	return 0;
}

static int read_into(struct carom_raw_columns *columns, const struct carom_raw_plot *plot,
		     const size_t *variables, const struct carom_raw_range *range,
		     struct carom_error *err)
{
	struct reading reading = {.n = 0};
	int status = check_variables(plot, variables, columns->n, err);

	if (!status)
		status = take_range(&reading, plot, range, err);
	columns->n_points = reading.n_points;
	if (!status)
		status = allocate(columns, plot, variables, err);
	if (!status)
		status = carom_raw_plot_read(plot, variables, columns->n, columns->begin, range,
					     err);
	return status;
}

/* 0, 1, 2 ... */
static size_t *list_all(size_t n)
{
	size_t *variables = mem_zalloc(n, sizeof(*variables));

	for (size_t i = 0; variables && i < n; i++)
		variables[i] = i;
	return variables;
}

CAROM_API int carom_raw_plot_read_columns(const struct carom_raw_plot *plot,
					  const size_t *variables, size_t n,
					  const struct carom_raw_range *range,
					  struct carom_raw_columns **columns,
					  struct carom_error *err)
{
	struct carom_raw_columns *made = mem_zalloc(1, sizeof(*made));
	size_t *all = variables ? NULL : list_all(plot->header.n_variables);
	int status;

	if (!made || (!variables && !all)) {
		status = carom_fail_memory(err);
	} else {
		made->n = variables ? n : plot->header.n_variables;
		status = read_into(made, plot, variables ? variables : all, range, err);
	}
	mem_free(all);
	if (status)
		carom_raw_columns_free(made);
	else
		*columns = made;
	return status;
}

CAROM_API void carom_raw_columns_free(struct carom_raw_columns *columns)
{
	if (!columns)
		return;
	mem_free(columns->memory);
	mem_free(columns->begin);
	mem_free(columns);
}

CAROM_API size_t carom_raw_columns_count(const struct carom_raw_columns *columns)
{
	return columns->n;
}

CAROM_API size_t carom_raw_columns_point_count(const struct carom_raw_columns *columns)
{
	return columns->n_points;
}

CAROM_API const double *carom_raw_columns_data(const struct carom_raw_columns *columns,
					       size_t index)
{
	return index < columns->n ? columns->begin[index] : NULL;
}

/* ---- views ---- */

static const char *find_obstacle(const struct carom_raw_plot *plot, size_t variable)
{
	const struct layout *layout = &plot->layout;

	if (plot->raw->source.fd >= 0)
		return "the file may become shorter";
	if (plot->header.is_text)
		return "the values are text";
	if (layout->fields[variable].kind == VALUE_FLOAT)
		return "the values are floats";
	if (layout->is_swapped)
		return "the values are of the other byte order";
	if (variable == 0 && layout->is_magnitude)
		return "signs must be dropped";
	return layout->pieces ? "variables differ in length" : NULL;
}

CAROM_API int carom_raw_plot_view(const struct carom_raw_plot *plot, size_t variable,
				  struct carom_raw_view *view, struct carom_error *err)
{
	int status = check_variables(plot, &variable, 1, err);
	const char *obstacle = status ? NULL : find_obstacle(plot, variable);
	struct run run;

	if (status)
		return status;
	if (obstacle)
		return carom_fail(err, CAROM_ERROR_STATE, "%s needs a copy: %s\nread it",
				  plot->header.variables[variable].name, obstacle);
	run = layout_run(&plot->layout, variable, 0);
	*view = (struct carom_raw_view){plot->raw->source.bytes + run.offset, run.stride, run.n};
	return 0;
}
