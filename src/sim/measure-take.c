/* SPDX-License-Identifier: BSD-3-Clause */
/* Takes a measurement: a column over its scale becomes one number, or no number and the reason. */
#include "sim/measure.h"

#include <math.h>

/*
 * The rules, besides those of measure.h:
 *
 * - A value that is not a number makes a measurement impossible if it is among the points looked
 *   at: all for max, min, pp, avg and rms; the last for final; the two neighbours of x for at; for
 *   cross those up to the crossing.  So does a result that is infinite.
 * - avg, rms and at need a scale that goes one way, up or down (a nested sweep does neither).
 * - at takes the end for an x that is beyond it by no more than the sweep's own rounding: the last
 *   frequency of a decade sweep is a product of many factors, the last value of a linear one a sum
 *   of many steps.  Of several points at x it takes the first.
 * - A crossing is a change from one side of the level to the other.  Points exactly on the level
 *   are on neither side: where some lie between, the first of them is the place, and a waveform
 *   that touches the level and turns back, starts there or ends there does not cross.  Points are
 *   walked in order, so that the scale may go any way.
 */
#define END_TOLERANCE 1e-9   /* of the end's value */
#define SPAN_TOLERANCE 1e-12 /* of the scale's span */

struct wave {
	const double *x; /* NULL: no scale */
	size_t x_stride;
	const double *y;
	size_t y_stride;
	size_t n;
};

static const char not_a_number[] = "the expression has a value that is not a number";
static const char not_finite[] = "the result is not a finite number";
static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";
static const char no_span[] = "the scale spans nothing";

static double x_at(const struct wave *wave, size_t i)
{
	return wave->x[i * wave->x_stride];
}

static double y_at(const struct wave *wave, size_t i)
{
	return wave->y[i * wave->y_stride];
}

static double fail(const char **why, const char *reason)
{
	*why = reason;
	return NAN;
}

static double take_extreme(const struct wave *wave, enum measure_reducer reducer, const char **why)
{
	double low = y_at(wave, 0);
	double high = low;

	for (size_t i = 0; i < wave->n; i++) {
		double y = y_at(wave, i);

		if (isnan(y))
			return fail(why, not_a_number);
		low = y < low ? y : low;
		high = y > high ? y : high;
	}
	return reducer == MEASURE_MAX ? high : reducer == MEASURE_MIN ? low : high - low;
}

/* 1: goes up, -1: goes down, 0: neither (one that is not a number goes neither way). */
static int scale_direction(const struct wave *wave)
{
	double first = x_at(wave, 0);
	double last = x_at(wave, wave->n - 1);
	int sign = last < first ? -1 : 1;

	if (isnan(first))
		return 0;
	for (size_t i = 1; i < wave->n; i++)
		if (!(sign * x_at(wave, i) >= sign * x_at(wave, i - 1)))
			return 0;
	return sign;
}

/* Mean over the scale of y, or of its square. */
static double take_mean(const struct wave *wave, bool is_squared, const char **why)
{
	double before = is_squared ? y_at(wave, 0) * y_at(wave, 0) : y_at(wave, 0);
	double integral = 0;
	double span;

	if (wave->n == 1)
		return before;
	if (!wave->x)
		return fail(why, no_scale);
	if (scale_direction(wave) == 0)
		return fail(why, not_monotone);
	span = x_at(wave, wave->n - 1) - x_at(wave, 0);
	if (span == 0)
		return fail(why, no_span);
	for (size_t i = 1; i < wave->n; i++) {
		double y = is_squared ? y_at(wave, i) * y_at(wave, i) : y_at(wave, i);

		integral += (x_at(wave, i) - x_at(wave, i - 1)) * (before + y) / 2;
		before = y;
	}
	return integral / span;
}

static bool is_end(const struct wave *wave, double x, double end)
{
	double span = x_at(wave, wave->n - 1) - x_at(wave, 0);

	return fabs(x - end) <= END_TOLERANCE * fabs(end) + SPAN_TOLERANCE * fabs(span);
}

static double take_at(const struct wave *wave, double x, const char **why)
{
	size_t end, i = 1;
	double x0, x1;
	int sign;

	if (!wave->x)
		return fail(why, no_scale);
	sign = scale_direction(wave);
	if (sign == 0)
		return fail(why, not_monotone);
	end = sign * x <= sign * x_at(wave, 0) ? 0 : wave->n - 1;
	if (end == 0 || sign * x > sign * x_at(wave, end))
		return is_end(wave, x, x_at(wave, end)) ? y_at(wave, end)
							: fail(why, "outside the scale");
	while (sign * x_at(wave, i) < sign * x)
		i++;
	x0 = x_at(wave, i - 1);
	x1 = x_at(wave, i);
	if (x == x1)
		return y_at(wave, i);
	return y_at(wave, i - 1) + (y_at(wave, i) - y_at(wave, i - 1)) * ((x - x0) / (x1 - x0));
}

/* Where the level lies between the last point on one side and the first on it or beyond. */
static double crossing_place(const struct wave *wave, size_t from, double level)
{
	double y0 = y_at(wave, from), y1 = y_at(wave, from + 1);
	double x0 = x_at(wave, from), x1 = x_at(wave, from + 1);

	if (!isfinite(y1 - y0))
		return NAN;
	return y1 == level ? x1 : x0 + (x1 - x0) * ((level - y0) / (y1 - y0));
}

static double take_cross(const struct wave *wave, const struct measure *measure, double level,
			 const char **why)
{
	size_t from = 0; /* last point off the level */
	int before = 0;  /* its side: -1 below, 1 above, 0 none yet */
	unsigned n_found = 0;

	if (!wave->x)
		return fail(why, no_scale);
	for (size_t i = 0; i < wave->n; i++) {
		double y = y_at(wave, i);
		int side = (y > level) - (y < level);

		if (isnan(y))
			return fail(why, not_a_number);
		if (side == 0)
			continue;
		if (before == -side && measure->edge != (side > 0 ? MEASURE_FALL : MEASURE_RISE) &&
		    ++n_found == measure->count)
			return crossing_place(wave, from, level);
		before = side;
		from = i;
	}
	return fail(why, n_found ? "crosses the level fewer times" : "never crosses the level");
}

static double take(const struct measure *measure, const struct wave *wave, const double *values,
		   const char **why)
{
	switch (measure->reducer) {
	case MEASURE_MAX:
	case MEASURE_MIN:
	case MEASURE_PP:
		return take_extreme(wave, measure->reducer, why);
	case MEASURE_AVG:
		return take_mean(wave, false, why);
	case MEASURE_RMS:
		return sqrt(take_mean(wave, true, why));
	case MEASURE_AT:
		return take_at(wave, values[0], why);
	case MEASURE_CROSS:
		return take_cross(wave, measure, values[0], why);
	case MEASURE_FINAL:
		break;
	}
	return y_at(wave, wave->n - 1);
}

double measure_take(const struct measure *measure, const double *x, size_t x_stride,
		    const double *y, size_t y_stride, size_t n,
		    const double values[MEASURE_MAX_ARGUMENTS], const char **why)
{
	struct wave wave = {x, x_stride, y, y_stride, n};
	double result;

	*why = NULL;
	if (n == 0)
		return fail(why, "there are no points");
	for (size_t i = 0; i < measure->n_arguments; i++)
		if (isnan(values[i]))
			return fail(why, "an earlier measurement that is needed has no value");
	result = take(measure, &wave, values, why);
	if (!*why && !isfinite(result))
		return fail(why, not_finite);
	return result;
}
