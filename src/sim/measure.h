/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements: "reducer(vector expression, arguments)".  The expression is ngspice's; the reducer
 * is ours and turns a real column over its scale into one number.
 */
#ifndef SIM_MEASURE_H
#define SIM_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

enum measure_reducer {
	MEASURE_MAX, /* max(y) */
	MEASURE_MIN, /* min(y) */
	MEASURE_PP,  /* pp(y): max - min */
	MEASURE_AVG, /* avg(y): integral over the scale / its span; the value itself for 1 point */
	MEASURE_RMS, /* rms(y): sqrt(avg(y^2)), trapezoids */
	MEASURE_FINAL, /* final(y): the last point */
	MEASURE_AT,    /* at(y, x): linear interpolation at scale x */
	MEASURE_CROSS  /* cross(y, level, rise|fall|either, n): scale of the n-th crossing */
};

enum measure_edge { MEASURE_EITHER, MEASURE_RISE, MEASURE_FALL };

/* A number, or the name of an earlier measurement of the same study. */
struct measure_argument {
	double number;
	char *name; /* NULL for a number; owned */
};

#define MEASURE_MAX_ARGUMENTS 2

struct measure {
	enum measure_reducer reducer;
	char *expression;                                         /* owned */
	struct measure_argument arguments[MEASURE_MAX_ARGUMENTS]; /* at: x; cross: level */
	size_t n_arguments;
	enum measure_edge edge; /* cross */
	unsigned count;         /* cross: which crossing, from 1 */
};

/*
 * Parse "cross(db(v(out)/v(in)), -3, fall, 1)".  Numbers take SPICE suffixes.  edge defaults to
 * either, count to 1.  err->column counts from 1 within text.  *measure needs no initialisation and
 * is to be released if 0 is returned.
 */
int measure_parse(struct measure *measure, const char *text, struct carom_error *err);
void measure_release(struct measure *measure);
const char *measure_reducer_name(enum measure_reducer reducer);

/*
 * Take the measurement of y over x, n points each.  x may be NULL for a single point (op).
 * x_stride, y_stride: doubles from one point to the next (2 reads the real parts of complex data).
 * values: the arguments' numbers.  NAN with *why set to a constant text ("never crosses the level",
 * "outside the scale", ...) if it cannot be taken; never a wrong number.
 * Source: trapezoidal rule; linear interpolation between neighbouring points as ngspice's .meas.
 */
double measure_take(const struct measure *measure, const double *x, size_t x_stride,
		    const double *y, size_t y_stride, size_t n,
		    const double values[MEASURE_MAX_ARGUMENTS], const char **why);

#endif
