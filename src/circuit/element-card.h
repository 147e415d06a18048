/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Elements of many cards, read in steps: while one card is at its last, others are at steps before,
 * and what these need of the tables of names is on its way from memory.
 */
#ifndef CIRCUIT_ELEMENT_CARD_H
#define CIRCUIT_ELEMENT_CARD_H

#include "base/error.h"
#include "circuit/circuit.h"
#include "circuit/scan.h"

enum { FIRST_WORDS = 5 }; /* the element's name and as many nets as any must have */

struct element_card {
	uint32_t card;
	struct scanner scanner; /* behind the first words */
	struct word words[FIRST_WORDS];
	unsigned n_words;
	unsigned n_names; /* of these words are names, before the first that is a key */
	uint64_t keys[FIRST_WORDS];
	uint32_t names[FIRST_WORDS]; /* NAME_NONE: not known yet */
};

/* Begin with a card, which is in place. */
void element_card_open(struct element_card *opened, const struct carom_circuit *circuit,
		       uint32_t card);

/* Find its first words.  This step and the next may be left out. */
void element_card_expect(struct element_card *opened, const struct carom_circuit *circuit);

/* Find those of them that are names already. */
void element_card_find(struct element_card *opened, const struct carom_circuit *circuit);

/* circuit_parse_element of the card, once. */
int element_card_parse(struct element_card *opened, struct carom_circuit *circuit,
		       struct carom_error *err);

#endif
