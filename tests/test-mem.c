/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocation: sizes that cannot be, growth, and failing on demand. */
#include <string.h>

#include "base/mem.h"
#include "support.h"

static int reset(void **state)
{
	(void)state;
	mem_fail_after(-1);
	return 0;
}

static void memory_of_no_size_is_a_valid_pointer(void **state)
{
	void *a = mem_alloc(0);
	void *b = mem_zalloc(0, 8);
	void *c = mem_resize(NULL, 8, 0);

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	assert_non_null(c);
	mem_free(a);
	mem_free(b);
	mem_free(c);
	mem_free(NULL);
}

static void zeroed_memory_is_zero(void **state)
{
	static const char zeros[300];
	char *dirty = mem_alloc(300);
	char *memory;

	(void)state;
	assert_non_null(dirty);
	memset(dirty, 1, 300);
	mem_free(dirty);
	memory = mem_zalloc(100, 3);
	assert_non_null(memory);
	assert_memory_equal(memory, zeros, 300);
	mem_free(memory);
}

static void resized_memory_keeps_its_content(void **state)
{
	char *memory = mem_strdup("amplifier");

	(void)state;
	memory = mem_resize(memory, 1000, 100);
	assert_non_null(memory);
	assert_string_equal(memory, "amplifier");
	mem_free(memory);
}

/* Those that are asked for in large pages, wherever they begin and end. */
static void large_memory_grows_and_shrinks(void **state)
{
	const size_t most = 9 * 1000 * 1000 + 7;
	unsigned char *memory = NULL;

	(void)state;
	for (size_t size = 100001, old = 0; size < most; old = size, size = 2 * size + 1) {
		memory = mem_resize(memory, size, 1);
		assert_non_null(memory);
		memset(memory + old, 0x5a, size - old);
	}
	memory = mem_resize(memory, 5000, 1000);
	assert_non_null(memory);
	for (size_t i = 0; i < 5000000; i += 999)
		assert_int_equal(memory[i], 0x5a);
	mem_free(memory);
	memory = mem_alloc(most);
	assert_non_null(memory);
	memset(memory, 1, most);
	mem_free(memory);
}

static void a_size_that_overflows_gives_no_memory(void **state)
{
	volatile size_t huge = SIZE_MAX; /* volatile: or the compiler warns of what is tested */
	char *memory = mem_alloc(1);

	(void)state;
	assert_null(mem_alloc(huge));
	assert_null(mem_alloc(huge / 2 + 1));
	assert_null(mem_zalloc(huge / 2 + 1, 2));
	assert_null(mem_zalloc(huge / 16, 17));
	assert_null(mem_resize(memory, huge / 2 + 1, 2));
	assert_null(mem_resize(memory, huge / 4, 3));
	mem_free(memory);
}

static void a_string_is_copied_with_its_end(void **state)
{
	char *whole = mem_strdup("gain");
	char *part = mem_strndup("gain", 2);
	char *beyond = mem_strndup("gain\0x", 6);

	(void)state;
	assert_string_equal(whole, "gain");
	assert_string_equal(part, "ga");
	assert_string_equal(beyond, "gain");
	mem_free(whole);
	mem_free(part);
	mem_free(beyond);
}

static void a_string_is_read_no_further_than_its_end(void **state)
{
	char *exact = mem_strdup("gain");
	char *copy = mem_strndup(exact, 1000);

	(void)state;
	assert_string_equal(copy, "gain");
	mem_free(copy);
	mem_free(exact);
}

static void a_string_without_an_end_is_read_no_further_than_its_length(void **state)
{
	char *unterminated = mem_alloc(3);
	char *copy;

	(void)state;
	memcpy(unterminated, "vdd", 3);
	copy = mem_strndup(unterminated, 3);
	assert_string_equal(copy, "vdd");
	mem_free(copy);
	mem_free(unterminated);
}

