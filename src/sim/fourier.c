/* SPDX-License-Identifier: BSD-3-Clause */
/* Harmonics of a transient, as ngspice's "fourier" computes them (frontend/fourier.c, CKTfour). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-spectrum.h"
#include "sim/column.h"
#include "sim/grid.h"

static struct carom_fourier_options read_options(const struct carom_fourier_options *options)
{
	struct carom_fourier_options read = {.n_harmonics = 0};

	if (options)
		memcpy(&read, options, options->size < sizeof(read) ? options->size : sizeof(read));
	if (read.n_harmonics == 0)
		read.n_harmonics = 10;
	if (read.n_periods == 0)
		read.n_periods = 1;
	if (read.n_points == 0)
		read.n_points = 200;
	return read;
}

/* A vector of the plot by its name, or else an expression, over its time; to be freed. */
static int find_values(const struct carom_plot *plot, const char *name, double **values,
		       struct carom_error *err)
{
	const struct carom_vector *scale = carom_plot_scale(plot);
	const struct carom_vector *vector = carom_plot_find_vector(plot, name);
	size_t n;

	*values = NULL;
	if (!scale || carom_vector_length(scale) == 0 || strcmp(carom_vector_unit(scale), "s") != 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "%s is not over time\na transient has harmonics",
				  carom_plot_name(plot));
	if (!vector)
		return column_calculate(plot, name, values, err);
	n = carom_vector_length(vector);
	if (!carom_vector_real(vector) || n != carom_vector_length(scale))
		return carom_fail(err, CAROM_ERROR_VECTOR,
				  "%s is no real vector over the time of %s", name,
				  carom_plot_name(plot));
	*values = mem_alloc(n * sizeof(**values));
	if (!*values)
		return carom_fail_memory(err);
	memcpy(*values, carom_vector_real(vector), n * sizeof(**values));
	return CAROM_OK;
}

/* The last periods, without the point that would begin another. */
static int fill_grid(const struct carom_plot *plot, double frequency,
		     const struct carom_fourier_options *options, double *values, size_t n,
		     struct carom_error *err)
{
	const struct carom_vector *scale = carom_plot_scale(plot);
	double first = carom_vector_real(scale)[0];
	double last = carom_vector_real(scale)[carom_vector_length(scale) - 1];
	double span = (double)options->n_periods / frequency;
	double start = last - span;

	if (!(last - first >= span * (1 - 1e-9)))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "%s lasts %.9g s, and %zu period%s of %.9g Hz %.9g s",
				  carom_plot_name(plot), last - first, options->n_periods,
				  options->n_periods > 1 ? "s" : "", frequency, span);
	for (size_t i = 0; i < n; i++)
		values[i] = start + (double)i * (span / (double)n);
	return CAROM_OK;
}

/* values, at n equal steps of the periods, become the sums for harmonic number k. */
static void sum(const double *values, size_t n, size_t k_in_periods, double *sine, double *cosine)
{
	*sine = *cosine = 0;
	for (size_t i = 0; i < n; i++) {
		double angle = 2 * M_PI * (double)(k_in_periods * i % n) / (double)n;

		*sine += values[i] * sin(angle);
		*cosine += values[i] * cos(angle);
	}
}

static void fill(struct carom_fourier *fourier, const double *values, size_t n, double frequency,
		 size_t n_periods)
{
	struct carom_harmonic *all = fourier->harmonics;
	double sine, cosine, squares = 0;

	sum(values, n, 0, &sine, &cosine);
	all[0] = (struct carom_harmonic){.magnitude = cosine / (double)n};
	for (size_t k = 1; k < fourier->n_harmonics; k++) {
		sum(values, n, k * n_periods, &sine, &cosine);
		all[k].frequency = (double)k * frequency;
		all[k].magnitude = hypot(sine, cosine) * 2 / (double)n;
		all[k].phase = atan2(cosine, sine) * 180 / M_PI;
		all[k].norm_magnitude = all[k].magnitude / all[1].magnitude;
		all[k].norm_phase = all[k].phase - all[1].phase;
		if (k > 1)
			squares += all[k].norm_magnitude * all[k].norm_magnitude;
	}
	fourier->thd_percent = 100 * sqrt(squares);
}

static int analyse(struct carom_fourier *fourier, const struct carom_plot *plot,
		   const double *column, double frequency,
		   const struct carom_fourier_options *options, struct carom_error *err)
{
	size_t n = options->n_points * options->n_periods;
	double *values = mem_zalloc(n, sizeof(*values));
	struct grid grid;
	int status = values ? fill_grid(plot, frequency, options, values, n, err)
			    : carom_fail_memory(err);

	if (!status)
		status = grid_init(&grid, plot, values, n, err);
	if (!status) {
		grid_interpolate(&grid, column, 1, values);
		grid_release(&grid);
		fill(fourier, values, n, frequency, options->n_periods);
	}
	mem_free(values);
	return status;
}

/* The vector's own name, or the expression. */
static int make(struct carom_fourier **fourier, const struct carom_plot *plot, const char *name,
		const struct carom_fourier_options *options, struct carom_error *err)
{
	const struct carom_vector *vector = carom_plot_find_vector(plot, name);
	struct carom_fourier *made =
		mem_zalloc(1, sizeof(*made) + options->n_harmonics * sizeof(made->harmonics[0]));

	*fourier = made;
	if (!made)
		return carom_fail_memory(err);
	snprintf(made->vector, sizeof(made->vector), "%s",
		 vector ? carom_vector_name(vector) : name);
	made->n_points = options->n_points;
	made->n_harmonics = options->n_harmonics;
	return CAROM_OK;
}

CAROM_API int carom_plot_fourier(const struct carom_plot *plot, const char *name, double frequency,
				 const struct carom_fourier_options *options,
				 struct carom_fourier **fourier, struct carom_error *err)
{
	const struct carom_fourier_options read = read_options(options);
	double *column;
	int status = find_values(plot, name, &column, err);

	*fourier = NULL;
	if (!status && !(frequency > 0 && isfinite(frequency)))
		status = carom_fail(err, CAROM_ERROR_ARGUMENT,
				    "%.9g Hz is no fundamental frequency", frequency);
	if (!status)
		status = make(fourier, plot, name, &read, err);
	if (!status)
		status = analyse(*fourier, plot, column, frequency, &read, err);
	if (status) {
		carom_fourier_free(*fourier);
		*fourier = NULL;
	}
	mem_free(column);
	return status;
}

CAROM_API void carom_fourier_free(struct carom_fourier *fourier)
{
	mem_free(fourier);
}
