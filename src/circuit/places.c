/* SPDX-License-Identifier: BSD-3-Clause */
/* Collecting the places of a name, and replacing them from the back to the front. */
#include "circuit/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/cache.h"
#include "circuit/edit.h"
#include "circuit/mention.h"
#include "circuit/scan.h"

void places_add(struct places *places, uint32_t card, uint32_t begin, uint32_t length)
{
	if (!mem_reserve(&places->list, &places->capacity, places->count + 1,
			 sizeof(*places->list)))
		places->failed = true;
	else
		places->list[places->count++] = (struct place){card, begin, length};
}

void places_release(struct places *places)
{
	mem_free(places->list);
}

/* The text of the card with its newest value, since that may stand before a place. */
static const char *fresh_text(const struct carom_circuit *circuit, uint32_t card)
{
	if (circuit->cards[card].role == CARD_ELEMENT)
		circuit_flush_element(circuit, circuit->cards[card].index);
	return circuit->cards[card].text;
}

void places_add_word(struct places *places, const struct carom_circuit *circuit, uint32_t card,
		     unsigned n)
{
	const char *text = fresh_text(circuit, card);
	uint32_t at = 0;
	struct word word;

	do {
		scan_word(text, &at, &word);
	} while (n-- > 0);
	places_add(places, card, word.begin, word.length);
}

void places_add_pin(struct places *places, const struct carom_circuit *circuit, uint32_t element,
		    uint32_t pin)
{
	const struct element *item = &circuit->elements[element];
	const char *text = circuit->cards[item->card].text;
	unsigned n = 1 + pin;
	uint32_t at = 0;
	struct word word;

	/* "e1 a b poly(2) ...": two words stand between the outputs and the controls */
	if (pin >= 2 && (item->kind == 'e' || item->kind == 'g')) {
		for (unsigned i = 0; i < 4; i++)
			scan_word(text, &at, &word);
		n += word_has_dimension(text, &word) ? 2 : 0;
	}
	places_add_word(places, circuit, item->card, n);
}

/* ---- mentions ---- */

struct search {
	struct places *places;
	const struct carom_circuit *circuit;
	uint32_t card;
	enum mention_kind kind;
	const char *name;
	size_t length;
	bool is_instance;
};

/* Where in the mention the name stands: 0, or 2 of "m.x1.m2"; NAME_NONE if it is another. */
static uint32_t find_in(const struct search *search, enum mention_kind kind, const char *text,
			uint32_t length)
{
	size_t own = search->length;

	if (kind == search->kind && length == own && name_compare_n(text, search->name, own) == 0)
		return 0;
	if (!search->is_instance)
		return NAME_NONE;
	if (length > own && text[own] == '.' && name_compare_n(text, search->name, own) == 0)
		return 0;
	if (length > own + 2 && text[1] == '.' && text[own + 2] == '.' &&
	    name_compare_n(text + 2, search->name, own) == 0)
		return 2;
	return NAME_NONE;
}

static void visit_mention(void *arg, enum mention_kind kind, uint32_t begin, uint32_t length)
{
	const struct search *search = arg;
	const char *text = search->circuit->cards[search->card].text;
	uint32_t offset = find_in(search, kind, text + begin, length);

	if (offset != NAME_NONE)
		places_add(search->places, search->card, begin + offset, (uint32_t)search->length);
}

static void add_mentions(struct carom_circuit *circuit, struct search *search)
{
	const struct mentions *list = &circuit->mentions;

	if (!mention_list(circuit))
		search->places->failed = true;
	search->circuit = circuit;
	for (size_t i = 0; i < list->n_cards; i++) {
		search->card = list->cards[i];
		fresh_text(circuit, search->card);
		mention_each(circuit, &circuit->cards[search->card], visit_mention, search);
	}
}

void places_add_net_mentions(struct places *places, struct carom_circuit *circuit, uint32_t net)
{
	struct search search = {.places = places, .kind = MENTION_NET};

	search.name = circuit_net_name(circuit, net, &search.length);
	add_mentions(circuit, &search);
}

void places_add_element_mentions(struct places *places, struct carom_circuit *circuit,
				 uint32_t element)
{
	const struct element *item = &circuit->elements[element];
	struct search search = {
		.places = places, .kind = MENTION_ELEMENT, .is_instance = item->kind == 'x'};

	search.name = name_get(circuit->names, item->name, &search.length);
	add_mentions(circuit, &search);
}

/* ---- replacement ---- */

static int compare(const void *a, const void *b)
{
	const struct place *one = a;
	const struct place *other = b;

	if (one->card != other->card)
		return one->card < other->card ? -1 : 1;
	return (one->begin > other->begin) - (one->begin < other->begin);
}

/* A place may have been found twice: "i(v1)" by its word and by its function. */
static void sort(struct places *places)
{
	size_t n = 0;

	if (places->count > 1)
		qsort(places->list, places->count, sizeof(*places->list), compare);
	for (size_t i = 0; i < places->count; i++) {
		if (n == 0 || compare(&places->list[n - 1], &places->list[i]) != 0)
			places->list[n++] = places->list[i];
	}
	places->count = n;
}

int places_prepare(struct places *places, struct carom_circuit *circuit, size_t length,
		   struct carom_error *err)
{
	size_t n = 0;

	if (places->failed)
		return carom_fail_memory(err);
	sort(places);
	for (size_t i = 0; i < places->count; i++) {
		uint32_t card = places->list[i].card;
		int rc = CAROM_OK;

		n++;
		if (i + 1 == places->count || places->list[i + 1].card != card) {
			rc = circuit_prepare_card(circuit, card, n * length, err);
			n = 0;
		}
		if (rc != CAROM_OK)
			return rc;
	}
	return CAROM_OK;
}

void places_replace(const struct places *places, struct carom_circuit *circuit, const char *text)
{
	uint32_t length = (uint32_t)strlen(text);

	for (size_t i = places->count; i-- > 0;) {
		const struct place *place = &places->list[i];
		const struct card *card = &circuit->cards[place->card];

		circuit_replace_bytes(circuit, place->card, place->begin, place->length, text,
				      length);
		if (card->role == CARD_ELEMENT)
			value_forget(circuit, card->index);
	}
}
