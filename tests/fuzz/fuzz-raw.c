/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as a RAW file, from memory: refused with a message, or plots whose columns can be read as
 * a whole, in part, and where they stand, all with the same values.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "carom-raw.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_VALUES = 1 << 16 };

static void check(bool is_true)
{
	if (!is_true)
		abort();
}

static size_t width_of(const struct carom_raw_plot *plot, size_t variable)
{
	return carom_raw_plot_variable(plot, variable)->is_complex ? 2 : 1;
}

/* The last point by itself is the last point of all. */
static void check_last(const struct carom_raw_plot *plot, size_t variable, const double *column)
{
	size_t n = carom_raw_plot_point_count(plot), width = width_of(plot, variable);
	const struct carom_raw_range range = {
		.size = sizeof(range), .first = n - 1, .n_points = 1, .n_threads = 2};
	double last[2], *to = last;

	check(carom_raw_plot_read(plot, &variable, 1, &to, &range, NULL) == CAROM_OK);
	check(memcmp(last, column + (n - 1) * width, width * sizeof(double)) == 0);
}

static void check_view(const struct carom_raw_plot *plot, size_t variable, const double *column)
{
	size_t width = width_of(plot, variable);
	struct carom_raw_view view;

	if (carom_raw_plot_view(plot, variable, &view, NULL) != CAROM_OK)
		return;
	check(view.n_points == carom_raw_plot_point_count(plot));
	for (size_t i = 0; i < view.n_points; i++)
		check(memcmp((const char *)view.first + i * view.stride, column + i * width,
			     width * sizeof(double)) == 0);
}

static void check_values(const struct carom_raw_plot *plot)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw_columns *columns = NULL;
	int status = carom_raw_plot_read_columns(plot, NULL, 0, NULL, &columns, &err);

	check(status == (int)err.status);
	if (status) {
		check(status == CAROM_ERROR_FORMAT && err.text[0] && err.offset >= 0);
		return;
	}
	for (size_t i = 0; i < carom_raw_columns_count(columns); i++) {
		if (carom_raw_plot_point_count(plot) == 0)
			break;
		check_last(plot, i, carom_raw_columns_data(columns, i));
		check_view(plot, i, carom_raw_columns_data(columns, i));
	}
	carom_raw_columns_free(columns);
}

static void check_plot(const struct carom_raw_plot *plot)
{
	size_t n = carom_raw_plot_variable_count(plot), n_points = carom_raw_plot_point_count(plot);

	check(carom_raw_plot_name(plot) && carom_raw_plot_title(plot));
	for (size_t i = 0; i < carom_raw_plot_line_count(plot); i++)
		check(carom_raw_plot_line(plot, i)->key && carom_raw_plot_line(plot, i)->value);
	for (size_t i = 0; i < n; i++) {
		const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, i);

		check(carom_raw_plot_find_variable(plot, variable->name) <= i);
		check(variable->n_points <= n_points && variable->unit && variable->type);
	}
	if (n == 0 || n_points <= MOST_VALUES / n)
		check_values(plot);
}

static void check_file(const uint8_t *data, size_t size, bool accept_cut)
{
	const struct carom_raw_options options = {.size = sizeof(options),
						  .accept_cut = accept_cut};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;
	int status = carom_raw_open_memory(&raw, data, size, "fuzz", &options, &err);

	check(status == (int)err.status && (status == CAROM_OK) == (raw != NULL));
	if (status) {
		check(status == CAROM_ERROR_FORMAT && err.offset >= 0 &&
		      err.offset <= (int64_t)size);
		return;
	}
	check(carom_raw_plot_count(raw) > 0);
	for (size_t i = 0; i < carom_raw_plot_count(raw); i++)
		check_plot(carom_raw_plot(raw, i));
	carom_raw_close(raw);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_file(data, size, false);
	check_file(data, size, true);
	return 0;
}
