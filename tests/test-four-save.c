/* SPDX-License-Identifier: BSD-3-Clause */
/* What .four cards have saved. */
#include "sim/four-save.h"

#include "support.h"

static void assert_saves(const char *four, const char *expected)
{
	struct text text = TEXT_INIT;

	assert_int_equal(four_save(&text, four), expected[5] != '\0');
	assert_false(text.failed);
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
}

static void vectors_are_saved_by_their_names(void **state)
{
	(void)state;
	assert_saves(".four 1k v(out)", ".save v(out)");
	assert_saves(".FOURIER 1k i(v1) out @m1[gm]", ".save i(v1) out @m1[gm]");
	assert_saves(".four {2*f} v(x1.mid)", ".save v(x1.mid)");
	assert_saves(".four '2 * f' v(1)", ".save v(1)");
	assert_saves(".four 1k", ".save");
}

static void expressions_are_saved_by_their_parts(void **state)
{
	(void)state;
	assert_saves(".four 1k v(a,b)", ".save v(a) v(b)");
	assert_saves(".four 1k v( a , b ) - 2*v(c)", ".save v(a) v(b) v(c)");
	assert_saves(".four 1k -(v(out)+1.5e-3)/i(v1)", ".save v(out) i(v1)");
	assert_saves(".four 1k abs(v(out)) vm(in)", ".save v(out) v(in)");
}

static void cards_are_told_from_others(void **state)
{
	(void)state;
	assert_true(is_four_card(".four 1k v(a)"));
	assert_true(is_four_card(".Fourier 1k v(a)"));
	assert_false(is_four_card(".func f(x)=x"));
	assert_false(is_four_card("four 1k v(a)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_are_saved_by_their_names),
		cmocka_unit_test(expressions_are_saved_by_their_parts),
		cmocka_unit_test(cards_are_told_from_others),
	};

	return run_all_tests(tests);
}
