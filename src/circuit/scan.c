/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of a card; separators as in ngspice 39 src/spicelib/parser/inpgtok.c (INPgetNetTok). */
#include "circuit/scan.h"

#include <stddef.h>
#include <string.h>

#include "base/block.h"
#include "base/name.h"

enum byte_class {
	BLANK = 1,
	SEPARATOR = 2,
	QUOTE = 4,
	BRACKET = 8,
	END = 16,
	ODD = 32,
	CONTROL = 64
};

static const unsigned char class_of[256] = {
	['\0'] = END,
	[1 ... 8] = CONTROL,
	[10 ... 31] = CONTROL,
	[127] = CONTROL,
	[' '] = BLANK | SEPARATOR,
	['\t'] = BLANK | SEPARATOR,
	[','] = SEPARATOR,
	['='] = SEPARATOR,
	['('] = SEPARATOR | BRACKET,
	[')'] = SEPARATOR | BRACKET,
	['{'] = QUOTE | BRACKET,
	['}'] = BRACKET,
	['\''] = QUOTE,
	['"'] = QUOTE,
	[';'] = ODD, /* begins a comment */
	['`'] = ODD, /* runs a command, where ngspice evaluates it */
};

static bool is_class(char c, unsigned classes)
{
	return class_of[(unsigned char)c] & classes;
}

static uint32_t skip(const char *card, uint32_t at, unsigned classes)
{
	while (is_class(card[at], classes))
		at++;
	return at;
}

static uint32_t skip_until(const char *card, uint32_t at, unsigned classes)
{
	while (!is_class(card[at], classes))
		at++;
	return at;
}

/* Behind the brace or quote that closes the one at at; the end of the card if none does. */
static uint32_t skip_quoted(const char *card, uint32_t at)
{
	unsigned depth = 0;
	const char *close;

	if (card[at] != '{') {
		close = strchr(card + at + 1, card[at]);
		return close ? (uint32_t)(close - card) + 1 : at + (uint32_t)strlen(card + at);
	}
	for (; card[at]; at++) {
		if (card[at] == '{')
			depth++;
		else if (card[at] == '}' && --depth == 0)
			return at + 1;
	}
	return at;
}

/* "=" that assigns, as opposed to "==", "<=", ">=", "!=". */
static bool is_assignment(const char *card, uint32_t at)
{
	return card[at] == '=' && card[at + 1] != '=' && !(at > 0 && strchr("=<>!", card[at - 1]));
}

/* Does an "=" that assigns follow, blanks in between? */
static inline bool is_key(const char *card, uint32_t at)
{
	at = skip(card, at, BLANK);
	return card[at] == '=' && is_assignment(card, at);
}

/* The name of an element, the first word of its card, goes on over a "(": "v1(a" of "v1(a) 0 1". */
static inline uint32_t name_end(const char *card, uint32_t begin, uint32_t end)
{
	if (begin > 0 || card[end] != '(' || card[0] == '.')
		return end;
	return end + (uint32_t)strcspn(card + end, " \t,=)");
}

bool scan_word(const char *card, uint32_t *at, struct word *word)
{
	const char *p = card + *at;

	while (is_class(*p, SEPARATOR))
		p++;
	*at = word->begin = (uint32_t)(p - card);
	if (*p == '\0')
		return false;
	for (;;) {
		while (!is_class(*p, SEPARATOR | QUOTE | END))
			p++;
		if (!is_class(*p, QUOTE))
			break;
		p = card + skip_quoted(card, (uint32_t)(p - card));
	}
	*at = name_end(card, word->begin, (uint32_t)(p - card));
	word->length = *at - word->begin;
	word->is_key = is_key(card, *at);
	return true;
}

static inline block find_separator(block bytes)
{
	return (block)(bytes == ' ') | (block)(bytes == '\t') | (block)(bytes == ',') |
	       (block)(bytes == '=') | (block)((bytes | 1) == ')');
}

static inline block find_look(block bytes)
{
	return (block)(bytes == '=') | (block)(bytes == '(');
}

static inline block find_quote(block bytes)
{
	return (block)(bytes == '{') | (block)(bytes == '\'') | (block)(bytes == '"');
}

void scanner_seek(struct scanner *scanner, uint32_t at)
{
	uint64_t words;

	scanner->at = at;
	if (scanner->length == 0) /* a card too long for a mask, on which at may be anywhere */
		return;
	words = scanner->words & -((uint64_t)1 << at);
	scanner->begins = words & ~(words << 1);
	scanner->ends = ~words & words << 1;
}

