/* SPDX-License-Identifier: BSD-3-Clause */
/* From the cards that act to the definitions they name, those these name, and so on. */
#include "circuit/prune.h"

#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/card-expression.h"
#include "circuit/card-word.h"
#include "circuit/expression.h"
#include "circuit/scan.h"

/* ---- words ---- */

static void reach_key(struct prune *prune, uint32_t key, enum prune_reach reach)
{
	if (reach <= prune->reach[key])
		return;
	prune->reach[key] = (unsigned char)reach;
	prune->n_unreached -= reach == REACH_ALL;
	prune->pending[prune->n_pending++] = key;
}

/*
 * reaches the words of a text, model being one that names a model and none of its bins in
 * particular.  skips_keys: on .model cards, whose names of parameters are no references.
 */
static void reach_words(struct prune *prune, const char *text, size_t length, const char *model,
			bool skips_keys)
{
	struct text_words words = {.at = text, .end = text + length};
	const struct definitions *definitions = &prune->definitions;

	while (prune->n_unreached > 0 && text_words_next(&words)) {
		uint32_t key;

		if (*words.word >= '0' && *words.word <= '9' && !definitions->has_numeral)
			continue;
		if (skips_keys && text_words_is_key(&words))
			continue;
		key = name_find(definitions->keys, words.word, words.length);
		if (key != NAME_NONE)
			reach_key(prune, key, words.word == model ? REACH_NAME : REACH_ALL);
	}
}

/* ---- cards ---- */

/*
 * Lines that run commands may name anything, and put names together; "+" belongs to the .model of a
 * numerical device in front of it.
 */
static bool needs_all(const struct card *card)
{
	return card->role == CARD_OTHER &&
	       (card->text[0] == '+' || card_begins(card, "*#") || card_begins(card, ".control"));
}

/* The second word of the card, which defines the name. */
static const char *defined_name(const struct card *card)
{
	struct word word;
	uint32_t at = 0;

	scan_word(card->text, &at, &word);
	return scan_word(card->text, &at, &word) ? card->text + word.begin : NULL;
}

/* The name of the model of a transistor, if it is one word. */
static const char *model_name(const struct carom_circuit *circuit, const struct element *element)
{
	size_t length;
	const char *name, *key;

	if (element->model == NAME_NONE || !strchr("mx", element->kind))
		return NULL;
	name = name_text(circuit->names, element->model);
	length = name_length(circuit->names, element->model);
	return name_key(name, length, &key) == length
		       ? circuit->cards[element->card].text + element->model_begin
		       : NULL;
}

/* The word of a card that names a model, or a subcircuit, without a need of the model's bins. */
static const char *find_name(const struct carom_circuit *circuit, const struct card *card)
{
	switch (card->role) {
	case CARD_MODEL:
	case CARD_TITLE:
	case CARD_SUBCIRCUIT:
		return defined_name(card);
	case CARD_ELEMENT:
		return model_name(circuit, &circuit->elements[card->index]);
	default:
		return NULL;
	}
}

static void send_card(struct prune *prune, uint32_t node, uint32_t index)
{
	const struct prune_node *item = &prune->definitions.nodes[node];
	const struct card *card = &item->circuit->cards[index];
	bool is_title = node == 0 && card->role == CARD_TITLE;

	prune->sends_card[item->first_card + index] = true;
	prune->sends_all |= needs_all(card);
	prune->has_conditions |= card->role == CARD_OTHER && card_is(card, ".if");
	if (card->role == CARD_ELEMENT && (card->text[0] | 0x20) == 'a')
		reach_words(prune, "vcc", 3, NULL, false); /* read by the bridges ngspice puts in */
	if (!is_title)
		reach_words(prune, card->text, card->length, find_name(item->circuit, card),
			    card->role == CARD_MODEL);
}

static void send_param(struct prune *prune, uint32_t node, uint32_t index)
{
	const struct prune_node *item = &prune->definitions.nodes[node];
	const struct param *param = &item->circuit->params[index];

	prune->sends_card[item->first_card + param->card] = true;
	if (prune->sends_param[item->first_param + index])
		return;
	prune->sends_param[item->first_param + index] = true;
	reach_words(prune, item->circuit->cards[param->card].text + param->value_begin,
		    param->value_length, NULL, false);
}

static void send_params(struct prune *prune, uint32_t node, uint32_t card)
{
	const struct carom_circuit *circuit = prune->definitions.nodes[node].circuit;

	for (size_t i = circuit->cards[card].index; i < circuit->n_params; i++) {
		if (circuit->params[i].card != card)
			break;
		send_param(prune, node, (uint32_t)i);
	}
}

