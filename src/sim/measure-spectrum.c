/* SPDX-License-Identifier: BSD-3-Clause */
/* thd: harmonics of the last periods, as ngspice's "fourier" computes them. */
#include <complex.h>
#include <math.h>

#include "sim/measure-wave.h"

enum { FUNDAMENTAL, HARMONICS, PERIODS, POINTS }; /* arguments */

enum { MAX_HARMONICS = 100, MAX_POINTS = 1 << 20 };

struct grid {
	double begin, span;
	size_t n_periods, n_points; /* points: in all periods */
};

/* sums[k]: of the values on the grid times exp(-2 pi i k t f). */
static void sum(const struct wave *wave, const struct grid *grid, double complex *sums, size_t n)
{
	size_t j = 0;

	for (size_t i = 0; i < grid->n_points; i++) {
		double x = grid->begin + (double)i * (grid->span / (double)grid->n_points);
		double angle = 2 * M_PI * (double)(grid->n_periods * i % grid->n_points) /
			       (double)grid->n_points;
		double complex turn = cos(angle) - I * sin(angle), power = 1;
		double x0, x1, y;

		while (j + 2 < wave->n && wave_x(wave, j + 1) < x)
			j++;
		x0 = wave_x(wave, j);
		x1 = wave_x(wave, j + 1);
		y = wave_y(wave, j);
		if (x1 > x0)
			y += (wave_y(wave, j + 1) - y) * ((x - x0) / (x1 - x0));
		for (size_t k = 0; k < n; k++) {
			sums[k] += y * power;
			power *= turn;
		}
	}
}

static bool is_count(double value, double most)
{
	return value >= 1 && value <= most && value == floor(value);
}

/* The last whole periods, without the point that would begin another. */
static bool find_grid(const struct taking *taking, struct grid *grid, const char **why)
{
	const struct wave *wave = &taking->waves[0];
	const double *values = taking->values;
	double last = wave_x(wave, wave->n - 1);

	if (!is_count(values[PERIODS], MAX_POINTS) || !is_count(values[POINTS], MAX_POINTS) ||
	    values[PERIODS] * values[POINTS] > MAX_POINTS) {
		*why = "periods and points are no whole numbers, or too many";
		return false;
	}
	grid->n_periods = (size_t)values[PERIODS];
	grid->n_points = grid->n_periods * (size_t)values[POINTS];
	grid->span = values[PERIODS] / values[FUNDAMENTAL];
	grid->begin = last - grid->span;
	if (!(last - wave_x(wave, 0) >= grid->span * (1 - 1e-9)))
		*why = "is shorter than the periods";
	return !*why;
}

double take_thd(const struct taking *taking, const char **why)
{
	double complex sums[MAX_HARMONICS + 1] = {0};
	double harmonics = taking->values[HARMONICS], squares = 0;
	struct grid grid;

	if (wave_require_direction(&taking->waves[0], why) == 0)
		return NAN;
	if (wave_direction(&taking->waves[0]) < 0 || taking->waves[0].n == 1)
		return measure_fail(why, "is not over time");
	if (!(taking->values[FUNDAMENTAL] > 0))
		return measure_fail(why, "the fundamental frequency is not positive");
	if (!is_count(harmonics, MAX_HARMONICS) || harmonics < 2)
		return measure_fail(why, "the harmonics are no whole number from 2 to 100");
	if (!find_grid(taking, &grid, why))
		return NAN;
	sum(&taking->waves[0], &grid, sums, (size_t)harmonics + 1);
	for (size_t k = 2; k <= (size_t)harmonics; k++)
		squares += creal(sums[k]) * creal(sums[k]) + cimag(sums[k]) * cimag(sums[k]);
	if (isnan(squares))
		return measure_fail(why, why_not_a_number);
	return 100 * sqrt(squares) / cabs(sums[1]);
}
