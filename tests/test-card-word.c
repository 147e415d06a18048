/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of cards, and the key by which a name is found among them. */
#include "circuit/card-word.h"

#include <stdio.h>
#include <string.h>

#include "support.h"

/* Every word, keys with "=" behind them. */
static const char *words_of(const char *text)
{
	static char all[256];
	struct text_words words = {.at = text, .end = text + strlen(text)};
	size_t used = 0;

	all[0] = '\0';
	while (text_words_next(&words))
		used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%.*s%s",
					 used ? " " : "", (int)words.length, words.word,
					 text_words_is_key(&words) ? "=" : "");
	return all;
}

static void words_are_runs_of_letters_digits_and_underscores(void **state)
{
	(void)state;
	assert_string_equal(words_of(""), "");
	assert_string_equal(words_of(" \t(,)"), "");
	assert_string_equal(words_of("r1 in OUT {2*r_load/w.x}"), "r1 in OUT 2 r_load w x");
	assert_string_equal(words_of("@m.x1.xn.mn[vth0]"), "m x1 xn mn vth0");
	assert_string_equal(words_of("d1 a 0 1n4148-q"), "d1 a 0 1n4148 q");
	assert_string_equal(words_of("'a+b'\"c\";d`e"), "a b c d e");
	assert_string_equal(words_of("r\xc3\xa4 b"), "r\xc3\xa4 b");
}

static void a_word_ends_with_the_text(void **state)
{
	struct text_words words = {.at = "abc", .end = words.at + 2};

	(void)state;
	assert_true(text_words_next(&words));
	assert_int_equal(words.length, 2);
	assert_false(text_words_is_key(&words));
	assert_false(text_words_next(&words));
}

static void a_key_has_an_equals_sign_behind_it(void **state)
{
	(void)state;
	assert_string_equal(words_of("w=1 l \t= 2 m={a==b} c= d"), "w= 1 l= 2 m= a b c= d");
	assert_string_equal(words_of("w="), "w=");
}

static const char *key_of(const char *name)
{
	static char text[64];
	const char *key;
	size_t length = name_key(name, strlen(name), &key);

	snprintf(text, sizeof(text), "%.*s", (int)length, key);
	return text;
}

static void the_key_of_a_name_is_its_first_word(void **state)
{
	(void)state;
	assert_string_equal(key_of("nch"), "nch");
	assert_string_equal(key_of("nch.12"), "nch");
	assert_string_equal(key_of("2n2222/a"), "2n2222");
	assert_string_equal(key_of("$x"), "x");
	assert_string_equal(key_of("!?"), "");
	assert_string_equal(key_of(""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_runs_of_letters_digits_and_underscores),
		cmocka_unit_test(a_word_ends_with_the_text),
		cmocka_unit_test(a_key_has_an_equals_sign_behind_it),
		cmocka_unit_test(the_key_of_a_name_is_its_first_word),
	};

	return run_all_tests(tests);
}
