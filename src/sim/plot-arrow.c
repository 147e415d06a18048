/* SPDX-License-Identifier: BSD-3-Clause */
/* A plot of a result for the Arrow C data interface. */
#include "base/error.h"
#include "base/mem.h"
#include "carom-arrow.h"
#include "sim/plot.h"

static void free_result(void *result)
{
	carom_result_free(result);
}

static void describe(const struct carom_plot *plot, struct carom_column *columns,
		     const double **data)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);

		columns[i] = vector_column(vector);
		data[i] = vector_numbers(vector);
	}
}

CAROM_API int carom_arrow_export_result(struct carom_result *result, size_t plot,
					struct ArrowSchema *schema, struct ArrowArray *array,
					struct carom_error *err)
{
	const struct carom_plot *exported = carom_result_plot(result, plot);
	size_t n = carom_plot_vector_count(exported);
	struct carom_column *columns = mem_zalloc(n, sizeof(*columns));
	const double **data = mem_zalloc(n, sizeof(*data));
	int status;

	if (!exported) {
		status = carom_fail(err, CAROM_ERROR_NOT_FOUND, "the result has no plot %zu", plot);
	} else if (!columns || !data) {
		status = carom_fail_memory(err);
	} else {
		describe(exported, columns, data);
		status = carom_arrow_export(columns, data, n, carom_plot_point_count(exported),
					    free_result, result, schema, array, err);
	}
	mem_free(columns);
	mem_free(data);
	return status;
}
