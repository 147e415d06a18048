/* SPDX-License-Identifier: BSD-3-Clause */
/* The known word that a misspelt one was meant to be. */
#include <string.h>

#include "study/nearest.h"
#include "support.h"

static const char *const known[] = {"vary", "measure", "spec", "samples", "seed", "time-limit"};

static const char *nearest(const char *word)
{
	return nearest_word(word, strlen(word), known, sizeof(known) / sizeof(known[0]));
}

static void a_letter_changed_dropped_or_added_is_forgiven(void **state)
{
	(void)state;
	assert_string_equal(nearest("sped"), "spec");
	assert_string_equal(nearest("var"), "vary");
	assert_string_equal(nearest("seeds"), "seed");
	assert_string_equal(nearest("sample"), "samples");
}

static void two_letters_are_forgiven_in_a_long_word_only(void **state)
{
	(void)state;
	assert_string_equal(nearest("mezzure"), "measure");
	assert_null(nearest("vars1"));
	assert_null(nearest("meaxxxe"));
}

static void case_does_not_count(void **state)
{
	(void)state;
	assert_string_equal(nearest("TIME_LIMIT"), "time-limit");
	assert_string_equal(nearest("MEASURE"), "measure");
}

static void a_word_like_none_has_no_nearest(void **state)
{
	(void)state;
	assert_null(nearest("sampler-of-lhs"));
	assert_null(nearest("monte"));
	assert_null(nearest(""));
}

static void the_first_of_equals_is_taken(void **state)
{
	static const char *const equals[] = {"abce", "abcd"};

	(void)state;
	assert_string_equal(nearest_word("abcx", 4, equals, 2), "abce");
	assert_null(nearest_word("abcx", 4, equals, 0));
}

static void only_the_given_length_of_the_word_is_read(void **state)
{
	(void)state;
	assert_string_equal(nearest_word("seedling", 4, known, 6), "seed");
}

static void a_word_of_any_length_is_safe(void **state)
{
	char word[64];

	(void)state;
	memset(word, 'v', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	assert_null(nearest(word));
	assert_null(nearest_word(word, 63, &(const char *const){word}, 1));
	word[31] = '\0';
	assert_string_equal(nearest_word(word, 30, &(const char *const){word}, 1), word);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_changed_dropped_or_added_is_forgiven),
		cmocka_unit_test(two_letters_are_forgiven_in_a_long_word_only),
		cmocka_unit_test(case_does_not_count),
		cmocka_unit_test(a_word_like_none_has_no_nearest),
		cmocka_unit_test(the_first_of_equals_is_taken),
		cmocka_unit_test(only_the_given_length_of_the_word_is_read),
		cmocka_unit_test(a_word_of_any_length_is_safe),
	};

	return run_all_tests(tests);
}
