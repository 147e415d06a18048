/* SPDX-License-Identifier: BSD-3-Clause */
/* Philox4x32-10 against its published vectors, and the uniform draws made of it. */
#include <math.h>

#include "statistics/philox.h"
#include "support.h"

/* Random123 1.14.0, tests/kat_vectors, lines "philox4x32 10": counter, key, result. */
static const struct vector {
	uint32_t counter[4], key[2], result[4];
} vectors[] = {
	{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
	{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
	 {0xffffffff, 0xffffffff},
	 {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
	{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
	 {0xa4093822, 0x299f31d0},
	 {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static void the_published_vectors_come_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const struct vector *v = &vectors[i];
		struct philox_block counter = {
			{v->counter[0], v->counter[1], v->counter[2], v->counter[3]}};
		struct philox_block result = philox4x32(counter, v->key[0], v->key[1]);

		assert_memory_equal(result.word, v->result, sizeof(result.word));
	}
}

/* The address of a draw: key words are the seed, counter words sample and variable, low first. */
static void a_draw_is_the_block_at_its_address(void **state)
{
	const uint64_t seed = 0x299f31d0a4093822, sample = 0x85a308d3243f6a88,
		       variable = 0x0370734413198a2e;

	(void)state;
	/* words 1 and 0 of the third vector, 52 bits of them, in the middle of their step */
	assert_true(philox_uniform(seed, sample, variable) ==
		    (0x94fdcceb - 0.0 + (0xd16cfe09u >> 12) * 0x1p-20 + 0x1p-21) * 0x1p-32);
}

static void seed_sample_and_variable_each_move_the_draw(void **state)
{
	const double u = philox_uniform(1, 2, 3);

	(void)state;
	assert_true(u == philox_uniform(1, 2, 3));
	assert_true(u != philox_uniform(0, 2, 3));
	assert_true(u != philox_uniform(1, 0, 3));
	assert_true(u != philox_uniform(1, 2, 0));
	assert_true(u != philox_uniform(1 | 1ull << 32, 2, 3));
	assert_true(u != philox_uniform(1, 2 | 1ull << 32, 3));
	assert_true(u != philox_uniform(1, 2, 3 | 1ull << 32));
}

/* Mean 1/2 and variance 1/12 within five standard errors, and no draw at an end. */
static void draws_are_uniform_in_the_open_interval(void **state)
{
	enum { N = 100000 };
	double sum = 0, squares = 0;

	(void)state;
	for (uint64_t k = 0; k < N; k++) {
		double u = philox_uniform(42, k, 7);

		assert_true(u > 0 && u < 1);
		sum += u;
		squares += (u - 0.5) * (u - 0.5);
	}
	assert_true(fabs(sum / N - 0.5) < 5 * sqrt(1 / 12.0 / N));
	assert_true(fabs(squares / N - 1 / 12.0) < 5 * sqrt(1 / 180.0 / N));
}

/* Neighbours in sample and in variable do not know each other: correlation within 5/sqrt(n). */
static void neighbouring_draws_are_not_correlated(void **state)
{
	enum { N = 100000 };
	double by_sample = 0, by_variable = 0;

	(void)state;
	for (uint64_t k = 0; k < N; k++) {
		double u = philox_uniform(1, k, 0) - 0.5;

		by_sample += u * (philox_uniform(1, k + 1, 0) - 0.5);
		by_variable += u * (philox_uniform(1, k, 1) - 0.5);
	}
	assert_true(fabs(by_sample / N * 12) < 5 / sqrt(N));
	assert_true(fabs(by_variable / N * 12) < 5 / sqrt(N));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_vectors_come_out),
		cmocka_unit_test(a_draw_is_the_block_at_its_address),
		cmocka_unit_test(seed_sample_and_variable_each_move_the_draw),
		cmocka_unit_test(draws_are_uniform_in_the_open_interval),
		cmocka_unit_test(neighbouring_draws_are_not_correlated),
	};

	return run_all_tests(tests);
}
