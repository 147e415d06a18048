/* SPDX-License-Identifier: BSD-3-Clause */
/* A kept waveform in the store: an array of samples by points, in chunks of whole samples. */
#ifndef STUDY_STORE_WAVE_H
#define STUDY_STORE_WAVE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "carom-error.h"

/*
 *	<array>/.zarray .zattrs 0.0 1.0 ...    chunk i: the samples from i * n_rows on, uncompressed
 *
 * The last chunk is as long as the others, as Zarr has it.
 */

/* So many bytes in a chunk at most, unless a single sample has more. */
#define STORE_WAVE_CHUNK (4 << 20)

/* Make the array, all NAN; attributes is consumed (NULL: out of memory). */
int store_wave_create(int store, const char *name, uint64_t n_samples, size_t n_points,
		      json_t *attributes, struct carom_error *err);

/* An open one.  The fields may be read. */
struct store_wave {
	int folder; /* descriptor of the array's */
	uint64_t n_samples;
	uint64_t n_rows; /* samples of a chunk */
	size_t n_points;
	bool is_writable;
	int chunk; /* descriptor of chunk number chunk_index; the first, unless rows are written */
	uint64_t chunk_index;
};

/*
 * It must be of n_samples.  What a single chunk holds can be read when the folder is gone.  *wave
 * needs no initialisation and is to be released if 0 is returned.
 */
int store_wave_open(struct store_wave *wave, int store, const char *name, uint64_t n_samples,
		    bool writable, struct carom_error *err);
void store_wave_release(struct store_wave *wave);

/* The points of a sample; values NULL: all NAN. One process writes a sample, any thread reads. */
int store_wave_write(struct store_wave *wave, uint64_t sample, const double *values,
		     struct carom_error *err);
int store_wave_read(const struct store_wave *wave, uint64_t sample, double *values,
		    struct carom_error *err);

/*
 * Points first .. first + n - 1 of a number of samples, point after point: columns[point][sample].
 */
struct store_wave_block {
	uint64_t first_sample, n_samples;
	size_t first_point, n_points;
};
int store_wave_read_columns(const struct store_wave *wave, const struct store_wave_block *block,
			    double *columns, struct carom_error *err);

#endif
