/* SPDX-License-Identifier: BSD-3-Clause */
/* What reducers look at: a column over its scale, cut to a window, and where it crosses a level. */
#ifndef SIM_MEASURE_WAVE_H
#define SIM_MEASURE_WAVE_H

#include "sim/measure.h"

/* Points of a column and, where the window begins or ends between two, one at its very edge. */
struct wave {
	const double *x; /* NULL: no scale */
	size_t x_stride;
	const double *y;
	size_t y_stride; /* 2: complex */
	size_t n;        /* points, those at the edges included */
	bool has_head, has_tail;
	double head_x, head_y[2], tail_x, tail_y[2];
};

struct taking {
	const struct measure *measure;
	struct wave waves[MEASURE_MAX_EXPRESSIONS];
	const double *values; /* of the arguments */
};

extern const char why_not_a_number[], why_no_scale[], why_not_monotone[], why_no_span[],
	why_outside[], why_never_crosses[], why_crosses_fewer[];

static inline double measure_fail(const char **why, const char *reason)
{
	*why = reason;
	return (double)__builtin_nanf("");
}

static inline double wave_x(const struct wave *wave, size_t i)
{
	if (i == 0 && wave->has_head)
		return wave->head_x;
	if (wave->has_tail && i == wave->n - 1)
		return wave->tail_x;
	return wave->x[(i - wave->has_head) * wave->x_stride];
}

/* part 0: real, 1: imaginary */
static inline double wave_part(const struct wave *wave, size_t i, size_t part)
{
	if (i == 0 && wave->has_head)
		return wave->head_y[part];
	if (wave->has_tail && i == wave->n - 1)
		return wave->tail_y[part];
	return wave->y[(i - wave->has_head) * wave->y_stride + part];
}

static inline double wave_y(const struct wave *wave, size_t i)
{
	return wave_part(wave, i, 0);
}

struct wave wave_of(const struct measure_column *column);

/* 1: the scale goes up, -1: down, 0: neither (one that is not a number goes neither way). */
int wave_direction(const struct wave *wave);

/* wave_direction; 0 with *why also if there is no scale. */
int wave_require_direction(const struct wave *wave, const char **why);

/*
 * Cut to the stretch of the scale between from and to (NAN: its end), which lie within it.  False with
 * *why: the wave is as it was.
 */
bool wave_cut(struct wave *wave, double from, double to, const char **why);

/* The values at n places, by interpolation, NAN where they are outside.  False with *why: no scale. */
bool wave_sample(const struct wave *wave, const double *places, size_t n, double *values,
		 const char **why);

/* The value at scale x, by interpolation. */
double wave_at(const struct wave *wave, double x, const char **why);

/*
 * Number of the point that begins the stretch x lies in, from 0 to n - 2; an end for an x that is
 * beyond it by no more than the sweep's own rounding.  For a wave of at least two points that goes
 * that way.  n if x is outside.
 */
size_t wave_find(const struct wave *wave, int direction, double x);

/* Smallest and largest value; false with *why if one is not a number. */
bool wave_extremes(const struct wave *wave, size_t *lowest, size_t *highest, const char **why);

/* A response at one frequency. */
struct response {
	double frequency, db;
	double phase; /* degrees; continuous, beginning above -270 and up to 90 */
};

/* That of point i; of the one before it has the phase that this one goes on from.  False with *why. */
bool response_at(const struct wave *wave, size_t i, struct response *response, const char **why);

/* A level that is a percentage lies between base and top. */
double measure_level(const struct taking *taking, size_t argument, double base, double top);

/* Walks from crossing to crossing. */
struct crosser {
	const struct wave *wave;
	double level;
	size_t next; /* point to look at */
	size_t from; /* last point off the level */
	int side;    /* its side: -1 below, 1 above, 0 none yet */
};

struct crossing {
	double x; /* NAN: between values that are infinite */
	int edge; /* MEASURE_RISE, MEASURE_FALL */
};

/*
 * A crossing is a change from one side of the level to the other.  Points exactly on the level are
 * on neither side: where some lie between, the first of them is the place, and a waveform that
 * touches the level and turns back, starts there or ends there does not cross.  Points are walked in
 * order, so that the scale may go any way.  False at the end, and with *why where a value is not a
 * number.
 */
bool crosser_next(struct crosser *crosser, struct crossing *crossing, const char **why);

/* Of the crossings with this edge the n-th, the last for MEASURE_LAST. */
double wave_cross(const struct wave *wave, double level, int edge, unsigned n, const char **why);

/* ---- the reducers, by family ---- */

typedef double measure_take_fn(const struct taking *taking, const char **why);

/* measure-extremum.c */
measure_take_fn take_max, take_min, take_pp, take_argmax, take_argmin;
/* measure-mean.c */
measure_take_fn take_avg, take_rms, take_integral;
/* measure-point.c */
measure_take_fn take_final, take_at, take_slope;
/* measure-crossing.c */
measure_take_fn take_cross, take_find, take_delay;
/* measure-edge.c */
measure_take_fn take_rise_time, take_fall_time, take_overshoot, take_undershoot, take_settle;
/* measure-period.c */
measure_take_fn take_period, take_frequency, take_duty;
/* measure-margin.c */
measure_take_fn take_unity_gain, take_phase_margin, take_gain_margin, take_bw3db;
/* measure-spectrum.c */
measure_take_fn take_thd;

#endif
