/* SPDX-License-Identifier: BSD-3-Clause */
/* Sixteen bytes at once. */
#include "base/block.h"
#include "support.h"

static block random_comparison(unsigned *bits)
{
	block compared;

	*bits = (unsigned)(random_bits() >> 48);
	for (unsigned i = 0; i < BLOCK_SIZE; i++)
		compared[i] = *bits >> i & 1 ? 255 : 0;
	return compared;
}

static void each_byte_of_a_comparison_is_a_bit(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++) {
		unsigned bits;
		block compared = random_comparison(&bits);

		assert_int_equal(block_bits(compared), bits);
	}
}

static void the_bits_are_the_same_on_every_machine(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++) {
		unsigned bits;
		block compared = random_comparison(&bits);

		assert_int_equal(block_bits_portable(compared), bits);
	}
}

static void a_short_text_is_filled_up(void **state)
{
	(void)state;
	for (size_t n = 0; n < BLOCK_SIZE; n++) {
		block loaded = block_load_few("aaaaaaaaaaaaaaaa", n, 'b');

		assert_int_equal(block_bits((block)(loaded == 'a')), (1 << n) - 1);
		assert_int_equal(block_bits((block)(loaded == 'b')), 0xffff & ~((1 << n) - 1));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_of_a_comparison_is_a_bit),
		cmocka_unit_test(the_bits_are_the_same_on_every_machine),
		cmocka_unit_test(a_short_text_is_filled_up),
	};

	return run_all_tests(tests);
}
