/* SPDX-License-Identifier: BSD-3-Clause */
/* Words and numbers of a statement, and where they are wrong. */
#include <string.h>

#include "study/phrase.h"
#include "support.h"

/* As if the words stood in column 15 of line 7 of a deck. */
static struct phrase phrase_of(const char *text)
{
	return (struct phrase){text, "amp.cir", 7, 15};
}

static void words_are_what_blanks_leave(void **state)
{
	const char *at = "  r1\tgauss";
	size_t length;
	const char *word;

	(void)state;
	word = phrase_word(&at, &length);
	assert_int_equal(length, 2);
	assert_memory_equal(word, "r1", 2);
	word = phrase_word(&at, &length);
	assert_int_equal(length, 5);
	assert_string_equal(word, "gauss");
	assert_null(phrase_word(&at, &length));
	assert_int_equal(length, 0);
	assert_null(phrase_word(&at, &length));
}

static void the_end_is_behind_the_last_word(void **state)
{
	struct phrase phrase = phrase_of("r1 gauss\t ");
	struct phrase blank = phrase_of("  ");

	(void)state;
	assert_ptr_equal(phrase_end(&phrase), phrase.text + 8);
	assert_ptr_equal(phrase_end(&blank), blank.text);
}

static void an_error_says_where_its_word_stands(void **state)
{
	struct phrase phrase = phrase_of("gain 38 4x2");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(phrase_fail(&phrase, phrase.text + 8, &err, "bad \"%s\"", "4x2"),
			 CAROM_ERROR_SYNTAX);
	assert_string_equal(err.text, "bad \"4x2\"");
	assert_string_equal(err.source, "amp.cir");
	assert_int_equal(err.line, 7);
	assert_int_equal(err.column, 23);
}

static void an_error_inside_keeps_its_status_and_moves_its_column(void **state)
{
	struct phrase phrase = phrase_of("gain max(v(out)");
	struct carom_error inner = CAROM_ERROR_INIT;
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	inner.status = CAROM_ERROR_MEASURE;
	strcpy(inner.text, "not closed");
	inner.column = 4;
	assert_int_equal(phrase_fail_inside(&phrase, phrase.text + 5, &inner, &err),
			 CAROM_ERROR_MEASURE);
	assert_string_equal(err.text, "not closed");
	assert_int_equal(err.column, 14 + 5 + 4);
	carom_error_clear(&err);
	inner.column = 0;
	phrase_fail_inside(&phrase, phrase.text + 5, &inner, &err);
	assert_int_equal(err.column, 14 + 5 + 1);
}

struct refusal {
	const char *text;
	int column; /* within the text, from 1 */
	const char *message;
};

static void assert_refused(const struct refusal *refusal, const struct carom_error *err)
{
	if (err->status != CAROM_ERROR_SYNTAX || err->line != 7 ||
	    err->column != 14 + refusal->column || strcmp(err->source, "amp.cir") != 0 ||
	    !strstr(err->text, refusal->message))
		fail_msg("\"%s\": expected %d: %s; got %d: %s", refusal->text, refusal->column,
			 refusal->message, err->column - 14, err->text);
}

static void a_count_is_exact_to_64_bits_or_a_spice_number(void **state)
{
	static const struct {
		const char *text;
		uint64_t count;
	} good[] = {
		{"0", 0},       {" 1000 ", 1000}, {"18446744073709551615", UINT64_MAX},
		{"10k", 10000}, {"1e3", 1000},    {"2.5meg", 2500000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct phrase phrase = phrase_of(good[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		uint64_t count = 42;

		phrase_count(&phrase, &count, &err);
		assert_ok(&err);
		assert_true(count == good[i].count);
	}
}

static void a_bad_count_is_refused_where_it_is_wrong(void **state)
{
	static const struct refusal refusals[] = {
		{" ", 1, "a whole number is missing"},
		{"18446744073709551616", 1, "is no whole number of 64 bits"},
		{" 1.5", 2, "\"1.5\" is no whole number"},
		{"-1", 1, "\"-1\" is no whole number"},
		{"1m", 1, "\"1m\" is no whole number"},
		{"many", 1, "\"many\" is no whole number"},
		{"10 20", 4, "unexpected \"20\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct phrase phrase = phrase_of(refusals[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		uint64_t count;

		assert_int_equal(phrase_count(&phrase, &count, &err), CAROM_ERROR_SYNTAX);
		assert_refused(&refusals[i], &err);
	}
}

static void seconds_are_plain_numbers(void **state)
{
	static const struct {
		const char *text;
		double seconds;
	} good[] = {{"10", 10}, {" 0.5 ", 0.5}, {"10s", 10}, {"1e3S", 1000}};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct phrase phrase = phrase_of(good[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		double seconds = 42;

		phrase_seconds(&phrase, &seconds, &err);
		assert_ok(&err);
		assert_same_bits(seconds, good[i].seconds);
	}
}

static void bad_seconds_are_refused_where_they_are_wrong(void **state)
{
	static const struct refusal refusals[] = {
		{"", 1, "a number of seconds is missing"},
		{"10m", 1, "\"10m\" is no positive number of seconds"},
		{"1min", 1, "\"1min\" is no positive number of seconds"},
		{" 0", 2, "\"0\" is no positive number"},
		{"-1", 1, "\"-1\" is no positive number"},
		{"inf", 1, "\"inf\" is no positive number"},
		{"nan", 1, "\"nan\" is no positive number"},
		{"s", 1, "\"s\" is no positive number"},
		{"10 s", 4, "unexpected \"s\""},
		{"00000000000000000000000000000000000000001", 1, "is no positive number"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct phrase phrase = phrase_of(refusals[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		double seconds;

		assert_int_equal(phrase_seconds(&phrase, &seconds, &err), CAROM_ERROR_SYNTAX);
		assert_refused(&refusals[i], &err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_what_blanks_leave),
		cmocka_unit_test(the_end_is_behind_the_last_word),
		cmocka_unit_test(an_error_says_where_its_word_stands),
		cmocka_unit_test(an_error_inside_keeps_its_status_and_moves_its_column),
		cmocka_unit_test(a_count_is_exact_to_64_bits_or_a_spice_number),
		cmocka_unit_test(a_bad_count_is_refused_where_it_is_wrong),
		cmocka_unit_test(seconds_are_plain_numbers),
		cmocka_unit_test(bad_seconds_are_refused_where_they_are_wrong),
	};

	return run_all_tests(tests);
}
