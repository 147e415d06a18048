/* SPDX-License-Identifier: BSD-3-Clause */
/* A worker's mapping of the store: rows are written here. */
#include <assert.h>
#include <fcntl.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "study/folder.h"
#include "study/store-array.h"
#include "study/store-name.h"
#include "study/store-wave.h"
#include "study/store.h"

/* A kept waveform: a row for each sample, and the nominal one. */
struct wave_rows {
	struct store_wave rows;
	double *nominal;
};

struct store_rows {
	uint64_t n_samples;
	size_t n_parameters, n_measurements;
	double **parameters;   /* one column each */
	double **measurements; /* likewise */
	double *log_weight;    /* NULL: samples have none */
	double *seconds;
	int32_t *worker;
	_Atomic int8_t *status; /* release after the rest of the row, acquire before reading it */
	int message;            /* descriptor: a hole that is written to need not have room */
	struct wave_rows *waves;
	size_t n_waves; /* open */
};

static int map_column(const struct store_rows *rows, int store, const char *name, double **column,
		      struct carom_error *err)
{
	void *memory;
	int status =
		store_array_map(store, name, STORE_DOUBLE, rows->n_samples, true, &memory, err);

	*column = memory;
	return status;
}

static int map_columns(struct store_rows *rows, int store, const struct job *job,
		       struct carom_error *err)
{
	int status = 0;

	rows->parameters = mem_zalloc(rows->n_parameters, sizeof(*rows->parameters));
	rows->measurements = mem_zalloc(rows->n_measurements, sizeof(*rows->measurements));
	if (!rows->parameters || !rows->measurements)
		return carom_fail_memory(err);
	for (size_t i = 0; i < rows->n_parameters && status == 0; i++)
		status = map_column(rows, store, job->variables[i].name, &rows->parameters[i], err);
	for (size_t i = 0; i < rows->n_measurements && status == 0; i++)
		status =
			map_column(rows, store, job->measures[i].name, &rows->measurements[i], err);
	return status;
}

static int map_common(struct store_rows *rows, int store, bool has_weights, struct carom_error *err)
{
	uint64_t n = rows->n_samples;
	void *memory;
	int status = map_column(rows, store, STORE_SECONDS, &rows->seconds, err);

	if (!status) {
		status = store_array_map(store, STORE_WORKER, STORE_INT32, n, true, &memory, err);
		rows->worker = memory;
	}
	if (!status) {
		status = store_array_map(store, STORE_STATUS, STORE_INT8, n, true, &memory, err);
		rows->status = memory;
	}
	if (!status && has_weights)
		status = map_column(rows, store, STORE_LOG_WEIGHT, &rows->log_weight, err);
	if (!status)
		status = store_array_open(store, STORE_MESSAGE, STORE_TEXT, n, true, &rows->message,
					  err);
	return status;
}

static int map_nominal(struct wave_rows *wave, int store, const char *name, struct carom_error *err)
{
	char *array = store_nominal_name(name);
	void *memory = NULL;
	int status = array ? store_array_map(store, array, STORE_DOUBLE, wave->rows.n_points, true,
					     &memory, err)
			   : carom_fail_memory(err);

	wave->nominal = memory;
	mem_free(array);
	return status;
}

static int open_wave(struct wave_rows *wave, const struct job *job, size_t index, int store,
		     struct carom_error *err)
{
	const struct job_wave *of = &job->waves[index];
	int status = store_wave_open(&wave->rows, store, of->name, job->n_samples, true, err);

	if (status)
		return status;
	if (wave->rows.n_points == job->grids[of->grid].n)
		status = map_nominal(wave, store, of->name, err);
	else
		status = carom_fail(err, CAROM_ERROR_FORMAT, "%s: has %zu points, not %zu",
				    of->name, wave->rows.n_points, job->grids[of->grid].n);
	if (status)
		store_wave_release(&wave->rows);
	return status;
}

static int open_waves(struct store_rows *rows, const struct job *job, int store,
		      struct carom_error *err)
{
	int status = 0;

	rows->waves = mem_zalloc(job->n_waves, sizeof(*rows->waves));
	if (!rows->waves)
		return carom_fail_memory(err);
	while (rows->n_waves < job->n_waves && status == 0) {
		status = open_wave(&rows->waves[rows->n_waves], job, rows->n_waves, store, err);
		rows->n_waves += status == 0;
	}
	return status;
}

int store_rows_open(struct store_rows **rows, int folder, const struct job *job,
		    struct carom_error *err)
{
	struct store_rows *opened = mem_zalloc(1, sizeof(*opened));
	int status;

	*rows = NULL;
	if (!opened)
		return carom_fail_memory(err);
	opened->n_samples = job->n_samples;
	opened->n_parameters = job->n_variables;
	opened->n_measurements = job->n_measures;
	opened->message = -1;
	status = map_columns(opened, folder, job, err);
	if (!status)
		status = map_common(opened, folder, job->importance != NULL, err);
	if (!status)
		status = open_waves(opened, job, folder, err);
	if (status) {
		store_rows_close(opened);
		return carom_fail_context(err, status, "%s", job->store);
	}
	*rows = opened;
	return 0;
}

