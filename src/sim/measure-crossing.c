/* SPDX-License-Identifier: BSD-3-Clause */
/* cross, find, delay: where a level is crossed, and what is there. */
#include <math.h>

#include "sim/measure-wave.h"

static int edge_of(const struct taking *taking, size_t argument)
{
	return (int)taking->values[argument];
}

static unsigned count_of(const struct taking *taking, size_t argument)
{
	return (unsigned)taking->values[argument];
}

enum { LEVEL, EDGE, COUNT }; /* arguments of cross and find */

double take_cross(const struct taking *taking, const char **why)
{
	return wave_cross(&taking->waves[0], taking->values[LEVEL], edge_of(taking, EDGE),
			  count_of(taking, COUNT), why);
}

double take_find(const struct taking *taking, const char **why)
{
	double x = wave_cross(&taking->waves[1], taking->values[LEVEL], edge_of(taking, EDGE),
			      count_of(taking, COUNT), why);

	return *why ? NAN : wave_at(&taking->waves[0], x, why);
}

enum {
	DELAY_LEVEL,
	DELAY_LEVEL2,
	DELAY_EDGE,
	DELAY_EDGE2,
	DELAY_COUNT,
	DELAY_COUNT2,
	DELAY_AT,
	DELAY_AT2,
	DELAY_TD,
	DELAY_TD2
};

/* A level in per cent is between the least and the greatest value of its own waveform. */
static double crossing_of(const struct taking *taking, const struct wave *wave, size_t level,
			  size_t edge, size_t count, const char **why)
{
	double at = taking->values[level];
	size_t lowest, highest;

	if (taking->measure->arguments[level].is_percent) {
		if (!wave_extremes(wave, &lowest, &highest, why))
			return NAN;
		at = measure_level(taking, level, wave_y(wave, lowest), wave_y(wave, highest));
	}
	return wave_cross(wave, at, edge_of(taking, edge), count_of(taking, count), why);
}

/* Each crossing is counted on its own waveform, so that the second may be the earlier one. */
double take_delay(const struct taking *taking, const char **why)
{
	const double *values = taking->values;
	struct wave first = taking->waves[0], second = taking->waves[1];
	size_t level2 = isnan(values[DELAY_LEVEL2]) ? DELAY_LEVEL : DELAY_LEVEL2;
	double begin = values[DELAY_AT], end = values[DELAY_AT2];

	if (!isnan(values[DELAY_TD]) && !wave_cut(&first, values[DELAY_TD], NAN, why))
		return NAN;
	if (!isnan(values[DELAY_TD2]) && !wave_cut(&second, values[DELAY_TD2], NAN, why))
		return NAN;
	if (isnan(begin))
		begin = crossing_of(taking, &first, DELAY_LEVEL, DELAY_EDGE, DELAY_COUNT, why);
	if (*why)
		return NAN;
	if (isnan(end))
		end = crossing_of(taking, &second, level2, DELAY_EDGE2, DELAY_COUNT2, why);
	return end - begin;
}
