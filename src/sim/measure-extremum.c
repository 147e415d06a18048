/* SPDX-License-Identifier: BSD-3-Clause */
/* max, min, pp, and where on the scale the extremes are. */
#include <math.h>

#include "sim/measure-wave.h"

/* Looks at every point: one that is not a number spoils all of these. */
static double take_extreme(const struct taking *taking, bool is_max, bool is_place,
			   const char **why)
{
	const struct wave *wave = &taking->waves[0];
	size_t lowest, highest, i;

	if (!wave_extremes(wave, &lowest, &highest, why))
		return NAN;
	if (is_place && !wave->x)
		return measure_fail(why, why_no_scale);
	i = is_max ? highest : lowest;
	return is_place ? wave_x(wave, i) : wave_y(wave, i);
}

double take_max(const struct taking *taking, const char **why)
{
	return take_extreme(taking, true, false, why);
}

double take_min(const struct taking *taking, const char **why)
{
	return take_extreme(taking, false, false, why);
}

double take_argmax(const struct taking *taking, const char **why)
{
	return take_extreme(taking, true, true, why);
}

double take_argmin(const struct taking *taking, const char **why)
{
	return take_extreme(taking, false, true, why);
}

double take_pp(const struct taking *taking, const char **why)
{
	return take_max(taking, why) - take_min(taking, why);
}
