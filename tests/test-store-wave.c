/* SPDX-License-Identifier: BSD-3-Clause */
/* A kept waveform in the store: its chunks, its samples, its columns, and what is none of ours. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store-wave.h"
#include "support-store.h"

/* The fixture's folder stands for the store. */
static int open_folder(const struct store_fixture *fixture)
{
	int store = folder_open(AT_FDCWD, fixture->folder);

	assert_true(store >= 0);
	return store;
}

static int create(struct store_fixture *fixture, uint64_t n_samples, size_t n_points)
{
	int store = open_folder(fixture);

	store_wave_create(store, "v(out)", n_samples, n_points, json_pack("{s:s}", "units", "V"),
			  &fixture->err);
	assert_ok(&fixture->err);
	return store;
}

static struct store_wave open_wave(struct store_fixture *fixture, int store, uint64_t n,
				   bool writable)
{
	struct store_wave wave;

	store_wave_open(&wave, store, "v(out)", n, writable, &fixture->err);
	assert_ok(&fixture->err);
	return wave;
}

/* Value of a point of a sample, different for each. */
static double value(uint64_t sample, size_t point)
{
	return (double)sample + 1e-3 * (double)point;
}

static void write_samples(struct store_fixture *fixture, struct store_wave *wave)
{
	double *values = mem_alloc(wave->n_points * sizeof(double));

	for (uint64_t k = 0; k < wave->n_samples; k++) {
		for (size_t i = 0; i < wave->n_points; i++)
			values[i] = value(k, i);
		store_wave_write(wave, k, values, &fixture->err);
		assert_ok(&fixture->err);
	}
	mem_free(values);
}

static void an_array_is_described_as_zarr_asks(void **state)
{
	int store = create(*state, 5, 3);
	struct text text = TEXT_INIT;

	assert_int_equal(folder_read_file(store, "v(out)/.zarray", &text, NULL), 0);
	assert_string_equal(
		text_string(&text),
		"{\n    \"chunks\": [\n        5,\n        3\n    ],\n"
		"    \"compressor\": null,\n    \"dtype\": \"<f8\",\n"
		"    \"fill_value\": \"NaN\",\n    \"filters\": null,\n"
		"    \"order\": \"C\",\n    \"shape\": [\n        5,\n        3\n    ],\n"
		"    \"zarr_format\": 2\n}\n");
	text_release(&text);
	close(store);
}

static void it_starts_as_nan_and_keeps_what_is_written(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 5, 3);
	struct store_wave writer = open_wave(fixture, store, 5, true);
	struct store_wave reader = open_wave(fixture, store, 5, false);
	double values[3] = {0};

	assert_int_equal(store_wave_read(&reader, 4, values, &fixture->err), 0);
	assert_true(isnan(values[0]) && isnan(values[1]) && isnan(values[2]));
	store_wave_write(&writer, 4, (double[]){1, -2, 3}, &fixture->err);
	store_wave_read(&reader, 4, values, &fixture->err);
	assert_ok(&fixture->err);
	assert_true(values[0] == 1 && values[1] == -2 && values[2] == 3);
	store_wave_write(&writer, 4, NULL, &fixture->err);
	store_wave_read(&reader, 4, values, &fixture->err);
	assert_true(isnan(values[0]) && isnan(values[2]));
	store_wave_release(&writer);
	store_wave_release(&reader);
	close(store);
}

/* 1200 samples of 1000 points are 9.6 MB: three chunks of 400. */
static void a_large_array_is_cut_into_chunks_of_whole_samples(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 1200, 1000);
	struct store_wave wave = open_wave(fixture, store, 1200, true);
	double values[1000];
	struct stat stat;

	assert_int_equal(wave.n_rows, 400);
	assert_int_equal(fstatat(store, "v(out)/2.0", &stat, 0), 0);
	assert_int_equal(stat.st_size, 400 * 8000);
	assert_true(stat.st_blocks * 512 >= stat.st_size);
	assert_int_equal(fstatat(store, "v(out)/3.0", &stat, 0), -1);
	write_samples(fixture, &wave);
	for (uint64_t k = 0; k < 1200; k += 133) {
		store_wave_read(&wave, k, values, &fixture->err);
		assert_ok(&fixture->err);
		assert_same_bits(values[0], value(k, 0));
		assert_same_bits(values[999], value(k, 999));
	}
	store_wave_release(&wave);
	close(store);
}

