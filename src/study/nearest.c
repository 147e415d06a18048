/* SPDX-License-Identifier: BSD-3-Clause */
/* The known word that a misspelt one was meant to be: the smallest edit distance. */
#include "study/nearest.h"

#include <string.h>

#include "base/fold.h"

#define MAX_LENGTH 31 /* of a known word */

static size_t least(size_t a, size_t b, size_t c)
{
	size_t less = a < b ? a : b;

	return less < c ? less : c;
}

/* Levenshtein's distance, one row of the table at a time (Wagner & Fischer, J. ACM 21, 1974). */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[MAX_LENGTH + 1];

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t changed = diagonal + (fold(a[i - 1]) != fold(b[j - 1]));

			diagonal = row[j];
			row[j] = least(changed, row[j] + 1, row[j - 1] + 1);
		}
	}
	return row[b_length];
}

const char *nearest_word(const char *word, size_t length, const char *const *known, size_t n)
{
	const char *nearest = NULL;
	size_t best = length < 6 ? 2 : 3; /* one below is the most that is forgiven */

	for (size_t i = 0; i < n; i++) {
		size_t known_length = strlen(known[i]);
		size_t edits;

		if (known_length > MAX_LENGTH)
			continue;
		edits = distance(word, length, known[i], known_length);
		if (edits < best) {
			best = edits;
			nearest = known[i];
		}
	}
	return nearest;
}
