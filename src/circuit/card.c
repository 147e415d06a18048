/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards out: emission through a sink, and the deck as text. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/prune.h"

struct emission {
	const struct prune *prune; /* NULL: everything is sent */
	struct text text;          /* of a card that is sent in part */
	circuit_card_fn *sink;
	void *arg;
};

static int send_card(const struct emission *emission, const struct carom_circuit *circuit,
		     const struct card *card, uint32_t index)
{
	struct carom_card out = {.text = card->text,
				 .length = card->length,
				 .source = circuit_file(circuit, card->file),
				 .line = (int)card->line};

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
			uint32_t node)
{
	const struct prune *prune = emission->prune;
	int rc = 0;

	for (uint32_t i = 0; i < circuit->n_cards && rc == 0; i++) {
		const struct card *card = &circuit->cards[i];

		if (prune && !prune_sends(prune, node, i))
			continue;
		if (card->role == CARD_SUBCIRCUIT)
			rc = send_circuit(emission, circuit->children[card->index],
					  prune ? prune->definitions.nodes[node].first_child +
							  card->index
						: 0);
		else if (prune && card->role == CARD_PARAM &&
			 !is_sent_whole(prune, node, circuit, i))
			rc = send_params(emission, circuit, node, i);
		else
			rc = send_card(emission, circuit, card, i);
	}
	return rc == 0 ? send_card(emission, circuit, &circuit->last, NAME_NONE) : rc;
}

int circuit_emit_cards(const struct carom_circuit *circuit, const struct prune *prune,
		       circuit_card_fn *sink, void *arg)
{
	struct emission emission = {.prune = prune, .text = TEXT_INIT, .sink = sink, .arg = arg};
	int rc = send_circuit(&emission, circuit, 0);

	text_release(&emission.text);
	return rc;
}

/* ---- the public face ---- */

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
	struct prune prune;
	int rc;

	if (!options || !options->only_reached)
		return circuit_emit_cards(circuit, NULL, pass_on, &plain);
	rc = prune_init(&prune, circuit, NULL);
	if (rc == CAROM_OK)
		rc = circuit_emit_cards(circuit, &prune, pass_on, &plain);
	prune_release(&prune);
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

	carom_circuit_emit(circuit, options, add_length, &length);
	text = malloc(length + 1); /* not mem_alloc: the host frees it with free() */
	if (!text)
		return NULL;
	end = text;
	carom_circuit_emit(circuit, options, add_text, &end);
	*end = '\0';
	return text;
}
