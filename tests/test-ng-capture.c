/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of vectors on their way from ngspice to users and back. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ng-capture.h"
#include "support.h"

static void assert_name(const char *plot, const char *name, const char *expected)
{
	char user_name[NG_NAME_SIZE];

	assert_int_equal(ng_name_from_ng(plot, name, user_name, sizeof(user_name)),
			 strlen(expected));
	assert_string_equal(user_name, expected);
}

static void nodes_and_branches_get_their_letters(void **state)
{
	(void)state;
	assert_name("tran1", "out", "v(out)");
	assert_name("tran1", "x1.out", "v(x1.out)");
	assert_name("op1", "V(1)", "v(1)");
	assert_name("op1", "q1#collector", "v(q1#collector)");
	assert_name("op1", "v1#branch", "i(v1)");
	assert_name("ac12", "l.x1.l1#branch", "i(l.x1.l1)");
}

static void names_that_are_no_nodes_stay(void **state)
{
	(void)state;
	assert_name("tran1", "time", "time");
	assert_name("ac1", "frequency", "frequency");
	assert_name("dc1", "v-sweep", "v-sweep");
	assert_name("dc1", "temp-sweep", "temp-sweep");
	assert_name("op1", "@m1[gm]", "@m1[gm]");
	assert_name("tran1", "q1:power", "q1:power");
	assert_name("op1", "a1#branch_1_0", "a1#branch_1_0");
	assert_name("noise2", "onoise_total", "onoise_total");
	assert_name("tf1", "transfer_function", "transfer_function");
	assert_name("sens3", "r1", "r1");
	assert_name("pz1", "pole(1)", "pole(1)");
}

static void plots_are_told_apart_by_their_whole_kind(void **state)
{
	(void)state;
	assert_name("spur1", "out", "v(out)");
	assert_name("tfx", "out", "v(out)");
	assert_name("noise", "out", "v(out)");
}

static void a_long_name_is_cut(void **state)
{
	char name[2 * NG_NAME_SIZE], user_name[NG_NAME_SIZE];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(ng_name_from_ng("op1", name, user_name, sizeof(user_name)),
			 strlen("v()") + strlen(name));
	assert_int_equal(strlen(user_name), NG_NAME_SIZE - 1);
}

static void a_name_that_was_cut_can_be_had_whole(void **state)
{
	char name[2 * NG_NAME_SIZE] = "", expected[2 * NG_NAME_SIZE + 8], *whole;
	struct ng_vector vector = {.name = "v(out)", .own_name = "out"};

	(void)state;
	assert_false(ng_vector_is_cut(&vector));
	memset(name, 'n', sizeof(name) - 1);
	vector.own_name = name;
	ng_name_from_ng("op1", name, vector.name, sizeof(vector.name));
	assert_true(ng_vector_is_cut(&vector));
	whole = ng_vector_whole_name("op1", &vector);
	snprintf(expected, sizeof(expected), "v(%s)", name);
	assert_string_equal(whole, expected);
	mem_free(whole);
	mem_fail_after(0);
	assert_null(ng_vector_whole_name("op1", &vector));
	mem_fail_after(-1);
}

static void names_of_one_vector_are_plain(void **state)
{
	static const char *const plain[] = {
		"out",     "x1.out",   "time",      "v(out)", "V(1)", "i(v1)",       "I(V1)",
		"@m1[gm]", "v(net-1)", "v1#branch", "v(x.y)", "n_1",  "@m.x1.m1[id]"};
	static const char *const not_plain[] = {
		"",       "1",       "1.5",       "-x",      "a+b", "a-b",
		"v(a,b)", "db(out)", "v(out)*2",  "v(f(x))", "v()", "all",
		"ALLV",   "@m1",     "@[gm]",     "@m1[]",   ".5",  "v(out) ",
		"(out)",  "vm(out)", "@m1[gm]+1", "out, in", "a b"};

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (!ng_is_plain_name(plain[i]))
			fail_msg("%s is not plain", plain[i]);
	}
	for (size_t i = 0; i < sizeof(not_plain) / sizeof(not_plain[0]); i++) {
		if (ng_is_plain_name(not_plain[i]))
			fail_msg("%s is plain", not_plain[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_and_branches_get_their_letters),
		cmocka_unit_test(names_that_are_no_nodes_stay),
		cmocka_unit_test(plots_are_told_apart_by_their_whole_kind),
		cmocka_unit_test(a_long_name_is_cut),
		cmocka_unit_test(a_name_that_was_cut_can_be_had_whole),
		cmocka_unit_test(names_of_one_vector_are_plain),
	};

	return run_all_tests(tests);
}
