/* SPDX-License-Identifier: BSD-3-Clause */
/* The file: opened, its plots in turn, closed; what it says of itself. */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "raw/plot.h"

static int add_plot(struct carom_raw *raw, size_t at, struct carom_error *err)
{
	int status;

	if (!mem_reserve(&raw->plots, &raw->plots_capacity, raw->n_plots + 1, sizeof(*raw->plots)))
		return carom_fail_memory(err);
	status = raw_plot_open(&raw->plots[raw->n_plots], raw, at, raw->n_plots + 1, err);
	raw->n_plots += status == 0;
	return status;
}

static int read_plots(struct carom_raw *raw, struct carom_error *err)
{
	size_t at = 0;
	int status;

	do {
		status = add_plot(raw, at, err);
		if (!status)
			at = raw->plots[raw->n_plots - 1].end;
	} while (!status && at < raw->source.size);
	return status;
}

/* A file that became shorter explains all else that is wrong with it. */
static int read_source(struct carom_raw *raw, struct carom_error *err)
{
	struct carom_error found = CAROM_ERROR_INIT;
	struct guard guard;
	int status, ended;

	source_begin(&raw->source, &guard);
	status = read_plots(raw, &found);
	ended = source_end(&raw->source, &guard, err);
	if (ended)
		return ended;
	return status ? carom_fail_as(err, &found) : 0;
}

static int take_options(struct carom_raw *raw, const struct carom_raw_options *options,
			struct carom_error *err)
{
	struct carom_raw_options taken = {.size = 0};

	if (options)
		memcpy(&taken, options,
		       options->size < sizeof(taken) ? options->size : sizeof(taken));
	if (taken.dialect > CAROM_RAW_SPECTRE)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "there is no dialect %u",
				  (unsigned)taken.dialect);
	raw->dialect = taken.dialect;
	raw->accept_cut = taken.accept_cut;
	return 0;
}

/* *status is of the source's opening: it is closed here if that went well. */
static int finish_open(struct carom_raw *raw, int status, struct carom_raw **opened,
		       struct carom_error *err)
{
	if (status) {
		mem_free(raw);
		return status;
	}
	status = read_source(raw, err);
	if (status)
		carom_raw_close(raw);
	else
		*opened = raw;
	return status;
}

static struct carom_raw *make(const struct carom_raw_options *options, struct carom_error *err)
{
	struct carom_raw *raw = mem_zalloc(1, sizeof(*raw));

	if (!raw) {
		carom_fail_memory(err);
		return NULL;
	}
	if (take_options(raw, options, err)) {
		mem_free(raw);
		return NULL;
	}
	return raw;
}

CAROM_API int carom_raw_open(struct carom_raw **raw, const char *path,
			     const struct carom_raw_options *options, struct carom_error *err)
{
	struct carom_error made = CAROM_ERROR_INIT;
	struct carom_raw *opened = make(options, &made);

	if (!opened)
		return carom_fail_as(err, &made);
	return finish_open(opened, source_open(&opened->source, path, err), raw, err);
}

CAROM_API int carom_raw_open_memory(struct carom_raw **raw, const void *bytes, size_t length,
				    const char *name, const struct carom_raw_options *options,
				    struct carom_error *err)
{
	struct carom_error made = CAROM_ERROR_INIT;
	struct carom_raw *opened = make(options, &made);

	if (!opened)
		return carom_fail_as(err, &made);
	return finish_open(opened, source_open_memory(&opened->source, bytes, length, name, err),
			   raw, err);
}

CAROM_API void carom_raw_close(struct carom_raw *raw)
{
	if (!raw)
		return;
	for (size_t i = 0; i < raw->n_plots; i++)
		raw_plot_close(&raw->plots[i]);
	mem_free(raw->plots);
	warnings_release(&raw->warnings);
	source_close(&raw->source);
	mem_free(raw);
}

/* ---- questions ---- */

CAROM_API enum carom_raw_dialect carom_raw_dialect(const struct carom_raw *raw)
{
	return raw->dialect;
}

CAROM_API size_t carom_raw_plot_count(const struct carom_raw *raw)
{
	return raw->n_plots;
}

CAROM_API const struct carom_raw_plot *carom_raw_plot(const struct carom_raw *raw, size_t index)
{
	return index < raw->n_plots ? &raw->plots[index] : NULL;
}

CAROM_API size_t carom_raw_warning_count(const struct carom_raw *raw)
{
	return raw->warnings.n;
}

CAROM_API const char *carom_raw_warning(const struct carom_raw *raw, size_t index)
{
	return index < raw->warnings.n ? raw->warnings.texts[index] : NULL;
}

CAROM_API const char *carom_raw_plot_find_line(const struct carom_raw_plot *plot, const char *key)
{
	return header_find(&plot->header, key);
}

static const char *line_or_empty(const struct carom_raw_plot *plot, const char *key)
{
	const char *value = header_find(&plot->header, key);

	return value ? value : "";
}

CAROM_API const char *carom_raw_plot_name(const struct carom_raw_plot *plot)
{
	return line_or_empty(plot, "Plotname");
}

/* Spectre says it once, in the first header. */
CAROM_API const char *carom_raw_plot_title(const struct carom_raw_plot *plot)
{
	const char *title = header_find(&plot->header, "Title");

	return title ? title : line_or_empty(&plot->raw->plots[0], "Title");
}

CAROM_API size_t carom_raw_plot_point_count(const struct carom_raw_plot *plot)
{
	return plot->n_points;
}

CAROM_API bool carom_raw_plot_is_complex(const struct carom_raw_plot *plot)
{
	return plot->header.flags & HEADER_COMPLEX;
}

CAROM_API bool carom_raw_plot_is_text(const struct carom_raw_plot *plot)
{
	return plot->header.is_text;
}

CAROM_API size_t carom_raw_plot_line_count(const struct carom_raw_plot *plot)
{
	return plot->header.n_lines;
}

CAROM_API const struct carom_raw_line *carom_raw_plot_line(const struct carom_raw_plot *plot,
							   size_t index)
{
	return index < plot->header.n_lines ? &plot->header.lines[index] : NULL;
}

CAROM_API size_t carom_raw_plot_variable_count(const struct carom_raw_plot *plot)
{
	return plot->header.n_variables;
}

CAROM_API const struct carom_raw_variable *
carom_raw_plot_variable(const struct carom_raw_plot *plot, size_t index)
{
	return index < plot->header.n_variables ? &plot->header.variables[index] : NULL;
}

CAROM_API size_t carom_raw_plot_find_variable(const struct carom_raw_plot *plot, const char *name)
{
	for (size_t i = 0; i < plot->header.n_variables; i++)
		if (strcasecmp(plot->header.variables[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}
