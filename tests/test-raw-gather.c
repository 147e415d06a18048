/* SPDX-License-Identifier: BSD-3-Clause */
/* From points to columns: every kind of value, and the transposition at every alignment. */
#include "raw/gather.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

enum { MOST = 41, GUARD = 4 };

static void values_of_every_kind_become_doubles(void **state)
{
	const double pairs[] = {1.5, -2.5, 3.5, 4.5};
	const float floats[] = {0.25F, -8.5F, 3.0F};
	const struct run doubles_run = {.stride = 16, .n = 2};
	const struct run floats_run = {.stride = 4, .n = 3};
	uint64_t swapped[4];
	double to[4];

	(void)state;
	gather(to, (const unsigned char *)pairs, &doubles_run, VALUE_DOUBLE, false);
	assert_same_bits(to[1], 3.5);
	gather(to, (const unsigned char *)pairs, &doubles_run, VALUE_REAL_PART, false);
	assert_same_bits(to[1], 3.5);
	gather(to, (const unsigned char *)pairs, &doubles_run, VALUE_COMPLEX, false);
	assert_memory_equal(to, pairs, sizeof(pairs));
	for (int i = 0; i < 4; i++) {
		memcpy(&swapped[i], &pairs[i], sizeof(swapped[i]));
		swapped[i] = __builtin_bswap64(swapped[i]);
	}
	memset(to, 0, sizeof(to));
	gather(to, (const unsigned char *)swapped, &doubles_run, VALUE_COMPLEX, true);
	assert_memory_equal(to, pairs, sizeof(pairs));
	gather(to, (const unsigned char *)swapped, &doubles_run, VALUE_DOUBLE, true);
	assert_same_bits(to[0], 1.5);
	assert_same_bits(to[1], 3.5);
	gather(to, (const unsigned char *)floats, &floats_run, VALUE_FLOAT, false);
	assert_same_bits(to[0], 0.25);
	assert_same_bits(to[1], -8.5);
	assert_same_bits(to[2], 3.0);
}

/* n points of stride bytes that begin at an odd place, columns that begin shift doubles on. */
static void assert_transposes(size_t n, size_t stride, size_t shift, bool is_large)
{
	unsigned char *from = malloc(n * stride + 1);
	double *memory = aligned_alloc(64, GATHER_GROUP * 64 * sizeof(double));
	double *columns[GATHER_GROUP];

	for (size_t i = 0; i < GATHER_GROUP * 64; i++)
		memory[i] = -1;
	for (size_t i = 0; i < GATHER_GROUP; i++)
		columns[i] = memory + i * 64 + shift;
	for (size_t point = 0; point < n; point++)
		for (size_t i = 0; i < GATHER_GROUP; i++) {
			double value = (double)(100 * point + i);

			memcpy(from + 1 + point * stride + i * sizeof(value), &value,
			       sizeof(value));
		}
	gather_group(columns, from + 1, stride, n, is_large);
	for (size_t i = 0; i < GATHER_GROUP; i++) {
		for (size_t point = 0; point < n; point++)
			assert_same_bits(columns[i][point], (double)(100 * point + i));
		for (size_t rest = n; rest < n + GUARD; rest++)
			assert_same_bits(columns[i][rest], -1);
	}
	free(memory);
	free(from);
}

static void eight_columns_are_transposed_at_every_alignment(void **state)
{
	(void)state;
	for (size_t n = 0; n <= MOST; n++)
		for (size_t shift = 0; shift < 3; shift++)
			for (size_t stride = 64; stride < 160; stride += 28) {
				assert_transposes(n, stride, shift, false);
				assert_transposes(n, stride, shift, true);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_of_every_kind_become_doubles),
		cmocka_unit_test(eight_columns_are_transposed_at_every_alignment),
	};

	return run_all_tests(tests);
}
