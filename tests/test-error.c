/* SPDX-License-Identifier: BSD-3-Clause */
/* The error object: who wins, what is prepended, what is cut. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "support.h"

static void a_failure_fills_the_error_and_returns_its_status(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(carom_fail(&err, CAROM_ERROR_LIMIT, "%d of %s", 3, "nets"),
			 CAROM_ERROR_LIMIT);
	assert_int_equal(err.status, CAROM_ERROR_LIMIT);
	assert_string_equal(err.text, "3 of nets");
	assert_string_equal(err.source, "");
	assert_int_equal(err.line, 0);
	assert_int_equal(err.column, 0);
	assert_int_equal(err.offset, -1);
}

static void a_failure_with_a_place_keeps_the_place(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(
		carom_fail_at(&err, CAROM_ERROR_SYNTAX, "amp.cir", 14, 3, "no %s", "model"),
		CAROM_ERROR_SYNTAX);
	assert_string_equal(err.source, "amp.cir");
	assert_int_equal(err.line, 14);
	assert_int_equal(err.column, 3);
	assert_string_equal(err.text, "no model");
}

static void what_stands_behind_a_line_end_of_the_format_is_the_hint(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char line[200];

	(void)state;
	carom_fail_at(&err, CAROM_ERROR_MODEL, "amp.cir", 14, 0, "no model %s\nname %s", "a\nb",
		      "another");
	assert_string_equal(err.text, "no model a\nb");
	assert_string_equal(err.hint, "name another");
	carom_fail_context(&err, CAROM_ERROR_MODEL, "q1");
	assert_string_equal(carom_error_format(&err, line, sizeof(line)),
			    "amp.cir:14: q1: no model a\nb; name another");
	carom_error_clear(&err);
	assert_string_equal(err.hint, "");
	carom_fail(&err, CAROM_ERROR_MODEL, "%s", "no\nhint");
	assert_string_equal(err.text, "no\nhint");
	assert_string_equal(err.hint, "");
	carom_error_clear(&err);
	errno = ENOENT;
	carom_fail_errno(&err, "no %s\nset TMPDIR", "folder");
	assert_string_equal(err.text, "no folder: No such file or directory");
	assert_string_equal(err.hint, "set TMPDIR");
}

static void a_hint_that_finds_no_room_is_cut(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char text[2000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	carom_fail(&err, CAROM_ERROR_MODEL, "%s\nhint", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_string_equal(err.hint, "");
	carom_error_clear(&err);
	carom_fail(&err, CAROM_ERROR_MODEL, "%.900s\nhint", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_string_equal(err.hint, "hint");
	carom_error_clear(&err);
	carom_fail(&err, CAROM_ERROR_MODEL, "text\n%s", text);
	assert_string_equal(err.text, "text");
	assert_int_equal(strlen(err.hint), sizeof(err.hint) - 1);
}

static void an_error_can_be_handed_on_whole(void **state)
{
	struct carom_error first = CAROM_ERROR_INIT, err = CAROM_ERROR_INIT;

	(void)state;
	carom_fail_at(&first, CAROM_ERROR_MODEL, "a", 3, 4, "text\nhint");
	strcpy(first.words, "Error: words");
	assert_int_equal(carom_fail_as(&err, &first), CAROM_ERROR_MODEL);
	assert_memory_equal(&err, &first, sizeof(err));
	first.status = CAROM_ERROR_SYNTAX;
	assert_int_equal(carom_fail_as(&err, &first), CAROM_ERROR_SYNTAX);
	assert_int_equal(err.status, CAROM_ERROR_MODEL);
	assert_int_equal(carom_fail_as(NULL, &first), CAROM_ERROR_SYNTAX);
}

static void strings_of_an_error_that_was_written_by_others_are_ended(void **state)
{
	struct carom_error err;

	(void)state;
	memset(&err, 'x', sizeof(err));
	error_terminate(&err);
	assert_int_equal(strlen(err.source), sizeof(err.source) - 1);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_int_equal(strlen(err.hint), sizeof(err.hint) - 1);
	assert_int_equal(strlen(err.words), sizeof(err.words) - 1);
}

static void a_place_without_a_source_is_legal(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_fail_at(&err, CAROM_ERROR_SYNTAX, NULL, 2, 0, "bad");
	assert_string_equal(err.source, "");
	assert_int_equal(err.line, 2);
}

static void the_first_error_wins(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_fail(&err, CAROM_ERROR_MODEL, "first");
	assert_int_equal(carom_fail(&err, CAROM_ERROR_SYNTAX, "second"), CAROM_ERROR_SYNTAX);
	carom_fail_at(&err, CAROM_ERROR_SYNTAX, "x", 1, 1, "third");
	errno = ENOENT;
	carom_fail_errno(&err, "fourth");
	assert_int_equal(carom_fail_memory(&err), CAROM_ERROR_MEMORY);
	assert_int_equal(err.status, CAROM_ERROR_MODEL);
	assert_string_equal(err.text, "first");
	assert_string_equal(err.source, "");
}

static void without_an_error_object_the_status_is_returned_all_the_same(void **state)
{
	(void)state;
	errno = ENOENT;
	assert_int_equal(carom_fail(NULL, CAROM_ERROR_TRUST, "x"), CAROM_ERROR_TRUST);
	assert_int_equal(carom_fail_at(NULL, CAROM_ERROR_MODEL, "f", 1, 2, "x"), CAROM_ERROR_MODEL);
	assert_int_equal(carom_fail_errno(NULL, "x"), CAROM_ERROR_SYSTEM);
	assert_int_equal(carom_fail_memory(NULL), CAROM_ERROR_MEMORY);
	assert_int_equal(carom_fail_context(NULL, CAROM_ERROR_LIMIT, "x"), CAROM_ERROR_LIMIT);
	carom_error_place(NULL, "f", 1);
	carom_error_clear(NULL);
}

static void a_failed_system_call_is_named_with_its_cause(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char expected[100];

	(void)state;
	errno = ENOENT;
	assert_int_equal(carom_fail_errno(&err, "open %s", "x.cir"), CAROM_ERROR_SYSTEM);
	snprintf(expected, sizeof(expected), "open x.cir: %s", strerror(ENOENT));
	assert_string_equal(err.text, expected);
}

static void memory_failure_has_the_text_of_its_status(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(carom_fail_memory(&err), CAROM_ERROR_MEMORY);
	assert_string_equal(err.text, "out of memory");
}

static void context_goes_before_the_text(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_fail(&err, CAROM_ERROR_VECTOR, "no vector \"v(x)\"");
	assert_int_equal(carom_fail_context(&err, CAROM_ERROR_INTERNAL, "sample %d", 7),
			 CAROM_ERROR_VECTOR);
	carom_fail_context(&err, CAROM_ERROR_INTERNAL, "study");
	assert_string_equal(err.text, "study: sample 7: no vector \"v(x)\"");
}

static void context_without_an_error_changes_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(carom_fail_context(&err, CAROM_ERROR_LIMIT, "study"), CAROM_ERROR_LIMIT);
	assert_int_equal(err.status, CAROM_OK);
	assert_string_equal(err.text, "");
}

/* Text of n bytes, all c. */
static const char *long_text(char c, size_t n)
{
	static char text[2000];

	memset(text, c, n);
	text[n] = '\0';
	return text;
}

