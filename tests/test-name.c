/* SPDX-License-Identifier: BSD-3-Clause */
/* Interned names: their numbers, their texts, and failures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "support.h"

static uint32_t intern(struct name_table *table, const char *name)
{
	return name_intern(table, name, strlen(name));
}

static uint32_t find(const struct name_table *table, const char *name)
{
	return name_find(table, name, strlen(name));
}

static int new_table(void **state)
{
	*state = name_table_new();
	return *state ? 0 : -1;
}

static int free_table(void **state)
{
	mem_fail_after(-1);
	name_table_free(*state);
	return 0;
}

static void numbers_count_up_from_0(void **state)
{
	struct name_table *table = *state;

	assert_int_equal(name_count(table), 0);
	assert_int_equal(intern(table, "in"), 0);
	assert_int_equal(intern(table, "out"), 1);
	assert_int_equal(intern(table, "in"), 0);
	assert_int_equal(intern(table, "vdd"), 2);
	assert_int_equal(name_count(table), 3);
}

static void case_does_not_count_and_the_first_spelling_stays(void **state)
{
	struct name_table *table = *state;

	assert_int_equal(intern(table, "Net_A"), 0);
	assert_int_equal(intern(table, "NET_a"), 0);
	assert_int_equal(find(table, "net_A"), 0);
	assert_string_equal(name_text(table, 0), "Net_A");
	assert_int_equal(name_length(table, 0), 5);
}

static void only_letters_have_a_case(void **state)
{
	struct name_table *table = *state;

	/* Pairs that differ by the bit that tells "A" from "a". */
	assert_int_equal(intern(table, "@"), 0);
	assert_int_equal(intern(table, "`"), 1);
	assert_int_equal(intern(table, "["), 2);
	assert_int_equal(intern(table, "{"), 3);
	assert_int_equal(intern(table, "\xc4"), 4);
	assert_int_equal(intern(table, "\xe4"), 5);
}

static void a_name_that_was_never_interned_is_not_found(void **state)
{
	struct name_table *table = *state;

	assert_int_equal(find(table, "in"), NAME_NONE);
	intern(table, "in");
	assert_int_equal(find(table, "in"), 0);
	assert_int_equal(find(table, "i"), NAME_NONE);
	assert_int_equal(find(table, "in2"), NAME_NONE);
	assert_int_equal(name_count(table), 1);
}

static void a_name_is_as_long_as_it_is_said_to_be(void **state)
{
	struct name_table *table = *state;

	assert_int_equal(name_intern(table, "out2", 3), 0);
	assert_string_equal(name_text(table, 0), "out");
	assert_int_equal(find(table, "OUT"), 0);
	assert_int_equal(name_intern(table, "out", 0), 1);
	assert_string_equal(name_text(table, 1), "");
	assert_int_equal(find(table, ""), 1);
}

static void ten_thousand_names_are_kept_apart(void **state)
{
	struct name_table *table = *state;
	const char *first;
	char name[32];

	intern(table, "first");
	first = name_text(table, 0);
	for (int i = 1; i < 10000; i++) {
		snprintf(name, sizeof(name), "net_%d_X", i);
		assert_int_equal(intern(table, name), i);
	}
	for (int i = 1; i < 10000; i++) {
		snprintf(name, sizeof(name), "NET_%d_x", i);
		assert_int_equal(find(table, name), i);
		assert_int_equal(name_compare(name_text(table, (uint32_t)i), name), 0);
	}
	assert_int_equal(name_count(table), 10000);
	assert_ptr_equal(name_text(table, 0), first);
}

static void an_expected_name_is_interned_as_any_other(void **state)
{
	struct name_table *table = *state;
	static const char *const names[] = {"Short", "a_longer_name", ""};
	uint64_t keys[3];
	char name[32];

	for (size_t i = 0; i < 3; i++)
		keys[i] = name_expect(table, names[i], strlen(names[i]));
	assert_int_equal(name_find_expected(table, keys[0], "short", 5), NAME_NONE);
	assert_int_equal(name_count(table), 0);
	for (int i = 0; i < 1000; i++) { /* the table grows in between */
		snprintf(name, sizeof(name), "net_%d", i);
		intern(table, name);
	}
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(name_intern_expected(table, keys[i], names[i], strlen(names[i])),
				 1000 + i);
	assert_int_equal(find(table, "sHORT"), 1000);
	assert_int_equal(name_find_expected(table, keys[0], "short", 5), 1000);
	assert_int_equal(intern(table, "A_LONGER_NAME"), 1001);
	assert_true(name_expect(table, "short", 5) == keys[0]);
	assert_int_equal(name_intern_expected(table, keys[0], "SHORT", 5), 1000);
}

