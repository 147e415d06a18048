/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions of the vectors of a plot, calculated over its points. */
#ifndef SIM_COLUMN_H
#define SIM_COLUMN_H

#include "carom-error.h"
#include "carom-plot.h"

/*
 * Calculate "v(a)-2*i(v1)" into *values, a number for each point of the scale, to be freed with
 * mem_free: names of real vectors, "v(a,b)" for a difference, numbers, + - * /, signs, parentheses and
 * abs().  ERROR_VECTOR if it is none or a vector is not there; *values is NULL then.
 */
int column_calculate(const struct carom_plot *plot, const char *text, double **values,
		     struct carom_error *err);

#endif
