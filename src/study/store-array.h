/* SPDX-License-Identifier: BSD-3-Clause */
/* One array of the store: a folder with its description and one chunk of raw values. */
#ifndef STUDY_STORE_ARRAY_H
#define STUDY_STORE_ARRAY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "carom-error.h"

enum store_kind {
	STORE_DOUBLE, /* starts as NAN */
	STORE_INT8,   /* starts as 0 */
	STORE_INT32,  /* starts as -1 */
	STORE_TEXT    /* STORE_MESSAGE_SIZE bytes, NUL-padded; starts empty and takes no space */
};

size_t store_kind_size(enum store_kind kind);
const char *store_kind_dtype(enum store_kind kind); /* "<f8" */

/*
 * Make the folder of an array with the attributes, which are consumed (NULL: out of memory).
 * *folder is the caller's to close.
 */
int store_array_begin(int store, const char *name, json_t *attributes, int *folder,
		      struct carom_error *err);

/* A file of n values as the kind has them at the start. */
int store_array_create_chunk(int folder, const char *name, enum store_kind kind, uint64_t n,
			     struct carom_error *err);

/* Open such a file, which must have n values. *fd is the caller's to close, -1 after a failure. */
int store_array_open_chunk(int folder, const char *path, enum store_kind kind, uint64_t n,
			   bool writable, int *fd, struct carom_error *err);

/* Make the array of n values; attributes is consumed (NULL: out of memory). */
int store_array_create(int store, const char *name, enum store_kind kind, uint64_t n,
		       json_t *attributes, struct carom_error *err);

/* How many values the array says it has; ERROR_FORMAT if it is not one that carom makes. */
int store_array_length(int store, const char *name, enum store_kind kind, uint64_t *n,
		       struct carom_error *err);

/* Open its values, which must be n. *fd is the caller's to close. */
int store_array_open(int store, const char *name, enum store_kind kind, uint64_t n, bool writable,
		     int *fd, struct carom_error *err);

/* Map its values, which must be n. *memory is to be unmapped by store_array_unmap. */
int store_array_map(int store, const char *name, enum store_kind kind, uint64_t n, bool writable,
		    void **memory, struct carom_error *err);
/* Let go of the pages of a mapping that were touched; the values stay in the file. */
void store_array_drop_pages(const void *memory, enum store_kind kind, uint64_t n);
void store_array_unmap(const void *memory, enum store_kind kind, uint64_t n); /* NULL is legal */

#endif