static void unmap_columns(double **columns, size_t n_columns, uint64_t n_samples)
{
	for (size_t i = 0; columns && i < n_columns; i++)
		store_array_unmap(columns[i], STORE_DOUBLE, n_samples);
	mem_free(columns);
}

void store_rows_close(struct store_rows *rows)
{
	if (!rows)
		return;
	unmap_columns(rows->parameters, rows->n_parameters, rows->n_samples);
	unmap_columns(rows->measurements, rows->n_measurements, rows->n_samples);
	store_array_unmap(rows->log_weight, STORE_DOUBLE, rows->n_samples);
	store_array_unmap(rows->seconds, STORE_DOUBLE, rows->n_samples);
	store_array_unmap(rows->worker, STORE_INT32, rows->n_samples);
	store_array_unmap((const void *)rows->status, STORE_INT8, rows->n_samples);
	if (rows->message >= 0)
		close(rows->message);
	for (size_t i = 0; i < rows->n_waves; i++) {
		store_array_unmap(rows->waves[i].nominal, STORE_DOUBLE,
				  rows->waves[i].rows.n_points);
		store_wave_release(&rows->waves[i].rows);
	}
	mem_free(rows->waves);
	mem_free(rows);
}

enum carom_sample_status store_rows_status(const struct store_rows *rows, uint64_t sample)
{
	assert(sample < rows->n_samples);
	return (enum carom_sample_status)atomic_load_explicit(&rows->status[sample],
							      memory_order_acquire);
}

static void put_values(double **columns, size_t n, uint64_t sample, const double *values)
{
	for (size_t i = 0; i < n; i++)
		columns[i][sample] = values ? values[i] : NAN;
}

void store_rows_put(struct store_rows *rows, uint64_t sample, const double *parameters,
		    const double *measurements, double seconds, int worker,
		    enum carom_sample_status status)
{
	assert(sample < rows->n_samples);
	put_values(rows->parameters, rows->n_parameters, sample, parameters);
	put_values(rows->measurements, rows->n_measurements, sample, measurements);
	rows->seconds[sample] = seconds;
	rows->worker[sample] = worker;
	atomic_store_explicit(&rows->status[sample], (int8_t)status, memory_order_release);
}

int store_rows_put_waves(struct store_rows *rows, uint64_t sample, const double *values,
			 struct carom_error *err)
{
	int status = 0;

	assert(sample < rows->n_samples || sample == CAROM_SAMPLE_NOMINAL);
	for (size_t i = 0; i < rows->n_waves && status == 0; i++) {
		struct wave_rows *wave = &rows->waves[i];

		if (sample == CAROM_SAMPLE_NOMINAL)
			memcpy(wave->nominal, values, wave->rows.n_points * sizeof(*values));
		else
			status = store_wave_write(&wave->rows, sample, values, err);
		values += values ? wave->rows.n_points : 0;
	}
	return status;
}

/* Bytes of a message that fit, without a part of a UTF-8 character at the end. */
static size_t fitting_length(const char *message)
{
	size_t length = strnlen(message, STORE_MESSAGE_SIZE + 1);

	if (length <= STORE_MESSAGE_SIZE)
		return length;
	length = STORE_MESSAGE_SIZE;
	while (length > 0 && ((unsigned char)message[length] & 0xc0) == 0x80)
		length--;
	return length;
}

void store_rows_put_message(struct store_rows *rows, uint64_t sample, const char *message)
{
	char bytes[STORE_MESSAGE_SIZE] = {0};
	ssize_t written;

	assert(sample < rows->n_samples);
	memcpy(bytes, message, fitting_length(message));
	written = pwrite(rows->message, bytes, sizeof(bytes), (off_t)(sample * sizeof(bytes)));
	(void)written; /* a full disk: the status says enough */
}

void store_rows_put_weight(struct store_rows *rows, uint64_t sample, double log_weight)
{
	assert(sample < rows->n_samples);
	if (rows->log_weight)
		rows->log_weight[sample] = log_weight;
}

void store_rows_reset(struct store_rows *rows, uint64_t sample)
{
	assert(sample < rows->n_samples);
	atomic_store_explicit(&rows->status[sample], CAROM_SAMPLE_PENDING, memory_order_release);
	store_rows_put_message(rows, sample, "");
}

void store_rows_drop_pages(struct store_rows *rows)
{
	uint64_t n = rows->n_samples;

	for (size_t i = 0; i < rows->n_parameters; i++)
		store_array_drop_pages(rows->parameters[i], STORE_DOUBLE, n);
	for (size_t i = 0; i < rows->n_measurements; i++)
		store_array_drop_pages(rows->measurements[i], STORE_DOUBLE, n);
	if (rows->log_weight)
		store_array_drop_pages(rows->log_weight, STORE_DOUBLE, n);
	store_array_drop_pages(rows->seconds, STORE_DOUBLE, n);
	store_array_drop_pages(rows->worker, STORE_INT32, n);
	store_array_drop_pages((const void *)rows->status, STORE_INT8, n);
}
