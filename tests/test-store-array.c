/* SPDX-License-Identifier: BSD-3-Clause */
/* One array of the store: its files, what it starts with, and what is no array of ours. */
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store-array.h"
#include "study/store-json.h"
#include "study/store.h"
#include "support-store.h"

/* The fixture's folder stands for the store. */
static int open_store(const struct store_fixture *fixture)
{
	int store = folder_open(AT_FDCWD, fixture->folder);

	assert_true(store >= 0);
	return store;
}

static int create(struct store_fixture *fixture, const char *name, enum store_kind kind, uint64_t n)
{
	int store = open_store(fixture);

	store_array_create(store, name, kind, n, json_pack("{s:s}", "units", "V"), &fixture->err);
	assert_ok(&fixture->err);
	return store;
}

static void replace(int store, const char *name, const char *content)
{
	assert_int_equal(folder_replace_file(store, name, content, strlen(content), NULL), 0);
}

static void assert_content(int store, const char *name, const char *expected)
{
	struct text text = TEXT_INIT;

	assert_int_equal(folder_read_file(store, name, &text, NULL), 0);
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
}

static void an_array_of_doubles_is_described_as_zarr_asks(void **state)
{
	int store = create(*state, "q1:bf", STORE_DOUBLE, 5);

	assert_content(store, "q1:bf/.zarray",
		       "{\n    \"chunks\": [\n        5\n    ],\n    \"compressor\": null,\n"
		       "    \"dtype\": \"<f8\",\n    \"fill_value\": \"NaN\",\n"
		       "    \"filters\": null,\n    \"order\": \"C\",\n"
		       "    \"shape\": [\n        5\n    ],\n    \"zarr_format\": 2\n}\n");
	assert_content(store, "q1:bf/.zattrs", "{\n    \"units\": \"V\"\n}\n");
	close(store);
}

static void doubles_start_as_nan(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_DOUBLE, 5000); /* more than a block is written */
	void *memory;
	const double *values;

	store_array_map(store, "a", STORE_DOUBLE, 5000, false, &memory, &fixture->err);
	assert_ok(&fixture->err);
	values = memory;
	for (size_t i = 0; i < 5000; i++)
		assert_true(isnan(values[i]));
	store_array_unmap(memory, STORE_DOUBLE, 5000);
	close(store);
}

static void integers_start_as_minus_one_and_small_ones_as_0(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "worker", STORE_INT32, 3);
	int32_t numbers[4] = {0};
	int8_t small[4] = {42, 42, 42, 42};
	int fd;

	close(create(fixture, "status", STORE_INT8, 3));
	store_array_open(store, "worker", STORE_INT32, 3, false, &fd, &fixture->err);
	assert_int_equal(read(fd, numbers, sizeof(numbers)), 12);
	assert_true(numbers[0] == -1 && numbers[1] == -1 && numbers[2] == -1);
	close(fd);
	store_array_open(store, "status", STORE_INT8, 3, false, &fd, &fixture->err);
	assert_int_equal(read(fd, small, sizeof(small)), 3);
	assert_true(small[0] == 0 && small[1] == 0 && small[2] == 0);
	close(fd);
	assert_ok(&fixture->err);
	close(store);
}

static blkcnt_t blocks_of(int store, const char *name, off_t size)
{
	struct stat stat;

	assert_int_equal(fstatat(store, name, &stat, 0), 0);
	assert_int_equal(stat.st_size, size);
	return stat.st_blocks;
}

static void space_is_taken_for_numbers_and_not_for_text(void **state)
{
	int store = create(*state, "a", STORE_DOUBLE, 100000);

	close(create(*state, "message", STORE_TEXT, 100000));
	assert_true(blocks_of(store, "a/0", 800000) >= 800000 / 512);
	assert_int_equal(blocks_of(store, "message/0", 16000000), 0);
	close(store);
}

static void the_length_is_read_from_the_description(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_TEXT, 7);
	uint64_t n = 0;

	assert_int_equal(store_array_length(store, "a", STORE_TEXT, &n, &fixture->err), 0);
	assert_int_equal(n, 7);
	close(store);
}

static void a_description_that_is_not_ours_is_refused(void **state)
{
#define DESCRIPTION(format, dtype, shape, chunks, compressor)                    \
	"{\"zarr_format\":" format ",\"dtype\":\"" dtype "\",\"shape\":" shape   \
	",\"chunks\":" chunks ",\"compressor\":" compressor ",\"filters\":null," \
	"\"order\":\"C\",\"fill_value\":null}"
	static const char *const bad[] = {
		"{",
		"{}",
		DESCRIPTION("3", "<f8", "[5]", "[5]", "null"),
		DESCRIPTION("2", "<f4", "[5]", "[5]", "null"),
		DESCRIPTION("2", "<f8", "[5]", "[2]", "null"),
		DESCRIPTION("2", "<f8", "[0]", "[0]", "null"),
		DESCRIPTION("2", "<f8", "[-5]", "[-5]", "null"),
		DESCRIPTION("2", "<f8", "[5,5]", "[5]", "null"),
		DESCRIPTION("2", "<f8", "5", "[5]", "null"),
		DESCRIPTION("2", "<f8", "[5]", "[5]", "{\"id\":\"blosc\"}"),
	};
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_DOUBLE, 5);
	uint64_t n = 42;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		carom_error_clear(&fixture->err);
		replace(store, "a/.zarray", bad[i]);
		assert_int_equal(store_array_length(store, "a", STORE_DOUBLE, &n, &fixture->err),
				 CAROM_ERROR_FORMAT);
		assert_memory_equal(fixture->err.text, "a/.zarray: ", 11);
	}
	assert_int_equal(n, 42);
	replace(store, "a/.zarray", DESCRIPTION("2", "<f8", "[5]", "[5]", "null"));
	assert_int_equal(store_array_length(store, "a", STORE_DOUBLE, &n, NULL), 0);
	assert_int_equal(n, 5);
	close(store);
}

