/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards out: emission through a sink, the deck as text, and the edit of one card. */
#include <stdlib.h>
#include <string.h>

#include "circuit/arena.h"
#include "circuit/edit.h"

static int send_card(const struct carom_circuit *circuit, const struct card *card, uint32_t index,
		     circuit_card_fn *sink, void *arg)
{
	struct carom_card out = {.text = card->text,
				 .length = card->length,
				 .source = circuit_file(circuit, card->file),
				 .line = (int)card->line};

	return sink(arg, circuit, index, &out);
}

int circuit_emit_cards(const struct carom_circuit *circuit, circuit_card_fn *sink, void *arg)
{
	int rc = 0;

	for (uint32_t i = 0; i < circuit->n_cards && rc == 0; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_SUBCIRCUIT)
			rc = circuit_emit_cards(circuit->children[card->index], sink, arg);
		else
			rc = send_card(circuit, card, i, sink, arg);
	}
	return rc == 0 ? send_card(circuit, &circuit->last, NAME_NONE, sink, arg) : rc;
}

/* The sink of carom_circuit_emit, which is told less. */
struct plain_sink {
	carom_card_fn *sink;
	void *arg;
};

static int pass_on(void *arg, const struct carom_circuit *where, uint32_t index,
		   const struct carom_card *card)
{
	const struct plain_sink *plain = arg;

	(void)where;
	(void)index;
	return plain->sink(plain->arg, card);
}

CAROM_API int carom_circuit_emit(const struct carom_circuit *circuit, carom_card_fn *sink,
				 void *arg)
{
	struct plain_sink plain = {sink, arg};

	return circuit_emit_cards(circuit, pass_on, &plain);
}

static int add_length(void *arg, const struct carom_card *card)
{
	*(size_t *)arg += card->length + 1;
	return 0;
}

static int add_text(void *arg, const struct carom_card *card)
{
	char **end = arg;

	memcpy(*end, card->text, card->length);
	*end += card->length;
	*(*end)++ = '\n';
	return 0;
}

CAROM_API char *carom_circuit_to_text(const struct carom_circuit *circuit)
{
	size_t length = 0;
	char *text, *end;

	carom_circuit_emit(circuit, add_length, &length);
	text = malloc(length + 1); /* not mem_alloc: the host frees it with free() */
	if (!text)
		return NULL;
	end = text;
	carom_circuit_emit(circuit, add_text, &end);
	*end = '\0';
	return text;
}

/* ---- edit ---- */

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
