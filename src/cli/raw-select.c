/* SPDX-License-Identifier: BSD-3-Clause */
/* What of a plot is wanted, as a table that reads it block by block. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "raw.h"

enum { BLOCK = 4096 }; /* points that are looked at together */

struct raw_selection {
	const struct carom_raw_plot *plot;
	const struct raw_options *options;
	struct carom_table table;
	struct carom_column *columns;
	size_t *variables; /* of the columns; the scale first */
	double **pointers; /* where the columns are read to */
	double *block;     /* BLOCK points of each column; NULL: all points are taken */
	size_t begin, end; /* points of the step, or all */
	size_t at;         /* the next point to look at */
	size_t n_met;      /* points before it that lie between from and to */
};

static bool has_filter(const struct raw_options *options)
{
	return options->from > -INFINITY || options->to < INFINITY || options->every > 1;
}

static size_t width_of(const struct carom_column *column)
{
	return column->is_complex ? 2 : 1;
}

/* ---- which variables ---- */

/* "v(out)", or "out" for it. */
static size_t find_variable(const struct carom_raw_plot *plot, const char *name)
{
	size_t found = carom_raw_plot_find_variable(plot, name);
	char probe[256];

	if (found != SIZE_MAX)
		return found;
	snprintf(probe, sizeof(probe), "v(%s)", name);
	return carom_raw_plot_find_variable(plot, probe);
}

static void add_column(struct raw_selection *selection, size_t variable)
{
	const struct carom_raw_variable *of = carom_raw_plot_variable(selection->plot, variable);
	size_t index = selection->table.n_columns++;

	selection->variables[index] = variable;
	selection->columns[index] = (struct carom_column){.name = of->name,
							  .unit = of->unit,
							  .type = of->type,
							  .n_points = of->n_points,
							  .is_complex = of->is_complex};
}

static int add_columns(struct raw_selection *selection, struct carom_error *err)
{
	const struct raw_options *options = selection->options;
	size_t n = carom_raw_plot_variable_count(selection->plot);

	for (size_t i = 0; options->n_variables == 0 && i < n; i++)
		add_column(selection, i);
	if (options->n_variables > 0 && n > 0)
		add_column(selection, 0);
	for (size_t i = 0; i < options->n_variables; i++) {
		size_t variable = find_variable(selection->plot, options->variables[i]);

		if (variable == SIZE_MAX) {
			snprintf(err->text, sizeof(err->text), "\"%s\" has no variable %s",
				 carom_raw_plot_name(selection->plot), options->variables[i]);
			snprintf(err->hint, sizeof(err->hint),
				 "carom raw ls shows those there are");
			return (int)(err->status = CAROM_ERROR_VECTOR);
		}
		if (variable > 0)
			add_column(selection, variable);
	}
	return CAROM_OK;
}

/* ---- which points ---- */

/* Is the point with this value of the scale one of them?  To be asked for one after the other. */
static bool takes(struct raw_selection *selection, double scale)
{
	const struct raw_options *options = selection->options;

	if (!(scale >= options->from && scale <= options->to))
		return false;
	return selection->n_met++ % (size_t)options->every == 0;
}

static int read_block(struct raw_selection *selection, size_t n_columns, size_t n,
		      struct carom_error *err)
{
	struct carom_raw_range range = {
		.size = sizeof(range), .first = selection->at, .n_points = n};
	double *to = selection->block;

	for (size_t i = 0; i < n_columns; i++) {
		selection->pointers[i] = to;
		to += n * width_of(&selection->columns[i]);
	}
	return carom_raw_plot_read(selection->plot, selection->variables, n_columns,
				   selection->pointers, &range, err);
}

static size_t points_ahead(const struct raw_selection *selection)
{
	size_t left = selection->end - selection->at;

	return left < BLOCK ? left : BLOCK;
}

static void rewind_selection(struct raw_selection *selection)
{
	selection->at = selection->begin;
	selection->n_met = 0;
}

/* The table, and all its columns, have so many points. */
static void set_count(struct raw_selection *selection, size_t n)
{
	selection->table.n_points = n;
	for (size_t i = 0; i < selection->table.n_columns; i++)
		selection->columns[i].n_points = n;
}

static int count_points(struct raw_selection *selection, struct carom_error *err)
{
	size_t n, count = 0;

	rewind_selection(selection);
	while ((n = points_ahead(selection)) > 0) {
		size_t width = width_of(&selection->columns[0]);

		if (read_block(selection, 1, n, err) != CAROM_OK)
			return (int)err->status;
		for (size_t i = 0; i < n; i++)
			count += takes(selection, selection->block[width * i]);
		selection->at += n;
	}
	set_count(selection, count);
	return CAROM_OK;
}