void scanner_init(struct scanner *scanner, const char *text, uint32_t length)
{
	enum { LONGEST = 63 }; /* a bit for each byte and for the end */
	uint32_t last = length < BLOCK_SIZE ? 0 : length - BLOCK_SIZE;
	uint64_t separators;
	block bytes, quotes, looks;

	*scanner = (struct scanner){.text = text};
	if (length > LONGEST)
		return;
	bytes = length < BLOCK_SIZE ? block_load_few(text, length, 'x') : block_load(text + last);
	quotes = find_quote(bytes);
	looks = find_look(bytes);
	separators = (uint64_t)block_bits(find_separator(bytes)) << last;
	for (uint32_t at = 0; at < last; at += BLOCK_SIZE) {
		bytes = block_load(text + at);
		quotes |= find_quote(bytes);
		looks |= find_look(bytes);
		separators |= (uint64_t)block_bits(find_separator(bytes)) << at;
	}
	if (block_bits(quotes) != 0)
		return;
	scanner->length = length;
	scanner->needs_look = block_bits(looks) != 0;
	scanner->words = ~separators & (((uint64_t)1 << length) - 1);
	scanner_seek(scanner, 0);
}

bool scanner_look(struct scanner *scanner, struct word *word)
{
	uint32_t end;

	if (scanner->length == 0)
		return scan_word(scanner->text, &scanner->at, word);
	if (scanner->begins == 0) {
		scanner->at = word->begin = scanner->length;
		return false;
	}
	word->begin = (uint32_t)__builtin_ctzll(scanner->begins);
	end = (uint32_t)__builtin_ctzll(scanner->ends);
	scanner_seek(scanner, name_end(scanner->text, word->begin, end));
	word->length = scanner->at - word->begin;
	word->is_key = is_key(scanner->text, scanner->at);
	return true;
}

bool scan_value(const char *card, uint32_t *at, struct word *word)
{
	uint32_t p = skip(card, *at, BLANK);
	unsigned depth = 0;

	if (card[p] == '=')
		p = skip(card, p + 1, BLANK);
	word->begin = p;
	word->is_key = false;
	while (!is_class(card[p], END) &&
	       (depth > 0 || !is_class(card[p], BLANK) || card[p] == '=')) {
		if (is_class(card[p], QUOTE)) {
			p = skip_quoted(card, p);
			continue;
		}
		if (depth == 0 && (card[p] == ',' || card[p] == ')'))
			break;
		depth += card[p] == '(';
		depth -= card[p] == ')';
		p++;
	}
	word->length = p - word->begin;
	*at = p;
	return word->length > 0;
}

bool word_is(const char *card, const struct word *word, const char *text)
{
	size_t length = strlen(text);

	return word->length == length && name_compare_n(card + word->begin, text, length) == 0;
}

bool word_has_dimension(const char *card, const struct word *word)
{
	static const char *const gates[] = {"and", "nand", "or", "nor"};

	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		if (word_is(card, word, gates[i]))
			return card[word->begin + word->length] == '(';
	}
	return word_is(card, word, "poly");
}

/* Start of the name that the "=" at at assigns to: "x =", "f(a, b) =".  *is_function if the latter. */
static uint32_t name_before(const char *card, uint32_t floor, uint32_t at, uint32_t *end,
			    bool *is_function)
{
	while (at > floor && is_class(card[at - 1], BLANK))
		at--;
	*is_function = at > floor && card[at - 1] == ')';
	if (*is_function) {
		while (at > floor && card[at - 1] != '(')
			at--;
		at -= at > floor;
	}
	while (at > floor && is_class(card[at - 1], BLANK))
		at--;
	*end = at;
	while (at > floor && !is_class(card[at - 1], SEPARATOR | QUOTE | BRACKET) &&
	       card[at - 1] != ':') /* "params:x=1" */
		at--;
	return at;
}

/* The next "=" at or after at that assigns and is in no brackets or quotes; the end if none is. */
static uint32_t next_assignment(const char *card, uint32_t at)
{
	unsigned depth = 0;

	for (;;) {
		at = skip_until(card, at, SEPARATOR | QUOTE | END);
		if (card[at] == '\0' || (depth == 0 && is_assignment(card, at)))
			return at;
		if (is_class(card[at], QUOTE)) {
			at = skip_quoted(card, at);
			continue;
		}
		depth += card[at] == '(';
		depth -= card[at] == ')' && depth > 0;
		at++;
	}
}

