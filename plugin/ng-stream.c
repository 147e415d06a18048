/* SPDX-License-Identifier: BSD-3-Clause */
/* From ngspice's rows of all vectors to blocks of the columns that the host has asked for. */
#include "ng-stream.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static size_t block_points(const struct ng_stream *stream)
{
	return stream->options->block_points > 0 ? stream->options->block_points : 1;
}

static void release_plot(struct ng_stream *stream)
{
	mem_free(stream->places);
	mem_free(stream->names);
	mem_free(stream->name_bytes);
	mem_free(stream->values);
	mem_free(stream->columns);
	stream->places = NULL;
	stream->names = NULL;
	stream->name_bytes = NULL;
	stream->values = NULL;
	stream->columns = NULL;
	stream->n_columns = stream->n_held = 0;
}

bool ng_stream_go_on(struct ng_stream *stream, const struct carom_run_options *options)
{
	if (options->n_columns > 0)
		stream->is_found = mem_zalloc(options->n_columns, sizeof(*stream->is_found));
	stream->options = options;
	stream->n_plots = 0;
	stream->is_resumed = true;
	return options->n_columns == 0 || stream->is_found;
}

bool ng_stream_start(struct ng_stream *stream, const struct carom_run_options *options)
{
	stream->plot[0] = '\0';
	stream->n_points = 0;
	return ng_stream_go_on(stream, options);
}

static bool pass_on(struct ng_stream *stream)
{
	struct carom_block block = {.plot = stream->plot,
				    .first = stream->n_points - stream->n_held,
				    .n_points = stream->n_held,
				    .n_columns = stream->n_columns,
				    .names = stream->names,
				    .is_complex = stream->is_complex,
				    .columns = stream->columns};

	stream->n_held = 0;
	return stream->options->stream(stream->options->stream_arg, &block);
}

void ng_stream_end(struct ng_stream *stream)
{
	if (stream->n_held > 0)
		pass_on(stream);
	release_plot(stream);
	mem_free(stream->is_found);
	stream->is_found = NULL;
	stream->options = NULL;
}

/* ---- the columns of a plot ---- */

/* ngspice lists the vectors in the reverse of the order they were saved in; the scale is first. */
static const char *name_at(const vecinfoall *info, int place)
{
	return info->vecs[place]->vecname;
}

static void add_column(struct ng_stream *stream, const vecinfoall *info, int place)
{
	char *name = stream->name_bytes + stream->n_columns * NG_NAME_SIZE;

	ng_name_from_ng(stream->plot, name_at(info, place), name, NG_NAME_SIZE);
	stream->names[stream->n_columns] = name;
	stream->places[stream->n_columns++] = place;
}

static int find_place(const struct ng_stream *stream, const vecinfoall *info, const char *wanted)
{
	int place = info->veccount - 1;

	while (place >= 0 && !ng_name_matches(stream->plot, name_at(info, place), wanted))
		place--;
	return place;
}

static void choose_all(struct ng_stream *stream, const vecinfoall *info)
{
	for (int place = info->veccount - 1; place >= 0; place--)
		if (!ng_is_guard(name_at(info, place)))
			add_column(stream, info, place);
}

static void choose(struct ng_stream *stream, const vecinfoall *info, const char *const *wanted,
		   size_t n_wanted)
{
	if (stream->scale >= 0)
		add_column(stream, info, stream->scale);
	for (size_t i = 0; i < n_wanted; i++) {
		int place = find_place(stream, info, wanted[i]);

		if (place < 0)
			continue;
		if (wanted == stream->options->columns)
			stream->is_found[i] = true;
		if (place != stream->scale)
			add_column(stream, info, place);
	}
}

/* A run that keeps nothing saves everything, whatever was asked for. */
static void choose_columns(struct ng_stream *stream, const vecinfoall *info)
{
	const struct carom_run_options *options = stream->options;

	if (options->n_columns > 0)
		choose(stream, info, options->columns, options->n_columns);
	else if (options->keeps_nothing && options->n_save > 0)
		choose(stream, info, options->save, options->n_save);
	else
		choose_all(stream, info);
}

static size_t most_columns(const struct ng_stream *stream, const vecinfoall *info)
{
	const struct carom_run_options *options = stream->options;

	return 1 + options->n_columns + options->n_save + (size_t)info->veccount;
}

static bool map_columns(struct ng_stream *stream, const vecinfoall *info)
{
	size_t most = most_columns(stream, info);
	size_t stride = block_points(stream) * (stream->is_complex ? 2 : 1);

	stream->places = mem_zalloc(most, sizeof(*stream->places));
	stream->names = mem_zalloc(most, sizeof(*stream->names));
	stream->name_bytes = mem_zalloc(most, NG_NAME_SIZE);
	stream->columns = mem_zalloc(most, sizeof(*stream->columns));
	if (!stream->places || !stream->names || !stream->name_bytes || !stream->columns)
		return false;
	choose_columns(stream, info);
	stream->values = mem_zalloc(stream->n_columns * stride, sizeof(*stream->values));
	for (size_t i = 0; stream->values && i < stream->n_columns; i++)
		stream->columns[i] = stream->values + i * stride;
	return stream->values != NULL;
}

bool ng_stream_begin_plot(struct ng_stream *stream, const vecinfoall *info)
{
	bool goes_on = stream->is_resumed && strcmp(stream->plot, info->type) == 0;
	int last = info->veccount - 1;

	if (stream->n_held > 0)
		pass_on(stream);
	release_plot(stream);
	stream->n_plots++;
	stream->is_resumed = false;
	if (!goes_on)
		stream->n_points = 0;
	snprintf(stream->plot, sizeof(stream->plot), "%s", info->type);
	stream->scale = ng_is_scale(name_at(info, last)) ? last : -1;
	stream->at = NAN;
	stream->is_complex = !info->vecs[last]->is_real;
	return !stream->options->stream || map_columns(stream, info);
}

/* ---- points ---- */

static void hold_real(struct ng_stream *stream, pvecvalues const *vectors)
{
	size_t stride = block_points(stream);
	double *value = stream->values + stream->n_held;

	for (size_t i = 0; i < stream->n_columns; i++, value += stride)
		*value = vectors[stream->places[i]]->creal;
}

static void hold_complex(struct ng_stream *stream, pvecvalues const *vectors)
{
	size_t stride = 2 * block_points(stream);
	double *value = stream->values + 2 * stream->n_held;

	for (size_t i = 0; i < stream->n_columns; i++, value += stride) {
		value[0] = vectors[stream->places[i]]->creal;
		value[1] = vectors[stream->places[i]]->cimag;
	}
}

static bool is_repeated(const struct ng_stream *stream, const vecvaluesall *all)
{
	return !stream->options->keeps_nothing && (size_t)all->vecindex + 1 == stream->n_points;
}

bool ng_stream_add(struct ng_stream *stream, const vecvaluesall *all)
{
	if (is_repeated(stream, all))
		return true;
	stream->n_points++;
	if (stream->scale >= 0)
		stream->at = all->vecsa[stream->scale]->creal;
	if (!stream->values)
		return true;
	if (stream->is_complex)
		hold_complex(stream, all->vecsa);
	else
		hold_real(stream, all->vecsa);
	return ++stream->n_held < block_points(stream) || pass_on(stream);
}

const char *ng_stream_missing(const struct ng_stream *stream)
{
	for (size_t i = 0; i < stream->options->n_columns; i++)
		if (!stream->is_found[i])
			return stream->options->columns[i];
	return NULL;
}
