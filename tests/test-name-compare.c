/* SPDX-License-Identifier: BSD-3-Clause */
/* Names without their case: comparison, globs and the hash. */
#include <string.h>
#include <time.h>

#include "base/name.h"
#include "support.h"

static void comparison_is_by_folded_bytes(void **state)
{
	(void)state;
	assert_int_equal(name_compare("VDD", "vdd"), 0);
	assert_true(name_compare("a", "B") < 0);
	assert_true(name_compare("B", "a") > 0);
	assert_true(name_compare("r1", "r10") < 0);
	assert_true(name_compare("r10", "R1") > 0);
	assert_true(name_compare("a", "\xe4") < 0);
	assert_int_equal(name_compare("", ""), 0);
}

static void comparison_of_n_ends_after_n(void **state)
{
	(void)state;
	assert_int_equal(name_compare_n(".MODEL x", ".model y", 7), 0);
	assert_true(name_compare_n(".MODEL x", ".model y", 8) < 0);
	assert_int_equal(name_compare_n("ab", "AB", 100), 0);
	assert_int_equal(name_compare_n("a", "b", 0), 0);
}

static void globs_match_as_spice_sees_names(void **state)
{
	static const struct {
		const char *pattern;
		const char *name;
		int matches;
	} cases[] = {
		{"r1", "R1", 1},
		{"r1", "r10", 0},
		{"r10", "r1", 0},
		{"", "", 1},
		{"", "a", 0},
		{"*", "", 1},
		{"*", "anything", 1},
		{"**", "x", 1},
		{"?", "x", 1},
		{"?", "", 0},
		{"?", "xy", 0},
		{"r?", "r1", 1},
		{"R*", "rload", 1},
		{"r*", "c1", 0},
		{"*.m1", "x1.x2.M1", 1},
		{"*.m1", "x1.m10", 0},
		{"x*.m?", "x1.x2.m3", 1},
		{"x*.m?", "x1.x2.m30", 0},
		{"a*b*c", "aXbYbZc", 1},
		{"a*b*c", "acb", 0},
		{"*a*", "bab", 1},
		{"*ab", "aab", 1},
		{"*aab", "aaab", 1},
		{"a*?", "a", 0},
		{"a*?", "ab", 1},
		{"a?*", "a", 0},
		{"*?*?*", "x", 0},
		{"[ab]", "a", 0},
		{"q1[area]", "Q1[AREA]", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (name_matches(cases[i].pattern, cases[i].name) != cases[i].matches)
			fail_msg("\"%s\" on \"%s\"", cases[i].pattern, cases[i].name);
	}
}

/* Backtracking into every star would take longer than the age of the universe. */
static void a_glob_of_many_stars_is_quick(void **state)
{
	char pattern[201];
	char name[2001];
	clock_t begin = clock();

	(void)state;
	for (size_t i = 0; i < 200; i += 2)
		memcpy(pattern + i, "*a", 2);
	pattern[199] = 'b';
	pattern[200] = '\0';
	memset(name, 'a', 2000);
	name[2000] = '\0';
	assert_int_equal(name_matches(pattern, name), 0);
	name[1999] = 'b';
	assert_int_equal(name_matches(pattern, name), 1);
	assert_true(clock() - begin < CLOCKS_PER_SEC);
}

/* Offset basis and test vectors: the FNV reference (Noll, draft-eastlake-fnv, appendix C). */
static void the_hash_is_fnv_1a(void **state)
{
	(void)state;
	assert_true(name_hash("", 0) == 0xcbf29ce484222325u);
	assert_true(name_hash("a", 1) == 0xaf63dc4c8601ec8cu);
	assert_true(name_hash("foobar", 6) == 0x85944171f73967e8u);
	assert_true(name_hash("FooBar", 6) == 0x85944171f73967e8u);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparison_is_by_folded_bytes),
		cmocka_unit_test(comparison_of_n_ends_after_n),
		cmocka_unit_test(globs_match_as_spice_sees_names),
		cmocka_unit_test(a_glob_of_many_stars_is_quick),
		cmocka_unit_test(the_hash_is_fnv_1a),
	};

	return run_all_tests(tests);
}