static void reserved_room_holds_what_was_there(void **state)
{
	double *array = NULL;
	size_t capacity = 0;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		assert_true(mem_reserve(&array, &capacity, i + 1, sizeof(*array)));
		assert_true(capacity > i);
		array[i] = (double)i;
	}
	for (size_t i = 0; i < 10000; i++)
		assert_same_bits(array[i], (double)i);
	mem_free(array);
}

static void room_grows_geometrically(void **state)
{
	int *array = NULL;
	size_t capacity = 0;
	size_t before = 0;
	int n_grown = 0;

	(void)state;
	for (size_t need = 1; need <= 100000; need++) {
		assert_true(mem_reserve(&array, &capacity, need, sizeof(*array)));
		n_grown += capacity != before;
		before = capacity;
	}
	assert_in_range(n_grown, 2, 40);
	assert_in_range(capacity, 100000, 200000);
	mem_free(array);
}

static void room_that_is_there_is_left_alone(void **state)
{
	int *array = NULL;
	size_t capacity = 0;
	int *before;

	(void)state;
	assert_true(mem_reserve(&array, &capacity, 100, sizeof(*array)));
	before = array;
	mem_fail_after(0);
	assert_true(mem_reserve(&array, &capacity, capacity, sizeof(*array)));
	assert_ptr_equal(array, before);
	mem_free(array);
}

static void room_that_cannot_be_had_leaves_the_array(void **state)
{
	int *array = NULL;
	size_t capacity = 0;
	int *before;

	(void)state;
	assert_true(mem_reserve(&array, &capacity, 10, sizeof(*array)));
	array[9] = 9;
	before = array;
	assert_false(mem_reserve(&array, &capacity, SIZE_MAX / 2, sizeof(*array)));
	mem_fail_after(0);
	assert_false(mem_reserve(&array, &capacity, 1000, sizeof(*array)));
	assert_ptr_equal(array, before);
	assert_in_range(capacity, 10, 999);
	assert_int_equal(array[9], 9);
	mem_free(array);
}

static void from_the_nth_on_every_allocation_fails(void **state)
{
	void *memory[3];

	(void)state;
	mem_fail_after(3);
	memory[0] = mem_alloc(1);
	memory[1] = mem_zalloc(1, 1);
	memory[2] = mem_resize(NULL, 1, 1);
	for (int i = 0; i < 3; i++)
		assert_non_null(memory[i]);
	assert_null(mem_alloc(1));
	assert_null(mem_zalloc(1, 1));
	assert_null(mem_resize(memory[0], 2, 1));
	assert_null(mem_strdup("x"));
	assert_null(mem_strndup("x", 1));
	for (int i = 0; i < 3; i++)
		mem_free(memory[i]);
}

static void allocation_works_again_when_asked_to(void **state)
{
	void *memory;

	(void)state;
	mem_fail_after(0);
	assert_null(mem_alloc(1));
	mem_fail_after(-1);
	memory = mem_alloc(1);
	assert_non_null(memory);
	mem_free(memory);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_of_no_size_is_a_valid_pointer),
		cmocka_unit_test(zeroed_memory_is_zero),
		cmocka_unit_test(resized_memory_keeps_its_content),
		cmocka_unit_test(large_memory_grows_and_shrinks),
		cmocka_unit_test(a_size_that_overflows_gives_no_memory),
		cmocka_unit_test(a_string_is_copied_with_its_end),
		cmocka_unit_test(a_string_is_read_no_further_than_its_end),
		cmocka_unit_test(a_string_without_an_end_is_read_no_further_than_its_length),
		cmocka_unit_test(reserved_room_holds_what_was_there),
		cmocka_unit_test(room_grows_geometrically),
		cmocka_unit_test_teardown(room_that_is_there_is_left_alone, reset),
		cmocka_unit_test_teardown(room_that_cannot_be_had_leaves_the_array, reset),
		cmocka_unit_test_teardown(from_the_nth_on_every_allocation_fails, reset),
		cmocka_unit_test_teardown(allocation_works_again_when_asked_to, reset),
	};

	return run_all_tests(tests);
}