static void room_for_names_leaves_them_as_they_are(void **state)
{
	struct name_table *table = *state;
	char name[16];

	for (uint32_t i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "net%u", i);
		assert_int_equal(intern(table, name), i);
		if (i % 100 == 0)
			name_expect_more(table, i * i);
	}
	mem_fail_after(0);
	name_expect_more(table, 1000000); /* without memory there is none */
	mem_fail_after(-1);
	assert_int_equal(name_count(table), 300);
	assert_int_equal(find(table, "net0"), 0);
	assert_int_equal(find(table, "NET299"), 299);
}

static void a_name_may_be_longer_than_a_block(void **state)
{
	struct name_table *table = *state;
	size_t length = 100000;
	char *name = mem_zalloc(length + 1, 1);

	assert_non_null(name);
	memset(name, 'n', length);
	for (size_t cut = 0; cut < 3; cut++)
		assert_int_equal(name_intern(table, name, length - cut), cut);
	assert_int_equal(intern(table, "short"), 3);
	assert_string_equal(name_text(table, 0), name);
	assert_int_equal(name_length(table, 2), length - 2);
	assert_string_equal(name_text(table, 3), "short");
	mem_free(name);
}

/* A name takes its bytes and five more: two of 251 fill the first block, of 512 bytes. */
static void names_fill_a_block_to_its_end(void **state)
{
	char *name = mem_zalloc(1000, 1);

	(void)state;
	assert_non_null(name);
	memset(name, 'n', 999);
	for (size_t length = 251; length < 254; length++) {
		struct name_table *table = name_table_new();

		assert_non_null(table);
		assert_int_equal(name_intern(table, name, 251), 0);
		assert_int_equal(name_intern(table, name, length), length > 251);
		assert_int_equal(strlen(name_text(table, 0)), 251);
		assert_int_equal(strlen(name_text(table, length > 251)), length);
		name_table_free(table);
	}
	mem_free(name);
}

/* These two were searched for: the table's own hash of long names is the same for both. */
static void names_of_one_hash_are_kept_apart(void **state)
{
	struct name_table *table = *state;

	assert_int_equal(intern(table, "longname12345678"), 0);
	assert_int_equal(find(table, "0000ab26i{`^g2@~"), NAME_NONE);
	assert_int_equal(intern(table, "0000ab26i{`^g2@~"), 1);
	assert_int_equal(find(table, "LONGNAME12345678"), 0);
	assert_int_equal(find(table, "0000AB26I{`^g2@~"), 1);
}

/* Names of every length, each with every one of its bytes changed. */
static void each_byte_of_a_name_counts(void **state)
{
	struct name_table *table = *state;
	uint32_t count = 0;

	for (size_t length = 1; length < 40; length++) {
		char name[40];

		memset(name, 'M', length);
		assert_int_equal(name_intern(table, name, length), count++);
		for (size_t i = 0; i < length; i++) {
			name[i] = '-';
			assert_int_equal(name_intern(table, name, length), count++);
			name[i] = 'm';
		}
		assert_int_equal(name_length(table, name_find(table, name, length)), length);
		assert_int_equal(name_find(table, name, length), count - length - 1);
	}
}

static void a_failure_at_any_allocation_leaves_the_table_usable(void **state)
{
	(void)state;
	for (int nth = 0;; nth++) {
		struct name_table *table;
		uint32_t number = 0;
		char name[16];

		mem_fail_after(nth);
		table = name_table_new();
		for (uint32_t i = 0; table && i < 200 && number != NAME_NONE; i++) {
			snprintf(name, sizeof(name), "n%u", i);
			number = intern(table, name);
			assert_true(number == i || number == NAME_NONE);
		}
		mem_fail_after(-1);
		if (table) {
			uint32_t count = (uint32_t)name_count(table);

			assert_int_equal(find(table, name), number);
			assert_int_equal(intern(table, "N0"), 0);
			assert_int_equal(intern(table, "again"), count ? count : 1);
		}
		name_table_free(table);
		if (table && number != NAME_NONE)
			break;
		assert_in_range(nth, 0, 30);
	}
}

static void no_table_can_be_freed(void **state)
{
	(void)state;
	name_table_free(NULL);
	mem_fail_after(1);
	assert_null(name_table_new());
	mem_fail_after(-1);
}

