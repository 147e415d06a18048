/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of Sobol' points: against SciPy's, and what Owen's scrambling keeps and what it makes random. */
#include "statistics/sobol.h"

#include <math.h>

#include "statistics/philox.h"
#include "support.h"

/*
 * SciPy 1.10.1: qmc.Sobol(1111, scramble=False, bits=32).random(4096) * 2**32, whose row i is, by
 * its Gray code, point i ^ i >> 1 of ours.
 */
static const struct known {
	uint32_t point, dimension, coordinate;
} known[] = {
	{1, 0, 0x80000000},      {3, 0, 0xc0000000},      {1, 1, 0x80000000},
	{6, 1, 0x60000000},      {5, 2, 0xe0000000},      {7, 3, 0x60000000},
	{100, 4, 0x86000000},    {1000, 7, 0xa3c00000},   {4095, 12, 0xf0100000},
	{2049, 13, 0x05100000},  {3333, 18, 0x0b900000},  {1234, 36, 0x85600000},
	{2222, 52, 0xf7300000},  {777, 100, 0x85400000},  {4000, 160, 0x66100000},
	{2748, 336, 0x81700000}, {4095, 480, 0xcfd00000}, {3001, 481, 0xe0300000},
	{4094, 999, 0xe2d00000}, {1, 1023, 0x80000000},   {4095, 1110, 0x6d900000},
};

static void points_are_those_of_scipy(void **state)
{
	struct sobol_dimension dimension;

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		sobol_dimension_init(&dimension, known[i].dimension);
		assert_int_equal(sobol_point(&dimension, known[i].point), known[i].coordinate);
		assert_int_equal(sobol_point(&dimension, 0), 0);
	}
}

/* FNV-1a over numbers instead of bytes, of scipy.stats._sobol._initialize_v(v, 1111, 32) too. */
static void all_direction_numbers_are_those_of_scipy(void **state)
{
	uint64_t hash = 0xcbf29ce484222325u;
	struct sobol_dimension dimension;

	(void)state;
	for (uint32_t i = 0; i < SOBOL_MAX_DIMENSIONS; i++) {
		sobol_dimension_init(&dimension, i);
		for (int bit = 0; bit < SOBOL_BITS; bit++)
			hash = (hash ^ sobol_point(&dimension, 1u << bit)) * 0x100000001b3u;
	}
	assert_true(hash == 0xb184e053c3427c5au);
}

/* Some key for a dimension of a scramble. */
static uint64_t key_of(uint64_t seed, uint64_t dimension)
{
	return philox_bits(seed, PHILOX_NO_SAMPLE, dimension);
}

/* Two numbers that differ first in a bit do so after the scramble as well. */
static void a_scramble_is_nested(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint32_t a = (uint32_t)random_bits();
		uint32_t b = a ^ (1u << random_below(32)) ^ (uint32_t)(random_bits() % 2);
		uint64_t key = random_bits();

		if (a != b)
			assert_int_equal(
				__builtin_clz(a ^ b),
				__builtin_clz(sobol_scramble(a, key) ^ sobol_scramble(b, key)));
	}
}

/* The first 2^m points: each of 2^m equal intervals of each dimension holds one. */
static void scrambled_points_fill_the_intervals_of_every_dimension(void **state)
{
	enum { M = 9, N = 1 << M };

	(void)state;
	for (uint32_t i = 0; i < SOBOL_MAX_DIMENSIONS; i++) {
		unsigned char met[N] = {0};
		struct sobol_dimension dimension;

		sobol_dimension_init(&dimension, i);
		for (uint32_t k = 0; k < N; k++)
			met[sobol_scramble(sobol_point(&dimension, k), key_of(1, i)) >> (32 - M)]++;
		for (int cell = 0; cell < N; cell++)
			assert_int_equal(met[cell], 1);
	}
}

