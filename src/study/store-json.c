/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON for the store: what jansson leaves to do for text of any kind and for short numbers. */
#include "study/store-json.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "study/folder.h"

#define INDENT 4 /* as zarr does */

static bool is_between(unsigned char byte, unsigned char low, unsigned char high)
{
	return byte >= low && byte <= high;
}

/* The second byte is narrower where a longer form, a surrogate or more than U+10FFFF would fit. */
static bool second_fits(unsigned char first, unsigned char second)
{
	return is_between(second,
			  first == 0xe0   ? 0xa0
			  : first == 0xf0 ? 0x90
					  : 0x80,
			  first == 0xed   ? 0x9f
			  : first == 0xf4 ? 0x8f
					  : 0xbf);
}

size_t store_utf8_length(const char *s)
{
	const unsigned char *byte = (const unsigned char *)s;
	size_t length = is_between(byte[0], 0x01, 0x7f)   ? 1
			: is_between(byte[0], 0xc2, 0xdf) ? 2
			: is_between(byte[0], 0xe0, 0xef) ? 3
			: is_between(byte[0], 0xf0, 0xf4) ? 4
							  : 0;

	if (length > 1 && !second_fits(byte[0], byte[1]))
		return 0;
	for (size_t i = 2; i < length; i++) {
		if (!is_between(byte[i], 0x80, 0xbf))
			return 0;
	}
	return length;
}

static void append_latin1(struct text *text, unsigned char byte)
{
	text_append_char(text, (char)(0xc0 | byte >> 6));
	text_append_char(text, (char)(0x80 | (byte & 0x3f)));
}

json_t *store_json_string(const char *string)
{
	struct text utf8 = TEXT_INIT;
	json_t *value = NULL;

	if (!string)
		return json_null();
	for (size_t length; *string; string += length ? length : 1) {
		length = store_utf8_length(string);
		if (length)
			text_append_n(&utf8, string, length);
		else
			append_latin1(&utf8, (unsigned char)*string);
	}
	if (!utf8.failed)
		value = json_string(text_string(&utf8));
	text_release(&utf8);
	return value;
}

json_t *store_json_number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

double store_json_double(const json_t *number)
{
	return json_is_number(number) ? json_number_value(number) : (double)NAN;
}

int store_json_doubles(const json_t *list, double **numbers, size_t *n, struct carom_error *err)
{
	*n = json_array_size(list);
	*numbers = mem_zalloc(*n, sizeof(**numbers));
	if (!*numbers)
		return carom_fail_memory(err);
	for (size_t i = 0; i < *n; i++)
		(*numbers)[i] = json_number_value(json_array_get(list, i));
	return 0;
}

json_t *store_json_drop_unless(bool is_complete, json_t *value)
{
	if (is_complete)
		return value;
	json_decref(value);
	return NULL;
}

static int append_bytes(const char *bytes, size_t length, void *text)
{
	text_append_n(text, bytes, length);
	return 0;
}

static void new_line(struct text *text, int depth)
{
	text_printf(text, "\n%*s", depth * INDENT, "");
}

/* A number of the type real keeps a sign of it, so that it is a float wherever it is read. */
static void print_real(struct text *text, double value)
{
	char buffer[NUMBER_SIZE];

	number_print(buffer, value);
	text_append(text, buffer);
	if (!strpbrk(buffer, ".e"))
		text_append(text, ".0");
}

static void print_scalar(struct text *text, const json_t *value)
{
	if (json_is_real(value))
		print_real(text, json_real_value(value));
	else if (json_dump_callback(value, append_bytes, text, JSON_ENCODE_ANY))
		text->failed = true;
}

static void print_key(struct text *text, const char *key)
{
	json_t *string = json_string(key);

	if (string)
		print_scalar(text, string);
	else
		text->failed = true;
	text_append(text, ": ");
	json_decref(string);
}

static void print_value(struct text *text, const json_t *value, int depth);

static void print_array(struct text *text, const json_t *array, int depth)
{
	text_append_char(text, '[');
	for (size_t i = 0; i < json_array_size(array); i++) {
		text_append(text, i ? "," : "");
		new_line(text, depth + 1);
		print_value(text, json_array_get(array, i), depth + 1);
	}
	if (json_array_size(array))
		new_line(text, depth);
	text_append_char(text, ']');
}

static void print_object(struct text *text, const json_t *object, int depth)
{
	void *start =
		json_object_iter((json_t *)object); /* jansson takes no const; it only reads */

	text_append_char(text, '{');
	for (void *at = start; at; at = json_object_iter_next((json_t *)object, at)) {
		text_append(text, at != start ? "," : "");
		new_line(text, depth + 1);
		print_key(text, json_object_iter_key(at));
		print_value(text, json_object_iter_value(at), depth + 1);
	}
	if (start)
		new_line(text, depth);
	text_append_char(text, '}');
}

static void print_value(struct text *text, const json_t *value, int depth)
{
	if (json_is_object(value))
		print_object(text, value, depth);
	else if (json_is_array(value))
		print_array(text, value, depth);
	else
		print_scalar(text, value);
}

void store_json_print(struct text *text, const json_t *value)
{
	print_value(text, value, 0);
	text_append_char(text, '\n');
}

typedef int write_fn(int folder, const char *name, const char *bytes, size_t length,
		     struct carom_error *err);

static int write_file(int folder, const char *name, json_t *value, write_fn *write,
		      struct carom_error *err)
{
	struct text text = TEXT_INIT;
	int status;

	if (value)
		store_json_print(&text, value);
	status = value && !text.failed ? write(folder, name, text.data, text.length, err)
				       : carom_fail_memory(err);
	text_release(&text);
	json_decref(value);
	return status;
}

int store_json_create(int folder, const char *name, json_t *value, struct carom_error *err)
{
	return write_file(folder, name, value, folder_create_file, err);
}

int store_json_replace(int folder, const char *name, json_t *value, struct carom_error *err)
{
	return write_file(folder, name, value, folder_replace_file, err);
}

/*
 * jansson has a code for memory that runs out, but its parser leaves the text empty instead, and
 * tells of a bad token if it happens within a string.
 */
int store_json_fail(const json_error_t *cause, struct carom_error *err)
{
	if (json_error_code(cause) == json_error_out_of_memory || cause->text[0] == '\0')
		return carom_fail_memory(err);
	return carom_fail(err, CAROM_ERROR_FORMAT, "%s", cause->text);
}

int store_json_parse(const char *json, size_t length, json_t **value, struct carom_error *err)
{
	json_error_t cause;

	*value = json_loadb(json, length, 0, &cause);
	if (!*value)
		return store_json_fail(&cause, err);
	if (json_is_object(*value))
		return 0;
	json_decref(*value);
	*value = NULL;
	return carom_fail(err, CAROM_ERROR_FORMAT, "not a JSON object");
}

int store_json_read(int folder, const char *name, struct text *text, json_t **value,
		    struct carom_error *err)
{
	struct text own = TEXT_INIT;
	struct text *used = text ? text : &own;
	int status = folder_read_file(folder, name, used, err);

	*value = NULL;
	if (!status) {
		status = store_json_parse(text_string(used), used->length, value, err);
		if (status)
			carom_fail_context(err, status, "%s", name);
	}
	text_release(&own);
	return status;
}
