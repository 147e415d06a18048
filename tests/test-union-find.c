/* SPDX-License-Identifier: BSD-3-Clause */
/* Disjoint sets. */
#include "circuit/union-find.h"

#include "base/mem.h"
#include "support.h"

static void each_member_begins_alone(void **state)
{
	struct union_find sets;

	(void)state;
	assert_true(union_find_init(&sets, 3));
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(union_find_leader(&sets, i), i);
	union_find_release(&sets);
}

static void joined_members_have_the_least_of_them_as_leader(void **state)
{
	struct union_find sets;

	(void)state;
	assert_true(union_find_init(&sets, 6));
	assert_true(union_find_join(&sets, 5, 3));
	assert_int_equal(union_find_leader(&sets, 5), 3);
	assert_true(union_find_join(&sets, 4, 1));
	assert_true(union_find_join(&sets, 4, 5));
	for (uint32_t i = 3; i < 6; i++)
		assert_int_equal(union_find_leader(&sets, i), 1);
	assert_int_equal(union_find_leader(&sets, 0), 0);
	assert_int_equal(union_find_leader(&sets, 2), 2);
	union_find_release(&sets);
}

static void joining_what_is_joined_tells_so(void **state)
{
	struct union_find sets;

	(void)state;
	assert_true(union_find_init(&sets, 3));
	assert_true(union_find_join(&sets, 0, 1));
	assert_true(union_find_join(&sets, 1, 2));
	assert_false(union_find_join(&sets, 2, 0));
	assert_false(union_find_join(&sets, 1, 1));
	union_find_release(&sets);
}

static void a_long_chain_is_one_set(void **state)
{
	enum { N = 100000 };
	struct union_find sets;

	(void)state;
	assert_true(union_find_init(&sets, N));
	for (uint32_t i = N - 1; i > 0; i--)
		assert_true(union_find_join(&sets, i, i - 1));
	for (uint32_t i = 0; i < N; i++)
		assert_int_equal(union_find_leader(&sets, i), 0);
	union_find_release(&sets);
}

static void reset_parts_them_again(void **state)
{
	struct union_find sets;

	(void)state;
	assert_true(union_find_init(&sets, 2));
	union_find_join(&sets, 0, 1);
	union_find_reset(&sets);
	assert_int_equal(union_find_leader(&sets, 1), 1);
	assert_true(union_find_join(&sets, 0, 1));
	union_find_release(&sets);
}

static void without_memory_there_are_no_sets(void **state)
{
	struct union_find sets;

	(void)state;
	mem_fail_after(0);
	assert_false(union_find_init(&sets, 2));
	mem_fail_after(-1);
	union_find_release(&sets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_member_begins_alone),
		cmocka_unit_test(joined_members_have_the_least_of_them_as_leader),
		cmocka_unit_test(joining_what_is_joined_tells_so),
		cmocka_unit_test(a_long_chain_is_one_set),
		cmocka_unit_test(reset_parts_them_again),
		cmocka_unit_test(without_memory_there_are_no_sets),
	};

	return run_all_tests(tests);
}
