/* SPDX-License-Identifier: BSD-3-Clause */
/* The edit of one card: bytes of its text replaced, places on it moved along. */
#include <string.h>

#include "circuit/arena.h"
#include "circuit/edit.h"

/* Places on the card behind byte end move by as many bytes as the card grows. */
static void move_places(struct carom_circuit *circuit, uint32_t card, uint32_t end, uint32_t growth)
{
	const struct card *item = &circuit->cards[card];
	size_t first = item->role == CARD_TITLE ? 0 : item->index;

	if (item->role == CARD_ELEMENT) {
		struct element *element = &circuit->elements[item->index];

		if (element->model != NAME_NONE && element->model_begin >= end)
			element->model_begin += growth;
		return;
	}
	if (item->role != CARD_PARAM && item->role != CARD_TITLE)
		return;
	for (size_t i = first; i < circuit->n_params && circuit->params[i].card == card; i++) {
		struct param *param = &circuit->params[i];

		if (param->value_begin >= end)
			param->value_begin += growth;
		else if (param->value_begin + param->value_length == end)
			param->value_length += growth;
	}
}

/* The text of the card with room for length bytes: its own, or a copy with some to spare. */
static char *writable_text(struct carom_circuit *circuit, struct card *card, size_t length)
{
	enum { SPARE = 24 };
	char *text = (char *)card->text;

	if (length <= card->capacity)
		return text;
	text = arena_copy(circuit->arena, card->text, card->length, length - card->length + SPARE);
	if (text) {
		card->text = text;
		card->capacity = (uint32_t)length + SPARE;
	}
	return text;
}

int circuit_splice_card(struct carom_circuit *circuit, uint32_t card, uint32_t begin,
			uint32_t length, const char *text, struct carom_error *err)
{
	struct card *item = &circuit->cards[card];
	uint32_t inserted = (uint32_t)strlen(text);
	uint32_t growth = inserted - length; /* modulo 2^32, as all places are */
	char *bytes = writable_text(circuit, item, item->length + growth);

	if (!bytes)
		return carom_fail_memory(err);
	memmove(bytes + begin + inserted, bytes + begin + length,
		item->length - begin - length + 1);
	memcpy(bytes + begin, text, inserted);
	item->length += growth;
	move_places(circuit, card, begin + length, growth);
	if (circuit->parent && card == 0) {
		struct card *twin = &circuit->parent->cards[circuit->card];

		twin->text = item->text;
		twin->length = item->length;
		twin->capacity = item->capacity;
	}
	return CAROM_OK;
}
