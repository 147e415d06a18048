/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A kept waveform in the store: an array of samples by points, in chunks of whole samples.
 * Source: Zarr storage specification version 2, "Arrays", "Chunks".
 */
#include "study/store-wave.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "study/folder.h"
#include "study/store-array.h"
#include "study/store-json.h"

/* "17.0" */
#define CHUNK_NAME 32
static void name_chunk(char name[CHUNK_NAME], uint64_t index)
{
	snprintf(name, CHUNK_NAME, "%" PRIu64 ".0", index);
}

static uint64_t divide_up(uint64_t n, uint64_t by)
{
	return n / by + (n % by != 0);
}

/* ---- making one ---- */

/* As few chunks as may be, of about the same size. */
static uint64_t rows_of_chunk(uint64_t n_samples, size_t n_points)
{
	uint64_t most = STORE_WAVE_CHUNK / (n_points * sizeof(double));

	return divide_up(n_samples, divide_up(n_samples, most > 0 ? most : 1));
}

static json_t *describe(uint64_t n_samples, uint64_t n_rows, size_t n_points)
{
	return json_pack("{s:[I,I], s:n, s:s, s:s, s:n, s:s, s:[I,I], s:i}", "chunks",
			 (json_int_t)n_rows, (json_int_t)n_points, "compressor", "dtype",
			 store_kind_dtype(STORE_DOUBLE), "fill_value", "NaN", "filters", "order",
			 "C", "shape", (json_int_t)n_samples, (json_int_t)n_points, "zarr_format",
			 2);
}

static int fill_folder(int folder, uint64_t n_samples, size_t n_points, struct carom_error *err)
{
	uint64_t n_rows = rows_of_chunk(n_samples, n_points);
	uint64_t n_chunks = divide_up(n_samples, n_rows);
	char name[CHUNK_NAME];
	int status = 0;

	for (uint64_t i = 0; i < n_chunks && status == 0; i++) {
		name_chunk(name, i);
		status = store_array_create_chunk(folder, name, STORE_DOUBLE, n_rows * n_points,
						  err);
	}
	if (!status)
		status = store_json_create(folder, ".zarray", describe(n_samples, n_rows, n_points),
					   err);
	return status;
}

int store_wave_create(int store, const char *name, uint64_t n_samples, size_t n_points,
		      json_t *attributes, struct carom_error *err)
{
	int folder, status = store_array_begin(store, name, attributes, &folder, err);

	if (status)
		return status;
	status = fill_folder(folder, n_samples, n_points, err);
	close(folder);
	return status ? carom_fail_context(err, status, "%s", name) : 0;
}

/* ---- opening ---- */

static size_t row_size(const struct store_wave *wave)
{
	return wave->n_points * sizeof(double);
}

static int check_description(struct store_wave *wave, json_t *description, uint64_t n_samples,
			     struct carom_error *err)
{
	json_int_t rows = 0, points = 0, samples = 0, chunk_points = 0;
	const char *dtype, *order;
	json_error_t cause;
	uint64_t n_values;
	int format;

	if (json_unpack_ex(description, &cause, 0, "{s:i, s:s, s:s, s:[II!], s:[II!], s:n, s:n}",
			   "zarr_format", &format, "dtype", &dtype, "order", &order, "shape",
			   &samples, &points, "chunks", &rows, &chunk_points, "compressor",
			   "filters"))
		return store_json_fail(&cause, err);
	if (format != 2 || strcmp(dtype, store_kind_dtype(STORE_DOUBLE)) != 0 ||
	    strcmp(order, "C") != 0 || points < 1 || points != chunk_points || rows < 1 ||
	    rows > samples ||
	    __builtin_mul_overflow((uint64_t)samples, (uint64_t)points, &n_values) ||
	    n_values > INT64_MAX / sizeof(double))
		return carom_fail(
			err, CAROM_ERROR_FORMAT,
			"not a waveform that carom keeps\nit should be \"%s\", samples by "
			"points, in chunks of whole samples",
			store_kind_dtype(STORE_DOUBLE));
	if ((uint64_t)samples != n_samples)
		return carom_fail(err, CAROM_ERROR_FORMAT, "not as long as the array of statuses");
	wave->n_samples = n_samples;
	wave->n_rows = (uint64_t)rows;
	wave->n_points = (size_t)points;
	return 0;
}

static int read_description(struct store_wave *wave, uint64_t n_samples, struct carom_error *err)
{
	json_t *description;
	int status = store_json_read(wave->folder, ".zarray", NULL, &description, err);

	if (status)
		return status;
	status = check_description(wave, description, n_samples, err);
	json_decref(description);
	return status ? carom_fail_context(err, status, ".zarray") : 0;
}

static int open_chunk(const struct store_wave *wave, uint64_t index, int *fd,
		      struct carom_error *err)
{
	char name[CHUNK_NAME];

	name_chunk(name, index);
	return store_array_open_chunk(wave->folder, name, STORE_DOUBLE,
				      wave->n_rows * wave->n_points, wave->is_writable, fd, err);
}

