/* SPDX-License-Identifier: BSD-3-Clause */
/* A text cut into words, by a table of bytes. */
#include "circuit/card-word.h"

static bool is_word_byte(char c)
{
	unsigned char lower = (unsigned char)c | 0x20;

	return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

bool text_words_next(struct text_words *words)
{
	const char *p = words->at;

	while (p < words->end && !is_word_byte(*p))
		p++;
	words->word = p;
	while (p < words->end && is_word_byte(*p))
		p++;
	words->at = p;
	words->length = (size_t)(p - words->word);
	return words->length > 0;
}

bool text_words_is_key(const struct text_words *words)
{
	const char *p = words->at;

	while (p < words->end && (*p == ' ' || *p == '\t'))
		p++;
	return p < words->end && *p == '=' && !(p + 1 < words->end && p[1] == '=');
}

size_t name_key(const char *name, size_t length, const char **key)
{
	struct text_words words = {.at = name, .end = name + length};

	text_words_next(&words);
	*key = words.word;
	return words.length;
}
