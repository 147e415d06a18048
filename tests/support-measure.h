/* SPDX-License-Identifier: BSD-3-Clause */
/* Measurements taken from arrays: the text of the measurement in, the number or the reason out. */
#ifndef TESTS_SUPPORT_MEASURE_H
#define TESTS_SUPPORT_MEASURE_H

#include <math.h>

#include "sim/measure.h"
#include "support.h"

/* Of y over x, n points; x NULL: no scale.  Arguments that are names count as NAN. */
double take_real(const char *text, const double *x, const double *y, size_t n, const char **why);
/* y: n pairs; x: n frequencies. */
double take_complex(const char *text, const double *x, const double *y, size_t n, const char **why);
/* Of y and y2 over x. */
double take_two(const char *text, const double *x, const double *y, const double *y2, size_t n,
		const char **why);

/* The number; fails with the reason if there is none. */
double taken(const char *text, const double *x, const double *y, size_t n);
double taken_complex(const char *text, const double *x, const double *y, size_t n);
double taken_of_two(const char *text, const double *x, const double *y, const double *y2, size_t n);

/* Exactly this reason. */
void assert_not_taken(const char *text, const double *x, const double *y, size_t n,
		      const char *reason);
void assert_not_taken_complex(const char *text, const double *x, const double *y, size_t n,
			      const char *reason);

#endif
