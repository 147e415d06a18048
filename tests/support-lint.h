/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks under lint: one string in, one string of findings out. */
#ifndef TESTS_SUPPORT_LINT_H
#define TESTS_SUPPORT_LINT_H

#include <stdbool.h>

#include "support.h"

/*
 * Exactly these findings, one a line: "3 error undefined-param: r1: undefined
 * parameter ...\n".  Warnings that a net is connected to one element only are left out, so that decks can be short.
 */
#define assert_lint(deck, expected) \
	support_assert_lint((deck), (expected), false, __FILE__, __LINE__)
#define assert_lint_with_dangling(deck, expected) \
	support_assert_lint((deck), (expected), true, __FILE__, __LINE__)
void support_assert_lint(const char *deck, const char *expected, bool with_dangling,
			 const char *file, int line);

#endif
