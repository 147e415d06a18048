/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements: "reducer(vector expression, arguments)".  The expression is ngspice's; the reducer
 * is ours and turns a column over its scale into one number.
 */
#ifndef SIM_MEASURE_H
#define SIM_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

struct text;

/* In the order of the table in measure-rule.c, which defines each. */
enum measure_reducer {
	MEASURE_MAX,
	MEASURE_MIN,
	MEASURE_PP,
	MEASURE_ARGMAX,
	MEASURE_ARGMIN,
	MEASURE_AVG,
	MEASURE_RMS,
	MEASURE_INTEGRAL,
	MEASURE_FINAL,
	MEASURE_AT,
	MEASURE_SLOPE,
	MEASURE_CROSS,
	MEASURE_FIND,
	MEASURE_DELAY,
	MEASURE_RISE_TIME,
	MEASURE_FALL_TIME,
	MEASURE_OVERSHOOT,
	MEASURE_UNDERSHOOT,
	MEASURE_SETTLE,
	MEASURE_PERIOD,
	MEASURE_FREQUENCY,
	MEASURE_DUTY,
	MEASURE_UNITY_GAIN,
	MEASURE_PHASE_MARGIN,
	MEASURE_GAIN_MARGIN,
	MEASURE_BW3DB,
	MEASURE_THD,
	MEASURE_N_REDUCERS
};

/* Values of an argument that is an edge; a count of 0 is the last. */
enum measure_edge { MEASURE_EITHER, MEASURE_RISE, MEASURE_FALL };
#define MEASURE_LAST 0

/* A number, the name of an earlier measurement of the same study, or an expression of .param. */
struct measure_argument {
	double number;   /* NAN: not given, or to be had by its name or expression */
	bool is_percent; /* of what the reducer says */
	char *name;      /* "gain", or an expression "{vdd/2}"; NULL for a number; owned */
};

enum {
	MEASURE_MAX_EXPRESSIONS = 2,
	MEASURE_MAX_OWN = 10,           /* arguments besides the expressions and the window */
	MEASURE_FROM = MEASURE_MAX_OWN, /* the window's places among the arguments */
	MEASURE_TO,
	MEASURE_MAX_ARGUMENTS
};

struct measure {
	enum measure_reducer reducer;
	char *expressions[MEASURE_MAX_EXPRESSIONS]; /* owned; NULL beyond those of the reducer */
	struct measure_argument arguments[MEASURE_MAX_ARGUMENTS]; /* in the order of the rule */
	bool clips_window; /* to the scale; else a window that is not inside of it gives no number */
};

/* ---- the reducers ---- */

enum measure_kind {
	MEASURE_NONE, /* ends the list */
	MEASURE_EXPRESSION,
	MEASURE_NUMBER,
	MEASURE_LEVEL, /* a number, or a percentage */
	MEASURE_EDGE,
	MEASURE_COUNT
};

struct measure_parameter {
	const char *name;
	enum measure_kind kind;
	const char *fallback; /* as it would be written; NULL: must be given; "": may be missing */
};

/* The unit of the result. */
enum measure_unit {
	UNIT_VALUE,
	UNIT_SCALE,
	UNIT_PER_SCALE,       /* Hz over time */
	UNIT_VALUE_SCALE,     /* V s */
	UNIT_VALUE_PER_SCALE, /* V/s */
	UNIT_PERCENT,
	UNIT_DECIBEL,
	UNIT_DEGREE
};

struct taking;

struct measure_rule {
	const char *name;
	struct measure_parameter parameters[MEASURE_MAX_EXPRESSIONS + MEASURE_MAX_OWN + 1];
	enum measure_unit unit;
	bool is_of_complex; /* takes a complex response; the others take real values */
	/* NAN with *why set, or the value. */
	double (*take)(const struct taking *taking, const char **why);
	const char *help;    /* one line */
	const char *example; /* of the whole statement, without "measure" */
};

const struct measure_rule *measure_rule(enum measure_reducer reducer);
const char *measure_reducer_name(enum measure_reducer reducer);
size_t measure_rule_expressions(const struct measure_rule *rule);
/* The parameter of an argument, of the window too; NULL if the reducer has no such argument. */
const struct measure_parameter *measure_rule_argument(const struct measure_rule *rule, size_t i);
/* Append "cross(expression, level, edge=either, n=1)". */
void measure_rule_usage(const struct measure_rule *rule, struct text *text);

/* ---- one measurement ---- */

/*
 * Parse "cross(db(v(out)/v(in)), -3, fall, 1)", "max(v(out), from=1u, to=t_end)".  Arguments stand in
 * their order, or behind as NAME=VALUE in any.  Numbers take SPICE suffixes.  Missing ones get their
 * fallback.  err->column counts from 1 within text.  *measure needs no initialisation and is to be
 * released if 0 is returned.
 */
int measure_parse(struct measure *measure, const char *text, struct carom_error *err);
void measure_release(struct measure *measure);

/* Append it as measure_parse reads it. */
void measure_print(const struct measure *measure, struct text *text);

/* Append the unit of the result: that of the expression's values and of the scale are given. */
void measure_append_unit(enum measure_reducer reducer, const char *value, const char *scale,
			 struct text *text);

/* A column over its scale, in somebody's memory. */
struct measure_column {
	const double *x; /* NULL for a single point (op) */
	size_t x_stride; /* doubles from one point to the next (2 reads the real parts) */
	const double *y; /* real, or pairs of a real and an imaginary part */
	bool is_complex;
	size_t n;
};

/*
 * Take the measurement of one column for each expression.  values: the arguments' numbers.  NAN
 * with *why set to a constant text ("never crosses the level", "outside the scale", ...) if it cannot
 * be taken; never a wrong number.  Allocates nothing.
 * Source: trapezoidal rule; linear interpolation between neighbouring points as ngspice's .meas.
 */
double measure_take(const struct measure *measure, const struct measure_column *columns,
		    const double values[MEASURE_MAX_ARGUMENTS], const char **why);

#endif
