/* SPDX-License-Identifier: BSD-3-Clause */
/* The discrete Fourier transform, of any length in O(n log n). */
#ifndef SIM_FFT_H
#define SIM_FFT_H

#include <complex.h>
#include <stddef.h>

#include "carom-error.h"

/*
 * Made once for a length.  Powers of two: Cooley and Tukey, decimation in time.  Other lengths:
 * Bluestein's convolution with a chirp (IEEE Trans. Audio Electroacoust. AU-18, 1970).
 */
struct fft {
	size_t n;
	size_t n_inner;         /* n, or the power of two that holds the convolution */
	double complex *roots;  /* exp(-2 pi i k / n_inner), k < n_inner / 2 */
	double complex *chirp;  /* exp(-pi i k^2 / n), k < n; NULL for a power of two */
	double complex *filter; /* transform of the chirp's conjugate, / n_inner */
	double complex *work;   /* n_inner */
};

/* n > 0.  *fft needs no initialisation and is to be released if 0 is returned, and may be if not. */
int fft_init(struct fft *fft, size_t n, struct carom_error *err);
void fft_release(struct fft *fft);

/* In place: X(k) = sum of x(i) exp(-2 pi i k / n). */
void fft_run(const struct fft *fft, double complex *data);

#endif
