/* SPDX-License-Identifier: BSD-3-Clause */
/* period, frequency, duty: from the first rise through a level to the last, whole periods only. */
#include <math.h>

#include "sim/measure-wave.h"

struct periods {
	double begin, end; /* first and last rise */
	unsigned n;        /* between them */
	double high;       /* how long the values are above the level in between */
};

static bool count_periods(const struct taking *taking, struct periods *periods, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	struct crosser crosser = {.wave = wave};
	struct crossing crossing;
	size_t lowest, highest;
	unsigned n_rises = 0;
	double fall = NAN;

	*periods = (struct periods){.n = 0};
	if (wave_require_direction(wave, why) == 0 || !wave_extremes(wave, &lowest, &highest, why))
		return false;
	crosser.level = measure_level(taking, 0, wave_y(wave, lowest), wave_y(wave, highest));
	while (crosser_next(&crosser, &crossing, why)) {
		if (crossing.edge == MEASURE_FALL) {
			fall = crossing.x;
			continue;
		}
		if (n_rises++ == 0)
			periods->begin = crossing.x;
		else
			periods->high += fall - periods->end;
		periods->end = crossing.x;
	}
	if (!*why && n_rises < 2)
		*why = "has no whole period";
	periods->n = n_rises - 1;
	return !*why;
}

double take_period(const struct taking *taking, const char **why)
{
	struct periods periods;

	if (!count_periods(taking, &periods, why))
		return NAN;
	return fabs(periods.end - periods.begin) / periods.n;
}

double take_frequency(const struct taking *taking, const char **why)
{
	return 1 / take_period(taking, why);
}

double take_duty(const struct taking *taking, const char **why)
{
	struct periods periods;

	if (!count_periods(taking, &periods, why))
		return NAN;
	return 100 * periods.high / (periods.end - periods.begin);
}
