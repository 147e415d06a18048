/* SPDX-License-Identifier: BSD-3-Clause */
/* Filling the error object: one-line failures and context added on the way up. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>

#include "carom-error.h"

#define CAROM_API __attribute__((visibility("default")))
#define CAROM_PRINTF(format_index, first_arg) \
	__attribute__((format(printf, format_index, first_arg)))

/*
 * Set *err (if it is not set yet) and return status, so that "return carom_fail(...)" is a line.  What
 * stands behind a line end in the format is the hint: "r5: no value\nwrite one on its card".
 */
int carom_fail(struct carom_error *err, enum carom_status status, const char *format, ...)
	CAROM_PRINTF(3, 4);

/* The same with the place in a text: source may be NULL; line and column from 1, 0 if unknown. */
int carom_fail_at(struct carom_error *err, enum carom_status status, const char *source, int line,
		  int column, const char *format, ...) CAROM_PRINTF(6, 7);

int carom_vfail_at(struct carom_error *err, enum carom_status status, const char *source, int line,
		   int column, const char *format, va_list args);

/* The same for a failed system call: appends ": " and strerror(errno) to the text. */
int carom_fail_errno(struct carom_error *err, const char *format, ...) CAROM_PRINTF(2, 3);

int carom_fail_memory(struct carom_error *err);

/* The same as another error says, all of it; returns that one's status. */
int carom_fail_as(struct carom_error *err, const struct carom_error *cause);

/* Prepend "context: " to the text of a set error.  Returns err->status (or status if err is NULL). */
int carom_fail_context(struct carom_error *err, int status, const char *format, ...)
	CAROM_PRINTF(3, 4);

/* End the strings of an error that another process wrote. */
void error_terminate(struct carom_error *err);

/* Give a set error a place if it has none yet. */
void carom_error_place(struct carom_error *err, const char *source, int line);

#endif
