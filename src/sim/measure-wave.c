/* SPDX-License-Identifier: BSD-3-Clause */
/* A column cut to a window; its values between points; its crossings of a level. */
#include "sim/measure-wave.h"

#include <math.h>

#define END_TOLERANCE 1e-9   /* of the end's value */
#define SPAN_TOLERANCE 1e-12 /* of the scale's span */

const char why_not_a_number[] = "the expression has a value that is not a number";
const char why_no_scale[] = "there is no scale to measure over";
const char why_not_monotone[] = "the scale does not go one way";
const char why_no_span[] = "the scale spans nothing";
const char why_outside[] = "outside the scale";
const char why_never_crosses[] = "never crosses the level";
const char why_crosses_fewer[] = "crosses the level fewer times";

struct wave wave_of(const struct measure_column *column)
{
	return (struct wave){.x = column->x,
			     .x_stride = column->x_stride,
			     .y = column->y,
			     .y_stride = column->is_complex ? 2 : 1,
			     .n = column->n};
}

int wave_direction(const struct wave *wave)
{
	double before = wave_x(wave, 0);
	int sign = wave_x(wave, wave->n - 1) < before ? -1 : 1;

	if (isnan(before))
		return 0;
	for (size_t i = 1; i < wave->n; i++) {
		double x = wave_x(wave, i);

		if (!(sign * x >= sign * before))
			return 0;
		before = x;
	}
	return sign;
}

int wave_require_direction(const struct wave *wave, const char **why)
{
	int direction = wave->x ? wave_direction(wave) : 0;

	if (direction == 0)
		*why = wave->x ? why_not_monotone : why_no_scale;
	return direction;
}

/* ---- places between points ---- */

/* The last frequency of a decade sweep is a product of many factors, that of a linear one a sum. */
static bool is_end(const struct wave *wave, double x, double end)
{
	double span = wave_x(wave, wave->n - 1) - wave_x(wave, 0);

	return fabs(x - end) <= END_TOLERANCE * fabs(end) + SPAN_TOLERANCE * fabs(span);
}

