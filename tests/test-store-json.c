/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON for the store: text of any kind, short numbers, indentation, errors. */
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store-json.h"
#include "support-store.h"

static void assert_prints(json_t *value, const char *expected)
{
	struct text text = TEXT_INIT;

	assert_non_null(value);
	store_json_print(&text, value);
	assert_false(text.failed);
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
	json_decref(value);
}

static void a_character_of_utf8_has_a_length(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
	} characters[] = {
		{"a", 1},
		{"\x7f", 1},
		{"", 0},
		{"\xc2\xb5", 2},         /* micro sign */
		{"\xe2\x84\xa6", 3},     /* ohm sign */
		{"\xf0\x9f\x8e\xb1", 4}, /* a billiard ball */
		{"\xb5", 0},             /* a continuation */
		{"\xc0\x80", 0},         /* longer than it need be */
		{"\xe0\x80\x80", 0},     /* likewise */
		{"\xf0\x80\x80\x80", 0}, /* likewise */
		{"\xed\xa0\x80", 0},     /* a surrogate */
		{"\xf4\x90\x80\x80", 0}, /* beyond U+10FFFF */
		{"\xf8\x88\x80\x80", 0}, /* no such lead */
		{"\xc2", 0},             /* cut off */
		{"\xe2\x84", 0},         /* likewise */
		{"\xf0\x9f\x8e", 0},     /* likewise */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++)
		assert_int_equal(store_utf8_length(characters[i].bytes), characters[i].length);
}

static void a_string_is_kept_and_other_bytes_are_latin1(void **state)
{
	(void)state;
	assert_prints(store_json_string("10 \xe2\x84\xa6 \"x\"\n"),
		      "\"10 \xe2\x84\xa6 \\\"x\\\"\\n\"\n");
	assert_prints(store_json_string("Verst\xe4rker \xb5"), "\"Verst\xc3\xa4rker \xc2\xb5\"\n");
	assert_prints(store_json_string(""), "\"\"\n");
	assert_prints(store_json_string(NULL), "null\n");
}

static void a_number_has_the_digits_it_needs(void **state)
{
	(void)state;
	assert_prints(store_json_number(0.1), "0.1\n");
	assert_prints(store_json_number(1.0 / 3), "0.3333333333333333\n");
	assert_prints(store_json_number(1e-300), "1e-300\n");
	assert_prints(store_json_number(-2.5e6), "-2500000.0\n");
}

static void a_whole_number_of_the_type_real_stays_one(void **state)
{
	(void)state;
	assert_prints(store_json_number(42), "42.0\n");
	assert_prints(store_json_number(-0.0), "-0.0\n");
	assert_prints(json_integer(42), "42\n");
}

static void a_number_that_is_not_finite_is_null(void **state)
{
	(void)state;
	assert_prints(store_json_number(NAN), "null\n");
	assert_prints(store_json_number(INFINITY), "null\n");
}

static void a_number_that_is_none_is_not_finite(void **state)
{
	json_t *list = json_pack("[f, i, n, s]", 2.5, -3, "4");

	(void)state;
	assert_double_equal(store_json_double(json_array_get(list, 0)), 2.5, 0, 0);
	assert_double_equal(store_json_double(json_array_get(list, 1)), -3, 0, 0);
	assert_true(isnan(store_json_double(json_array_get(list, 2))));
	assert_true(isnan(store_json_double(json_array_get(list, 3))));
	assert_true(isnan(store_json_double(NULL)));
	json_decref(list);
}

