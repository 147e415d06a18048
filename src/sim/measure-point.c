/* SPDX-License-Identifier: BSD-3-Clause */
/* final, at, slope: one place of the waveform. */
#include <math.h>

#include "sim/measure-wave.h"

double take_final(const struct taking *taking, const char **why)
{
	const struct wave *wave = &taking->waves[0];

	(void)why;
	return wave_y(wave, wave->n - 1);
}

double take_at(const struct taking *taking, const char **why)
{
	return wave_at(&taking->waves[0], taking->values[0], why);
}

/* Of the line through the two points around x; at a point, through its neighbours. */
double take_slope(const struct taking *taking, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	int direction = wave_require_direction(wave, why);
	double x = taking->values[0], run;
	size_t i, j;

	if (direction == 0)
		return NAN;
	if (wave->n == 1)
		return measure_fail(why, why_no_span);
	i = wave_find(wave, direction, x);
	if (i >= wave->n)
		return measure_fail(why, why_outside);
	j = i + 1;
	if (x == wave_x(wave, j) && j + 1 < wave->n)
		j++;
	run = wave_x(wave, j) - wave_x(wave, i);
	return run == 0 ? measure_fail(why, "the scale stands still there")
			: (wave_y(wave, j) - wave_y(wave, i)) / run;
}
