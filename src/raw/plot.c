/* SPDX-License-Identifier: BSD-3-Clause */
/* A plot is opened: header, dialect, data. */
#include "raw/plot.h"

#include <string.h>
#include <strings.h>

#include "raw/dialect.h"
#include "raw/ragged.h"

/* ---- what is odd ---- */

static int warn(struct carom_raw_plot *plot, const struct layout_finding *finding, size_t number,
		struct carom_error *err)
{
	struct warnings *warnings = &plot->raw->warnings;
	int status = 0;

	if (plot->header.n_points == 0 && plot->n_points > 0)
		status = warnings_add(
			warnings, err,
			"plot %zu: no count of points, the run was aborted; %zu are there", number,
			plot->n_points);
	if (!status && finding->n_missing > 0)
		status =
			warnings_add(warnings, err,
				     "plot %zu: the file ends early, %zu of %zu points are missing",
				     number, finding->n_missing, plot->header.n_points);
	if (!status && finding->n_trailing > 0)
		status = warnings_add(warnings, err,
				      "plot %zu: %zu bytes behind the data are no plot", number,
				      finding->n_trailing);
	return status;
}

/* ---- binary data ---- */

static int open_binary(struct carom_raw_plot *plot, struct layout_finding *finding,
		       struct carom_error *err)
{
	struct layout_question question = {&plot->raw->source, &plot->header, plot->raw->dialect,
					   plot->raw->accept_cut};
	int status = layout_find(&plot->layout, &question, finding, err);

	if (status)
		return status;
	for (size_t i = 0; i < plot->header.n_variables; i++)
		plot->header.variables[i].is_complex = plot->layout.fields[i].kind == VALUE_COMPLEX;
	plot->n_points = plot->layout.n_points;
	plot->end = plot->layout.end + finding->n_trailing;
	return 0;
}

/* ---- text ---- */

static bool is_complex(const struct carom_raw_plot *plot, size_t variable)
{
	const struct carom_raw_variable *variables = plot->header.variables;

	return plot->header.flags & HEADER_COMPLEX &&
	       (variable > 0 ||
		(plot->raw->dialect != CAROM_RAW_QSPICE && !layout_is_axis(&variables[variable])));
}

/* Text is counted only where the header does not say how much there is. */
static int open_text(struct carom_raw_plot *plot, struct layout_finding *finding,
		     struct carom_error *err)
{
	const struct source *source = &plot->raw->source;
	struct header *header = &plot->header;

	plot->end = layout_next_header(source, header->end);
	plot->ascii =
		(struct ascii){.mark = ascii_mark_new(),
			       .begin = header->end,
			       .end = plot->end,
			       .n_variables = header->n_variables,
			       .is_magnitude = layout_is_magnitude(header, plot->raw->dialect)};
	if (!plot->ascii.mark)
		return carom_fail_memory(err);
	plot->n_points = header->n_points;
	if (header->n_points == 0)
		plot->n_points = ascii_count(&plot->ascii, source, SIZE_MAX);
	else if (plot->raw->accept_cut && !(header->flags & HEADER_UNPADDED))
		plot->n_points = ascii_count(&plot->ascii, source, header->n_points);
	if (plot->n_points < header->n_points)
		finding->n_missing = header->n_points - plot->n_points;
	ragged_set_lengths(header, plot->n_points);
	for (size_t i = 0; i < header->n_variables; i++)
		header->variables[i].is_complex = is_complex(plot, i);
	return 0;
}

/* ---- both ---- */

/* Each value takes a byte at least: so no count is larger than the file, whatever the header says. */
static int check_count(const struct carom_raw_plot *plot, struct carom_error *err)
{
	const struct header *header = &plot->header;

	if (header->is_text && header->n_variables > 0 &&
	    plot->n_points > (plot->end - header->end) / header->n_variables)
		return source_fail(&plot->raw->source, plot->end, err,
				   "the text ends before the %zu points of \"No. Points:\"",
				   header->n_points);
	return 0;
}

static int find_data(struct carom_raw_plot *plot, size_t number, struct carom_error *err)
{
	struct layout_finding finding = {.n_missing = 0};
	int status = plot->header.is_text ? open_text(plot, &finding, err)
					  : open_binary(plot, &finding, err);

	if (!status)
		status = check_count(plot, err);
	return status ? status : warn(plot, &finding, number, err);
}

int raw_plot_open(struct carom_raw_plot *plot, struct carom_raw *raw, size_t at, size_t number,
		  struct carom_error *err)
{
	int status;

	*plot = (struct carom_raw_plot){.raw = raw};
	status = header_read(&plot->header, &raw->source, at, err);
	if (!status && raw->dialect == CAROM_RAW_AUTO)
		raw->dialect = dialect_find(&plot->header);
	if (!status)
		status = find_data(plot, number, err);
	if (status)
		raw_plot_close(plot);
	return status;
}

void raw_plot_close(struct carom_raw_plot *plot)
{
	ascii_mark_free(plot->ascii.mark);
	layout_release(&plot->layout);
	header_release(&plot->header);
}