static void send_circuit(struct prune *prune, uint32_t node);

static bool is_sent(const struct prune *prune, uint32_t node)
{
	return prune->sends_card[prune->definitions.nodes[node].first_card];
}

/* A card that nothing can be left out of, or that is reached. */
static void send_whole(struct prune *prune, uint32_t node, uint32_t index)
{
	const struct prune_node *item = &prune->definitions.nodes[node];
	const struct card *card = &item->circuit->cards[index];

	if (prune->sends_card[item->first_card + index] && card->role != CARD_PARAM)
		return;
	send_card(prune, node, index);
	if (card->role == CARD_PARAM)
		send_params(prune, node, index);
	else if (card->role == CARD_SUBCIRCUIT)
		send_circuit(prune, prune_child(prune, node, card->index));
}

static void send_definition(struct prune *prune, const struct definition *definition)
{
	size_t index = (size_t)(definition - prune->definitions.list);

	if (!is_sent(prune, definition->node))
		return; /* send_circuit comes back to it */
	if (definition->is_bin && prune->reach[definition->key] != REACH_ALL &&
	    !prune->is_selected[index])
		return;
	if (definition->param != NAME_NONE)
		send_param(prune, definition->node, definition->param);
	else
		send_whole(prune, definition->node, definition->card);
}

/* All but its definitions, and of these those whose names are known to be used. */
static void send_circuit(struct prune *prune, uint32_t node)
{
	const struct prune_node *item = &prune->definitions.nodes[node];
	const struct definition *definition = &prune->definitions.list[item->first_definition];
	const struct definition *end = definition + item->n_definitions;

	for (uint32_t i = 0; i < item->circuit->n_cards; i++) {
		bool is_definition = definition < end && definition->card == i;

		if (!is_definition && item->circuit->cards[i].role != CARD_REMOVED)
			send_whole(prune, node, i);
		while (definition < end && definition->card == i) {
			if (prune->reach[definition->key] != REACH_NONE)
				send_definition(prune, definition);
			definition++;
		}
	}
}

static void send_pending(struct prune *prune)
{
	const struct definitions *definitions = &prune->definitions;

	while (prune->n_pending > 0) {
		uint32_t key = prune->pending[--prune->n_pending];

		for (uint32_t i = definitions->of_key[key] - 1; i != NAME_NONE;
		     i = definitions->list[i].next)
			send_definition(prune, &definitions->list[i]);
	}
}

static void send_selected(struct prune *prune)
{
	const struct definitions *definitions = &prune->definitions;

	for (size_t i = 0; i < definitions->count; i++)
		if (prune->is_selected[i])
			send_definition(prune, &definitions->list[i]);
	send_pending(prune);
}

/* ---- random numbers ---- */

/*
 * "seed" among the options makes the numbers drawn repeat: then none may be left out, nor may bins,
 * each of which ngspice evaluates, in every instance.
 */
static bool is_seeded(const struct carom_circuit *top)
{
	for (size_t i = 0; i < top->n_cards; i++) {
		const struct card *card = &top->cards[i];

		if (card->role == CARD_OTHER && card_begins(card, ".opt") &&
		    expression_has_word(card->text, card->length, "seed"))
			return true;
	}
	return false;
}

static bool is_random(const char *name, size_t length)
{
	static const char *const functions[] = {"agauss", "gauss", "aunif", "unif", "limit"};

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (strlen(functions[i]) == length &&
		    name_compare_n(functions[i], name, length) == 0)
			return true;
	}
	return false;
}

/* Does the text draw, by itself or through what it names? */
static bool draws(const struct prune *prune, const bool *key_draws, const char *text, size_t length)
{
	struct text_words words = {.at = text, .end = text + length};

	while (text_words_next(&words)) {
		uint32_t key = name_find(prune->definitions.keys, words.word, words.length);

		if (is_random(words.word, words.length) || (key != NAME_NONE && key_draws[key]))
			return true;
	}
	return false;
}

static bool definition_draws(const struct prune *prune, const bool *key_draws,
			     const struct definition *definition)
{
	const struct carom_circuit *circuit = prune->definitions.nodes[definition->node].circuit;
	const struct card *card = &circuit->cards[definition->card];
	const struct param *param;

	if (definition->param == NAME_NONE)
		return card->role == CARD_OTHER &&
		       draws(prune, key_draws, card->text, card->length);
	param = &circuit->params[definition->param];
	return draws(prune, key_draws, card->text + param->value_begin, param->value_length);
}

