/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a deck: comments dropped, continuations joined, "*carom" comments recorded. */
#ifndef CIRCUIT_DECK_LINE_H
#define CIRCUIT_DECK_LINE_H

#include "base/error.h"
#include "circuit/circuit.h"

/* A text being read from front to back; text is the caller's and stays until it is read. */
struct deck_source {
	const char *text;
	size_t length;
	size_t at;
	uint32_t line; /* the line at which "at" stands, from 1 */
	/* of the card read last */
	bool keeps_lines;  /* lines that continue it are cards of their own, which begin with "+" */
	bool is_numerical; /* it is the .model of a numerical device */
	bool is_unmarked;  /* nothing in it needs a look: scan_unmarked */
	uint32_t file;     /* index into root's files */
	const char *name;  /* of the file, as messages say it */
	struct carom_circuit *root; /* gets the statements; its arena the text of the cards */
	struct deck_source *outer;  /* the one that includes this one; NULL */
};

/* One line as it stands, without its end and outer blanks. */
struct raw_line {
	const char *text; /* not terminated */
	size_t length;
	uint32_t line;
	uint32_t column; /* of text, from 1 */
};

/* False at the end of the text. */
bool deck_line_raw(struct deck_source *source, struct raw_line *raw);

/*
 * The next card, complete with its continuation lines (those of the .model of a numerical device
 * and those that continue nothing are cards of their own, which begin with "+"): text, length, file and line of *card are
 * set.  Returns 0, 1 at the end of the text, or a status: ERROR_SYNTAX for a control
 * character.
 */
int deck_line_next(struct deck_source *source, struct card *card, struct carom_error *err);

/* Does the line begin with the keyword (".endc"), without regard to case? */
bool raw_line_begins(const struct raw_line *raw, const char *keyword);

/* Leave out the comment at its end. */
void raw_line_cut_comment(struct raw_line *raw);

#endif
