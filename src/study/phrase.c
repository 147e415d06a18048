/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of a statement, the numbers among them, and errors that say where they stand. */
#include "study/phrase.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"

#define EXACT_MAX 9007199254740992.0 /* 2^53: doubles below are exact integers */

int phrase_fail(const struct phrase *phrase, const char *at, struct carom_error *err,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	carom_vfail_at(err, CAROM_ERROR_SYNTAX, phrase->source, phrase->line,
		       phrase->column + (int)(at - phrase->text), format, args);
	va_end(args);
	return CAROM_ERROR_SYNTAX;
}

int phrase_fail_inside(const struct phrase *phrase, const char *at, const struct carom_error *inner,
		       struct carom_error *err)
{
	int column = inner->column > 0 ? inner->column : 1;

	if (inner->source[0])
		return carom_fail_as(err, inner);
	return carom_fail_at(err, inner->status, phrase->source, phrase->line,
			     phrase->column + (int)(at - phrase->text) + column - 1, "%s\n%s",
			     inner->text, inner->hint);
}

const char *phrase_word(const char **at, size_t *length)
{
	const char *word = *at + strspn(*at, PHRASE_BLANKS);

	*length = strcspn(word, PHRASE_BLANKS);
	*at = word + *length;
	return *length ? word : NULL;
}

bool phrase_word_is(const char *word, size_t length, const char *expected)
{
	return word && strlen(expected) == length && name_compare_n(word, expected, length) == 0;
}

char *phrase_lower(const char *word, size_t length)
{
	char *copy = mem_strndup(word, length);

	for (char *c = copy; c && *c; c++)
		*c = (char)fold(*c);
	return copy;
}

const char *phrase_end(const struct phrase *phrase)
{
	size_t length = strlen(phrase->text);

	while (length > 0 && strchr(PHRASE_BLANKS, phrase->text[length - 1]))
		length--;
	return phrase->text + length;
}

int phrase_expect_end(const struct phrase *phrase, const char *at, struct carom_error *err)
{
	size_t length;
	const char *word = phrase_word(&at, &length);

	if (!word)
		return 0;
	return phrase_fail(phrase, word, err, "unexpected \"%.*s\"", WORD_SHOWN(length), word);
}

char *phrase_fold(const char *begin, const char *end)
{
	struct text folded = TEXT_INIT;
	const char *word;
	size_t length;

	while ((word = phrase_word(&begin, &length)) && word < end) {
		if (folded.length)
			text_append_char(&folded, ' ');
		text_append_n(&folded, word, length);
	}
	return text_take(&folded);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool read_digits(const char *word, size_t length, uint64_t *count)
{
	*count = 0;
	for (size_t i = 0; i < length; i++) {
		if (!is_digit(word[i]) || __builtin_mul_overflow(*count, 10u, count) ||
		    __builtin_add_overflow(*count, (uint64_t)(word[i] - '0'), count))
			return false;
	}
	return true;
}

static bool read_count(const char *word, size_t length, uint64_t *count)
{
	double value;
	size_t used;

	if (read_digits(word, length, count))
		return true;
	if (!number_read(word, length, &value, &used) || used != length)
		return false;
	if (!(value >= 0 && value < EXACT_MAX) || value != floor(value))
		return false;
	*count = (uint64_t)value;
	return true;
}

int phrase_number(const struct phrase *phrase, const char *word, size_t length, double *number,
		  struct carom_error *err)
{
	size_t used;

	if (length > 0 && number_read(word, length, number, &used) && used == length &&
	    isfinite(*number))
		return 0;
	return phrase_fail(phrase, word, err, "\"%.*s\" is no number", WORD_SHOWN(length), word);
}

int phrase_count(const struct phrase *phrase, uint64_t *count, struct carom_error *err)
{
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);

	if (!word)
		return phrase_fail(phrase, phrase->text, err, "a whole number is missing here");
	if (!read_count(word, length, count))
		return phrase_fail(phrase, word, err, "\"%.*s\" is no whole number of 64 bits",
				   WORD_SHOWN(length), word);
	return phrase_expect_end(phrase, at, err);
}

int phrase_seconds(const struct phrase *phrase, double *seconds, struct carom_error *err)
{
	char number[NUMBER_SIZE];
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);

	if (!word)
		return phrase_fail(phrase, phrase->text, err,
				   "a number of seconds is missing here");
	snprintf(number, sizeof(number), "%.*s", (int)length, word);
	if (length > 1 && length < sizeof(number) && (word[length - 1] | 0x20) == 's')
		number[length - 1] = '\0';
	if (length >= sizeof(number) || !number_parse_plain(number, seconds) ||
	    !isfinite(*seconds) || *seconds <= 0)
		return phrase_fail(phrase, word, err,
				   "\"%.*s\" is no positive number of seconds, such as 10 or 0.5",
				   WORD_SHOWN(length), word);
	return phrase_expect_end(phrase, at, err);
}
