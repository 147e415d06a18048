/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding the line of the deck that a message is about. */
#include "ng-place.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char blanks[] = " \t";

/*
 * What stands before a line's number: "Error on line 4", "Netlist line no. 3:", "line number 4";
 * ngspice 46: "Error in netlist line no. 4, new internal line no. 3:".
 */
static const char *const before_number[] = {"internal line no. ", "line no. ", "line no ",
					    "line number ", "line "};

/* What stands before a quoted card; "" is a line that is followed by the card's own. */
static const char *const before_card[] = {"unknown subckt: ", "in str: ",    "in string ",
					  "Check line ",      "instance: x", "malformed line: "};
static const char *const before_next_card[] = {"Error on line:", "from line", "in line"};

/* What stands before a word of the line. */
static const char *const before_word[] = {"[", "include file ", "library file "};

static const char *after(const char *line, const char *words)
{
	const char *at = strstr(line, words);

	return at ? at + strlen(words) : NULL;
}

static bool is_blank(const char *line)
{
	return line[strspn(line, blanks)] == '\0';
}

/* The line that ngspice counts as the k-th. */
static int numbered_line(const char *const *lines, size_t n, long k)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_blank(lines[i]) && --k == 0)
			return (int)i + 1;
	}
	return 0;
}

static int find_number(const char *words, const char *const *lines, size_t n)
{
	for (size_t i = 0; i < sizeof(before_number) / sizeof(before_number[0]); i++) {
		const char *digits = after(words, before_number[i]);

		if (digits && digits[0] >= '1' && digits[0] <= '9')
			return numbered_line(lines, n, strtol(digits, NULL, 10));
	}
	return 0;
}

static bool begins_with_token(const char *line, const char *token, size_t length)
{
	line += strspn(line, blanks);
	return strcspn(line, blanks) == length && strncasecmp(line, token, length) == 0;
}

/* The only line that begins with this token; 0 if there are several or none. */
static int only_line_of(const char *const *lines, size_t n, const char *token, size_t length)
{
	int found = 0;

	for (size_t i = 1; length > 0 && i < n; i++) {
		if (!begins_with_token(lines[i], token, length))
			continue;
		if (found)
			return 0;
		found = (int)i + 1;
	}
	return found;
}

/* "d.x1.d1 in 0 nix" is the card d1 of some subcircuit, "r1 in 0 foo" is itself. */
static int find_card(const char *card, const char *const *lines, size_t n)
{
	size_t length = strcspn(card, " \t)");
	int line = only_line_of(lines, n, card, length);

	for (size_t i = length; !line && i > 0; i--) {
		if (card[i - 1] == '.')
			return only_line_of(lines, n, card + i, length - i);
	}
	return line;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool has_word(const char *line, const char *word, size_t length)
{
	for (const char *at = line; *at; at++) {
		bool begins = at == line || !is_name_byte(at[-1]);

		if (begins && strncasecmp(at, word, length) == 0 && !is_name_byte(at[length]))
			return true;
	}
	return false;
}

/* The first line with the word, for every use of it is as wrong. */
static int find_word(const char *word, const char *const *lines, size_t n)
{
	size_t length = strcspn(word, "],");

	for (size_t i = 1; length > 0 && i < n; i++) {
		if (lines[i][0] != '*' && has_word(lines[i], word, length))
			return (int)i + 1;
	}
	return 0;
}

static int find_quoted_card(const struct ng_messages *messages, size_t i, const char *const *lines,
			    size_t n)
{
	const char *words = ng_messages_get(messages, i)->line;

	for (size_t k = 0; k < sizeof(before_card) / sizeof(before_card[0]); k++) {
		const char *card = after(words, before_card[k]);

		if (card)
			return find_card(card, lines, n);
	}
	for (size_t k = 0; k < sizeof(before_next_card) / sizeof(before_next_card[0]); k++) {
		if (after(words, before_next_card[k]) && i + 1 < ng_messages_count(messages))
			return find_card(ng_messages_get(messages, i + 1)->line, lines, n);
	}
	return 0;
}

static int find_quoted_word(const char *words, const char *const *lines, size_t n)
{
	for (size_t i = 0; i < sizeof(before_word) / sizeof(before_word[0]); i++) {
		const char *word = after(words, before_word[i]);

		if (word)
			return find_word(word, lines, n);
	}
	return 0;
}

/* The place may be told in the line itself, in the two before it, or in the two after. */
int ng_place_find(const struct ng_messages *messages, size_t i, const char *const *lines, size_t n)
{
	static const int offsets[] = {0, -1, -2, 1, 2};
	size_t count = ng_messages_count(messages);
	int line = 0;

	for (size_t k = 0; !line && k < sizeof(offsets) / sizeof(offsets[0]); k++) {
		size_t at = i + (size_t)offsets[k];

		if (at < count)
			line = find_number(ng_messages_get(messages, at)->line, lines, n);
	}
	for (size_t k = 0; !line && k < sizeof(offsets) / sizeof(offsets[0]); k++) {
		size_t at = i + (size_t)offsets[k];

		if (at < count)
			line = find_quoted_card(messages, at, lines, n);
	}
	if (!line)
		line = find_quoted_word(ng_messages_get(messages, i)->line, lines, n);
	return line;
}
