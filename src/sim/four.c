/* SPDX-License-Identifier: BSD-3-Clause */
/* The .four cards of a circuit: for which frequency they want the harmonics of which vectors. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "carom-param.h"
#include "carom-spectrum.h"
#include "circuit/card-expression.h"
#include "circuit/circuit.h"

#define BLANKS " \t"

/* The next word, in which blanks within parentheses or braces are no end; false at the end. */
static bool next_word(const char **at, const char **word, size_t *length)
{
	const char *p = *at + strspn(*at, BLANKS);
	int depth = 0;

	*word = p;
	for (; *p && (depth > 0 || !strchr(BLANKS, *p)); p++)
		depth += (strchr("({", *p) != NULL) - (strchr(")}", *p) != NULL);
	*length = (size_t)(p - *word);
	*at = p;
	return *length > 0;
}

static bool is_operator(char c)
{
	return c != '\0' && strchr("+-*/", c);
}

/* As a word, but blanks beside an operator are no end either: "v(a) - v(b)" is one expression. */
static bool next_expression(const char **at, const char **word, size_t *length)
{
	bool goes_on = next_word(at, word, length), is_one = goes_on;

	while (goes_on) {
		const char *behind = *at + strspn(*at, BLANKS), *more;
		size_t more_length;

		goes_on = (is_operator((*at)[-1]) || is_operator(*behind)) &&
			  next_word(at, &more, &more_length);
		*length = (size_t)(*at - *word);
	}
	return is_one;
}

/* Vector number index, counted over all cards; false if there are fewer, and *count tells how many. */
static bool find(const struct carom_circuit *circuit, size_t index, const struct card **card,
		 const char **word, size_t *length, size_t *count)
{
	*count = 0;
	for (size_t i = 1; i < circuit->n_cards; i++) {
		const char *at;

		*card = &circuit->cards[i];
		at = (*card)->text;
		if ((*card)->role != CARD_OTHER || !card_begins(*card, ".four"))
			continue;
		for (int k = 0; k < 2; k++) /* the keyword and the frequency */
			next_word(&at, word, length);
		while (next_expression(&at, word, length))
			if ((*count)++ == index)
				return true;
	}
	return false;
}

CAROM_API size_t carom_circuit_four_count(const struct carom_circuit *circuit)
{
	const struct card *card;
	const char *word;
	size_t length, count;

	find(circuit, SIZE_MAX, &card, &word, &length, &count);
	return count;
}

/* A number, or an expression of parameters in braces, quotes or bare. */
static int read_frequency(const struct carom_circuit *circuit, const struct card *card,
			  double *frequency, struct carom_error *err)
{
	const char *at = card->text, *word;
	char text[200];
	size_t length, used;

	next_word(&at, &word, &length);
	next_word(&at, &word, &length);
	if (number_read(word, length, frequency, &used))
		return CAROM_OK;
	if (length > 2 && strchr("{'", word[0])) {
		word++;
		length -= 2;
	}
	snprintf(text, sizeof(text), "%.*s", (int)length, word);
	return carom_circuit_evaluate(circuit, "", text, frequency, err);
}

CAROM_API int carom_circuit_four(const struct carom_circuit *circuit, size_t index,
				 struct carom_four *four, struct carom_error *err)
{
	const struct card *card;
	const char *word;
	size_t length, count;

	if (!find(circuit, index, &card, &word, &length, &count))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND,
				  "there is no vector %zu on .four cards", index);
	snprintf(four->vector, sizeof(four->vector), "%.*s", (int)length, word);
	four->source = circuit_file(circuit, card->file);
	four->line = (int)card->line;
	return read_frequency(circuit, card, &four->frequency, err);
}
