/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON for the store: what jansson leaves to do for text of any kind and for short numbers. */
#ifndef STUDY_STORE_JSON_H
#define STUDY_STORE_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "base/text.h"

/* Length of the UTF-8 character at s, 0 if there is none (RFC 3629, section 4). */
size_t store_utf8_length(const char *s);

/*
 * A string; bytes that are no UTF-8 are taken for Latin-1.  NULL when out of memory; null for NULL.
 */
json_t *store_json_string(const char *string);

/* A number; null if it is not finite, as JSON has no word for that. */
json_t *store_json_number(double value);
double store_json_double(const json_t *number); /* and back: NAN for what is no number */

/* The numbers of a list, 0 for what is none; *numbers is to be freed. */
int store_json_doubles(const json_t *list, double **numbers, size_t *n, struct carom_error *err);

/*
 * value, or NULL where it could not be completed: json_array_append_new and json_object_set_new
 * fail when out of memory, and for a NULL value, too.
 */
json_t *store_json_drop_unless(bool is_complete, json_t *value);

/* Append value, indented, with the shortest digits that read back equal and a line end. */
void store_json_print(struct text *text, const json_t *value);

/* Make or replace a file of it in an open folder; value is consumed (NULL: out of memory). */
int store_json_create(int folder, const char *name, json_t *value, struct carom_error *err);
int store_json_replace(int folder, const char *name, json_t *value, struct carom_error *err);

/* Parse an object. *value is the caller's to decref. */
int store_json_parse(const char *json, size_t length, json_t **value, struct carom_error *err);

/* Read a file of a folder that is open, keeping its text in *text unless that is NULL. */
int store_json_read(int folder, const char *name, struct text *text, json_t **value,
		    struct carom_error *err);

/* The manifest of an open store, borrowed. */
struct carom_store;
const json_t *store_json_manifest(const struct carom_store *store);

/* Fail with what jansson says: ERROR_MEMORY or ERROR_FORMAT. */
int store_json_fail(const json_error_t *cause, struct carom_error *err);

#endif
