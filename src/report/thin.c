/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as a page has them: no more digits than a chart can show. */
#include "report/thin.h"

#include <math.h>
#include <stdlib.h>

#include "study/store-json.h"

#define DIGITS 6
#define NO_PLACE INT16_MIN /* nothing has one as small */

int thin_place(double min, double max)
{
	double range = max - min;

	return range > 0 && isfinite(range) ? (int)floor(log10(range)) - DIGITS : NO_PLACE;
}

/* By a power of ten that is a whole number, so that 0.001 comes out as 1/1000 and not near it. */
double thin_round(double value, int place)
{
	double power = pow(10, abs(place));
	double rounded = place < 0 ? round(value * power) / power : round(value / power) * power;

	return isfinite(rounded) ? rounded : value;
}

static json_t *to_array(const double *values, size_t n, int place)
{
	json_t *array = json_array();
	bool is_whole = array != NULL;

	for (size_t i = 0; i < n && is_whole; i++)
		is_whole = json_array_append_new(
				   array, store_json_number(thin_round(values[i], place))) == 0;
	return store_json_drop_unless(is_whole, array);
}

json_t *thin_array(const double *values, size_t n)
{
	double min = INFINITY, max = -INFINITY;

	for (size_t i = 0; i < n; i++) {
		if (isfinite(values[i])) {
			min = fmin(min, values[i]);
			max = fmax(max, values[i]);
		}
	}
	return to_array(values, n, thin_place(min, max));
}

json_t *thin_exact(const double *values, size_t n)
{
	return to_array(values, n, NO_PLACE);
}

json_t *thin_interval(struct carom_interval interval)
{
	return json_pack("[o, o]", store_json_number(interval.lower),
			 store_json_number(interval.upper));
}
