/* SPDX-License-Identifier: BSD-3-Clause */
/* unity_gain, phase_margin, gain_margin, bw3db: of a complex response over frequency. */
#include <math.h>

#include "sim/measure-wave.h"

#define DEGREES (180 / M_PI)

static double db_at(const struct wave *wave, size_t i)
{
	return 20 * log10(hypot(wave_part(wave, i, 0), wave_part(wave, i, 1)));
}

bool response_at(const struct wave *wave, size_t i, struct response *response, const char **why)
{
	double phase = atan2(wave_part(wave, i, 1), wave_part(wave, i, 0)) * DEGREES;

	if (i == 0)
		phase -= phase > 90 ? 360 : 0;
	else
		phase += 360 * round((response->phase - phase) / 360);
	*response = (struct response){wave_x(wave, i), db_at(wave, i), phase};
	if (isnan(response->db) || isnan(phase))
		*why = why_not_a_number;
	return !*why;
}

/* Linear interpolation over frequency, as of all crossings. */
static double between(double y0, double y1, double share)
{
	return y0 + (y1 - y0) * share;
}

/* Does the value go from one side of the level to the other or onto it?  *share: where. */
static bool crosses(double y0, double y1, double level, double *share)
{
	bool does = (y0 < level && y1 >= level) || (y0 > level && y1 <= level);

	*share = does ? (level - y0) / (y1 - y0) : 0;
	return does;
}

/* The nearest odd multiple of 180 degrees that lies between two phases, else -180. */
static double opposite_phase(double phase0, double phase1)
{
	return 360 * round(((phase0 + phase1) / 2 - 180) / 360) + 180;
}

/*
 * The least margin of all crossings: of the gain through 1 (then the phase above -180 degrees), or of
 * the phase through -180 degrees (then the gain below 1).  INFINITY: there is none.
 */
static double least_margin(const struct wave *wave, bool is_of_phase, const char **why)
{
	struct response before, now = {0};
	double least = INFINITY, share;

	if (wave_require_direction(wave, why) == 0 || !response_at(wave, 0, &now, why))
		return NAN;
	for (size_t i = 1; i < wave->n; i++) {
		before = now;
		if (!response_at(wave, i, &now, why))
			return NAN;
		if (is_of_phase && crosses(before.db, now.db, 0, &share))
			least = fmin(least, 180 + between(before.phase, now.phase, share));
		if (!is_of_phase && crosses(before.phase, now.phase,
					    opposite_phase(before.phase, now.phase), &share))
			least = fmin(least, -between(before.db, now.db, share));
	}
	return least;
}

double take_phase_margin(const struct taking *taking, const char **why)
{
	double margin = least_margin(&taking->waves[0], true, why);

	return isinf(margin) ? measure_fail(why, "the gain never crosses 1") : margin;
}

double take_gain_margin(const struct taking *taking, const char **why)
{
	double margin = least_margin(&taking->waves[0], false, why);

	return isinf(margin) ? measure_fail(why, "the phase never crosses -180 degrees") : margin;
}

/* From point i towards the end of that direction: where the gain falls through the level. */
static double falls_through(const struct wave *wave, size_t i, int step, double level,
			    const char **why)
{
	size_t n_left = step > 0 ? wave->n - 1 - i : i;
	double y0 = db_at(wave, i);

	while (n_left-- > 0) {
		size_t j = step > 0 ? i + 1 : i - 1;
		double y1 = db_at(wave, j);

		if (isnan(y1))
			return measure_fail(why, why_not_a_number);
		if (y0 > level && y1 <= level)
			return between(wave_x(wave, i), wave_x(wave, j), (level - y0) / (y1 - y0));
		i = j;
		y0 = y1;
	}
	return INFINITY;
}

double take_unity_gain(const struct taking *taking, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	int direction = wave_require_direction(wave, why);
	size_t lowest = direction > 0 ? 0 : wave->n - 1;
	double frequency;

	if (direction == 0)
		return NAN;
	if (isnan(db_at(wave, lowest)))
		return measure_fail(why, why_not_a_number);
	frequency = falls_through(wave, lowest, direction, 0, why);
	return isinf(frequency) ? measure_fail(why, "the gain never falls through 1") : frequency;
}

static size_t find_peak(const struct wave *wave, const char **why)
{
	size_t peak = 0;
	double most = -INFINITY;

	for (size_t i = 0; i < wave->n && !*why; i++) {
		double db = db_at(wave, i);

		if (isnan(db))
			*why = why_not_a_number;
		if (db > most) {
			most = db;
			peak = i;
		}
	}
	return peak;
}

/* Half the power of the peak on either side; a response that does not fall below it begins at 0. */
double take_bw3db(const struct taking *taking, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	int direction = wave_require_direction(wave, why);
	double level, low, high;
	size_t peak;

	if (direction == 0)
		return NAN;
	peak = find_peak(wave, why);
	if (*why)
		return NAN;
	level = db_at(wave, peak) - 10 * log10(2);
	low = falls_through(wave, peak, -direction, level, why);
	high = falls_through(wave, peak, direction, level, why);
	if (isinf(high))
		return measure_fail(why, "the gain does not fall by 3 dB above its peak");
	return high - (isinf(low) ? 0 : low);
}
