/* SPDX-License-Identifier: BSD-3-Clause */
/* Text storage: copies stay where they are, pieces join, failures are clean. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/arena.h"
#include "support.h"

static int set_up(void **state)
{
	*state = arena_new();
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	mem_fail_after(-1);
	arena_free(*state);
	return 0;
}

static void a_copy_is_terminated_and_has_room_behind_it(void **state)
{
	char *a = arena_copy(*state, "hello world", 5, 3);
	char *b = arena_copy(*state, "next", 4, 0);

	assert_string_equal(a, "hello");
	memcpy(a + 5, "XYZ", 4);
	assert_string_equal(a, "helloXYZ");
	assert_string_equal(b, "next");
}

static void ten_thousand_copies_keep_their_text(void **state)
{
	static char *copies[10000];
	char text[32];

	for (int i = 0; i < 10000; i++) {
		int length = snprintf(text, sizeof(text), "string number %d", i);

		copies[i] = arena_copy(*state, text, (size_t)length, 0);
	}
	for (int i = 0; i < 10000; i++) {
		snprintf(text, sizeof(text), "string number %d", i);
		assert_string_equal(copies[i], text);
	}
}

static void pieces_become_one_string(void **state)
{
	size_t length;
	char *text;

	arena_append(*state, "a", 1);
	arena_append(*state, "", 0);
	arena_append(*state, "bcd", 3);
	text = arena_close(*state, &length);
	assert_string_equal(text, "abcd");
	assert_int_equal(length, 4);
	assert_string_equal(arena_close(*state, &length), "");
	assert_int_equal(length, 0);
}

static void words_stand_behind_a_blank(void **state)
{
	static const char big[1 << 21];

	arena_append(*state, "r1", 2);
	arena_append_word(*state, "in", 2);
	arena_append_word(*state, "", 0);
	arena_append_word(*state, "0", 1);
	assert_string_equal(arena_close(*state, NULL), "r1 in  0");
	for (int i = 0; i < 100000; i++)
		arena_append_word(*state, "0123456789", 10);
	assert_int_equal(strlen(arena_close(*state, NULL)), 1100000);
	mem_fail_after(0);
	arena_append_word(*state, big, sizeof(big));
	mem_fail_after(-1);
	arena_append_word(*state, "more", 4);
	assert_null(arena_close(*state, NULL));
}

static void room_is_where_the_string_goes_on(void **state)
{
	struct arena *arena = *state;
	char *end;

	arena_append(arena, "r1", 2);
	end = arena_room(arena, 10000);
	assert_non_null(end);
	memset(end, 'x', 10000);
	memcpy(end, " in", 3);
	arena_extend(arena, 3);
	arena_append_word(arena, "0", 1);
	assert_string_equal(arena_close(arena, NULL), "r1 in 0");
	mem_fail_after(0);
	assert_null(arena_room(arena, 1 << 22));
	mem_fail_after(-1);
	assert_null(arena_close(arena, NULL));
	assert_string_equal(arena_close(arena, NULL), "");
}

static void a_string_longer_than_any_chunk_is_kept_whole(void **state)
{
	size_t length;
	char *text;

	arena_copy(*state, "before", 6, 0);
	for (int i = 0; i < 300000; i++)
		arena_append(*state, "0123456789", 10);
	text = arena_close(*state, &length);
	assert_int_equal(length, 3000000);
	for (size_t i = 0; i < length; i++)
		assert_int_equal(text[i], '0' + (int)(i % 10));
	assert_int_equal(text[length], '\0');
}

static void dropped_pieces_are_not_in_the_next_string(void **state)
{
	arena_append(*state, "no", 2);
	arena_drop(*state);
	arena_append(*state, "yes", 3);
	assert_string_equal(arena_close(*state, NULL), "yes");
}

static void no_memory_is_told_once_and_forgotten(void **state)
{
	char big[8192];

	memset(big, 'x', sizeof(big));
	mem_fail_after(0);
	assert_null(arena_copy(*state, big, sizeof(big), 0));
	arena_append(*state, big, sizeof(big));
	arena_append(*state, "tail", 4);
	assert_null(arena_close(*state, NULL));
	mem_fail_after(-1);
	arena_append(*state, "ok", 2);
	assert_string_equal(arena_close(*state, NULL), "ok");
}

static void a_rewound_arena_gives_the_same_place_again(void **state)
{
	struct arena *arena = *state;
	const char *kept = arena_copy(arena, "kept", 4, 0);
	struct arena_place place = arena_place(arena);
	const char *first = arena_copy(arena, "x", 1, 0);

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 3000; i++)
			assert_non_null(arena_copy(arena, "some text", 9, 40));
		arena_rewind(arena, &place);
		assert_ptr_equal(arena_copy(arena, "x", 1, 0), first);
		assert_string_equal(kept, "kept");
		arena_rewind(arena, &place);
	}
}

static void a_rewound_arena_needs_no_new_memory(void **state)
{
	struct arena *arena = *state;
	struct arena_place place = arena_place(arena);

	assert_non_null(arena_copy(arena, "text", 4, 0));
	arena_rewind(arena, &place);
	mem_fail_after(0);
	assert_non_null(arena_copy(arena, "text", 4, 0));
	mem_fail_after(-1);
}

static void a_new_arena_needs_memory(void **state)
{
	(void)state;
	mem_fail_after(0);
	assert_null(arena_new());
	mem_fail_after(-1);
	arena_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_copy_is_terminated_and_has_room_behind_it, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(ten_thousand_copies_keep_their_text, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(pieces_become_one_string, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_stand_behind_a_blank, set_up, tear_down),
		cmocka_unit_test_setup_teardown(room_is_where_the_string_goes_on, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_string_longer_than_any_chunk_is_kept_whole,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(dropped_pieces_are_not_in_the_next_string, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(no_memory_is_told_once_and_forgotten, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_rewound_arena_gives_the_same_place_again, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_rewound_arena_needs_no_new_memory, set_up,
						tear_down),
		cmocka_unit_test(a_new_arena_needs_memory),
	};

	return run_all_tests(tests);
}