/* NAME_ROOM bytes can be read at every name, wherever it stands. */
static void names_of_every_length_have_room_and_stay_where_they_are(void **state)
{
	struct name_table *table = *state;
	const char *texts[3000];
	char name[64], room[NAME_ROOM];

	for (uint32_t i = 0; i < 3000; i++) {
		size_t length;
		int n = snprintf(name, sizeof(name), "%0*u", (int)(4 + i % 40), i);

		assert_int_equal(intern(table, name), i);
		texts[i] = name_get(table, i, &length);
		assert_int_equal(length, n);
		assert_string_equal(texts[i], name);
		memcpy(room, texts[i], NAME_ROOM);
		assert_memory_equal(room, name, n < NAME_ROOM ? n + 1 : NAME_ROOM);
	}
	for (uint32_t i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "%0*u", (int)(4 + i % 40), i);
		name_prefetch(table, i);
		assert_ptr_equal(name_text(table, i), texts[i]);
		assert_string_equal(texts[i], name);
		assert_int_equal(name_length(table, i), strlen(name));
		assert_int_equal(find(table, name), i);
	}
}

/* ---- names of a series, in a table that was told to become large ---- */

static void series_are_told_from_all_that_looks_alike(void **state)
{
	static const char *const names[] = {"n",
					    "n0",
					    "n00",
					    "n1",
					    "n01",
					    "n001",
					    "n10",
					    "0",
					    "00",
					    "1",
					    "01",
					    "net_1",
					    "nets_1",
					    "n1x",
					    "n-1",
					    "n1234567",
					    "n12345678",
					    "n123456789",
					    "n16777216",
					    "n33554433",
					    "net_1234567",
					    "net_01",
					    "\xce"
					    "1",
					    "n/1",
					    "n:1",
					    "net_16777215",
					    "1234567",
					    "12345678",
					    "123456789012",
					    "r1",
					    "x1.r1",
					    "1n"};
	const uint32_t n = sizeof(names) / sizeof(names[0]);
	struct name_table *table = *state;
	char name[32];

	name_expect_more(table, 100000);
	for (uint32_t i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "q%u", i);
		assert_int_equal(intern(table, name), i);
	}
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(find(table, names[i]), NAME_NONE);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(intern(table, names[i]), 100 + i);
	for (uint32_t i = 0; i < n; i++) {
		assert_int_equal(find(table, names[i]), 100 + i);
		assert_string_equal(name_text(table, 100 + i), names[i]);
	}
	assert_int_equal(find(table, "Q99"), 99);
	assert_int_equal(find(table, "q099"), NAME_NONE);
	assert_int_equal(find(table, "q100"), NAME_NONE);
	assert_int_equal(find(table, "NET_1234567"), intern(table, "net_1234567"));
}

/* Upwards, downwards, and with strides up to where most of an array would stay empty. */
static void a_series_comes_in_any_order(void **state)
{
	static const int strides[] = {1, -1, 7, -7, 16, -16, 40, -40, 1000};
	struct name_table *table = *state;
	const uint32_t n = 3000;
	char name[32];

	name_expect_more(table, 100000);
	for (uint32_t s = 0; s < sizeof(strides) / sizeof(strides[0]); s++) {
		for (uint32_t i = 0; i < n; i++) {
			snprintf(name, sizeof(name), "%c%d", 'a' + s,
				 4000000 + (int)i * strides[s]);
			assert_int_equal(intern(table, name), s * n + i);
		}
	}
	for (uint32_t s = 0; s < sizeof(strides) / sizeof(strides[0]); s++) {
		for (uint32_t i = 0; i < n; i++) {
			snprintf(name, sizeof(name), "%c%d", 'A' + s,
				 4000000 + (int)i * strides[s]);
			assert_int_equal(find(table, name), s * n + i);
			assert_int_equal(intern(table, name), s * n + i);
		}
		snprintf(name, sizeof(name), "%c%d", 'a' + s, 4000000 + (int)n * strides[s]);
		assert_int_equal(find(table, name), NAME_NONE);
	}
}

/* More prefixes than there are places for series. */
static void series_may_be_many(void **state)
{
	struct name_table *table = *state;
	char name[32];

	name_expect_more(table, 100000);
	for (uint32_t i = 0; i < 50000; i++) {
		snprintf(name, sizeof(name), "%c%c%u", 'a' + i % 26, 'a' + i / 26 % 26, i / 676);
		assert_int_equal(intern(table, name), i);
	}
	for (uint32_t i = 0; i < 50000; i++) {
		snprintf(name, sizeof(name), "%c%c%u", 'A' + i % 26, 'a' + i / 26 % 26, i / 676);
		assert_int_equal(find(table, name), i);
	}
}

