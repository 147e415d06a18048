/* SPDX-License-Identifier: BSD-3-Clause */
/* Structs as bytes and back, with a reader that believes nothing. */
#include "base/pack.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#define NO_STRING UINT32_MAX /* length of a string that is not there */

static const void *take(struct pack *pack, size_t size)
{
	const unsigned char *bytes = pack->in;

	if (pack->failed || pack->left < size) {
		pack->failed = true;
		return NULL;
	}
	pack->in += size;
	pack->left -= size;
	return bytes;
}

static void put(struct pack *pack, const void *bytes, size_t size)
{
	if (pack->failed)
		return;
	text_append_n(pack->out, bytes, size);
	pack->failed = pack->out->failed;
}

void pack_bytes(struct pack *pack, void *bytes, size_t size)
{
	const void *from;

	if (pack->out)
		put(pack, bytes, size);
	else if ((from = take(pack, size)) && size)
		memcpy(bytes, from, size);
}

void pack_bool(struct pack *pack, bool *value)
{
	unsigned char byte = pack->out ? *value : 0;

	pack_field(pack, byte);
	*value = byte != 0;
}

static void put_string(struct pack *pack, const char *string)
{
	size_t size = string ? strlen(string) + 1 : 0;
	uint32_t length = string ? (uint32_t)size - 1 : NO_STRING;

	if (size > NO_STRING)
		pack->failed = true;
	put(pack, &length, sizeof(length));
	put(pack, string ? string : "", size);
}

/* Its length is told twice: by the number and by the NUL, which also keeps readers within. */
static const char *take_string(struct pack *pack)
{
	const char *string;
	uint32_t length = NO_STRING;

	pack_field(pack, length);
	if (pack->failed || length == NO_STRING)
		return NULL;
	string = take(pack, (size_t)length + 1);
	if (!string || strnlen(string, (size_t)length + 1) != length) {
		pack->failed = true;
		return NULL;
	}
	return string;
}

void pack_borrowed(struct pack *pack, const char **string)
{
	if (pack->out)
		put_string(pack, *string);
	else
		*string = take_string(pack);
}

void pack_string(struct pack *pack, char **string)
{
	const char *from;

	if (pack->out) {
		put_string(pack, *string);
		return;
	}
	from = take_string(pack);
	*string = from ? mem_strdup(from) : NULL;
	if (from && !*string)
		pack->failed = true;
}

void *pack_array(struct pack *pack, void *array, size_t *count, size_t size)
{
	uint64_t n = *count;

	pack_field(pack, n);
	if (pack->failed || pack->out)
		return array;
	*count = 0;
	if (n > pack->left || !(array = mem_zalloc(n + 1, size))) {
		pack->failed = true;
		return NULL;
	}
	*count = n;
	return array;
}

bool pack_is_whole(const struct pack *pack)
{
	return !pack->failed && pack->left == 0;
}