static void the_numbers_of_a_list_are_taken_over(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	json_t *list = json_pack("[f, n, i]", 2.5, -3);
	double *numbers;
	size_t n;

	(void)state;
	store_json_doubles(list, &numbers, &n, &err);
	assert_ok(&err);
	assert_int_equal(n, 3);
	assert_double_equal(numbers[0], 2.5, 0, 0);
	assert_double_equal(numbers[1], 0, 0, 0);
	assert_double_equal(numbers[2], -3, 0, 0);
	mem_free(numbers);
	store_json_doubles(NULL, &numbers, &n, &err);
	assert_ok(&err);
	assert_int_equal(n, 0);
	mem_free(numbers);
	mem_fail_after(0);
	assert_int_equal(store_json_doubles(list, &numbers, &n, &err), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	json_decref(list);
}

static void what_is_incomplete_is_dropped(void **state)
{
	json_t *value = json_array();

	(void)state;
	assert_ptr_equal(store_json_drop_unless(true, value), value);
	assert_null(store_json_drop_unless(false, value));
	assert_null(store_json_drop_unless(false, NULL));
}

static void what_contains_others_is_indented(void **state)
{
	(void)state;
	assert_prints(json_pack("{s:[i,b,n], s:{s:s}, s:{}, s:[]}", "a\"b", 1, 1, "o", "k", "v",
				"empty", "none"),
		      "{\n"
		      "    \"a\\\"b\": [\n"
		      "        1,\n"
		      "        true,\n"
		      "        null\n"
		      "    ],\n"
		      "    \"o\": {\n"
		      "        \"k\": \"v\"\n"
		      "    },\n"
		      "    \"empty\": {},\n"
		      "    \"none\": []\n"
		      "}\n");
}

static void what_is_printed_reads_back_equal(void **state)
{
	json_t *value = json_pack("{s:f, s:[f,f,i], s:s}", "a", 1.0 / 3, "b", 1e22, 5e-324, -7, "c",
				  "\x01\x7f");
	struct text text = TEXT_INIT;
	struct carom_error err = CAROM_ERROR_INIT;
	json_t *again;

	(void)state;
	store_json_print(&text, value);
	store_json_parse(text.data, text.length, &again, &err);
	assert_ok(&err);
	assert_true(json_equal(value, again));
	json_decref(value);
	json_decref(again);
	text_release(&text);
}

static void what_is_no_object_is_refused(void **state)
{
	static const struct {
		const char *json;
		const char *message;
	} bad[] = {
		{"", "'[' or '{' expected near end of file"},
		{"{\"a\": 1", "'}' expected near end of file"},
		{"[1]", "not a JSON object"},
		{"{\"a\": \"\xff\"}", "unable to decode byte 0xff"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		json_t *value;

		assert_int_equal(store_json_parse(bad[i].json, strlen(bad[i].json), &value, &err),
				 CAROM_ERROR_FORMAT);
		assert_null(value);
		assert_non_null(strstr(err.text, bad[i].message));
	}
}

static void a_file_is_read_with_its_text(void **state)
{
	struct store_fixture *fixture = *state;
	int folder = folder_open(AT_FDCWD, fixture->folder);
	struct text text = TEXT_INIT;
	json_t *value;

	folder_create_file(folder, "good", "{\"a\":  1}", 9, &fixture->err);
	folder_create_file(folder, "bad", "{\"a\":", 5, &fixture->err);
	store_json_read(folder, "good", &text, &value, &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(json_integer_value(json_object_get(value, "a")), 1);
	assert_string_equal(text_string(&text), "{\"a\":  1}");
	json_decref(value);
	text_release(&text);
	assert_int_equal(store_json_read(folder, "bad", NULL, &value, &fixture->err),
			 CAROM_ERROR_FORMAT);
	assert_memory_equal(fixture->err.text, "bad: ", 5);
	assert_int_equal(store_json_read(folder, "none", NULL, &value, NULL), CAROM_ERROR_SYSTEM);
	close(folder);
}

static void a_file_is_made_once_and_replaced(void **state)
{
	struct store_fixture *fixture = *state;
	int folder = folder_open(AT_FDCWD, fixture->folder);
	struct text text = TEXT_INIT;

	store_json_create(folder, "f", json_pack("{s:i}", "a", 1), &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(store_json_create(folder, "f", json_object(), NULL), CAROM_ERROR_SYSTEM);
	assert_int_equal(store_json_replace(folder, "f", NULL, NULL), CAROM_ERROR_MEMORY);
	folder_read_file(folder, "f", &text, &fixture->err);
	assert_string_equal(text_string(&text), "{\n    \"a\": 1\n}\n");
	text_clear(&text);
	store_json_replace(folder, "f", json_pack("{s:i}", "b", 2), &fixture->err);
	folder_read_file(folder, "f", &text, &fixture->err);
	assert_ok(&fixture->err);
	assert_string_equal(text_string(&text), "{\n    \"b\": 2\n}\n");
	text_release(&text);
	close(folder);
}

static void memory_that_runs_out_is_told_from_bad_json(void **state)
{
	static const char json[] = "{\"a\": [1, 2.5, {}]}";
	struct store_fixture *fixture = *state;
	int status = CAROM_ERROR_MEMORY;
	int n_memory = 0, n_format = 0;
	int64_t n = 0;

	support_fail_jansson_too(true);
	for (; status; n++) {
		json_t *value;

		mem_fail_after(n);
		status = store_json_parse(json, strlen(json), &value, NULL);
		mem_fail_after(-1);
		/* A key that cannot be kept is a bad token to jansson. */
		n_memory += status == CAROM_ERROR_MEMORY;
		n_format += status == CAROM_ERROR_FORMAT;
		json_decref(value);
	}
	assert_int_equal(n_memory + n_format, n - 1);
	assert_true(n_memory > 5);
	assert_true(n_format <= 1);
	mem_fail_after(0);
	assert_null(store_json_string("abc"));
	assert_ok(&fixture->err);
}

static void memory_that_runs_out_while_printing_is_seen_in_the_text(void **state)
{
	json_t *value = json_pack("{s:i, s:f}", "a", 1, "b", 2.0);
	bool failed = true;
	int64_t n = 0;

	(void)state;
	support_fail_jansson_too(true);
	for (; failed; n++) {
		struct text text = TEXT_INIT;

		mem_fail_after(n);
		store_json_print(&text, value);
		mem_fail_after(-1);
		failed = text.failed;
		text_release(&text);
	}
	assert_true(n > 2);
	support_fail_jansson_too(false);
	json_decref(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_of_utf8_has_a_length),
		cmocka_unit_test(a_string_is_kept_and_other_bytes_are_latin1),
		cmocka_unit_test(a_number_has_the_digits_it_needs),
		cmocka_unit_test(a_whole_number_of_the_type_real_stays_one),
		cmocka_unit_test(a_number_that_is_not_finite_is_null),
		cmocka_unit_test(a_number_that_is_none_is_not_finite),
		cmocka_unit_test(the_numbers_of_a_list_are_taken_over),
		cmocka_unit_test(what_is_incomplete_is_dropped),
		cmocka_unit_test(what_contains_others_is_indented),
		cmocka_unit_test(what_is_printed_reads_back_equal),
		cmocka_unit_test(what_is_no_object_is_refused),
		STORE_CASE(a_file_is_read_with_its_text),
		STORE_CASE(a_file_is_made_once_and_replaced),
		STORE_CASE(memory_that_runs_out_is_told_from_bad_json),
		STORE_CASE(memory_that_runs_out_while_printing_is_seen_in_the_text),
	};

	return run_all_tests(tests);
}
