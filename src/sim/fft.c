/* SPDX-License-Identifier: BSD-3-Clause */
/* Fast Fourier transforms. */
#include "sim/fft.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

static bool is_power_of_two(size_t n)
{
	return (n & (n - 1)) == 0;
}

/* exp(-pi i k / half): each by itself, so that errors do not add up. */
static double complex root(size_t k, size_t half)
{
	double angle = -M_PI * (double)k / (double)half;

	return cos(angle) + I * sin(angle);
}

/* Each to the place whose number has its bits in reverse. */
static void reverse_bits(double complex *data, size_t n)
{
	for (size_t i = 1, j = 0; i < n; i++) {
		size_t bit = n >> 1;

		for (; j & bit; bit >>= 1)
			j ^= bit;
		j ^= bit;
		if (i < j) {
			double complex kept = data[i];

			data[i] = data[j];
			data[j] = kept;
		}
	}
}

static void run_power_of_two(const double complex *roots, double complex *data, size_t n)
{
	reverse_bits(data, n);
	for (size_t half = 1; half < n; half *= 2)
		for (size_t begin = 0; begin < n; begin += 2 * half)
			for (size_t k = 0; k < half; k++) {
				double complex *even = &data[begin + k], *odd = even + half;
				double complex turned = *odd * roots[k * (n / 2 / half)];

				*odd = *even - turned;
				*even += turned;
			}
}

/* k^2 is taken modulo 2n, at which the chirp repeats, as far as 64 bits hold it: n < 2^32. */
static void make_chirp(struct fft *fft)
{
	const struct fft inner = {.n = fft->n_inner, .n_inner = fft->n_inner, .roots = fft->roots};

	for (size_t k = 0; k < fft->n; k++)
		fft->chirp[k] = root((uint64_t)k * k % (2 * (uint64_t)fft->n), fft->n);
	for (size_t k = 0; k < fft->n; k++) {
		double complex value = conj(fft->chirp[k]) / (double)fft->n_inner;

		fft->filter[k] = value;
		fft->filter[(fft->n_inner - k) % fft->n_inner] = value;
	}
	fft_run(&inner, fft->filter);
}

static int allocate(struct fft *fft, struct carom_error *err)
{
	bool needs_chirp = fft->n_inner != fft->n;

	fft->roots = mem_zalloc(fft->n_inner / 2 + 1, sizeof(*fft->roots));
	if (needs_chirp) {
		fft->chirp = mem_zalloc(fft->n, sizeof(*fft->chirp));
		fft->filter = mem_zalloc(fft->n_inner, sizeof(*fft->filter));
		fft->work = mem_zalloc(fft->n_inner, sizeof(*fft->work));
	}
	if (fft->roots && (!needs_chirp || (fft->chirp && fft->filter && fft->work)))
		return CAROM_OK;
	fft_release(fft);
	*fft = (struct fft){.n = 0};
	return carom_fail_memory(err);
}

int fft_init(struct fft *fft, size_t n, struct carom_error *err)
{
	int status;

	*fft = (struct fft){.n = n, .n_inner = n};
	if (n > UINT32_MAX)
		return carom_fail(err, CAROM_ERROR_LIMIT, "%zu points are too many to transform",
				  n);
	if (!is_power_of_two(n))
		for (fft->n_inner = 1; fft->n_inner < 2 * n - 1;)
			fft->n_inner *= 2;
	status = allocate(fft, err);
	if (status)
		return status;
	for (size_t k = 0; k < fft->n_inner / 2; k++)
		fft->roots[k] = root(k, fft->n_inner / 2);
	if (fft->chirp)
		make_chirp(fft);
	return CAROM_OK;
}

void fft_release(struct fft *fft)
{
	mem_free(fft->roots);
	mem_free(fft->chirp);
	mem_free(fft->filter);
	mem_free(fft->work);
}

/* The second transform of the convolution is an inverse one: conjugated, forward, conjugated. */
static void run_chirp(const struct fft *fft, double complex *data)
{
	double complex *work = fft->work;

	memset(work, 0, fft->n_inner * sizeof(*work));
	for (size_t k = 0; k < fft->n; k++)
		work[k] = data[k] * fft->chirp[k];
	run_power_of_two(fft->roots, work, fft->n_inner);
	for (size_t k = 0; k < fft->n_inner; k++)
		work[k] = conj(work[k] * fft->filter[k]);
	run_power_of_two(fft->roots, work, fft->n_inner);
	for (size_t k = 0; k < fft->n; k++)
		data[k] = conj(work[k]) * fft->chirp[k];
}

void fft_run(const struct fft *fft, double complex *data)
{
	if (fft->chirp)
		run_chirp(fft, data);
	else
		run_power_of_two(fft->roots, data, fft->n);
}
