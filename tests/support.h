/* SPDX-License-Identifier: BSD-3-Clause */
/* What every test program includes: cmocka with the headers it needs, and our own comparisons. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carom-error.h"

/* In main: run an array of struct CMUnitTest; TAP, so that each case shows in "make check". */
#define run_all_tests(tests) \
	(cmocka_set_message_output(CM_OUTPUT_TAP), cmocka_run_group_tests((tests), NULL, NULL))

/*
 * |a - b| <= relative * max(|a|, |b|) + absolute.  Equal infinities are equal; a NaN equals nothing.
 * (assert_float_equal of cmocka 1.1.5 casts to float.)
 */
#define assert_double_equal(a, b, relative, absolute) \
	support_assert_double_equal((a), (b), (relative), (absolute), __FILE__, __LINE__)

/* Two doubles are the same bit for bit: 0 and -0 differ, equal NaNs do not. */
#define assert_same_bits(a, b) support_assert_same_bits((a), (b), __FILE__, __LINE__)

/* No error is set in *err; otherwise fail with its message. */
#define assert_ok(err) support_assert_ok((err), __FILE__, __LINE__)

/* Its text, and behind a line end its hint if it has one. */
#define assert_error_says(err, expected) \
	support_assert_error_says((err), (expected), __FILE__, __LINE__)

/* A stream of numbers that is the same in every run; the doubles are finite and of any size. */
uint64_t random_bits(void);
double random_double(void);
uint32_t random_below(uint32_t n); /* 0 .. n - 1 */

/*
 * Numbers have a decimal comma from here on, until end_comma_locale (which is a cmocka teardown, so
 * that a failed case ends it too).  The locale is compiled for the occasion, by localedef of libc-bin: the
 * German one where its source is installed (package locales).
 */
#define begin_comma_locale() support_begin_comma_locale(__FILE__, __LINE__)
int end_comma_locale(void **state);

void support_begin_comma_locale(const char *file, int line);
void support_assert_double_equal(double a, double b, double relative, double absolute,
				 const char *file, int line);
void support_assert_same_bits(double a, double b, const char *file, int line);
void support_assert_ok(const struct carom_error *err, const char *file, int line);
void support_assert_error_says(const struct carom_error *err, const char *expected,
			       const char *file, int line);

#endif