/* The points of the step that is wanted. */
static int choose_step(struct raw_selection *selection, struct carom_error *err)
{
	size_t wanted = (size_t)selection->options->step, n_steps;
	struct carom_raw_steps *steps = NULL;

	if (wanted == 0)
		return CAROM_OK;
	if (carom_raw_plot_find_steps(selection->plot, selection->options->log, &steps, err) !=
	    CAROM_OK)
		return (int)err->status;
	n_steps = carom_raw_steps_count(steps);
	if (wanted <= n_steps) {
		selection->begin = carom_raw_steps_first(steps, wanted - 1);
		selection->end = carom_raw_steps_first(steps, wanted);
		set_count(selection, selection->end - selection->begin);
	} else {
		err->status = CAROM_ERROR_NOT_FOUND;
		snprintf(err->text, sizeof(err->text), "\"%s\" has %zu steps, no step %zu",
			 carom_raw_plot_name(selection->plot), n_steps, wanted);
	}
	carom_raw_steps_free(steps);
	return (int)err->status;
}

/* Point i of the block becomes point k of n of the values. */
static void copy_point(const struct raw_selection *selection, size_t i, double *values, size_t k,
		       size_t n)
{
	for (size_t c = 0; c < selection->table.n_columns; c++) {
		size_t width = width_of(&selection->columns[c]);

		memcpy(values + width * k, selection->pointers[c] + width * i,
		       width * sizeof(*values));
		values += width * n;
	}
}

static int read_filtered(struct raw_selection *selection, size_t n, double *values,
			 struct carom_error *err)
{
	size_t width = width_of(&selection->columns[0]);
	size_t k = 0, n_block;

	while (k < n && (n_block = points_ahead(selection)) > 0) {
		size_t i = 0;

		if (read_block(selection, selection->table.n_columns, n_block, err) != CAROM_OK)
			return (int)err->status;
		for (; i < n_block && k < n; i++) {
			if (takes(selection, selection->block[width * i]))
				copy_point(selection, i, values, k++, n);
		}
		selection->at += i;
	}
	return CAROM_OK;
}

/* carom_table_read_fn; the writer goes from the first point to the last. */
static int read_table(void *arg, size_t first, size_t n, double *values, struct carom_error *err)
{
	struct raw_selection *selection = arg;
	struct carom_raw_range range = {
		.size = sizeof(range), .first = selection->begin + first, .n_points = n};

	if (selection->block) {
		if (first == 0)
			rewind_selection(selection);
		return read_filtered(selection, n, values, err);
	}
	for (size_t i = 0; i < selection->table.n_columns; i++) {
		selection->pointers[i] = values;
		values += n * width_of(&selection->columns[i]);
	}
	return carom_raw_plot_read(selection->plot, selection->variables,
				   selection->table.n_columns, selection->pointers, &range, err);
}

/* ---- life ---- */

void raw_selection_free(struct raw_selection *selection)
{
	if (!selection)
		return;
	free(selection->columns);
	free(selection->variables);
	free(selection->pointers);
	free(selection->block);
	free(selection);
}

/* Columns for all variables and, where some are named, each of these and the scale. */
static bool allocate(struct raw_selection *selection)
{
	size_t n = selection->options->n_variables + 1;

	if (selection->options->n_variables == 0)
		n = carom_raw_plot_variable_count(selection->plot);
	selection->columns = calloc(n + 1, sizeof(*selection->columns));
	selection->variables = calloc(n + 1, sizeof(*selection->variables));
	selection->pointers = calloc(n + 1, sizeof(*selection->pointers));
	if (has_filter(selection->options))
		selection->block = calloc(n + 1, BLOCK * 2 * sizeof(*selection->block));
	return selection->columns && selection->variables && selection->pointers &&
	       (selection->block || !has_filter(selection->options));
}

struct raw_selection *raw_select(const struct carom_raw_plot *plot,
				 const struct raw_options *options, struct carom_error *err)
{
	struct raw_selection *selection = calloc(1, sizeof(*selection));

	if (selection) {
		selection->plot = plot;
		selection->options = options;
		selection->end = carom_raw_plot_point_count(plot);
	}
	if (!selection || !allocate(selection)) {
		err->status = CAROM_ERROR_MEMORY;
		snprintf(err->text, sizeof(err->text), "out of memory");
		raw_selection_free(selection);
		return NULL;
	}
	selection->table = (struct carom_table){.title = carom_raw_plot_title(plot),
						.name = carom_raw_plot_name(plot),
						.date = carom_raw_plot_find_line(plot, "date"),
						.n_points = carom_raw_plot_point_count(plot),
						.columns = selection->columns,
						.read = read_table,
						.arg = selection};
	if (add_columns(selection, err) == CAROM_OK && choose_step(selection, err) == CAROM_OK &&
	    (!selection->block || selection->table.n_columns == 0 ||
	     count_points(selection, err) == CAROM_OK))
		return selection;
	raw_selection_free(selection);
	return NULL;
}

const struct carom_table *raw_selection_table(const struct raw_selection *selection)
{
	return &selection->table;
}
