/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From points to columns.  A cache line of a point has eight values, so eight columns are done
 * together, eight points at a time: then no line is read twice, whatever the distance of points.  The
 * lines of large columns are written whole and past the caches, which spares reading them first: a
 * file of 80 MB takes half as long.
 */
#include "raw/gather.h"

#include <endian.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- one variable ---- */

static double load_double(const unsigned char *from, bool is_swapped)
{
	uint64_t bits;
	double value;

	memcpy(&bits, from, sizeof(bits));
	if (is_swapped)
		bits = __builtin_bswap64(bits);
	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* Only LTspice has floats, always little-endian. */
static double load_float(const unsigned char *from)
{
	uint32_t bits;
	float value;

	memcpy(&bits, from, sizeof(bits));
	bits = le32toh(bits);
	memcpy(&value, &bits, sizeof(value));
	return (double)value;
}

static void gather_doubles(double *to, const unsigned char *from, const struct run *run,
			   bool is_swapped)
{
	for (size_t i = 0; i < run->n; i++)
		to[i] = load_double(from + i * run->stride, is_swapped);
}

void gather(double *to, const unsigned char *from, const struct run *run, enum value_kind kind,
	    bool is_swapped)
{
	if (kind == VALUE_FLOAT) {
		for (size_t i = 0; i < run->n; i++)
			to[i] = load_float(from + i * run->stride);
	} else if (kind == VALUE_COMPLEX) {
		for (size_t i = 0; i < run->n; i++) {
			to[2 * i] = load_double(from + i * run->stride, is_swapped);
			to[2 * i + 1] =
				load_double(from + i * run->stride + sizeof(double), is_swapped);
		}
	} else if (is_swapped) {
		gather_doubles(to, from, run, true);
	} else {
		gather_doubles(to, from, run, false);
	}
}

/* ---- eight variables ---- */

typedef double pair __attribute__((vector_size(16)));

static inline pair load_pair(const unsigned char *from)
{
	pair loaded;

	memcpy(&loaded, from, sizeof(loaded));
	return loaded;
}

static inline void store_pair(double *to, pair stored)
{
	memcpy(to, &stored, sizeof(stored));
}

/* Past the caches: the line must be written whole, and nobody reads it soon. */
static inline void stream_pair(double *to, pair stored)
{
#ifdef __SSE2__
	_mm_stream_pd(to, (__m128d)stored);
#else
	store_pair(to, stored);
#endif
}

/* Before another thread reads what was streamed. */
static void end_stream(void)
{
#ifdef __SSE2__
	_mm_sfence();
#endif
}

/* Two columns of eight points. */
static inline void transpose_two(double *left, double *right, const unsigned char *from,
				 size_t stride, bool is_streamed)
{
	for (size_t i = 0; i < GATHER_GROUP; i += 2) {
		pair even = load_pair(from + i * stride), odd = load_pair(from + (i + 1) * stride);
		pair first = {even[0], odd[0]}, second = {even[1], odd[1]};

		if (is_streamed) {
			stream_pair(left + i, first);
			stream_pair(right + i, second);
		} else {
			store_pair(left + i, first);
			store_pair(right + i, second);
		}
	}
}

static inline void transpose(double *const to[GATHER_GROUP], const unsigned char *from,
			     size_t stride, size_t n, bool is_streamed)
{
	for (size_t point = 0; point < n; point += GATHER_GROUP)
		for (size_t i = 0; i < GATHER_GROUP; i += 2)
			transpose_two(to[i] + point, to[i + 1] + point,
				      from + point * stride + i * sizeof(double), stride,
				      is_streamed);
}

static bool is_aligned(double *const to[GATHER_GROUP])
{
	uintptr_t bits = 0;

	for (size_t i = 0; i < GATHER_GROUP; i++)
		bits |= (uintptr_t)to[i];
	return bits % sizeof(pair) == 0;
}

void gather_group(double *const to[GATHER_GROUP], const unsigned char *from, size_t stride,
		  size_t n, bool is_large)
{
	size_t n_whole = n - n % GATHER_GROUP;

	if (is_large && is_aligned(to)) {
		transpose(to, from, stride, n_whole, true);
		end_stream();
	} else {
		transpose(to, from, stride, n_whole, false);
	}
	for (size_t point = n_whole; point < n; point++)
		for (size_t i = 0; i < GATHER_GROUP; i++)
			memcpy(to[i] + point, from + point * stride + i * sizeof(double),
			       sizeof(double));
}
