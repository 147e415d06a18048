/* SPDX-License-Identifier: BSD-3-Clause */
/* avg, rms, integral: trapezoids over a scale that goes one way, up or down. */
#include <math.h>

#include "sim/measure-wave.h"

/* The integral of y, or of its square, along the points; *span: of the scale. */
static double integrate(const struct wave *wave, bool is_squared, double *span, const char **why)
{
	double x = wave_x(wave, 0), y = wave_y(wave, 0);
	double integral = 0;

	y = is_squared ? y * y : y;
	if (wave_require_direction(wave, why) == 0)
		return NAN;
	*span = wave_x(wave, wave->n - 1) - x;
	for (size_t i = 1; i < wave->n; i++) {
		double next_x = wave_x(wave, i), next_y = wave_y(wave, i);

		next_y = is_squared ? next_y * next_y : next_y;
		integral += (next_x - x) * (y + next_y) / 2;
		x = next_x;
		y = next_y;
	}
	return integral;
}

static double take_mean(const struct wave *wave, bool is_squared, const char **why)
{
	double y = wave_y(wave, 0), span = 0, integral;

	if (wave->n == 1)
		return is_squared ? y * y : y;
	if (!wave->x)
		return measure_fail(why, why_no_scale);
	integral = integrate(wave, is_squared, &span, why);
	if (*why)
		return NAN;
	return span == 0 ? measure_fail(why, why_no_span) : integral / span;
}

double take_avg(const struct taking *taking, const char **why)
{
	return take_mean(&taking->waves[0], false, why);
}

double take_rms(const struct taking *taking, const char **why)
{
	return sqrt(take_mean(&taking->waves[0], true, why));
}

/* From the lower end of the scale to the upper one, whichever way it was swept. */
double take_integral(const struct taking *taking, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	double span = 0, integral;

	if (!wave->x)
		return measure_fail(why, why_no_scale);
	integral = integrate(wave, false, &span, why);
	if (*why)
		return NAN;
	return span == 0 ? measure_fail(why, why_no_span) : span < 0 ? -integral : integral;
}
