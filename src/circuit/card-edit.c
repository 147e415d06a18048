/* SPDX-License-Identifier: BSD-3-Clause */
/* The edit of one card: bytes of its text replaced, places on it moved along. */
#include <string.h>

#include "circuit/arena.h"
#include "circuit/cache.h"
#include "circuit/edit.h"
#include "circuit/journal.h"

/* First of the card's parameters; a loop from here on ends where the card is another. */
static size_t first_param(const struct card *card)
{
	return card->role == CARD_TITLE ? 0 : card->index;
}

static bool has_params(const struct card *card)
{
	return card->role == CARD_PARAM || card->role == CARD_TITLE;
}

/* The card of a subcircuit that holds the same text as this one of its own; NULL if none does. */
static struct card *twin_of(const struct carom_circuit *circuit, uint32_t card)
{
	return circuit->parent && card == 0 ? &circuit->parent->cards[circuit->card] : NULL;
}

static void copy_to_twin(struct carom_circuit *circuit, uint32_t card)
{
	const struct card *item = &circuit->cards[card];
	struct card *twin = twin_of(circuit, card);

	if (!twin)
		return;
	twin->text = item->text;
	twin->length = item->length;
	twin->capacity = item->capacity;
}

/* Places on the card behind byte end move by as many bytes as the card grows. */
static void move_places(struct carom_circuit *circuit, uint32_t card, uint32_t end, uint32_t growth)
{
	const struct card *item = &circuit->cards[card];

	if (item->role == CARD_ELEMENT) {
		struct element *element = &circuit->elements[item->index];

		if (element->model != NAME_NONE && element->model_begin >= end)
			element->model_begin += growth;
		return;
	}
	if (!has_params(item))
		return;
	for (size_t i = first_param(item); i < circuit->n_params && circuit->params[i].card == card;
	     i++) {
		struct param *param = &circuit->params[i];

		if (param->value_begin >= end)
			param->value_begin += growth;
		else if (param->value_begin + param->value_length == end)
			param->value_length += growth;
	}
}

/* Keep what an edit of the card's text writes.  Returns 0 or ERROR_MEMORY. */
static int keep_card(struct carom_circuit *circuit, uint32_t card, struct carom_error *err)
{
	const struct card *item = &circuit->cards[card];
	int rc = 0;

	if (twin_of(circuit, card))
		rc = circuit_keep(circuit->parent, SLOT_CARD, circuit->card, err);
	if (rc >= 0)
		rc = circuit_keep(circuit, SLOT_CARD, card, err);
	if (item->role == CARD_ELEMENT && rc >= 0)
		rc = circuit_keep(circuit, SLOT_ELEMENT, item->index, err);
	for (size_t i = first_param(item); has_params(item) && rc >= 0 && i < circuit->n_params &&
					   circuit->params[i].card == card;
	     i++)
		rc = circuit_keep(circuit, SLOT_PARAM, (uint32_t)i, err);
	return rc < 0 ? rc : CAROM_OK;
}

int circuit_prepare_card(struct carom_circuit *circuit, uint32_t card, size_t growth,
			 struct carom_error *err)
{
	enum { SPARE = 24 };
	struct card *item = &circuit->cards[card];
	size_t need;
	char *text;

	if (item->role == CARD_ELEMENT)
		circuit_flush_element(circuit, item->index);
	need = item->length + growth;
	if (need > UINT32_MAX - SPARE)
		return circuit_fail_card(circuit, item, err, CAROM_ERROR_LIMIT,
					 "the card would be too long");
	if (circuit->root->journal && keep_card(circuit, card, err) != CAROM_OK)
		return CAROM_ERROR_MEMORY;
	if (need <= item->capacity)
		return CAROM_OK;
	text = arena_copy(circuit->arena, item->text, item->length, growth + SPARE);
	if (!text)
		return carom_fail_memory(err);
	item->text = text;
	item->capacity = (uint32_t)need + SPARE;
	copy_to_twin(circuit, card);
	circuit_moved_card(circuit, card);
	return CAROM_OK;
}

void circuit_replace_bytes(struct carom_circuit *circuit, uint32_t card, uint32_t begin,
			   uint32_t length, const char *text, uint32_t inserted)
{
	struct card *item = &circuit->cards[card];
	uint32_t growth = inserted - length; /* modulo 2^32, as all places are */
	char *bytes = (char *)item->text;

	memmove(bytes + begin + inserted, bytes + begin + length,
		item->length - begin - length + 1);
	memcpy(bytes + begin, text, inserted);
	item->length += growth;
	move_places(circuit, card, begin + length, growth);
	copy_to_twin(circuit, card);
}

int circuit_splice_card(struct carom_circuit *circuit, uint32_t card, uint32_t begin,
			uint32_t length, const char *text, struct carom_error *err)
{
	size_t inserted = strlen(text);
	int rc = circuit_prepare_card(circuit, card, inserted, err);

	if (rc != CAROM_OK)
		return rc;
	circuit_replace_bytes(circuit, card, begin, length, text, (uint32_t)inserted);
	if (circuit->cards[card].role == CARD_ELEMENT)
		value_forget(circuit, circuit->cards[card].index);
	return CAROM_OK;
}
