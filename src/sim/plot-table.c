/* SPDX-License-Identifier: BSD-3-Clause */
/* Plots as tables, to be written into files. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "sim/plot.h"

struct carom_column vector_column(const struct carom_vector *vector)
{
	return (struct carom_column){
		.name = carom_vector_name(vector),
		.unit = carom_vector_unit(vector),
		.n_points = carom_vector_length(vector),
		.is_complex = carom_vector_is_complex(vector),
	};
}

const double *vector_numbers(const struct carom_vector *vector)
{
	return carom_vector_is_complex(vector) ? carom_vector_complex(vector)
					       : carom_vector_real(vector);
}

/* A plot and its vectors in the order of the table: the scale first. */
struct view {
	const struct carom_plot *plot;
	const struct carom_vector **vectors;
	struct carom_column *columns;
};

static int read_view(void *arg, size_t first, size_t n, double *values, struct carom_error *err)
{
	const struct view *view = arg;

	(void)err;
	for (size_t i = 0; i < carom_plot_vector_count(view->plot); i++) {
		const struct carom_vector *vector = view->vectors[i];
		size_t width = carom_vector_is_complex(vector) ? 2 : 1;
		size_t length = carom_vector_length(vector);
		size_t left = length > first ? length - first : 0;

		if (left > 0)
			memcpy(values, vector_numbers(vector) + width * first,
			       width * (left < n ? left : n) * sizeof(*values));
		values += width * n;
	}
	return CAROM_OK;
}

static void add_column(struct view *view, size_t index, const struct carom_vector *vector)
{
	view->vectors[index] = vector;
	view->columns[index] = vector_column(vector);
}

static int view_init(struct view *view, const struct carom_plot *plot, struct carom_error *err)
{
	size_t n = carom_plot_vector_count(plot), n_added = 0;
	const struct carom_vector *scale = carom_plot_scale(plot);

	*view = (struct view){.plot = plot};
	view->vectors = mem_zalloc(n, sizeof(*view->vectors));
	view->columns = mem_zalloc(n, sizeof(*view->columns));
	if (!view->vectors || !view->columns)
		return carom_fail_memory(err);
	if (scale)
		add_column(view, n_added++, scale);
	for (size_t i = 0; i < n; i++) {
		if (carom_plot_vector(plot, i) != scale)
			add_column(view, n_added++, carom_plot_vector(plot, i));
	}
	return CAROM_OK;
}

static void view_release(struct view *view)
{
	mem_free(view->vectors);
	mem_free(view->columns);
}

/* As ngspice names the plot in a RAW file; the integrated noise has no scale. */
static const char *long_name(const struct carom_plot *plot)
{
	static const struct {
		const char *kind, *name;
	} names[] = {{"tran", "Transient Analysis"},
		     {"ac", "AC Analysis"},
		     {"op", "Operating Point"},
		     {"dc", "DC transfer characteristic"},
		     {"noise", "Noise Spectral Density Curves"},
		     {"sens", "Sensitivity Analysis"},
		     {"tf", "Transfer Function"},
		     {"pz", "Pole-Zero Analysis"},
		     {"sp", "SP Analysis"},
		     {"disto", "DISTORTION"}};
	const char *name = carom_plot_name(plot);
	size_t length = strcspn(name, "0123456789");

	if (length == 5 && name_compare_n(name, "noise", 5) == 0 && !carom_plot_scale(plot))
		return "Integrated Noise";
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i].kind) == length &&
		    name_compare_n(name, names[i].kind, length) == 0)
			return names[i].name;
	}
	return name;
}

static struct carom_table table_of(struct view *view)
{
	return (struct carom_table){
		.title = carom_plot_title(view->plot),
		.name = long_name(view->plot),
		.n_points = carom_plot_point_count(view->plot),
		.n_columns = carom_plot_vector_count(view->plot),
		.columns = view->columns,
		.read = read_view,
		.arg = view,
	};
}

CAROM_API int carom_plot_write(const struct carom_plot *plot, enum carom_format format,
			       const char *path, struct carom_error *err)
{
	struct view view;
	struct carom_table table;
	int status = view_init(&view, plot, err);

	table = table_of(&view);
	if (status == CAROM_OK)
		status = carom_tables_write(&table, 1, format, path, NULL, err);
	view_release(&view);
	return status;
}

CAROM_API int carom_result_write(const struct carom_result *result, enum carom_format format,
				 const char *path, struct carom_error *err)
{
	size_t n = carom_result_plot_count(result);
	struct view *views = mem_zalloc(n, sizeof(*views));
	struct carom_table *tables = mem_zalloc(n, sizeof(*tables));
	int status = views && tables ? CAROM_OK : carom_fail_memory(err);

	for (size_t i = 0; i < n && status == CAROM_OK; i++) {
		status = view_init(&views[i], carom_result_plot(result, i), err);
		tables[i] = table_of(&views[i]);
	}
	if (status == CAROM_OK)
		status = carom_tables_write(tables, n, format, path, NULL, err);
	for (size_t i = 0; views && i < n; i++)
		view_release(&views[i]);
	mem_free(views);
	mem_free(tables);
	return status;
}