static void the_last_chunk_is_as_long_as_the_others(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 7, 300000); /* 2.4 MB each */
	struct store_wave wave = open_wave(fixture, store, 7, false);
	struct stat stat;

	assert_int_equal(wave.n_rows, 1);
	store_wave_release(&wave);
	close(store);
	assert_int_equal(folder_remove(AT_FDCWD, fixture->folder, NULL), 0);
	assert_int_equal(mkdir(fixture->folder, 0777), 0);
	store = create(fixture, 7, 100000); /* 0.8 MB each: 5 fit, so 4 and 3 */
	wave = open_wave(fixture, store, 7, false);
	assert_int_equal(wave.n_rows, 4);
	assert_int_equal(fstatat(store, "v(out)/1.0", &stat, 0), 0);
	assert_int_equal(stat.st_size, 4 * 800000);
	store_wave_release(&wave);
	close(store);
}

static void columns_go_through_all_chunks(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 1200, 1000);
	struct store_wave wave = open_wave(fixture, store, 1200, true);
	const struct store_wave_block block = {399, 402, 997, 3};
	double columns[3][402];

	write_samples(fixture, &wave);
	store_wave_read_columns(&wave, &block, &columns[0][0], &fixture->err);
	assert_ok(&fixture->err);
	for (size_t i = 0; i < 3; i++)
		for (uint64_t k = 0; k < 402; k++)
			assert_same_bits(columns[i][k], value(399 + k, 997 + i));
	store_wave_release(&wave);
	close(store);
}

static void what_a_single_chunk_holds_outlives_the_folder(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 2, 2);
	struct store_wave wave = open_wave(fixture, store, 2, true);
	double values[2];

	store_wave_write(&wave, 1, (double[]){5, 6}, NULL);
	assert_int_equal(folder_remove(store, "v(out)", NULL), 0);
	assert_int_equal(store_wave_read(&wave, 1, values, NULL), 0);
	assert_same_bits(values[1], 6);
	store_wave_release(&wave);
	close(store);
}

static void a_description_that_is_not_ours_is_refused(void **state)
{
#define DESCRIPTION(format, dtype, order, shape, chunks)                                 \
	"{\"zarr_format\":" format ",\"dtype\":\"" dtype "\",\"shape\":" shape           \
	",\"chunks\":" chunks ",\"compressor\":null,\"filters\":null,\"order\":\"" order \
	"\",\"fill_value\":null}"
	static const char *const bad[] = {
		"{",
		"{}",
		DESCRIPTION("3", "<f8", "C", "[5,3]", "[5,3]"),
		DESCRIPTION("2", "<f4", "C", "[5,3]", "[5,3]"),
		DESCRIPTION("2", "<f8", "F", "[5,3]", "[5,3]"),
		DESCRIPTION("2", "<f8", "C", "[5,3]", "[5,2]"),
		DESCRIPTION("2", "<f8", "C", "[5,3]", "[6,3]"),
		DESCRIPTION("2", "<f8", "C", "[5,3]", "[0,3]"),
		DESCRIPTION("2", "<f8", "C", "[5,0]", "[5,0]"),
		DESCRIPTION("2", "<f8", "C", "[5,-3]", "[5,-3]"),
		DESCRIPTION("2", "<f8", "C", "[6,3]", "[6,3]"),
		DESCRIPTION("2", "<f8", "C", "[5]", "[5]"),
		DESCRIPTION("2", "<f8", "C", "[5,4611686018427387904]", "[5,4611686018427387904]"),
	};
	struct store_fixture *fixture = *state;
	int store = create(fixture, 5, 3);
	struct store_wave wave;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		carom_error_clear(&fixture->err);
		assert_int_equal(
			folder_replace_file(store, "v(out)/.zarray", bad[i], strlen(bad[i]), NULL),
			0);
		assert_int_equal(store_wave_open(&wave, store, "v(out)", 5, false, &fixture->err),
				 CAROM_ERROR_FORMAT);
		assert_memory_equal(fixture->err.text, "v(out): .zarray: ", 17);
	}
	close(store);
}

