/* SPDX-License-Identifier: BSD-3-Clause */
/* Spectra of results: the Fourier transform of a transient, its harmonics and their distortion. */
#ifndef CAROM_SPECTRUM_H
#define CAROM_SPECTRUM_H

#include <stddef.h>

#include "carom-circuit.h"
#include "carom-plot.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Windows w(i), i = 0 .. n - 1, with a = 2 pi i / n; all are scaled to an average of 1, so that the
 * line of a sine keeps its height.  Source: ngspice 39 maths/fft/fftext.c.
 */
enum carom_window {
	CAROM_WINDOW_RECTANGULAR,
	CAROM_WINDOW_HANN,     /* 1 - cos a */
	CAROM_WINDOW_HAMMING,  /* 1 - 0.46/0.54 cos a */
	CAROM_WINDOW_BLACKMAN, /* 1 - 0.5/0.42 cos a + 0.08/0.42 cos 2a */
	CAROM_WINDOW_FLAT_TOP  /* 1 - 1.93 cos a + 1.29 cos 2a - 0.388 cos 3a + 0.032 cos 4a */
};

struct carom_spectrum_options {
	size_t size; /* sizeof(struct carom_spectrum_options) */
	enum carom_window window;
	/*
	 * The stretch that is transformed, in s; stop 0: to the end; both 0: all.  Where it is a
	 * whole number of periods, lines are sharp.  It is cut into n_points equal steps, with a
	 * value at the begin of each.
	 */
	double start, stop;
	size_t n_points; /* 0: the power of two at or above the number of points there are */
};

/*
 * The spectrum of every real vector of a transient, as a plot "spectrum".  Its scale is
 * "frequency", real, in Hz, from 0 in steps of 1 / (stop - start); there are n_points / 2 + 1
 * lines.  The vectors are complex amplitudes in the vector's unit: c cos(2 pi f t + p), t from
 * start, has the line c exp(i p).  One-sided; the line at 0 is the average.  *result is the
 * caller's to free; NULL on failure.  options may be NULL.
 *
 * ERROR_ARGUMENT if the plot is not over time or the stretch is not inside of it.
 *
 * ngspice's "linearize" and "fft" differ in this: they take the value at stop as well, fill up with
 * zeros to a power of two, give frequencies that are too high by that one point, and twice the
 * average at 0.
 */
int carom_plot_spectrum(const struct carom_plot *plot, const struct carom_spectrum_options *options,
			struct carom_result **result, struct carom_error *err);

struct carom_harmonic {
	double frequency; /* Hz */
	double magnitude; /* in the vector's unit; of number 0 the average, with its sign */
	double phase; /* degrees: magnitude sin(2 pi f t + phase), t from the begin of the period */
	double norm_magnitude,
		norm_phase; /* magnitude / that of number 1, phase - that of number 1 */
};

struct carom_fourier_options {
	size_t size;        /* sizeof(struct carom_fourier_options) */
	size_t n_harmonics; /* with number 0; 0: 10 */
	size_t n_periods;   /* the last ones of the transient; 0: 1 */
	size_t n_points;    /* per period; 0: 200 */
};

struct carom_fourier {
	char vector[128];   /* "v(out)", "v(a) - v(b)" */
	double thd_percent; /* sqrt(sum of the squared norm_magnitudes from number 2 on) */
	size_t n_points, n_harmonics;
	struct carom_harmonic harmonics[];
};

/*
 * Fourier analysis of one vector of a transient, or of an expression, as ngspice's "fourier" makes
 * it, for the fundamental frequency in Hz: linear interpolation onto an equal grid, then sums over
 * it.  *fourier is the caller's to free; NULL on failure.  options may be NULL.
 *
 * An expression has vectors, "v(a,b)" for a difference, numbers, + - * /, signs, parentheses,
 * abs().
 *
 * ERROR_VECTOR if there is no such vector, ERROR_ARGUMENT if the transient is shorter than the
 * periods, or it is no transient.
 */
int carom_plot_fourier(const struct carom_plot *plot, const char *vector, double frequency,
		       const struct carom_fourier_options *options, struct carom_fourier **fourier,
		       struct carom_error *err);
void carom_fourier_free(struct carom_fourier *fourier);

/* One vector or expression of a .four card, ".four 1k v(out) v(a)-v(b) i(v1)". */
struct carom_four {
	double frequency;   /* Hz */
	char vector[128];   /* "v(out)", for carom_plot_fourier */
	const char *source; /* file of the card and its line; borrowed from the circuit */
	int line;
};

/*
 * The vectors on the .four cards at the top of the circuit, in their order.  The simulator takes no
 * notice of these cards: carom_plot_fourier is for the host to call.  Errors: those of
 * carom_circuit_evaluate for the frequency, ERROR_NOT_FOUND beyond the count.
 */
size_t carom_circuit_four_count(const struct carom_circuit *circuit);
int carom_circuit_four(const struct carom_circuit *circuit, size_t index, struct carom_four *four,
		       struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