static void a_chunk_of_another_size_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_DOUBLE, 5);
	void *memory = &store;

	replace(store, "a/0", "thirty-nine bytes are not five doubles!");
	assert_int_equal(
		store_array_map(store, "a", STORE_DOUBLE, 5, false, &memory, &fixture->err),
		CAROM_ERROR_FORMAT);
	assert_null(memory);
	assert_string_equal(fixture->err.text, "a/0: has 39 bytes, which are not 5 values of 8");
	assert_int_equal(
		store_array_map(store, "a", STORE_DOUBLE, UINT64_MAX / 4, false, &memory, NULL),
		CAROM_ERROR_FORMAT);
	replace(store, "a/0", "eight * (2^61 + 5) bytes are 40 mod 2^64");
	assert_int_equal(
		store_array_map(store, "a", STORE_DOUBLE, (1ull << 61) + 5, false, &memory, NULL),
		CAROM_ERROR_FORMAT);
	close(store);
}

static void a_chunk_that_is_no_file_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_DOUBLE, 5);
	void *memory;

	unlinkat(store, "a/0", 0);
	assert_int_equal(store_array_map(store, "a", STORE_DOUBLE, 5, true, &memory, NULL),
			 CAROM_ERROR_SYSTEM);
	mkfifoat(store, "a/0", 0666);
	assert_int_equal(store_array_map(store, "a", STORE_DOUBLE, 5, false, &memory, NULL),
			 CAROM_ERROR_FORMAT);
	close(store);
}

static void a_link_is_not_written_through(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_DOUBLE, 5);
	void *memory;

	close(create(fixture, "b", STORE_DOUBLE, 5));
	unlinkat(store, "a/0", 0);
	symlinkat("../b/0", store, "a/0");
	assert_int_equal(store_array_map(store, "a", STORE_DOUBLE, 5, true, &memory, NULL),
			 CAROM_ERROR_SYSTEM);
	assert_int_equal(store_array_map(store, "a", STORE_DOUBLE, 5, false, &memory, NULL), 0);
	store_array_unmap(memory, STORE_DOUBLE, 5);
	close(store);
}

static void what_is_written_to_a_mapping_is_in_the_file(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, "a", STORE_DOUBLE, 2);
	double values[2];
	void *memory;
	int fd;

	assert_int_equal(store_array_map(store, "a", STORE_DOUBLE, 2, true, &memory, &fixture->err),
			 0);
	((double *)memory)[1] = 0.5;
	store_array_unmap(memory, STORE_DOUBLE, 2);
	store_array_open(store, "a", STORE_DOUBLE, 2, false, &fd, &fixture->err);
	assert_int_equal(read(fd, values, sizeof(values)), sizeof(values));
	assert_true(isnan(values[0]));
	assert_same_bits(values[1], 0.5);
	close(fd);
	close(store);
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	int store = open_store(fixture);
	int status = CAROM_ERROR_MEMORY;
	uint64_t length;
	int64_t n = 0;

	support_fail_jansson_too(true);
	assert_int_equal(store_array_create(store, "b", STORE_DOUBLE, 5, NULL, NULL),
			 CAROM_ERROR_MEMORY);
	assert_int_equal(folder_remove(store, "b", NULL), 0);
	for (; status; n++) {
		mem_fail_after(n);
		status = store_array_create(store, "a", STORE_DOUBLE, 5, json_object(), NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		assert_int_equal(status ? folder_remove(store, "a", NULL) : 0, 0);
	}
	assert_true(n > 5);
	for (n = 0, status = 1; status; n++) {
		mem_fail_after(n);
		status = store_array_length(store, "a", STORE_DOUBLE, &length, NULL);
		mem_fail_after(-1);
		/* jansson takes a string that it cannot keep for a bad one. */
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY ||
			    status == CAROM_ERROR_FORMAT);
	}
	assert_true(n > 5);
	close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(an_array_of_doubles_is_described_as_zarr_asks),
		STORE_CASE(doubles_start_as_nan),
		STORE_CASE(integers_start_as_minus_one_and_small_ones_as_0),
		STORE_CASE(space_is_taken_for_numbers_and_not_for_text),
		STORE_CASE(the_length_is_read_from_the_description),
		STORE_CASE(a_description_that_is_not_ours_is_refused),
		STORE_CASE(a_chunk_of_another_size_is_refused),
		STORE_CASE(a_chunk_that_is_no_file_is_refused),
		STORE_CASE(a_link_is_not_written_through),
		STORE_CASE(what_is_written_to_a_mapping_is_in_the_file),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