static void a_chunk_that_is_missing_or_cut_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 1200, 1000);
	struct store_wave wave = open_wave(fixture, store, 1200, true);
	const struct store_wave_block block = {0, 1200, 0, 1};
	double values[1200];

	assert_int_equal(unlinkat(store, "v(out)/1.0", 0), 0);
	assert_int_equal(store_wave_read(&wave, 400, values, &fixture->err), CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text, "1.0: No such file or directory");
	assert_int_equal(store_wave_write(&wave, 400, values, NULL), CAROM_ERROR_SYSTEM);
	assert_int_equal(store_wave_write(&wave, 399, NULL, NULL), 0);
	assert_int_equal(store_wave_read_columns(&wave, &block, values, NULL), CAROM_ERROR_SYSTEM);
	folder_create_file(open_folder(fixture), "v(out)/1.0", "short", 5, NULL);
	carom_error_clear(&fixture->err);
	assert_int_equal(store_wave_read(&wave, 400, values, &fixture->err), CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text,
			    "1.0: has 5 bytes, which are not 400000 values of 8");
	store_wave_release(&wave);
	carom_error_clear(&fixture->err);
	assert_int_equal(folder_replace_file(store, "v(out)/0.0", "8 bytes.", 8, NULL), 0);
	assert_int_equal(store_wave_open(&wave, store, "v(out)", 1200, false, &fixture->err),
			 CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text,
			    "v(out): 0.0: has 8 bytes, which are not 400000 values of 8");
	assert_int_equal(store_wave_open(&wave, store, "nope", 1200, false, NULL),
			 CAROM_ERROR_SYSTEM);
	close(store);
}

static void an_array_that_is_there_is_not_made_again(void **state)
{
	struct store_fixture *fixture = *state;
	int store = create(fixture, 5, 3);

	assert_int_equal(store_wave_create(store, "v(out)", 5, 3, json_object(), &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text, "v(out): File exists");
	close(store);
}

static void a_full_disk_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct store_wave wave = {.n_samples = 1, .n_rows = 1, .n_points = 2, .chunk = full};

	assert_true(full >= 0);
	assert_int_equal(store_wave_write(&wave, 0, (double[]){1, 2}, &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text,
			    "a waveform cannot be written: No space left on device");
	close(full);
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	int store = open_folder(fixture), status = 1;
	struct store_wave wave;

	support_fail_jansson_too(true);
	for (int64_t n = 0; status; n++) {
		mem_fail_after(n);
		status = store_wave_create(store, "v(out)", 5, 3, json_object(), NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		assert_int_equal(status ? folder_remove(store, "v(out)", NULL) : 0, 0);
	}
	support_fail_jansson_too(false);
	status = 1;
	for (int64_t n = 0; status; n++) {
		mem_fail_after(n);
		status = store_wave_open(&wave, store, "v(out)", 5, true, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	}
	mem_fail_after(0);
	assert_int_equal(store_wave_write(&wave, 0, NULL, NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	store_wave_release(&wave);
	close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(an_array_is_described_as_zarr_asks),
		STORE_CASE(it_starts_as_nan_and_keeps_what_is_written),
		STORE_CASE(a_large_array_is_cut_into_chunks_of_whole_samples),
		STORE_CASE(the_last_chunk_is_as_long_as_the_others),
		STORE_CASE(columns_go_through_all_chunks),
		STORE_CASE(what_a_single_chunk_holds_outlives_the_folder),
		STORE_CASE(a_description_that_is_not_ours_is_refused),
		STORE_CASE(a_chunk_that_is_missing_or_cut_is_an_error),
		STORE_CASE(an_array_that_is_there_is_not_made_again),
		STORE_CASE(a_full_disk_is_an_error),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
