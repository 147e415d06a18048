/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RAW files as the simulators write them, made in memory: the same signals in every dialect.  What
 * is known of each format stands in docs/raw-format.md.
 */
#ifndef TESTS_SUPPORT_SIMULATORS_H
#define TESTS_SUPPORT_SIMULATORS_H

#include "base/text.h"
#include "carom-raw.h"

/* The signals: n_points of n_variables, of which the first is time or, complex, frequency. */
struct signals {
	size_t n_variables, n_points;
	bool is_complex;
	unsigned n_steps; /* 0, 1: none; the points are those of all steps */
};

/* Value of a point, its real or imaginary part; exact as a float, and none is 0 but the first time. */
double signal_value(const struct signals *signals, size_t variable, size_t point, bool imaginary);

enum writer_flag {
	WRITER_TEXT = 1 << 0,
	WRITER_NO_COUNT = 1 << 1,    /* as a run that was aborted leaves the file */
	WRITER_DOUBLE = 1 << 2,      /* LTspice: all variables as doubles */
	WRITER_FASTACCESS = 1 << 3,  /* LTspice */
	WRITER_NARROW = 1 << 4,      /* LTspice: a header in 8 bits */
	WRITER_NEGATIVE = 1 << 5,    /* LTspice: every third time with its sign set */
	WRITER_ZERO_RECORD = 1 << 6, /* LTspice: a record of zeros behind the last */
	WRITER_ADJOINT = 1 << 7,     /* Xyce: text behind the data */
	WRITER_LATER = 1 << 8,       /* Spectre: not the first plot of the file */
	WRITER_SWAPPED = 1 << 9,     /* ngspice: by a machine of the other byte order */
	WRITER_OLD = 1 << 10         /* ngspice before 44: no "Command:" */
};

/* Append a plot of the signals to the file. */
void write_signals(struct text *file, enum carom_raw_dialect dialect, const struct signals *signals,
		   unsigned flags);

/* The bytes as an open file; fails the case if it cannot be opened. */
struct carom_raw *open_bytes(const struct text *file);

/* Every column of the plot is the signals, bit for bit. */
#define assert_signals(plot, signals) support_assert_signals((plot), (signals), __FILE__, __LINE__)
void support_assert_signals(const struct carom_raw_plot *plot, const struct signals *signals,
			    const char *file, int line);

#endif
