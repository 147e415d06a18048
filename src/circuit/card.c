/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards out: emission through a sink, and the deck as text. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "circuit/cache.h"
#include "circuit/circuit.h"
#include "circuit/order.h"
#include "circuit/prune.h"

struct emission {
	const struct prune *prune; /* NULL: everything is sent */
	struct text text;          /* of a card that is sent in part */
	carom_card_fn *plain_sink; /* of a host; NULL: sink */
	circuit_card_fn *sink;
	void *arg;
	const struct carom_circuit *root;
	size_t n_sent;
};

static int send_card(struct emission *emission, const struct carom_circuit *circuit,
		     const struct card *card, uint32_t index)
{
	const struct carom_circuit *root = emission->root;
	struct carom_card out = {.text = card->text,
				 .length = card->length,
				 .source =
					 card->file < root->n_files ? root->files[card->file] : "",
				 .line = (int)card->line};

	emission->n_sent++;
	if (emission->plain_sink)
		return emission->plain_sink(emission->arg, &out);
	return emission->sink(emission->arg, circuit, index, &out);
}

/* ---- only what is reached ---- */

/* The parameters of the card from first on: are they all sent? */
static bool is_sent_whole(const struct prune *prune, uint32_t node,
			  const struct carom_circuit *circuit, uint32_t card)
{
	for (size_t i = circuit->cards[card].index; i < circuit->n_params; i++) {
		if (circuit->params[i].card != card)
			break;
		if (!prune_sends_param(prune, node, i))
			return false;
	}
	return true;
}

static void print_param(struct text *text, const struct carom_circuit *circuit,
			const struct param *param)
{
	text_append_char(text, ' ');
	text_append(text, name_text(circuit->names, param->name));
	text_append_char(text, '=');
	text_append_n(text, circuit->cards[param->card].text + param->value_begin,
		      param->value_length);
}

static int send_params(struct emission *emission, const struct carom_circuit *circuit,
		       uint32_t node, uint32_t index)
{
	struct card card = circuit->cards[index];

	text_clear(&emission->text);
	text_append(&emission->text, ".param");
	for (size_t i = card.index; i < circuit->n_params && circuit->params[i].card == index;
	     i++) {
		if (prune_sends_param(emission->prune, node, i))
			print_param(&emission->text, circuit, &circuit->params[i]);
	}
	if (emission->text.failed)
		return CAROM_ERROR_MEMORY;
	card.text = text_string(&emission->text);
	card.length = (uint32_t)emission->text.length;
	return send_card(emission, circuit, &card, index);
}

/* ---- the cards of a circuit ---- */

static int send_circuit(struct emission *emission, const struct carom_circuit *circuit,
			const uint32_t *order, uint32_t node);

static int send_any(struct emission *emission, const struct carom_circuit *circuit, uint32_t node,
		    uint32_t index)
{
	const struct prune *prune = emission->prune;
	const struct card *card = &circuit->cards[index];

	if (card->role == CARD_REMOVED || (prune && !prune_sends(prune, node, index)))
		return 0;
	if (card->role == CARD_SUBCIRCUIT)
		return send_circuit(emission, circuit->children[card->index], NULL,
				    prune ? prune_child(prune, node, card->index) : 0);
	if (prune && card->role == CARD_PARAM && !is_sent_whole(prune, node, circuit, index))
		return send_params(emission, circuit, node, index);
	return send_card(emission, circuit, card, index);
}

static int send_circuit(struct emission *emission, const struct carom_circuit *circuit,
			const uint32_t *order, uint32_t node)
{
	int rc = 0;

	for (uint32_t i = 0; i < circuit->n_cards && rc == 0; i++)
		rc = send_any(emission, circuit, node, order ? order[i] : i);
	return rc == 0 ? send_card(emission, circuit, &circuit->last, NAME_NONE) : rc;
}

static int emit(struct emission *emission, const struct carom_circuit *circuit,
		const uint32_t *order)
{
	int rc;

	circuit_flush(circuit);
	emission->root = circuit->root;
	rc = send_circuit(emission, circuit, order, 0);
	text_release(&emission->text);
	circuit_count_cards(circuit, emission->n_sent);
	return rc;
}

int circuit_emit_cards(const struct carom_circuit *circuit, const struct prune *prune,
		       circuit_card_fn *sink, void *arg)
{
	struct emission emission = {.prune = prune, .sink = sink, .arg = arg};

	return emit(&emission, circuit, NULL);
}

/* ---- the public face ---- */

/* The cards in this order, those that are not reached left out. */
static int emit_reached(struct emission *emission, const struct carom_circuit *circuit,
			const uint32_t *order)
{
	struct prune prune;
	int rc = prune_init(&prune, circuit, NULL);

	emission->prune = &prune;
	if (rc == CAROM_OK)
		rc = emit(emission, circuit, order);
	emission->prune = NULL;
	prune_release(&prune);
	return rc;
}

CAROM_API int carom_circuit_emit(const struct carom_circuit *circuit,
				 const struct carom_emit_options *options, carom_card_fn *sink,
				 void *arg)
{
	struct emission emission = {.plain_sink = sink, .arg = arg};
	uint32_t *order = NULL;
	int rc;

	if (options && options->order == CAROM_ORDER_BREADTH_FIRST) {
		order = order_breadth_first(circuit);
		if (!order)
			return CAROM_ERROR_MEMORY;
	}
	if (options && options->only_reached)
		rc = emit_reached(&emission, circuit, order);
	else
		rc = emit(&emission, circuit, order);
	mem_free(order);
	return rc;
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

	if (carom_circuit_emit(circuit, options, add_length, &length))
		return NULL;
	text = malloc(length + 1); /* not mem_alloc: the host frees it with free() */
	if (!text)
		return NULL;
	end = text;
	if (carom_circuit_emit(circuit, options, add_text, &end)) {
		free(text);
		return NULL;
	}
	*end = '\0';
	return text;
}
