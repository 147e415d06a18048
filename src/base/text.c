/* SPDX-License-Identifier: BSD-3-Clause */
/* Growable text whose failure is sticky. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

void text_init(struct text *text)
{
	*text = (struct text)TEXT_INIT;
}

void text_release(struct text *text)
{
	mem_free(text->data);
	text_init(text);
}

void text_clear(struct text *text)
{
	text->length = 0;
	text->failed = false;
	if (text->data)
		text->data[0] = '\0';
}

/* Room for length more bytes and the NUL. */
static bool make_room(struct text *text, size_t length)
{
	size_t need;

	if (text->failed)
		return false;
	if (__builtin_add_overflow(text->length + 1, length, &need) ||
	    !mem_reserve(&text->data, &text->capacity, need, 1))
		text->failed = true;
	return !text->failed;
}

void text_append_n(struct text *text, const char *bytes, size_t length)
{
	if (!make_room(text, length))
		return;
	if (length > 0)
		memcpy(text->data + text->length, bytes, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void text_append(struct text *text, const char *string)
{
	text_append_n(text, string, strlen(string));
}

void text_append_char(struct text *text, char c)
{
	text_append_n(text, &c, 1);
}

void text_append_number(struct text *text, double value)
{
	char number[NUMBER_SIZE];

	text_append_n(text, number, number_print(number, value));
}

void text_printf(struct text *text, const char *format, ...)
{
	char *target;
	size_t room;
	va_list args;
	va_list again;
	int length;

	if (!make_room(text, 0))
		return;
	va_start(args, format);
	va_copy(again, args);
	target = text->data + text->length;
	room = text->capacity - text->length;
	length = vsnprintf(target, room, format, args);
	if (length < 0) {
		*target = '\0';
		text->failed = true;
	} else if ((size_t)length < room) {
		text->length += (size_t)length;
	} else if (make_room(text, (size_t)length)) {
		vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
		text->length += (size_t)length;
	} else {
		*target = '\0';
	}
	va_end(again);
	va_end(args);
}

char *text_take(struct text *text)
{
	char *taken = NULL;

	if (make_room(text, 0)) {
		taken = text->data;
		taken[text->length] = '\0';
		text_init(text);
	}
	text_release(text);
	return taken;
}

const char *text_string(const struct text *text)
{
	return text->data ? text->data : "";
}