/* Definitions mostly stand before their uses, so that two rounds are enough. */
static bool reach_draws(struct prune *prune)
{
	const struct definitions *definitions = &prune->definitions;
	bool *key_draws = mem_zalloc(name_count(definitions->keys), sizeof(*key_draws));
	bool found = key_draws != NULL;

	while (found) {
		found = false;
		for (size_t i = 0; i < definitions->count; i++) {
			const struct definition *definition = &definitions->list[i];

			if (key_draws[definition->key] ||
			    !definition_draws(prune, key_draws, definition))
				continue;
			found = key_draws[definition->key] = true;
			reach_key(prune, definition->key, REACH_ALL);
		}
	}
	mem_free(key_draws);
	for (size_t i = 0; i < definitions->count; i++)
		if (definitions->list[i].is_bin && prune->reach[definitions->list[i].key])
			reach_key(prune, definitions->list[i].key, REACH_ALL);
	send_pending(prune);
	return key_draws != NULL;
}

/* ---- all ---- */

static bool make_marks(struct prune *prune)
{
	const struct definitions *definitions = &prune->definitions;

	prune->n_unreached = name_count(definitions->keys);
	prune->sends_card = mem_zalloc(definitions->n_cards, sizeof(*prune->sends_card));
	prune->sends_param = mem_zalloc(definitions->n_params, sizeof(*prune->sends_param));
	prune->reach = mem_zalloc(prune->n_unreached, sizeof(*prune->reach));
	prune->is_selected = mem_zalloc(definitions->count, sizeof(*prune->is_selected));
	prune->pending = mem_zalloc(prune->n_unreached, REACH_ALL * sizeof(*prune->pending));
	return prune->sends_card && prune->sends_param && prune->reach && prune->is_selected &&
	       prune->pending;
}

int prune_init(struct prune *prune, const struct carom_circuit *top, struct carom_error *err)
{
	return prune_init_varied(prune, top, NULL, 0, err);
}

int prune_init_varied(struct prune *prune, const struct carom_circuit *top,
		      const char *const *varied, size_t n, struct carom_error *err)
{
	int rc;

	memset(prune, 0, sizeof(*prune));
	if (!definitions_init(&prune->definitions, top))
		return carom_fail_memory(err);
	if (prune->definitions.count == 0) {
		prune->sends_all = true;
		return CAROM_OK;
	}
	if (!make_marks(prune))
		return carom_fail_memory(err);
	send_circuit(prune, 0);
	send_pending(prune);
	if (is_seeded(top))
		return reach_draws(prune) ? CAROM_OK : carom_fail_memory(err);
	rc = prune->sends_all ? CAROM_OK : prune_select_bins(prune, varied, n, err);
	send_selected(prune);
	return rc;
}

void prune_release(struct prune *prune)
{
	definitions_release(&prune->definitions);
	mem_free(prune->sends_card);
	mem_free(prune->sends_param);
	mem_free(prune->reach);
	mem_free(prune->is_selected);
	mem_free(prune->pending);
	memset(prune, 0, sizeof(*prune));
}

bool prune_reaches_param(const struct prune *prune, const char *name)
{
	const struct carom_circuit *top = prune->definitions.nodes[0].circuit;
	const struct param *param = circuit_find_param(top, name);

	return param && prune_sends_param(prune, 0, (size_t)(param - top->params));
}

void prune_keep(struct prune *prune, const char *name)
{
	const struct carom_circuit *top = prune->definitions.nodes[0].circuit;
	const struct param *param = circuit_find_param(top, name);

	if (prune->sends_all)
		return;
	reach_words(prune, name, strlen(name), NULL, false);
	send_pending(prune);
	if (param)
		send_params(prune, 0, param->card);
	send_pending(prune);
}

/* ---- bins ---- */

const char *prune_partial_model(const struct prune *prune)
{
	const struct definitions *definitions = &prune->definitions;

	for (size_t i = 0; i < definitions->count && !prune->sends_all; i++) {
		const struct definition *definition = &definitions->list[i];

		if (definition->is_bin && prune->reach[definition->key] == REACH_NAME &&
		    prune_sends(prune, definition->node, 0) && !prune->is_selected[i])
			return name_text(definitions->keys, definition->key);
	}
	return NULL;
}
