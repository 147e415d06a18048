/* SPDX-License-Identifier: BSD-3-Clause */
/* Linear interpolation of a plot's vectors. */
#include "sim/grid.h"

#include <math.h>

#include "base/error.h"
#include "base/mem.h"
#include "sim/plot.h"

/*
 * ngspice ends a transient when less than 1e-10 of its longest step is missing, and what is computed
 * as start + i * step is off by its rounding.  So a value this share of the span beyond an end is the end.
 */
#define SLACK 1e-9

/* The scale, read upwards. */
struct axis {
	const double *values;
	size_t stride, n;
	bool is_descending;
};

static double at(const struct axis *axis, size_t i)
{
	return axis->values[(axis->is_descending ? axis->n - 1 - i : i) * axis->stride];
}

static int axis_init(struct axis *axis, const struct carom_plot *plot, struct carom_error *err)
{
	const struct carom_vector *scale = carom_plot_scale(plot);

	if (!scale || carom_vector_length(scale) == 0)
		return carom_fail(
			err, CAROM_ERROR_ARGUMENT,
			"%s has no scale to interpolate over\nan operating point has none",
			carom_plot_name(plot));
	*axis = (struct axis){.stride = 1, .n = carom_vector_length(scale)};
	axis->values = carom_vector_real(scale);
	if (!axis->values) { /* of an .ac: no imaginary parts */
		axis->values = carom_vector_complex(scale);
		axis->stride = 2;
	}
	axis->is_descending = at(axis, axis->n - 1) < at(axis, 0);
	for (size_t i = 1; i < axis->n; i++)
		if (!(at(axis, i) >= at(axis, i - 1)))
			return carom_fail(
				err, CAROM_ERROR_ARGUMENT,
				"%s cannot be interpolated: %s turns back at its point %zu",
				carom_plot_name(plot), carom_vector_name(scale), i);
	return CAROM_OK;
}

static int check_values(const struct axis *axis, const double *values, size_t n,
			struct carom_error *err)
{
	double low = at(axis, 0), high = at(axis, axis->n - 1), slack = SLACK * (high - low);

	for (size_t i = 0; i < n; i++) {
		if (!(values[i] >= low - slack && values[i] <= high + slack))
			return carom_fail(
				err, CAROM_ERROR_ARGUMENT,
				"point %zu of the grid is at %.9g, outside of %.9g to %.9g", i,
				values[i], low, high);
		if (i > 0 && values[i] < values[i - 1])
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "the grid goes back at its point %zu\nsort it", i);
	}
	return CAROM_OK;
}

/* Of two points at one place (a jump), the one behind it. */
static struct grid_point locate(const struct axis *axis, double value, size_t *from)
{
	size_t i = *from;
	double here, next;

	while (i + 1 < axis->n && at(axis, i + 1) <= value)
		i++;
	*from = i;
	here = at(axis, i);
	if (i + 1 == axis->n || value <= here)
		return (struct grid_point){i, 0};
	next = at(axis, i + 1);
	return (struct grid_point){i, (value - here) / (next - here)};
}

/* From the axis, which goes upwards, to the plot, which may not. */
static struct grid_point turned(const struct axis *axis, struct grid_point point)
{
	if (!axis->is_descending)
		return point;
	point.index = axis->n - 1 - point.index;
	if (point.weight > 0) {
		point.index--;
		point.weight = 1 - point.weight;
	}
	return point;
}

int grid_init(struct grid *grid, const struct carom_plot *plot, const double *values, size_t n,
	      struct carom_error *err)
{
	struct axis axis = {0};
	int status = axis_init(&axis, plot, err);
	size_t from = 0;

	if (!status)
		status = check_values(&axis, values, n, err);
	if (status)
		return status;
	*grid = (struct grid){mem_zalloc(n, sizeof(*grid->points)), n, axis.n};
	if (!grid->points)
		return carom_fail_memory(err);
	for (size_t i = 0; i < n; i++)
		grid->points[i] = turned(&axis, locate(&axis, values[i], &from));
	return CAROM_OK;
}

void grid_release(struct grid *grid)
{
	mem_free(grid->points);
}

void grid_interpolate(const struct grid *grid, const double *column, size_t stride, double *result)
{
	for (size_t i = 0; i < grid->n; i++) {
		const struct grid_point point = grid->points[i];
		const double *here = column + point.index * stride;

		for (size_t k = 0; k < stride; k++)
			result[i * stride + k] =
				point.weight == 0
					? here[k]
					: here[k] + point.weight * (here[stride + k] - here[k]);
	}
}

/* ---- a whole plot ---- */

static const double *column_of(const struct carom_vector *vector, size_t *stride)
{
	*stride = carom_vector_is_complex(vector) ? 2 : 1;
	return *stride == 2 ? carom_vector_complex(vector) : carom_vector_real(vector);
}

/* The scale takes the values as they were given. */
static void set_scale(double *column, size_t stride, const double *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		column[i * stride] = values[i];
		if (stride == 2)
			column[i * stride + 1] = 0;
	}
}

static int add_vectors(struct carom_plot *to, const struct carom_plot *plot,
		       const struct grid *grid, const double *values, struct carom_error *err)
{
	int n_added = 0;

	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		bool is_scale = vector == carom_plot_scale(plot);
		size_t stride;
		const double *column = column_of(vector, &stride);
		double *made;

		if (carom_vector_length(vector) != grid->n_old)
			continue;
		made = plot_add_vector(to, carom_vector_name(vector), carom_vector_unit(vector),
				       stride == 2, grid->n);
		if (!made)
			return carom_fail_memory(err);
		if (is_scale) {
			set_scale(made, stride, values, grid->n);
			plot_set_scale(to, n_added);
		} else {
			grid_interpolate(grid, column, stride, made);
		}
		n_added++;
	}
	return CAROM_OK;
}

CAROM_API int carom_plot_interpolate(const struct carom_plot *plot, const double *values,
				     size_t n_values, struct carom_result **result,
				     struct carom_error *err)
{
	struct carom_result *made;
	struct carom_plot *to = NULL;
	struct grid grid;
	int status = grid_init(&grid, plot, values, n_values, err);

	*result = NULL;
	if (status)
		return status;
	made = result_new();
	if (made)
		to = result_add_plot(made, carom_plot_name(plot), carom_plot_title(plot),
				     carom_plot_vector_count(plot));
	status = to ? add_vectors(to, plot, &grid, values, err) : carom_fail_memory(err);
	grid_release(&grid);
	if (status)
		carom_result_free(made);
	else
		*result = made;
	return status;
}
