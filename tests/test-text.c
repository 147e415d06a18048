/* SPDX-License-Identifier: BSD-3-Clause */
/* Growable text: what is appended is there, and a failure is not forgotten. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "support.h"

static int reset(void **state)
{
	(void)state;
	mem_fail_after(-1);
	return 0;
}

static void a_new_text_is_an_empty_string(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	assert_string_equal(text_string(&text), "");
	text_release(&text);
	text_init(&text);
	assert_int_equal(text.length, 0);
	assert_false(text.failed);
}

static void what_is_appended_follows_what_is_there(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	text_append(&text, "r1");
	text_append_char(&text, ' ');
	text_append_n(&text, "in out", 2);
	text_append_n(&text, NULL, 0);
	text_printf(&text, " %s=%d", "m", 2);
	text_append_char(&text, ' ');
	text_append_number(&text, 0.1);
	assert_string_equal(text_string(&text), "r1 in m=2 0.1");
	assert_int_equal(text.length, strlen("r1 in m=2 0.1"));
	text_release(&text);
	assert_string_equal(text_string(&text), "");
}

static void bytes_of_zero_count(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	text_append_n(&text, "a\0b", 3);
	assert_int_equal(text.length, 3);
	assert_memory_equal(text_string(&text), "a\0b", 4);
	text_release(&text);
}

static void an_empty_append_makes_an_empty_string(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	text_append(&text, "");
	assert_non_null(text.data);
	assert_string_equal(text_string(&text), "");
	text_release(&text);
}

/* Every length around the sizes at which the text grows. */
static void print_of_any_length_fits(void **state)
{
	char expected[400] = "";

	(void)state;
	for (int n = 0; n < 300; n++) {
		struct text text = TEXT_INIT;

		text_append(&text, "x");
		text_printf(&text, "%s!%d", expected, n);
		assert_int_equal(text.data[0], 'x');
		assert_memory_equal(text.data + 1, expected, (size_t)n);
		assert_int_equal(text.length, strlen(text.data));
		assert_int_equal(text.data[n + 1], '!');
		text_release(&text);
		expected[n] = 'y';
	}
}

static void many_appends_make_one_long_text(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	for (int i = 0; i < 10000; i++)
		text_printf(&text, "%04d", i);
	assert_false(text.failed);
	assert_int_equal(text.length, 40000);
	assert_memory_equal(text.data + 4 * 1234, "1234", 4);
	assert_string_equal(text.data + 4 * 9999, "9999");
	text_release(&text);
}

static void a_cleared_text_keeps_its_memory(void **state)
{
	struct text text = TEXT_INIT;
	char *data;

	(void)state;
	text_clear(&text);
	assert_string_equal(text_string(&text), "");
	text_append(&text, "long enough to be kept");
	data = text.data;
	text_clear(&text);
	assert_string_equal(text_string(&text), "");
	text_append(&text, "again");
	assert_ptr_equal(text.data, data);
	assert_string_equal(text_string(&text), "again");
	text_release(&text);
}

static void a_taken_string_belongs_to_the_caller(void **state)
{
	struct text text = TEXT_INIT;
	char *taken;

	(void)state;
	text_append(&text, "card");
	taken = text_take(&text);
	assert_string_equal(taken, "card");
	assert_null(text.data);
	assert_int_equal(text.length, 0);
	text_append(&text, "next");
	assert_string_equal(taken, "card");
	mem_free(taken);
	text_release(&text);
}

static void an_empty_text_can_be_taken(void **state)
{
	struct text text = TEXT_INIT;
	char *taken = text_take(&text);

	(void)state;
	assert_string_equal(taken, "");
	mem_free(taken);
}

static void append_everything(struct text *text)
{
	text_append(text, "some words that need memory");
	text_append_char(text, '.');
	text_append_number(text, 3.5);
	text_printf(text, "%s %s", "more words that need memory", "and still more of them");
	text_append_n(text, "the end of the words that need memory", 37);
}

static void a_failure_at_any_allocation_is_seen_at_the_end(void **state)
{
	int n_failed = 0;

	(void)state;
	for (int nth = 0;; nth++) {
		struct text text = TEXT_INIT;
		char *taken;
		bool failed;

		mem_fail_after(nth);
		append_everything(&text);
		mem_fail_after(-1);
		failed = text.failed;
		taken = text_take(&text);
		assert_true(failed == (taken == NULL));
		assert_null(text.data);
		mem_free(taken);
		if (!failed)
			break;
		n_failed++;
	}
	assert_in_range(n_failed, 2, 20);
}

static void a_failed_text_takes_no_more_and_stays_a_string(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	text_append(&text, "kept");
	mem_fail_after(0);
	text_printf(&text, "%200d", 1);
	mem_fail_after(-1);
	assert_true(text.failed);
	text_append(&text, "!");
	text_printf(&text, "!");
	assert_string_equal(text_string(&text), "kept");
	assert_null(text_take(&text));
	assert_false(text.failed);
}

static void a_cleared_text_has_not_failed(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	mem_fail_after(0);
	text_append(&text, "lost");
	mem_fail_after(-1);
	assert_true(text.failed);
	text_clear(&text);
	text_append(&text, "kept");
	assert_string_equal(text_string(&text), "kept");
	text_release(&text);
}

static void a_length_that_overflows_is_a_failure(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	text_append(&text, "abc");
	text_append_n(&text, "x", SIZE_MAX - 2);
	assert_true(text.failed);
	assert_string_equal(text_string(&text), "abc");
	text_release(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_text_is_an_empty_string),
		cmocka_unit_test(what_is_appended_follows_what_is_there),
		cmocka_unit_test(bytes_of_zero_count),
		cmocka_unit_test(an_empty_append_makes_an_empty_string),
		cmocka_unit_test(print_of_any_length_fits),
		cmocka_unit_test(many_appends_make_one_long_text),
		cmocka_unit_test(a_cleared_text_keeps_its_memory),
		cmocka_unit_test(a_taken_string_belongs_to_the_caller),
		cmocka_unit_test(an_empty_text_can_be_taken),
		cmocka_unit_test_teardown(a_failure_at_any_allocation_is_seen_at_the_end, reset),
		cmocka_unit_test_teardown(a_failed_text_takes_no_more_and_stays_a_string, reset),
		cmocka_unit_test_teardown(a_cleared_text_has_not_failed, reset),
		cmocka_unit_test(a_length_that_overflows_is_a_failure),
	};

	return run_all_tests(tests);
}
