/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of a statement, the numbers among them, and errors that say where they stand. */
#ifndef STUDY_PHRASE_H
#define STUDY_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define PHRASE_BLANKS " \t"

/* The words after a statement's keyword, on one line, and where they stand. */
struct phrase {
	const char *text;
	const char *source; /* file, "" for a call */
	int line;
	int column; /* of text, from 1 */
};

/* Fail at a byte of the phrase's text. */
int phrase_fail(const struct phrase *phrase, const char *at, struct carom_error *err,
		const char *format, ...) CAROM_PRINTF(4, 5);

/* Pass on an error about the text from at on, whose columns count from there, or about a file. */
int phrase_fail_inside(const struct phrase *phrase, const char *at, const struct carom_error *inner,
		       struct carom_error *err);

/* The next word from *at on: *at goes behind it, *length is its length.  NULL if there is none. */
const char *phrase_word(const char **at, size_t *length);

/* Is the word, which may be NULL, the expected one?  Case does not count. */
bool phrase_word_is(const char *word, size_t length, const char *expected);

/* A copy in lower case; the caller frees it.  NULL when out of memory. */
char *phrase_lower(const char *word, size_t length);

/*
 * The words up to end with one blank between them; the caller frees it.  NULL when out of memory.
 */
char *phrase_fold(const char *begin, const char *end);

/* For "%.*s" of a word in a message. */
#define WORD_SHOWN(length) ((int)((length) < 40 ? (length) : 40))

/* The end of the words, blanks behind them left out: where a missing word would stand. */
const char *phrase_end(const struct phrase *phrase);

/* Fail if there is a word from at on. */
int phrase_expect_end(const struct phrase *phrase, const char *at, struct carom_error *err);

/* A word that is a finite SPICE number: "1.08", "4.7k". */
int phrase_number(const struct phrase *phrase, const char *word, size_t length, double *number,
		  struct carom_error *err);
/* A whole number of 64 bits: digits ("18446744073709551615") or a SPICE number ("10k"). */
int phrase_count(const struct phrase *phrase, uint64_t *count, struct carom_error *err);
/* A positive number of seconds: "10", "0.5", "10s".  No suffix: "10m" would be 10 ms. */
int phrase_seconds(const struct phrase *phrase, double *seconds, struct carom_error *err);

#endif
