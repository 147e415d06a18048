/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies plots out of libngspice's memory, which the next run takes back. */
#include "sim/result-from-ng.h"

#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "sim/plot.h"

/*
 * What a device does not have, such as "@m1[is]" of a BSIM4 transistor, has no points; RAW files have
 * zeros, and so has the result, whose columns are equally long.
 */
static int copy_vector(struct carom_plot *plot, const struct ng_vector *vector, size_t n_points,
		       struct carom_error *err)
{
	bool is_missing = vector->length == 0 && vector->name[0] == '@';
	size_t length = is_missing ? n_points : vector->length;
	size_t size = vector->is_complex ? 2 * sizeof(double) : sizeof(double);
	double *column = plot_add_vector(plot, vector->name, ng_type_unit(vector->type),
					 vector->is_complex, length);

	if (!column)
		return carom_fail_memory(err);
	if (is_missing)
		memset(column, 0, length * size);
	else if (length > 0)
		memcpy(column, vector->data, length * size);
	return 0;
}

static int copy_plot(struct carom_result *result, struct ng_session *ng, size_t index,
		     const char *title, struct carom_error *err)
{
	struct ng_plot from;
	struct carom_plot *plot;
	size_t n_points = 0; /* of its scale, the first vector */
	int status = ng_session_plot(ng, index, &from, err);

	if (status)
		return status;
	plot = result_add_plot(result, from.name, title, from.n_vectors);
	if (!plot)
		return carom_fail_memory(err);
	for (size_t i = 0; i < from.n_vectors; i++) {
		struct ng_vector vector;

		status = ng_session_vector(ng, index, i, &vector, err);
		if (i == 0 && !status)
			n_points = vector.length;
		if (!status)
			status = copy_vector(plot, &vector, n_points, err);
		if (status)
			return status;
	}
	plot_set_scale(plot, from.scale);
	return 0;
}

int result_from_ng(struct carom_result **result, struct ng_session *ng, const char *title,
		   struct carom_error *err)
{
	size_t n_plots = ng_session_plot_count(ng);
	int status = 0;

	*result = result_new();
	if (!*result)
		return carom_fail_memory(err);
	for (size_t i = 0; i < n_plots && !status; i++)
		status = copy_plot(*result, ng, i, title, err);
	if (status) {
		carom_result_free(*result);
		*result = NULL;
	}
	return status;
}
