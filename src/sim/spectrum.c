/* SPDX-License-Identifier: BSD-3-Clause */
/* The spectrum of a transient: interpolated, windowed, transformed. */
#include "carom-spectrum.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "sim/fft.h"
#include "sim/grid.h"
#include "sim/plot.h"

/* Everything on the way from one vector to its lines. */
struct spectrum {
	struct carom_spectrum_options options;
	size_t n, n_lines;
	double start, step;
	double *values; /* of the grid, then of a vector on it: n */
	double *window; /* n */
	double complex *data;
	struct grid *grid;
	struct fft *fft;
};

/* Coefficients of cos 0, cos a, cos 2a, ... */
static const double windows[][5] = {
	[CAROM_WINDOW_RECTANGULAR] = {1},
	[CAROM_WINDOW_HANN] = {1, -1},
	[CAROM_WINDOW_HAMMING] = {1, -0.46 / 0.54},
	[CAROM_WINDOW_BLACKMAN] = {1, -0.5 / 0.42, 0.08 / 0.42},
	[CAROM_WINDOW_FLAT_TOP] = {1, -1.93, 1.29, -0.388, 0.032},
};

/* Callers of older versions know fewer options. */
static int read_options(struct spectrum *spectrum, const struct carom_spectrum_options *options,
			struct carom_error *err)
{
	struct carom_spectrum_options *read = &spectrum->options;

	if (options)
		memcpy(read, options,
		       options->size < sizeof(*read) ? options->size : sizeof(*read));
	if ((size_t)read->window >= sizeof(windows) / sizeof(windows[0]))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "there is no window number %d",
				  (int)read->window);
	return CAROM_OK;
}

static size_t power_of_two_from(size_t n)
{
	size_t power = 1;

	while (power < n)
		power *= 2;
	return power;
}

/* Where the steps are; plots over frequency or a swept source have no spectrum. */
static int set_steps(struct spectrum *spectrum, const struct carom_plot *plot,
		     struct carom_error *err)
{
	const struct carom_vector *scale = carom_plot_scale(plot);
	const struct carom_spectrum_options *options = &spectrum->options;
	size_t n = scale ? carom_vector_length(scale) : 0;
	double stop;

	if (n == 0 || strcmp(carom_vector_unit(scale), "s") != 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "%s is not over time\na spectrum is taken of a transient",
				  carom_plot_name(plot));
	stop = options->stop != 0 ? options->stop : carom_vector_real(scale)[n - 1];
	spectrum->start = options->start;
	if (options->stop == 0 && options->start == 0)
		spectrum->start = carom_vector_real(scale)[0]; /* of a .tran with a start time */
	spectrum->n = options->n_points ? options->n_points : power_of_two_from(n);
	spectrum->n_lines = spectrum->n / 2 + 1;
	spectrum->step = (stop - spectrum->start) / (double)spectrum->n;
	if (!(spectrum->step > 0))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "there is nothing from %.9g s to %.9g s to take a spectrum of",
				  spectrum->start, stop);
	return CAROM_OK;
}

static void fill_window(struct spectrum *spectrum)
{
	const double *coefficients = windows[spectrum->options.window];

	for (size_t i = 0; i < spectrum->n; i++)
		for (size_t k = 0; k < 5; k++)
			spectrum->window[i] +=
				coefficients[k] *
				cos(2 * M_PI * (double)(k * i % spectrum->n) / (double)spectrum->n);
}

static int allocate(struct spectrum *spectrum, struct carom_error *err)
{
	spectrum->values = mem_zalloc(spectrum->n, sizeof(*spectrum->values));
	spectrum->window = mem_zalloc(spectrum->n, sizeof(*spectrum->window));
	spectrum->data = mem_zalloc(spectrum->n, sizeof(*spectrum->data));
	if (!spectrum->values || !spectrum->window || !spectrum->data)
		return carom_fail_memory(err);
	for (size_t i = 0; i < spectrum->n; i++)
		spectrum->values[i] = spectrum->start + (double)i * spectrum->step;
	fill_window(spectrum);
	return CAROM_OK;
}

static void release(struct spectrum *spectrum)
{
	mem_free(spectrum->values);
	mem_free(spectrum->window);
	mem_free(spectrum->data);
}

/* Each line stands for two of the transform, but the first, and the last of an even number. */
static void transform(struct spectrum *spectrum, const double *column, double *lines)
{
	size_t n = spectrum->n;

	grid_interpolate(spectrum->grid, column, 1, spectrum->values);
	for (size_t i = 0; i < n; i++)
		spectrum->data[i] = spectrum->values[i] * spectrum->window[i];
	fft_run(spectrum->fft, spectrum->data);
	for (size_t k = 0; k < spectrum->n_lines; k++) {
		double factor = (k == 0 || 2 * k == n ? 1 : 2) / (double)n;

		lines[2 * k] = factor * creal(spectrum->data[k]);
		lines[2 * k + 1] = factor * cimag(spectrum->data[k]);
	}
}

static int add_frequency(const struct spectrum *spectrum, struct carom_plot *to,
			 struct carom_error *err)
{
	double span = spectrum->step * (double)spectrum->n;
	double *column = plot_add_vector(to, "frequency", "Hz", false, spectrum->n_lines);

	if (!column)
		return carom_fail_memory(err);
	for (size_t k = 0; k < spectrum->n_lines; k++)
		column[k] = (double)k / span;
	plot_set_scale(to, 0);
	return CAROM_OK;
}

static int add_lines(struct spectrum *spectrum, const struct carom_plot *plot,
		     struct carom_plot *to, struct carom_error *err)
{
	int status = add_frequency(spectrum, to, err);

	for (size_t i = 0; i < carom_plot_vector_count(plot) && !status; i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		double *lines;

		if (vector == carom_plot_scale(plot) || !carom_vector_real(vector) ||
		    carom_vector_length(vector) != spectrum->grid->n_old)
			continue;
		lines = plot_add_vector(to, carom_vector_name(vector), carom_vector_unit(vector),
					true, spectrum->n_lines);
		if (lines)
			transform(spectrum, carom_vector_real(vector), lines);
		else
			status = carom_fail_memory(err);
	}
	return status;
}

static int make_result(struct spectrum *spectrum, const struct carom_plot *plot,
		       struct carom_result **result, struct carom_error *err)
{
	struct carom_result *made = result_new();
	struct carom_plot *to = NULL;
	int status;

	if (made)
		to = result_add_plot(made, "spectrum", carom_plot_title(plot),
				     carom_plot_vector_count(plot));
	status = to ? add_lines(spectrum, plot, to, err) : carom_fail_memory(err);
	if (status)
		carom_result_free(made);
	else
		*result = made;
	return status;
}

CAROM_API int carom_plot_spectrum(const struct carom_plot *plot,
				  const struct carom_spectrum_options *options,
				  struct carom_result **result, struct carom_error *err)
{
	struct grid grid = {.n = 0};
	struct fft fft = {.n = 0};
	struct spectrum spectrum = {.grid = &grid, .fft = &fft};
	int status = read_options(&spectrum, options, err);

	*result = NULL;
	if (!status)
		status = set_steps(&spectrum, plot, err);
	if (!status)
		status = fft_init(&fft, spectrum.n, err);
	if (!status)
		status = allocate(&spectrum, err);
	if (!status)
		status = grid_init(&grid, plot, spectrum.values, spectrum.n, err);
	if (!status)
		status = make_result(&spectrum, plot, result, err);
	fft_release(&fft);
	grid_release(&grid);
	release(&spectrum);
	return status;
}
