/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of dot-cards: what each is to the circuit. */
#ifndef CIRCUIT_DOT_CARD_H
#define CIRCUIT_DOT_CARD_H

#include <stddef.h>

enum dot_kind {
	DOT_UNKNOWN,
	DOT_OTHER, /* passed on as it is */
	DOT_ANALYSIS,
	DOT_SAVE,
	DOT_MODEL,
	DOT_PARAM,
	DOT_SUBCKT,
	DOT_ENDS,
	DOT_INCLUDE,
	DOT_LIB,
	DOT_ENDL,
	DOT_CONTROL,
	DOT_ENDC,
	DOT_TITLE,
	DOT_END
};

/* What the card, which begins with ".", is; *length: of its keyword, the dot included. */
enum dot_kind dot_card_kind(const char *card, size_t *length);

/* The analysis that an unknown keyword was perhaps meant to be (".tran" for ".trna"), or NULL. */
const char *dot_card_guess(const char *keyword, size_t length);
/* The keyword that the word is but for its dot ("include"), or NULL. */
const char *dot_card_without_dot(const char *word, size_t length);

#endif