bool scan_assignment(const char *card, uint32_t *at, struct assignment *assignment)
{
	uint32_t equals = next_assignment(card, *at);
	uint32_t next, end;
	bool is_function;

	if (card[equals] == '\0')
		return false;
	assignment->name.begin = name_before(card, *at, equals, &end, &assignment->is_function);
	assignment->name.length = end - assignment->name.begin;
	assignment->name.is_key = true;
	assignment->value.begin = skip(card, equals + 1, BLANK);
	next = next_assignment(card, assignment->value.begin);
	*at = next;
	if (card[next] != '\0')
		*at = next = name_before(card, assignment->value.begin, next, &end, &is_function);
	while (next > assignment->value.begin &&
	       (is_class(card[next - 1], BLANK) || card[next - 1] == ','))
		next--;
	assignment->value.length = next - assignment->value.begin;
	assignment->value.is_key = false;
	return true;
}

bool scan_is_name(const char *text)
{
	const char *p = text;

	while (!is_class(*p, SEPARATOR | QUOTE | BRACKET | ODD | CONTROL | END))
		p++;
	return p > text && *p == '\0';
}

bool scan_is_line(const char *text)
{
	while ((unsigned char)*text >= ' ' ? *text != 127 : *text == '\t')
		text++;
	return *text == '\0';
}

static inline block find_bracket(block bytes)
{
	return (block)(bytes == '(') | (block)(bytes == ')') | (block)(bytes == '{') |
	       (block)(bytes == '}') | (block)(bytes == '\'') | (block)(bytes == '"');
}

static inline block find_odd(block bytes)
{
	return (block)(bytes < ' ') | (block)(bytes == 127) | (block)(bytes == ';') |
	       (block)(bytes == '$') | (block)(bytes == '/');
}

/* Does find say that one of the bytes is such a one?  The last sixteen may overlap the others. */
__attribute__((always_inline)) static inline bool has_any(const char *bytes, size_t length,
							  block (*find)(block))
{
	block found = {0};

	for (size_t at = 0; at + BLOCK_SIZE < length; at += BLOCK_SIZE)
		found |= find(block_load(bytes + at));
	found |= find(length >= BLOCK_SIZE ? block_load(bytes + length - BLOCK_SIZE)
					   : block_load_few(bytes, length, 'x'));
	return block_bits(found) != 0;
}

static bool has_brackets(const char *card)
{
	return has_any(card, strlen(card), find_bracket);
}

bool scan_is_plain(const char *bytes, size_t length)
{
	return !has_any(bytes, length, find_odd);
}

static inline block find_expression(block bytes)
{
	return find_quote(bytes) | (block)(bytes == '=');
}

bool scan_has_expression(const char *bytes, size_t length)
{
	return has_any(bytes, length, find_expression);
}

static inline block find_dependence(block bytes)
{
	return (block)(bytes == '(') | (block)((bytes | 0x20) == 't');
}

bool scan_may_depend(const char *bytes, size_t length)
{
	return has_any(bytes, length, find_dependence);
}

/*
 * Bytes that may be more than letters, digits and what separates words: controls and what is beyond
 * ASCII, both below the blank as signed numbers; the eight from the quotes to the parentheses; "{"
 * to the end of ASCII; what may begin a comment or end a line that goes on.
 */
static inline block find_marked(block bytes)
{
	signed_block numbers = (signed_block)bytes;

	return (block)(numbers < ' ') | (block)(numbers >= '{') | (block)(bytes - '"' < 8) |
	       (block)(bytes == ';') | (block)(bytes == '/') | (block)(bytes == '\\');
}

size_t scan_unmarked(const char *bytes, size_t length)
{
	size_t at = 0;
	unsigned bits;

	for (; at + BLOCK_SIZE <= length; at += BLOCK_SIZE) {
		bits = block_bits(find_marked(block_load(bytes + at)));
		if (bits != 0)
			return at + (unsigned)__builtin_ctz(bits);
	}
	bits = block_bits(find_marked(block_load_few(bytes + at, length - at, 'x')));
	bits |= 1u << (length - at);
	return at + (unsigned)__builtin_ctz(bits);
}

bool scan_is_balanced(const char *card, uint32_t *alone)
{
	enum { MAX_OPEN = 128 };
	uint32_t open[MAX_OPEN];
	unsigned depth = 0;

	if (!has_brackets(card))
		return true;
	for (uint32_t at = 0;; at++) {
		at = skip_until(card, at, QUOTE | BRACKET | END);
		*alone = at;
		if (card[at] == '\0')
			break;
		if (card[at] == '\'' || card[at] == '"') {
			const char *close = strchr(card + at + 1, card[at]);

			if (!close)
				return false;
			at = (uint32_t)(close - card);
		} else if (card[at] == '(' || card[at] == '{') {
			if (depth == MAX_OPEN)
				return false;
			open[depth++] = at;
		} else if (depth == 0 || card[open[--depth]] != (card[at] == ')' ? '(' : '{')) {
			return false;
		}
	}
	if (depth > 0)
		*alone = open[depth - 1];
	return depth == 0;
}
