/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words of a text, cut so small that no reference to a name is missed, whichever reader of ngspice's
 * will read the text: a run of letters, digits, underscores and bytes beyond ASCII.
 *
 * A name may hold other bytes ("nch.1", "d-1n4148").  Its first such run, its key, is a word of every
 * text that refers to it.
 */
#ifndef CIRCUIT_CARD_WORD_H
#define CIRCUIT_CARD_WORD_H

#include <stdbool.h>
#include <stddef.h>

struct text_words {
	const char *at, *end;
	const char *word; /* the one found last */
	size_t length;
};

/* Move on to the next word; false at the end. */
bool text_words_next(struct text_words *words);

/* Is the word found last a name that is assigned to, "w" of "w=1"? */
bool text_words_is_key(const struct text_words *words);

/* The key of a name; its length, 0 if the name has none. */
size_t name_key(const char *name, size_t length, const char **key);

#endif
