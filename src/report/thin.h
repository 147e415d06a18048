/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as a page has them: no more digits than a chart can show. */
#ifndef REPORT_THIN_H
#define REPORT_THIN_H

#include <stddef.h>

#include <jansson.h>

#include "carom-statistics.h"

/* The decimal place of a millionth of a range: 1e-6 for 0 to 1 gives -6. */
int thin_place(double min, double max);
/* value, rounded to a multiple of 10^place; as it is where it has no such place. */
double thin_round(double value, int place);

/*
 * An array of values that are rounded to a millionth of their range; null for what is not finite.
 */
json_t *thin_array(const double *values, size_t n);

/* The same of values as they are. */
json_t *thin_exact(const double *values, size_t n);

/* [lower, upper]; null for what is not finite. */
json_t *thin_interval(struct carom_interval interval);

#endif
