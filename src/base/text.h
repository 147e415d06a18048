/* SPDX-License-Identifier: BSD-3-Clause */
/* Growable text.  Failure is sticky: append freely, ask once at the end. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct text {
	char *data; /* NUL-terminated once something was appended; may be NULL before */
	size_t length;
	size_t capacity;
	bool failed; /* out of memory at some append */
};

#define TEXT_INIT                 \
	{                         \
		NULL, 0, 0, false \
	}

void text_init(struct text *text);
void text_release(struct text *text);
void text_clear(struct text *text); /* length 0, not failed, memory kept */
void text_append(struct text *text, const char *string);
void text_append_n(struct text *text, const char *bytes, size_t length);
void text_append_char(struct text *text, char c);
void text_append_number(struct text *text, double value); /* shortest digits that read back equal */
void text_printf(struct text *text, const char *format, ...) CAROM_PRINTF(2, 3);
/* Gives the string away (caller frees with mem_free) and leaves text empty; NULL if failed. */
char *text_take(struct text *text);
const char *text_string(const struct text *text); /* borrowed, never NULL */

#endif
