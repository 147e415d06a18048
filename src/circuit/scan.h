/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of a card: nets, names, numbers, "key=value" pairs, expressions in braces or quotes. */
#ifndef CIRCUIT_SCAN_H
#define CIRCUIT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word {
	uint32_t begin; /* byte of the card */
	uint32_t length;
	bool is_key; /* an "=" follows */
};

/*
 * The next word at or after *at, which moves behind it.  Blanks, commas, parentheses and "="
 * separate words, as in ngspice, but for a "(" at once behind an element's name, which is part of
 * it; what stands in braces or quotes is one word with them.  False at the end of the card.
 */
bool scan_word(const char *card, uint32_t *at, struct word *word);

/*
 * The words of one card after the other, the same as by scan_word: where a short card without quotes
 * and braces has its words is found out in advance.
 */
struct scanner {
	const char *text;
	uint32_t at;     /* next byte of text */
	uint32_t length; /* of text; 0: nothing is known of it in advance */
	bool needs_look; /* has it "=" or "("? */
	uint64_t words;  /* a bit for each byte of a word */
	uint64_t begins; /* of those behind at: for each word the bit of its first byte */
	uint64_t ends;   /* and the bit behind its last */
};
void scanner_init(struct scanner *scanner, const char *text, uint32_t length);
void scanner_seek(struct scanner *scanner, uint32_t at);       /* go on there */
bool scanner_look(struct scanner *scanner, struct word *word); /* the rest of scanner_next */

static inline bool scanner_next(struct scanner *scanner, struct word *word)
{
	if (scanner->begins == 0 || scanner->needs_look)
		return scanner_look(scanner, word);
	word->begin = (uint32_t)__builtin_ctzll(scanner->begins);
	scanner->at = (uint32_t)__builtin_ctzll(scanner->ends);
	scanner->begins &= scanner->begins - 1;
	scanner->ends &= scanner->ends - 1;
	word->length = scanner->at - word->begin;
	word->is_key = false;
	return true;
}

/* After a key: its value, an expression without blanks at least, parentheses included. */
bool scan_value(const char *card, uint32_t *at, struct word *word);

/* Is the word this text, without regard to case? */
bool word_is(const char *card, const struct word *word, const char *text);

/*
 * Does the word of an E, F, G or H card say that a dimension follows, and then as many controls?
 * "poly(2)"; and of the gates that ngspice makes of an E: "nand(2)", a bracket at once behind it.
 */
bool word_has_dimension(const char *card, const struct word *word);

/*
 * The next "name=value" of a list at or after *at, where a value may hold blanks: it ends before
 * the next name.  is_function: "name(arguments)=value".  False if there is none.
 */
struct assignment {
	struct word name;
	struct word value;
	bool is_function;
};
bool scan_assignment(const char *card, uint32_t *at, struct assignment *assignment);

/* Can the text be one word of a card: a name, a net? */
bool scan_is_name(const char *text);

/* Is the text one line, without control characters but tabs? */
bool scan_is_line(const char *text);

/* Is none of the bytes a control character (tabs too) or one that may begin a comment: ; $ / ? */
bool scan_is_plain(const char *bytes, size_t length);

/* Is there a byte with which an expression of a card begins: a brace, a quote, "="? */
bool scan_has_expression(const char *bytes, size_t length);

/* May a value depend on the circuit: is there a "(", or a "t" as in time, temper and hertz? */
bool scan_may_depend(const char *bytes, size_t length);

/*
 * How many bytes come before the first that needs a look: one as above, beyond ASCII, a bracket, a
 * quote or a backslash.  Some that need none ("#", "%", "&", "|", "~") end the count too.
 */
size_t scan_unmarked(const char *bytes, size_t length);

/* Is every brace, parenthesis and quote closed?  If not, *alone is the byte that is alone. */
bool scan_is_balanced(const char *card, uint32_t *alone);

#endif
