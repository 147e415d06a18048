/* SPDX-License-Identifier: BSD-3-Clause */
/* Variables of a plot for the Arrow C data interface. */
#include "base/error.h"
#include "base/mem.h"
#include "carom-arrow.h"

static void free_columns(void *columns)
{
	carom_raw_columns_free(columns);
}

static void describe(const struct carom_raw_plot *plot, const size_t *variables, size_t n_points,
		     const struct carom_raw_columns *read, struct carom_column *columns,
		     const double **data)
{
	for (size_t i = 0; i < carom_raw_columns_count(read); i++) {
		const struct carom_raw_variable *variable =
			carom_raw_plot_variable(plot, variables ? variables[i] : i);

		columns[i] = (struct carom_column){.name = variable->name,
						   .unit = variable->unit,
						   .type = variable->type,
						   .n_points = n_points,
						   .is_complex = variable->is_complex};
		data[i] = carom_raw_columns_data(read, i);
	}
}

CAROM_API int carom_arrow_read_raw(const struct carom_raw_plot *plot, const size_t *variables,
				   size_t n, const struct carom_raw_range *range,
				   struct ArrowSchema *schema, struct ArrowArray *array,
				   struct carom_error *err)
{
	size_t n_columns = variables ? n : carom_raw_plot_variable_count(plot);
	struct carom_column *columns = mem_zalloc(n_columns, sizeof(*columns));
	const double **data = mem_zalloc(n_columns, sizeof(*data));
	struct carom_raw_columns *read = NULL;
	int status = CAROM_OK;

	if (!columns || !data)
		status = carom_fail_memory(err);
	if (status == CAROM_OK)
		status = carom_raw_plot_read_columns(plot, variables, n, range, &read, err);
	if (status == CAROM_OK) {
		size_t n_points = carom_raw_columns_point_count(read);

		describe(plot, variables, n_points, read, columns, data);
		status = carom_arrow_export(columns, data, n_columns, n_points, free_columns, read,
					    schema, array, err);
		if (status != CAROM_OK)
			carom_raw_columns_free(read);
	}
	mem_free(columns);
	mem_free(data);
	return status;
}