/* The first two dimensions are a (0, m, 2)-net: each box of area 2^-m holds one point, in any shape. */
static void scrambled_points_fill_the_boxes_of_two_dimensions(void **state)
{
	enum { M = 10, N = 1 << M };
	struct sobol_dimension x, y;

	(void)state;
	sobol_dimension_init(&x, 0);
	sobol_dimension_init(&y, 1);
	for (uint64_t seed = 0; seed < 8; seed++)
		for (int a = 1; a < M; a++) {
			unsigned char met[N] = {0};

			for (uint32_t k = 0; k < N; k++) {
				uint32_t u = sobol_scramble(sobol_point(&x, k), key_of(seed, 0));
				uint32_t v = sobol_scramble(sobol_point(&y, k), key_of(seed, 1));

				met[u >> (32 - a) << (M - a) | v >> (32 - M + a)]++;
			}
			for (int box = 0; box < N; box++)
				assert_int_equal(met[box], 1);
		}
}

/* A point of the sequence is anywhere, over many keys: each of its bits is a fair coin. */
static void a_scrambled_point_is_uniform(void **state)
{
	enum { N_KEYS = 20000 };
	const uint32_t points[] = {0, 1, 0x80000000, 0xffffffff, 0x12345678};

	(void)state;
	for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
		double ones[32] = {0};

		for (uint64_t seed = 0; seed < N_KEYS; seed++) {
			uint32_t scrambled = sobol_scramble(points[i], key_of(seed, 5));

			for (int bit = 0; bit < 32; bit++)
				ones[bit] += scrambled >> bit & 1;
		}
		for (int bit = 0; bit < 32; bit++)
			assert_true(fabs(ones[bit] / N_KEYS - 0.5) < 5 * 0.5 / sqrt(N_KEYS));
	}
}

static double square(double x)
{
	return x * x;
}

/* The mean of x^2 over the first n points, less its exact value. */
static double error_of_mean(const struct sobol_dimension *dimension, uint64_t key, uint32_t n)
{
	double sum = 0;

	for (uint32_t k = 0; k < n; k++)
		sum += square((sobol_scramble(sobol_point(dimension, k), key) + 0.5) * 0x1p-32);
	return sum / n - 1 / 3.0;
}

/*
 * In one dimension Owen's scrambling is a draw in each of n strata: the variance of the mean of x^2
 * is the sum of those in the strata, (16 n^2 - 4 + 4 / 5 ...) / (12 * ...) computed here.
 */
static double stratified_variance(uint32_t n)
{
	double sum = 0;

	for (uint32_t k = 0; k < n; k++) {
		double a = (double)k / n, b = (k + 1.0) / n;
		double mean = (b * b * b - a * a * a) / 3 * n;

		sum += (pow(b, 5) - pow(a, 5)) / 5 * n - mean * mean;
	}
	return sum / n / n;
}

static void means_are_unbiased_and_vary_as_owen_says(void **state)
{
	enum { N_KEYS = 4000 };
	struct sobol_dimension dimension;

	(void)state;
	sobol_dimension_init(&dimension, 3);
	for (uint32_t n = 4; n <= 64; n *= 4) {
		double sum = 0, squares = 0, variance = stratified_variance(n);

		for (uint64_t seed = 0; seed < N_KEYS; seed++) {
			double error = error_of_mean(&dimension, key_of(seed, 3), n);

			sum += error;
			squares += error * error;
		}
		assert_true(fabs(sum / N_KEYS) < 5 * sqrt(variance / N_KEYS));
		assert_double_equal(squares / N_KEYS, variance, 5 * sqrt(2.0 / N_KEYS), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_are_those_of_scipy),
		cmocka_unit_test(all_direction_numbers_are_those_of_scipy),
		cmocka_unit_test(a_scramble_is_nested),
		cmocka_unit_test(scrambled_points_fill_the_intervals_of_every_dimension),
		cmocka_unit_test(scrambled_points_fill_the_boxes_of_two_dimensions),
		cmocka_unit_test(a_scrambled_point_is_uniform),
		cmocka_unit_test(means_are_unbiased_and_vary_as_owen_says),
	};

	return run_all_tests(tests);
}