/* Of several points at x the first ends the stretch. */
size_t wave_find(const struct wave *wave, int direction, double x)
{
	size_t low = 0, high = wave->n - 1;
	double first = wave_x(wave, low), last = wave_x(wave, high);

	if (direction * x <= direction * first)
		return is_end(wave, x, first) ? 0 : wave->n;
	if (!(direction * x <= direction * last))
		return is_end(wave, x, last) ? wave->n - 2 : wave->n;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (direction * wave_x(wave, middle) < direction * x)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Part of the value at x in the stretch behind point i; beyond its ends the value there. */
static double interpolate(const struct wave *wave, size_t i, double x, size_t part)
{
	double x0 = wave_x(wave, i), x1 = wave_x(wave, i + 1);
	double y0 = wave_part(wave, i, part), y1 = wave_part(wave, i + 1, part);
	double share = x1 == x0 ? 1 : (x - x0) / (x1 - x0);

	if (share <= 0)
		return y0;
	return share >= 1 ? y1 : y0 + (y1 - y0) * share;
}

static double value_at(const struct wave *wave, int direction, double x, const char **why)
{
	size_t i;

	if (wave->n == 1)
		return is_end(wave, x, wave_x(wave, 0)) ? wave_y(wave, 0)
							: measure_fail(why, why_outside);
	i = wave_find(wave, direction, x);
	return i < wave->n ? interpolate(wave, i, x, 0) : measure_fail(why, why_outside);
}

double wave_at(const struct wave *wave, double x, const char **why)
{
	int direction = wave_require_direction(wave, why);

	return direction ? value_at(wave, direction, x, why) : NAN;
}

bool wave_sample(const struct wave *wave, const double *places, size_t n, double *values,
		 const char **why)
{
	int direction = wave_require_direction(wave, why);
	const char *outside;

	for (size_t i = 0; i < n && direction; i++)
		values[i] = value_at(wave, direction, places[i], &outside);
	return direction != 0;
}

/* ---- the window ---- */

static bool refuse_window(const char **why, const char *reason)
{
	*why = reason;
	return false;
}

/* Leave out the points before x, which lies behind point i. */
static void cut_head(struct wave *wave, size_t i, double x)
{
	wave->head_x = x;
	for (size_t part = 0; part < wave->y_stride; part++)
		wave->head_y[part] = interpolate(wave, i, x, part);
	if (x == wave_x(wave, i + 1))
		i++;
	else
		wave->has_head = x != wave_x(wave, i);
	i += wave->has_head;
	wave->x += i * wave->x_stride;
	wave->y += i * wave->y_stride;
	wave->n += wave->has_head;
	wave->n -= i;
}

static void cut_tail(struct wave *wave, size_t i, double x)
{
	wave->tail_x = x;
	for (size_t part = 0; part < wave->y_stride; part++)
		wave->tail_y[part] = interpolate(wave, i, x, part);
	if (x == wave_x(wave, i)) {
		wave->n = i + 1;
	} else {
		wave->has_tail = x != wave_x(wave, i + 1);
		wave->n = i + 2;
	}
}

bool wave_cut(struct wave *wave, double from, double to, const char **why)
{
	int direction = wave_require_direction(wave, why);
	struct wave cut = *wave;
	double first, last, begin, end;
	size_t begins_at, ends_at;

	if (direction == 0)
		return false;
	first = wave_x(wave, 0);
	last = wave_x(wave, wave->n - 1);
	begin = direction > 0 ? from : to;
	end = direction > 0 ? to : from;
	begin = isnan(begin) ? first : begin;
	end = isnan(end) ? last : end;
	if (wave->n == 1)
		return refuse_window(why, "the window is empty");
	begins_at = wave_find(wave, direction, begin);
	ends_at = wave_find(wave, direction, end);
	if (begins_at >= wave->n || ends_at >= wave->n)
		return refuse_window(why, "the window is outside the scale");
	if (!(direction * begin < direction * end))
		return refuse_window(why, "the window is empty");
	/* what the sweep's rounding puts beyond its end is the end */
	begin = direction * begin < direction * first ? first : begin;
	end = direction * end > direction * last ? last : end;
	cut_tail(&cut, ends_at, end);
	cut_head(&cut, begins_at, begin);
	*wave = cut;
	return true;
}

/* ---- values ---- */

bool wave_extremes(const struct wave *wave, size_t *lowest, size_t *highest, const char **why)
{
	double low = wave_y(wave, 0), high = low;

	*lowest = *highest = 0;
	for (size_t i = 0; i < wave->n; i++) {
		double y = wave_y(wave, i);

		if (isnan(y)) {
			*why = why_not_a_number;
			return false;
		}
		if (y < low) {
			low = y;
			*lowest = i;
		} else if (y > high) {
			high = y;
			*highest = i;
		}
	}
	return true;
}

double measure_level(const struct taking *taking, size_t argument, double base, double top)
{
	double value = taking->values[argument];

	if (!taking->measure->arguments[argument].is_percent)
		return value;
	return base + (top - base) * (value / 100);
}

/* ---- crossings ---- */

/* Where the level lies between the last point on one side and the first on it or beyond. */
static double crossing_place(const struct wave *wave, size_t from, double level)
{
	double y0 = wave_y(wave, from), y1 = wave_y(wave, from + 1);
	double x0 = wave_x(wave, from), x1 = wave_x(wave, from + 1);

	if (!isfinite(y1 - y0))
		return NAN;
	return y1 == level ? x1 : x0 + (x1 - x0) * ((level - y0) / (y1 - y0));
}

bool crosser_next(struct crosser *crosser, struct crossing *crossing, const char **why)
{
	while (crosser->next < crosser->wave->n) {
		size_t i = crosser->next++;
		double y = wave_y(crosser->wave, i);
		int side = (y > crosser->level) - (y < crosser->level);
		bool crosses = side != 0 && crosser->side == -side;

		if (isnan(y)) {
			*why = why_not_a_number;
			return false;
		}
		if (crosses)
			*crossing = (struct crossing){
				crossing_place(crosser->wave, crosser->from, crosser->level),
				side > 0 ? MEASURE_RISE : MEASURE_FALL};
		if (side != 0) {
			crosser->side = side;
			crosser->from = i;
		}
		if (crosses)
			return true;
	}
	return false;
}

double wave_cross(const struct wave *wave, double level, int edge, unsigned n, const char **why)
{
	struct crosser crosser = {.wave = wave, .level = level};
	struct crossing crossing = {NAN, MEASURE_EITHER};
	double last = NAN;
	unsigned n_found = 0;

	if (!wave->x)
		return measure_fail(why, why_no_scale);
	while (crosser_next(&crosser, &crossing, why)) {
		if (edge != MEASURE_EITHER && edge != crossing.edge)
			continue;
		last = crossing.x;
		if (++n_found == n)
			return last;
	}
	if (*why)
		return NAN;
	if (n == MEASURE_LAST && n_found > 0)
		return last;
	return measure_fail(why, n_found ? why_crosses_fewer : why_never_crosses);
}
