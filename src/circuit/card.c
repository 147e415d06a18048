/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards out: emission through a sink, and the deck as text. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "circuit/circuit.h"

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

CAROM_API int carom_circuit_emit(const struct carom_circuit *circuit,
				 const struct carom_emit_options *options, carom_card_fn *sink,
				 void *arg)
{
	struct plain_sink plain = {sink, arg};

	(void)options;
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

CAROM_API char *carom_circuit_to_text(const struct carom_circuit *circuit,
				      const struct carom_emit_options *options)
{
	size_t length = 0;
	char *text, *end;

	carom_circuit_emit(circuit, options, add_length, &length);
	text = malloc(length + 1); /* not mem_alloc: the host frees it with free() */
	if (!text)
		return NULL;
	end = text;
	carom_circuit_emit(circuit, options, add_text, &end);
	*end = '\0';
	return text;
}
