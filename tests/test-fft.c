/* SPDX-License-Identifier: BSD-3-Clause */
/* Fourier transforms of every kind of length, against the sum that they are. */
#include "sim/fft.h"

#include <math.h>

#include "support-circuit.h"

enum { MOST = 1000 };

/* X(k), as it is defined. */
static double complex direct(const double complex *data, size_t n, size_t k)
{
	double complex sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += data[i] * cexp(-2 * M_PI * I * (double)(k * i % n) / (double)n);
	return sum;
}

static void assert_transform(size_t n)
{
	static double complex data[MOST], transformed[MOST];
	struct carom_error err = CAROM_ERROR_INIT;
	struct fft fft;

	for (size_t i = 0; i < n; i++)
		data[i] = transformed[i] =
			CMPLX((double)(random_bits() % 1000), (double)(random_bits() % 1000));
	fft_init(&fft, n, &err);
	assert_ok(&err);
	fft_run(&fft, transformed);
	for (size_t k = 0; k < n; k += 1 + n / 50) {
		double complex expected = direct(data, n, k);

		assert_double_equal(creal(transformed[k]), creal(expected), 0, 1e-9 * (double)n);
		assert_double_equal(cimag(transformed[k]), cimag(expected), 0, 1e-9 * (double)n);
	}
	fft_release(&fft);
}

static void powers_of_two_are_transformed(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 512; n *= 2)
		assert_transform(n);
}

static void any_other_length_is_transformed(void **state)
{
	(void)state;
	for (size_t n = 3; n < 40; n++)
		assert_transform(n);
	assert_transform(997); /* a prime */
	assert_transform(1000);
}

static void a_plan_serves_again_and_again(void **state)
{
	double complex data[3] = {1, 2, 3}, again[3] = {1, 2, 3};
	struct carom_error err = CAROM_ERROR_INIT;
	struct fft fft;

	(void)state;
	fft_init(&fft, 3, &err);
	assert_ok(&err);
	fft_run(&fft, data);
	fft_run(&fft, again);
	assert_memory_equal(data, again, sizeof(data));
	assert_double_equal(creal(data[0]), 6, 1e-15, 0);
	fft_release(&fft);
}

static void too_many_points_are_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct fft fft;

	(void)state;
	assert_int_equal(fft_init(&fft, (size_t)1 << 33, &err), CAROM_ERROR_LIMIT);
	assert_string_equal(err.text, "8589934592 points are too many to transform");
}

static int attempt(void *arg)
{
	struct fft fft;
	int status = fft_init(&fft, 6, NULL);

	(void)arg;
	fft_release(&fft);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	(void)state;
	assert_survives_no_memory(attempt, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(powers_of_two_are_transformed),
		cmocka_unit_test(any_other_length_is_transformed),
		cmocka_unit_test(a_plan_serves_again_and_again),
		cmocka_unit_test(too_many_points_are_refused),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
