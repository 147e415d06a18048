/* SPDX-License-Identifier: BSD-3-Clause */
/* Blocks of a plot that is finished, as views into it. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-stream.h"

struct column {
	struct ng_vector vector;
	const char *name;
	const double *values;
};

struct columns {
	struct column *list;
	size_t n, n_points;
	const char **names;
	const double **values;
};

static bool is_wanted(struct ng_stream *stream, const char *plot, const struct ng_vector *vector)
{
	const struct carom_run_options *options = stream->options;
	bool is_wanted = options->n_columns == 0;

	for (size_t i = 0; i < options->n_columns; i++) {
		if (!ng_name_matches(plot, vector->name, options->columns[i]))
			continue;
		stream->is_found[i] = is_wanted = true;
	}
	return is_wanted;
}

/* Those that have no points are of quantities that do not exist. */
static int gather(struct columns *columns, struct ng_stream *stream, const struct ng_api *api,
		  const struct ng_plot *plot, struct carom_error *err)
{
	struct ng_names names = ng_capture_names(api, plot->name);
	const char *name;

	for (size_t i = 0; (name = ng_names_next(&names)); i++) {
		struct column *column = &columns->list[columns->n];
		int status = ng_capture_vector(api, plot->name, name, &column->vector, err);

		if (status)
			return status;
		if (i == 0)
			columns->n_points = column->vector.length;
		if (column->vector.length == 0 || column->vector.length != columns->n_points)
			continue;
		if (is_wanted(stream, plot->name, &column->vector) || (int)i == plot->scale)
			columns->n++;
	}
	return CAROM_OK;
}

/* From a point on.  Returns the number of points that have been passed on by now. */
static size_t pass_on(struct columns *columns, const struct ng_stream *stream, const char *plot,
		      size_t first)
{
	const struct carom_run_options *options = stream->options;
	size_t most = options->block_points > 0 ? options->block_points : 1;
	struct carom_block block = {.plot = plot,
				    .first = first,
				    .n_columns = columns->n,
				    .names = columns->names,
				    .columns = columns->values};
	bool goes_on = columns->n > 0;

	for (; goes_on && block.first < columns->n_points; block.first += block.n_points) {
		block.n_points = columns->n_points - block.first;
		if (block.n_points > most)
			block.n_points = most;
		block.is_complex = columns->list[0].vector.is_complex;
		for (size_t i = 0; i < columns->n; i++)
			columns->values[i] = columns->list[i].vector.data +
					     block.first * (block.is_complex ? 2 : 1);
		goes_on = options->stream(options->stream_arg, &block);
	}
	return block.first;
}

/* Of a plot that goes on the host has seen the points so far. */
static void pass_on_new(struct columns *columns, struct ng_stream *stream, const char *plot)
{
	bool is_latest = strcmp(stream->plot, plot) == 0;
	size_t n_passed = pass_on(columns, stream, plot, is_latest ? stream->n_points : 0);

	if (is_latest)
		stream->n_points = n_passed;
}

int ng_stream_plot(struct ng_stream *stream, const struct ng_api *api, size_t index,
		   struct carom_error *err)
{
	struct columns columns = {0};
	struct ng_plot plot;
	int status = ng_capture_plot(api, index, &plot, err);

	if (status)
		return status;
	columns.list = mem_zalloc(plot.n_vectors, sizeof(*columns.list));
	columns.names = mem_zalloc(plot.n_vectors, sizeof(*columns.names));
	columns.values = mem_zalloc(plot.n_vectors, sizeof(*columns.values));
	if (!columns.list || !columns.names || !columns.values)
		status = carom_fail_memory(err);
	if (!status)
		status = gather(&columns, stream, api, &plot, err);
	for (size_t i = 0; !status && i < columns.n; i++)
		columns.names[i] = columns.list[i].vector.name;
	if (!status)
		pass_on_new(&columns, stream, plot.name);
	mem_free(columns.list);
	mem_free(columns.names);
	mem_free(columns.values);
	return status;
}
