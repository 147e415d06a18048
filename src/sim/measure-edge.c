/* SPDX-License-Identifier: BSD-3-Clause */
/* rise_time, fall_time, overshoot, undershoot, settle: a step from one level to another. */
#include <math.h>

#include "sim/measure-wave.h"

/* The two levels of the step: as given, else the first and the last value of the window. */
struct step {
	double initial, final;
};

/* Arguments of all of these end in initial, final. */
static bool find_step(const struct taking *taking, size_t initial, struct step *step,
		      const char **why)
{
	const struct wave *wave = &taking->waves[0];
	double given_initial = taking->values[initial], given_final = taking->values[initial + 1];

	step->initial = isnan(given_initial) ? wave_y(wave, 0) : given_initial;
	step->final = isnan(given_final) ? wave_y(wave, wave->n - 1) : given_final;
	if (isnan(step->initial) || isnan(step->final))
		*why = why_not_a_number;
	else if (step->initial == step->final)
		*why = "begins and ends at one value: say initial= and final=, or a window";
	return !*why;
}

/* ---- rise_time, fall_time ---- */

enum { LOW, HIGH, COUNT, EDGE_INITIAL };

/* The last crossing of crosser with that edge up to end; NAN: there is none.  Keeps its place. */
static double last_before(struct crosser *crosser, int edge, double end, const char **why)
{
	struct crosser ahead = *crosser;
	struct crossing crossing;
	double last = NAN;

	while (crosser_next(&ahead, &crossing, why) && crossing.x <= end) {
		if (crossing.edge == edge)
			last = crossing.x;
		*crosser = ahead;
	}
	return last;
}

/*
 * An edge runs from the last crossing of the level it begins at to the crossing of the other that
 * follows.  A crossing of that one without a new one of the first is a ripple, and no edge.
 */
static double take_edge(const struct taking *taking, double begin, double end, int edge,
			const char **why)
{
	const struct wave *wave = &taking->waves[0];
	struct crosser begins = {.wave = wave, .level = begin};
	struct crosser ends = {.wave = wave, .level = end};
	struct crossing crossing;
	unsigned n_found = 0, n = (unsigned)taking->values[COUNT];
	double time = NAN;

	while (crosser_next(&ends, &crossing, why)) {
		double since;

		if (crossing.edge != edge)
			continue;
		since = last_before(&begins, edge, crossing.x, why);
		if (*why)
			return NAN;
		if (isnan(since))
			continue;
		time = crossing.x - since;
		if (++n_found == n)
			return time;
	}
	if (!*why && n == MEASURE_LAST && n_found > 0)
		return time;
	return *why ? NAN
		    : measure_fail(why, n_found ? "has fewer such edges" : "has no such edge");
}

static double take_edge_time(const struct taking *taking, int edge, const char **why)
{
	struct step step = {0, 1};
	bool is_percent = taking->measure->arguments[LOW].is_percent ||
			  taking->measure->arguments[HIGH].is_percent;
	int direction = wave_require_direction(&taking->waves[0], why);
	double bottom, top, low, high;

	if (direction <= 0)
		return direction ? measure_fail(why, "the scale goes down") : NAN;
	if (is_percent && !find_step(taking, EDGE_INITIAL, &step, why))
		return NAN;
	bottom = fmin(step.initial, step.final);
	top = fmax(step.initial, step.final);
	low = measure_level(taking, LOW, bottom, top);
	high = measure_level(taking, HIGH, bottom, top);
	if (!(low < high))
		return measure_fail(why, "the low level is not below the high one");
	return edge == MEASURE_RISE ? take_edge(taking, low, high, edge, why)
				    : take_edge(taking, high, low, edge, why);
}

double take_rise_time(const struct taking *taking, const char **why)
{
	return take_edge_time(taking, MEASURE_RISE, why);
}

double take_fall_time(const struct taking *taking, const char **why)
{
	return take_edge_time(taking, MEASURE_FALL, why);
}

/* ---- overshoot, undershoot ---- */

/* Per cent of the step by which the values go beyond a level, away from the other. */
static double beyond(const struct taking *taking, bool is_final, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	struct step step;
	size_t lowest, highest;
	double height, level, most;

	if (!find_step(taking, 0, &step, why) || !wave_extremes(wave, &lowest, &highest, why))
		return NAN;
	height = is_final ? step.final - step.initial : step.initial - step.final;
	level = is_final ? step.final : step.initial;
	most = (height > 0 ? wave_y(wave, highest) : wave_y(wave, lowest)) - level;
	return fmax(0, 100 * most / height);
}

double take_overshoot(const struct taking *taking, const char **why)
{
	return beyond(taking, true, why);
}

double take_undershoot(const struct taking *taking, const char **why)
{
	return beyond(taking, false, why);
}

/* ---- settle ---- */

enum { BAND, SETTLE_INITIAL };

/* From the begin of the window to where the values enter the band for good. */
double take_settle(const struct taking *taking, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	struct step step;
	double band, edge, y0, y1;
	size_t last = wave->n - 1;

	if (wave_require_direction(wave, why) == 0 ||
	    !find_step(taking, SETTLE_INITIAL, &step, why))
		return NAN;
	band = fabs(measure_level(taking, BAND, 0, step.final - step.initial));
	for (size_t i = 0; i < wave->n; i++)
		if (isnan(wave_y(wave, i)))
			return measure_fail(why, why_not_a_number);
	while (last > 0 && fabs(wave_y(wave, last) - step.final) <= band)
		last--;
	y0 = wave_y(wave, last);
	if (fabs(y0 - step.final) <= band)
		return 0;
	if (last == wave->n - 1)
		return measure_fail(why, "does not settle");
	y1 = wave_y(wave, last + 1);
	edge = y0 > step.final ? step.final + band : step.final - band;
	return fabs(wave_x(wave, last) +
		    (wave_x(wave, last + 1) - wave_x(wave, last)) * ((edge - y0) / (y1 - y0)) -
		    wave_x(wave, 0));
}