int store_wave_open(struct store_wave *wave, int store, const char *name, uint64_t n_samples,
		    bool writable, struct carom_error *err)
{
	int status;

	*wave = (struct store_wave){.is_writable = writable, .chunk = -1};
	wave->folder = folder_open(store, name);
	if (wave->folder < 0)
		return carom_fail_errno(err, "%s", name);
	status = read_description(wave, n_samples, err);
	if (!status)
		status = open_chunk(wave, 0, &wave->chunk, err);
	if (!status)
		return 0;
	close(wave->folder);
	return carom_fail_context(err, status, "%s", name);
}

void store_wave_release(struct store_wave *wave)
{
	close(wave->chunk);
	close(wave->folder);
}

/* ---- single samples ---- */

/* The chunk that has the sample becomes the one that is open. */
static int turn_to(struct store_wave *wave, uint64_t sample, struct carom_error *err)
{
	uint64_t index = sample / wave->n_rows;
	int fd, status;

	if (index == wave->chunk_index)
		return 0;
	status = open_chunk(wave, index, &fd, err);
	if (status)
		return status;
	close(wave->chunk);
	wave->chunk = fd;
	wave->chunk_index = index;
	return 0;
}

static off_t place_of(const struct store_wave *wave, uint64_t sample)
{
	return (off_t)(sample % wave->n_rows * row_size(wave));
}

static int write_row(const struct store_wave *wave, uint64_t sample, const double *values,
		     struct carom_error *err)
{
	ssize_t written = pwrite(wave->chunk, values, row_size(wave), place_of(wave, sample));

	if (written == (ssize_t)row_size(wave))
		return 0;
	return written < 0
		       ? carom_fail_errno(err, "a waveform cannot be written")
		       : carom_fail(err, CAROM_ERROR_SYSTEM, "a waveform cannot be written whole");
}

static int write_nothing(const struct store_wave *wave, uint64_t sample, struct carom_error *err)
{
	double *values = mem_alloc(row_size(wave));
	int status;

	if (!values)
		return carom_fail_memory(err);
	for (size_t i = 0; i < wave->n_points; i++)
		values[i] = NAN;
	status = write_row(wave, sample, values, err);
	mem_free(values);
	return status;
}

int store_wave_write(struct store_wave *wave, uint64_t sample, const double *values,
		     struct carom_error *err)
{
	int status = turn_to(wave, sample, err);

	if (status)
		return status;
	return values ? write_row(wave, sample, values, err) : write_nothing(wave, sample, err);
}

/* The chunk that is open, or another for as long as it is needed. */
static int borrow_chunk(const struct store_wave *wave, uint64_t index, int *fd,
			struct carom_error *err)
{
	*fd = wave->chunk;
	return index == wave->chunk_index ? 0 : open_chunk(wave, index, fd, err);
}

static void return_chunk(const struct store_wave *wave, int fd)
{
	if (fd != wave->chunk)
		close(fd);
}

int store_wave_read(const struct store_wave *wave, uint64_t sample, double *values,
		    struct carom_error *err)
{
	int fd, status = borrow_chunk(wave, sample / wave->n_rows, &fd, err);
	ssize_t length;

	if (status)
		return status;
	length = pread(fd, values, row_size(wave), place_of(wave, sample));
	if (length != (ssize_t)row_size(wave))
		status = length < 0 ? carom_fail_errno(err, "a waveform cannot be read")
				    : carom_fail(err, CAROM_ERROR_FORMAT, "a waveform is cut off");
	return_chunk(wave, fd);
	return status;
}

/* ---- columns ---- */

/* What the chunk has of the block. */
static void gather(const struct store_wave *wave, const struct store_wave_block *block,
		   uint64_t index, const double *chunk, double *columns)
{
	uint64_t end = block->first_sample + block->n_samples, begins_at = index * wave->n_rows;
	uint64_t row = block->first_sample > begins_at ? block->first_sample - begins_at : 0;

	for (; row < wave->n_rows && begins_at + row < end; row++) {
		const double *values = chunk + row * wave->n_points + block->first_point;
		uint64_t at = begins_at + row - block->first_sample;

		for (size_t i = 0; i < block->n_points; i++)
			columns[i * block->n_samples + at] = values[i];
	}
}

/* Mapped for a moment, so that it takes no memory but the columns'. */
static int gather_chunk(const struct store_wave *wave, const struct store_wave_block *block,
			uint64_t index, double *columns, struct carom_error *err)
{
	size_t size = wave->n_rows * row_size(wave);
	int fd, status = borrow_chunk(wave, index, &fd, err);
	void *memory;

	if (status)
		return status;
	memory = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED) {
		status = carom_fail_errno(err, "a waveform cannot be mapped");
	} else {
		gather(wave, block, index, memory, columns);
		munmap(memory, size);
	}
	return_chunk(wave, fd);
	return status;
}

int store_wave_read_columns(const struct store_wave *wave, const struct store_wave_block *block,
			    double *columns, struct carom_error *err)
{
	uint64_t begin = block->first_sample / wave->n_rows;
	uint64_t end = divide_up(block->first_sample + block->n_samples, wave->n_rows);
	int status = 0;

	for (uint64_t i = begin; i < end && status == 0; i++)
		status = gather_chunk(wave, block, i, columns, err);
	return status;
}
