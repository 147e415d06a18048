/* SPDX-License-Identifier: BSD-3-Clause */
/* The formats: each has a function that writes a table behind what is there. */
#ifndef TABLE_TABLE_H
#define TABLE_TABLE_H

#include "base/text.h"
#include "table/walk.h"

typedef int table_write_fn(const struct carom_table *table, struct writing *writing,
			   struct carom_error *err);

table_write_fn csv_write, npy_write, npz_write, raw_write, raw_write_ascii, raw_write_ltspice;

/* Append a name as a string of Python. */
void npy_append_string(struct text *text, const char *name);

/* "<f8", "<c16": the numbers of a column in NumPy's notation, as they lie in memory. */
const char *npy_type(const struct carom_column *column);

/*
 * Append the head of a .npy file of n_points items of that type, in Python, so long that the items
 * behind it begin at a multiple of 64 bytes if it does.
 */
void npy_append_head(struct text *head, const char *type, size_t n_points);

/*
 * The columns' names, each another: of two alike the second has "_2" behind it.  Freed by
 * names_free; NULL when out of memory.
 */
char **names_make(const struct carom_table *table);
void names_free(char **names, size_t n);

#endif
