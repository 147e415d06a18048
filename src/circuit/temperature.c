/* SPDX-License-Identifier: BSD-3-Clause */
/* Finds the temperature that a deck asks for. */
#include "circuit/temperature.h"

#include <math.h>

#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/scan.h"

#define DEFAULT_TEMPERATURE 27

static double number_of(const char *card, const struct word *word)
{
	double number;
	size_t used;

	return number_read(card + word->begin, word->length, &number, &used) && used == word->length
		       ? number
		       : NAN;
}

/* ".temp 85", ".temp=85" */
static bool read_card(const struct card *card, double *temperature)
{
	struct word word;
	uint32_t at = 0;

	if (!card_is(card, ".temp") || !scan_word(card->text, &at, &word) ||
	    !scan_word(card->text, &at, &word))
		return false;
	*temperature = number_of(card->text, &word);
	return true;
}

static bool read_options(const struct card *card, double *temperature)
{
	struct assignment item;
	bool is_given = false;
	uint32_t at = 0;

	while (card_begins(card, ".opt") && scan_assignment(card->text, &at, &item))
		if (word_is(card->text, &item.name, "temp")) {
			*temperature = number_of(card->text, &item.value);
			is_given = true;
		}
	return is_given;
}

double circuit_temperature(const struct carom_circuit *circuit)
{
	double of_card = NAN, of_options = DEFAULT_TEMPERATURE;
	bool has_card = false;

	for (size_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_OTHER && !read_options(card, &of_options))
			has_card |= read_card(card, &of_card);
	}
	return has_card ? of_card : of_options;
}
