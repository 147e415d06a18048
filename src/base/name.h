/* SPDX-License-Identifier: BSD-3-Clause */
/* Interned names: each distinct name (case does not count) has one small number. */
#ifndef BASE_NAME_H
#define BASE_NAME_H

#include <stddef.h>
#include <stdint.h>

#define NAME_NONE UINT32_MAX

struct name_table;

struct name_table *name_table_new(void); /* NULL when out of memory */
void name_table_free(struct name_table *table);

/* Number of the name; numbers count up from 0.  NAME_NONE when out of memory. */
uint32_t name_intern(struct name_table *table, const char *name, size_t length);

/* Number of the name or NAME_NONE if it was never interned. */
uint32_t name_find(const struct name_table *table, const char *name, size_t length);

/* Room for so many names more; without memory names still come in one by one. */
void name_expect_more(struct name_table *table, size_t n);

/*
 * The same in two steps, so that much else can be done while the table's memory is on its way: the
 * key is the name's for good.
 */
uint64_t name_expect(const struct name_table *table, const char *name, size_t length);
uint32_t name_intern_expected(struct name_table *table, uint64_t key, const char *name,
			      size_t length);
uint32_t name_find_expected(const struct name_table *table, uint64_t key, const char *name,
			    size_t length);

/*
 * The name in the spelling it was first interned with; valid as long as the table.  NAME_ROOM bytes
 * can be read there, however short it is.
 */
#define NAME_ROOM 16
const char *name_text(const struct name_table *table, uint32_t name);
const char *name_get(const struct name_table *table, uint32_t name, size_t *length);
void name_prefetch(const struct name_table *table, uint32_t name); /* its text is read soon */
size_t name_length(const struct name_table *table, uint32_t name);
size_t name_count(const struct name_table *table);

/* Case-insensitive comparison of ASCII names, and glob ("*", "?") matching, as SPICE sees names. */
int name_compare(const char *a, const char *b);
int name_compare_n(const char *a, const char *b, size_t n);
int name_matches(const char *pattern, const char *name); /* 1 or 0 */

/* FNV-1a, 64 bit, over the lower-cased name: stable over versions and machines. */
uint64_t name_hash(const char *name, size_t length);

#endif
