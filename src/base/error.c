/* SPDX-License-Identifier: BSD-3-Clause */
/* The error object: the first error wins, and every layer going up prepends its context. */
#include "base/error.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct status_row {
	int number;
	const char *name;
	const char *text;
};

static const struct status_row status_rows[] = {
#define STATUS_ROW(name, number, text) {(number), #name, text},
	CAROM_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

static const struct status_row *find_status(int status)
{
	for (size_t i = 0; i < sizeof(status_rows) / sizeof(status_rows[0]); i++) {
		if (status_rows[i].number == status)
			return &status_rows[i];
	}
	return NULL;
}

CAROM_API const char *carom_status_name(int status)
{
	const struct status_row *row = find_status(status);

	return row ? row->name : "?";
}

CAROM_API const char *carom_status_text(int status)
{
	const struct status_row *row = find_status(status);

	return row ? row->text : "unknown status";
}

CAROM_API void carom_error_clear(struct carom_error *err)
{
	if (err)
		*err = (struct carom_error)CAROM_ERROR_INIT;
}

CAROM_API char *carom_error_format(const struct carom_error *err, char *buffer, unsigned long size)
{
	char place[32] = "";

	if (!buffer || size == 0)
		return buffer;
	if (!err) {
		buffer[0] = '\0';
		return buffer;
	}
	if (err->line > 0 && err->column > 0)
		snprintf(place, sizeof(place), "%d:%d:", err->line, err->column);
	else if (err->line > 0)
		snprintf(place, sizeof(place), "%d:", err->line);
	else if (err->offset >= 0)
		snprintf(place, sizeof(place), "byte %lld:", (long long)err->offset);
	snprintf(buffer, size, "%s%s%s%s%s%s%s", err->source, err->source[0] ? ":" : "", place,
		 err->source[0] || place[0] ? " " : "",
		 err->text[0] ? err->text : carom_status_text(err->status),
		 err->hint[0] ? "; " : "", err->hint);
	return buffer;
}

/* Cut a text that fills its room before a last UTF-8 sequence that is not whole. */
static void end_at_character(char *text, size_t size)
{
	size_t end = size - 1; /* after the first byte of the last sequence, in the end */
	size_t n_following;
	unsigned char first;

	while (end > 1 && ((unsigned char)text[end - 1] & 0xc0) == 0x80)
		end--;
	first = (unsigned char)text[end - 1];
	n_following = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
	if (size - 1 - end < n_following)
		end--;
	else
		end = size - 1;
	text[end] = '\0';
}

static void print_cut(char *text, size_t size, const char *format, va_list args)
{
	int length = vsnprintf(text, size, format, args);

	if (length < 0)
		text[0] = '\0';
	else if ((size_t)length >= size)
		end_at_character(text, size);
}

static void copy_cut(char *target, size_t size, const char *string)
{
	size_t length = strlen(string);
	size_t kept = length < size ? length : size - 1;

	memmove(target, string, kept);
	target[kept] = '\0';
	if (length > kept)
		end_at_character(target, size);
}

static bool can_set(const struct carom_error *err)
{
	return err && err->status == CAROM_OK;
}

/* The hint of a format has no line end of its own; what is quoted in the text may. */
static void take_hint(struct carom_error *err, const char *printed)
{
	const char *end = strrchr(printed, '\n'); /* NULL: it was cut */

	copy_cut(err->text, sizeof(err->text), printed);
	if (end && (size_t)(end - printed) < sizeof(err->text))
		err->text[end - printed] = '\0';
	if (end)
		copy_cut(err->hint, sizeof(err->hint), end + 1);
}

static void set_error(struct carom_error *err, enum carom_status status, const char *format,
		      va_list args)
{
	char printed[sizeof(err->text) + sizeof(err->hint)];

	carom_error_clear(err);
	err->status = status;
	if (!strchr(format, '\n')) {
		print_cut(err->text, sizeof(err->text), format, args);
		return;
	}
	print_cut(printed, sizeof(printed), format, args);
	take_hint(err, printed);
}

int carom_fail(struct carom_error *err, enum carom_status status, const char *format, ...)
{
	if (can_set(err)) {
		va_list args;

		va_start(args, format);
		set_error(err, status, format, args);
		va_end(args);
	}
	return status;
}

int carom_vfail_at(struct carom_error *err, enum carom_status status, const char *source, int line,
		   int column, const char *format, va_list args)
{
	if (can_set(err)) {
		set_error(err, status, format, args);
		copy_cut(err->source, sizeof(err->source), source ? source : "");
		err->line = line;
		err->column = column;
	}
	return status;
}

int carom_fail_at(struct carom_error *err, enum carom_status status, const char *source, int line,
		  int column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	carom_vfail_at(err, status, source, line, column, format, args);
	va_end(args);
	return status;
}

int carom_fail_errno(struct carom_error *err, const char *format, ...)
{
	int cause = errno;

	if (can_set(err)) {
		va_list args;
		size_t length;

		va_start(args, format);
		set_error(err, CAROM_ERROR_SYSTEM, format, args);
		va_end(args);
		length = strlen(err->text);
		snprintf(err->text + length, sizeof(err->text) - length, ": %s", strerror(cause));
	}
	return CAROM_ERROR_SYSTEM;
}

int carom_fail_memory(struct carom_error *err)
{
	return carom_fail(err, CAROM_ERROR_MEMORY, "%s", carom_status_text(CAROM_ERROR_MEMORY));
}

int carom_fail_as(struct carom_error *err, const struct carom_error *cause)
{
	if (can_set(err))
		*err = *cause;
	return (int)cause->status;
}

int carom_fail_context(struct carom_error *err, int status, const char *format, ...)
{
	char joined[sizeof(err->text)];
	size_t length;
	va_list args;

	if (!err || err->status == CAROM_OK)
		return status;
	va_start(args, format);
	print_cut(joined, sizeof(joined), format, args);
	va_end(args);
	length = strlen(joined);
	if (length + 3 < sizeof(joined)) {
		memcpy(joined + length, ": ", 2);
		copy_cut(joined + length + 2, sizeof(joined) - length - 2, err->text);
	}
	memcpy(err->text, joined, sizeof(joined));
	return err->status;
}

void carom_error_place(struct carom_error *err, const char *source, int line)
{
	if (!err || err->status == CAROM_OK || err->source[0] || err->line > 0)
		return;
	copy_cut(err->source, sizeof(err->source), source ? source : "");
	err->line = line;
}

void error_terminate(struct carom_error *err)
{
	err->source[sizeof(err->source) - 1] = '\0';
	err->text[sizeof(err->text) - 1] = '\0';
	err->hint[sizeof(err->hint) - 1] = '\0';
	err->words[sizeof(err->words) - 1] = '\0';
}
