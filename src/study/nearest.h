/* SPDX-License-Identifier: BSD-3-Clause */
/* The known word that a misspelt one was meant to be. */
#ifndef STUDY_NEAREST_H
#define STUDY_NEAREST_H

#include <stddef.h>

/*
 * The one of known[0..n) with the fewest letters to insert, drop or change (case does not count),
 * the first of several; NULL if even that one is too different to be what was meant.  Known words
 * of more than 31 letters are passed over.
 */
const char *nearest_word(const char *word, size_t length, const char *const *known, size_t n);

#endif