static void a_text_that_does_not_fit_is_cut(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_fail_at(&err, CAROM_ERROR_SYNTAX, long_text('s', 1500), 1, 1, "%s",
		      long_text('x', 1500));
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_int_equal(strlen(err.source), sizeof(err.source) - 1);
}

static void a_cut_leaves_whole_utf8_characters(void **state)
{
	for (size_t n_cut = 1; n_cut <= 3; n_cut++) {
		struct carom_error err = CAROM_ERROR_INIT;
		size_t whole = sizeof(err.text) - 1 - 3 + n_cut;

		(void)state;
		carom_fail(&err, CAROM_ERROR_SYNTAX, "%s\u20ac\u20ac", long_text('x', whole - 3));
		assert_int_equal(strlen(err.text), whole);
		assert_string_equal(err.text + whole - 4, "x\u20ac");
	}
}

static void a_context_that_fills_everything_still_leaves_a_string(void **state)
{
	for (size_t n = 750; n < 765; n++) {
		struct carom_error err = CAROM_ERROR_INIT;
		size_t expected = n + 2 + 4;

		(void)state;
		carom_fail(&err, CAROM_ERROR_SYNTAX, "text");
		carom_fail_context(&err, 0, "%s", long_text('c', n));
		if (n + 3 >= sizeof(err.text))
			expected = n;
		if (expected > sizeof(err.text) - 1)
			expected = sizeof(err.text) - 1;
		assert_int_equal(strlen(err.text), expected);
		assert_int_equal(err.text[0], 'c');
	}
}

