/* SPDX-License-Identifier: BSD-3-Clause */
/* Steps of a plot: where the axis begins anew, with the values of the log. */
#include <string.h>

#include "base/mem.h"
#include "raw/plot.h"
#include "raw/step-log.h"

struct carom_raw_steps {
	size_t *firsts; /* n of them, and the number of points */
	size_t n, capacity;
	struct step_log log; /* its values are used if there are n */
};

static int add(struct carom_raw_steps *steps, size_t point, struct carom_error *err)
{
	if (!mem_reserve(&steps->firsts, &steps->capacity, steps->n + 1, sizeof(*steps->firsts)))
		return carom_fail_memory(err);
	steps->firsts[steps->n++] = point;
	return 0;
}

/* The end of the last step, which is not one. */
static int add_end(struct carom_raw_steps *steps, size_t point, struct carom_error *err)
{
	int status = add(steps, point, err);

	steps->n -= status == 0;
	return status;
}

static int split_by_axis(struct carom_raw_steps *steps, const double *axis, size_t n, size_t width,
			 struct carom_error *err)
{
	int status = 0;

	for (size_t i = 1; i < n && !status; i++)
		if (axis[i * width] == axis[0] && axis[(i - 1) * width] != axis[0])
			status = add(steps, i, err);
	return status;
}

static int split_stepped(struct carom_raw_steps *steps, const struct carom_raw_plot *plot,
			 struct carom_error *err)
{
	const size_t axis = 0;
	struct carom_raw_columns *columns;
	int status = carom_raw_plot_read_columns(plot, &axis, 1, NULL, &columns, err);

	if (status)
		return status;
	status = split_by_axis(steps, carom_raw_columns_data(columns, 0), plot->n_points,
			       plot->header.variables[axis].is_complex ? 2 : 1, err);
	carom_raw_columns_free(columns);
	return status;
}

static int split_points(struct carom_raw_steps *steps, size_t n_points, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 1; i < n_points && !status; i++)
		status = add(steps, i, err);
	return status;
}

static int split(struct carom_raw_steps *steps, const struct carom_raw_plot *plot,
		 struct carom_error *err)
{
	int status = add(steps, 0, err);

	if (!status && steps->log.n > 1 && steps->log.n == plot->n_points)
		status = split_points(steps, plot->n_points, err);
	else if (!status && plot->header.flags & HEADER_STEPPED && plot->header.n_variables > 0)
		status = split_stepped(steps, plot, err);
	return status ? status : add_end(steps, plot->n_points, err);
}

/* Beside files of those who write all steps into one plot; one that cannot be read is none. */
static int read_log_beside(struct carom_raw_steps *steps, const struct carom_raw_plot *plot,
			   struct carom_error *err)
{
	enum carom_raw_dialect dialect = plot->raw->dialect;
	char *path;
	int status;

	if (plot->raw->source.fd < 0 ||
	    (dialect != CAROM_RAW_LTSPICE && dialect != CAROM_RAW_QSPICE))
		return 0;
	status = step_log_find(plot->raw->source.name, &path, err);
	if (status || !path)
		return status;
	status = step_log_read(&steps->log, path, NULL);
	mem_free(path);
	return status == CAROM_ERROR_MEMORY ? carom_fail_memory(err) : 0;
}

CAROM_API int carom_raw_plot_find_steps(const struct carom_raw_plot *plot, const char *log,
					struct carom_raw_steps **steps, struct carom_error *err)
{
	struct carom_raw_steps *found = mem_zalloc(1, sizeof(*found));
	int status;

	if (!found)
		return carom_fail_memory(err);
	status = log ? step_log_read(&found->log, log, err) : read_log_beside(found, plot, err);
	if (!status)
		status = split(found, plot, err);
	if (status)
		carom_raw_steps_free(found);
	else
		*steps = found;
	return status;
}

CAROM_API void carom_raw_steps_free(struct carom_raw_steps *steps)
{
	if (!steps)
		return;
	step_log_release(&steps->log);
	mem_free(steps->firsts);
	mem_free(steps);
}

CAROM_API size_t carom_raw_steps_count(const struct carom_raw_steps *steps)
{
	return steps->n;
}

CAROM_API size_t carom_raw_steps_first(const struct carom_raw_steps *steps, size_t index)
{
	return steps->firsts[index < steps->n ? index : steps->n];
}

CAROM_API const char *carom_raw_steps_values(const struct carom_raw_steps *steps, size_t index)
{
	return steps->log.n == steps->n && index < steps->n ? steps->log.values[index] : "";
}