/* A table that grows beyond what a cache holds keeps its names in another way from then on. */
static void series_begin_while_names_are_expected(void **state)
{
	static const char *const early[] = {"n20000", "n7", "a_longer_name_3", "v1", "out"};
	struct name_table *table = *state;
	uint64_t keys[5];
	char name[32];

	for (size_t i = 0; i < 5; i++)
		keys[i] = name_expect(table, early[i], strlen(early[i]));
	for (uint32_t i = 0; i < 50000; i++) {
		snprintf(name, sizeof(name), "%s%u", i % 3 ? "n" : "longer_than_that_", i + 30000);
		assert_int_equal(intern(table, name), i);
	}
	for (uint32_t i = 0; i < 5; i++) {
		const char *text = early[i];

		assert_int_equal(name_find_expected(table, keys[i], text, strlen(text)), NAME_NONE);
		assert_int_equal(name_intern_expected(table, keys[i], text, strlen(text)),
				 50000 + i);
		assert_int_equal(find(table, text), 50000 + i);
		assert_int_equal(name_find_expected(table, keys[i], text, strlen(text)), 50000 + i);
	}
	for (uint32_t i = 0; i < 50000; i++) {
		snprintf(name, sizeof(name), "%s%u", i % 3 ? "N" : "LONGER_THAN_that_", i + 30000);
		assert_int_equal(find(table, name), i);
	}
}

static void a_failure_at_any_allocation_leaves_series_usable(void **state)
{
	uint32_t number = 0;

	(void)state;
	for (int nth = 2; number < 29999; nth++) {
		struct name_table *table = name_table_new();
		char name[16];

		assert_non_null(table);
		name_expect_more(table, 30000);
		mem_fail_after(nth);
		for (uint32_t i = 0; i < 30000; i++) {
			snprintf(name, sizeof(name), "%c%u", 'a' + i % 3, i);
			number = intern(table, name);
			assert_true(number == i || number == NAME_NONE);
			if (number == NAME_NONE)
				break;
		}
		mem_fail_after(-1);
		assert_int_equal(find(table, name), number);
		assert_int_equal(intern(table, "A0"), 0);
		number = intern(table, name);
		assert_int_equal(number, name_count(table) - 1);
		name_table_free(table);
		assert_in_range(nth, 0, 200);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(numbers_count_up_from_0, new_table, free_table),
		cmocka_unit_test_setup_teardown(case_does_not_count_and_the_first_spelling_stays,
						new_table, free_table),
		cmocka_unit_test_setup_teardown(only_letters_have_a_case, new_table, free_table),
		cmocka_unit_test_setup_teardown(a_name_that_was_never_interned_is_not_found,
						new_table, free_table),
		cmocka_unit_test_setup_teardown(a_name_is_as_long_as_it_is_said_to_be, new_table,
						free_table),
		cmocka_unit_test_setup_teardown(ten_thousand_names_are_kept_apart, new_table,
						free_table),
		cmocka_unit_test_setup_teardown(an_expected_name_is_interned_as_any_other,
						new_table, free_table),
		cmocka_unit_test_setup_teardown(room_for_names_leaves_them_as_they_are, new_table,
						free_table),
		cmocka_unit_test_setup_teardown(a_name_may_be_longer_than_a_block, new_table,
						free_table),
		cmocka_unit_test(names_fill_a_block_to_its_end),
		cmocka_unit_test_setup_teardown(names_of_one_hash_are_kept_apart, new_table,
						free_table),
		cmocka_unit_test_setup_teardown(each_byte_of_a_name_counts, new_table, free_table),
		cmocka_unit_test(a_failure_at_any_allocation_leaves_the_table_usable),
		cmocka_unit_test(no_table_can_be_freed),
		cmocka_unit_test_setup_teardown(
			names_of_every_length_have_room_and_stay_where_they_are, new_table,
			free_table),
		cmocka_unit_test_setup_teardown(series_are_told_from_all_that_looks_alike,
						new_table, free_table),
		cmocka_unit_test_setup_teardown(a_series_comes_in_any_order, new_table, free_table),
		cmocka_unit_test_setup_teardown(series_may_be_many, new_table, free_table),
		cmocka_unit_test_setup_teardown(series_begin_while_names_are_expected, new_table,
						free_table),
		cmocka_unit_test(a_failure_at_any_allocation_leaves_series_usable),
	};

	return run_all_tests(tests);
}