static void a_long_text_is_cut_by_its_context(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_fail(&err, CAROM_ERROR_SYNTAX, "%s", long_text('x', 1500));
	carom_fail_context(&err, 0, "deck");
	assert_memory_equal(err.text, "deck: xxx", 9);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

static void a_place_is_added_only_where_there_is_none(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_error_place(&err, "early.cir", 1);
	assert_string_equal(err.source, "");
	carom_fail(&err, CAROM_ERROR_SYNTAX, "bad");
	carom_error_place(&err, "amp.cir", 4);
	carom_error_place(&err, "other.cir", 5);
	assert_string_equal(err.source, "amp.cir");
	assert_int_equal(err.line, 4);
}

static void a_cleared_error_is_as_new(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_error new = CAROM_ERROR_INIT;

	(void)state;
	carom_fail_at(&err, CAROM_ERROR_SYNTAX, "amp.cir", 14, 3, "bad");
	carom_error_clear(&err);
	assert_memory_equal(&err, &new, sizeof(err));
}

static void format_writes_what_is_known(void **state)
{
	static const struct {
		struct carom_error err;
		const char *expected;
	} cases[] = {
		{{CAROM_ERROR_SYNTAX, 14, 3, -1, "amp.cir", "bad", "", ""}, "amp.cir:14:3: bad"},
		{{CAROM_ERROR_SYNTAX, 14, 0, -1, "amp.cir", "bad", "", ""}, "amp.cir:14: bad"},
		{{CAROM_ERROR_SYNTAX, 0, 0, -1, "amp.cir", "bad", "", ""}, "amp.cir: bad"},
		{{CAROM_ERROR_SYNTAX, 2, 0, -1, "", "bad", "", ""}, "2: bad"},
		{{CAROM_ERROR_FORMAT, 0, 0, 96, "a.raw", "short", "", ""}, "a.raw:byte 96: short"},
		{{CAROM_ERROR_FORMAT, 0, 0, -1, "", "short", "", ""}, "short"},
		{{CAROM_ERROR_MODEL, 0, 0, -1, "", "", "", ""}, "model error"},
		{{CAROM_OK, 0, 0, -1, "", "", "", ""}, "success"},
	};
	char buffer[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_ptr_equal(carom_error_format(&cases[i].err, buffer, sizeof(buffer)), buffer);
		assert_string_equal(buffer, cases[i].expected);
	}
}

static void format_stays_within_the_buffer(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char buffer[8] = "unused!";

	(void)state;
	carom_fail_at(&err, CAROM_ERROR_SYNTAX, "amp.cir", 14, 3, "bad");
	assert_string_equal(carom_error_format(&err, buffer, 5), "amp.");
	assert_int_equal(buffer[5], 'd');
	assert_ptr_equal(carom_error_format(&err, buffer, 0), buffer);
	assert_string_equal(buffer, "amp.");
	assert_null(carom_error_format(&err, NULL, 9));
	assert_string_equal(carom_error_format(NULL, buffer, sizeof(buffer)), "");
}

static void every_status_has_a_name_and_a_text(void **state)
{
	(void)state;
	for (int status = CAROM_OK; status >= CAROM_ERROR_INTERNAL; status--) {
		assert_string_not_equal(carom_status_name(status), "?");
		assert_string_not_equal(carom_status_text(status), "unknown status");
	}
	assert_string_equal(carom_status_name(CAROM_OK), "OK");
	assert_string_equal(carom_status_name(CAROM_ERROR_SYNTAX), "ERROR_SYNTAX");
	assert_string_equal(carom_status_text(CAROM_ERROR_SYNTAX), "syntax error");
}

static void an_unknown_status_is_said_to_be_unknown(void **state)
{
	(void)state;
	assert_string_equal(carom_status_name(1), "?");
	assert_string_equal(carom_status_text(CAROM_ERROR_INTERNAL - 1), "unknown status");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_fills_the_error_and_returns_its_status),
		cmocka_unit_test(a_failure_with_a_place_keeps_the_place),
		cmocka_unit_test(what_stands_behind_a_line_end_of_the_format_is_the_hint),
		cmocka_unit_test(a_hint_that_finds_no_room_is_cut),
		cmocka_unit_test(an_error_can_be_handed_on_whole),
		cmocka_unit_test(strings_of_an_error_that_was_written_by_others_are_ended),
		cmocka_unit_test(a_place_without_a_source_is_legal),
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(without_an_error_object_the_status_is_returned_all_the_same),
		cmocka_unit_test(a_failed_system_call_is_named_with_its_cause),
		cmocka_unit_test(memory_failure_has_the_text_of_its_status),
		cmocka_unit_test(context_goes_before_the_text),
		cmocka_unit_test(context_without_an_error_changes_nothing),
		cmocka_unit_test(a_text_that_does_not_fit_is_cut),
		cmocka_unit_test(a_cut_leaves_whole_utf8_characters),
		cmocka_unit_test(a_context_that_fills_everything_still_leaves_a_string),
		cmocka_unit_test(a_long_text_is_cut_by_its_context),
		cmocka_unit_test(a_place_is_added_only_where_there_is_none),
		cmocka_unit_test(a_cleared_error_is_as_new),
		cmocka_unit_test(format_writes_what_is_known),
		cmocka_unit_test(format_stays_within_the_buffer),
		cmocka_unit_test(every_status_has_a_name_and_a_text),
		cmocka_unit_test(an_unknown_status_is_said_to_be_unknown),
	};

	return run_all_tests(tests);
}
