/* SPDX-License-Identifier: BSD-3-Clause */
/* The definitions of a deck that nobody may need, by name. */
#include <string.h>

#include "base/mem.h"
#include "circuit/bin.h"
#include "circuit/card-expression.h"
#include "circuit/card-word.h"
#include "circuit/prune.h"
#include "circuit/scan.h"

/* ---- circuits ---- */

static bool add_node(struct definitions *definitions, const struct carom_circuit *circuit)
{
	if (!mem_reserve(&definitions->nodes, &definitions->nodes_capacity,
			 definitions->n_nodes + 1, sizeof(*definitions->nodes)))
		return false;
	definitions->nodes[definitions->n_nodes++] =
		(struct prune_node){.circuit = circuit,
				    .first_card = definitions->n_cards,
				    .first_param = definitions->n_params};
	definitions->n_cards += circuit->n_cards;
	definitions->n_params += circuit->n_params;
	return true;
}

/* Level by level, so that the subcircuits of one circuit stand together. */
static bool add_nodes(struct definitions *definitions, const struct carom_circuit *top)
{
	if (!add_node(definitions, top))
		return false;
	for (size_t i = 0; i < definitions->n_nodes; i++) {
		const struct carom_circuit *circuit = definitions->nodes[i].circuit;

		definitions->nodes[i].first_child = (uint32_t)definitions->n_nodes;
		for (size_t k = 0; k < circuit->n_children; k++) {
			if (!add_node(definitions, circuit->children[k]))
				return false;
		}
	}
	return true;
}

/* ---- definitions ---- */

/* A name without a key could not be found again: what it names is not among those left out. */
static bool add_definition(struct definitions *definitions, struct definition *definition,
			   const char *name, size_t length)
{
	const char *key;
	size_t key_length = name_key(name, length, &key);
	size_t old_capacity = definitions->of_key_capacity;

	if (key_length == 0)
		return true;
	definition->key = name_intern(definitions->keys, key, key_length);
	if (definition->key == NAME_NONE ||
	    !mem_reserve(&definitions->list, &definitions->capacity, definitions->count + 1,
			 sizeof(*definitions->list)) ||
	    !mem_reserve(&definitions->of_key, &definitions->of_key_capacity, definition->key + 1,
			 sizeof(*definitions->of_key)))
		return false;
	if (definitions->of_key_capacity > old_capacity)
		memset(definitions->of_key + old_capacity, 0,
		       (definitions->of_key_capacity - old_capacity) *
			       sizeof(*definitions->of_key));
	definition->next = definitions->of_key[definition->key] - 1; /* 0 - 1 is NAME_NONE */
	definitions->list[definitions->count++] = *definition;
	definitions->of_key[definition->key] = (uint32_t)definitions->count;
	definitions->has_numeral |= *key >= '0' && *key <= '9';
	return true;
}

static bool add_name(struct definitions *definitions, struct definition *definition,
		     const struct carom_circuit *circuit, uint32_t name)
{
	return add_definition(definitions, definition, name_text(circuit->names, name),
			      name_length(circuit->names, name));
}

static bool has_function(const struct card *card)
{
	const char *p = card->text;
	const char *end = p + card->length;

	while ((p = memchr(p, ')', (size_t)(end - p)))) {
		p++;
		p += strspn(p, " \t");
		if (*p == '=' && p[1] != '=')
			return true;
	}
	return false;
}

static bool is_param_of(const struct carom_circuit *circuit, size_t param, uint32_t card)
{
	return param < circuit->n_params && circuit->params[param].card == card;
}

/* A card with a function, ".param f(x)=...", or a name without a key is not taken apart. */
static bool is_plain(const struct carom_circuit *circuit, uint32_t index)
{
	const struct card *card = &circuit->cards[index];

	for (size_t i = card->index; is_param_of(circuit, i, index); i++) {
		uint32_t name = circuit->params[i].name;
		const char *key;

		if (name_key(name_text(circuit->names, name), name_length(circuit->names, name),
			     &key) == 0)
			return false;
	}
	return !has_function(card);
}

static bool add_params(struct definitions *definitions, struct definition *definition,
		       const struct carom_circuit *circuit)
{
	uint32_t card = definition->card;

	if (!is_plain(circuit, card))
		return true;
	for (size_t i = circuit->cards[card].index; is_param_of(circuit, i, card); i++) {
		definition->param = (uint32_t)i;
		if (!add_name(definitions, definition, circuit, circuit->params[i].name))
			return false;
	}
	return true;
}

static bool add_function(struct definitions *definitions, struct definition *definition,
			 const struct card *card)
{
	struct word word;
	uint32_t at = 0;

	scan_word(card->text, &at, &word);
	return !scan_word(card->text, &at, &word) ||
	       add_definition(definitions, definition, card->text + word.begin, word.length);
}

/* Others whose names end in a number would not be found by that of their bins alone. */
static bool is_bin(const struct carom_circuit *circuit, const struct model *model)
{
	const char *name = name_text(circuit->names, model->name);
	size_t length = name_length(circuit->names, model->name);
	const char *key;
	size_t key_length = name_key(name, length, &key);

	return key == name && key_length > 0 && key_length == bin_base_length(name, length);
}

static bool add_card(struct definitions *definitions, uint32_t node, uint32_t index)
{
	const struct carom_circuit *circuit = definitions->nodes[node].circuit;
	const struct card *card = &circuit->cards[index];
	struct definition definition = {.node = node, .card = index, .param = NAME_NONE};
	const struct carom_circuit *child;

	switch (card->role) {
	case CARD_MODEL:
		definition.is_bin = is_bin(circuit, &circuit->models[card->index]);
		return add_name(definitions, &definition, circuit,
				circuit->models[card->index].name);
	case CARD_PARAM:
		return add_params(definitions, &definition, circuit);
	case CARD_SUBCIRCUIT:
		child = circuit->children[card->index];
		return add_definition(definitions, &definition, child->title, strlen(child->title));
	case CARD_OTHER:
		return !card_is(card, ".func") || add_function(definitions, &definition, card);
	default:
		return true;
	}
}

static bool add_cards(struct definitions *definitions, uint32_t node)
{
	struct prune_node *item = &definitions->nodes[node];
	unsigned depth = 0; /* of .if: what stands there is not looked into */

	item->first_definition = definitions->count;
	for (uint32_t i = 0; i < item->circuit->n_cards; i++) {
		const struct card *card = &item->circuit->cards[i];

		if (card->role == CARD_OTHER && card_is(card, ".if"))
			depth++;
		else if (card->role == CARD_OTHER && depth > 0 && card_is(card, ".endif"))
			depth--;
		else if (depth == 0 && !add_card(definitions, node, i))
			return false;
	}
	item->n_definitions = definitions->count - item->first_definition;
	return true;
}

/* ---- all ---- */

bool definitions_init(struct definitions *definitions, const struct carom_circuit *top)
{
	memset(definitions, 0, sizeof(*definitions));
	definitions->keys = name_table_new();
	if (!definitions->keys || !add_nodes(definitions, top))
		return false;
	for (uint32_t i = 0; i < definitions->n_nodes; i++) {
		if (!add_cards(definitions, i))
			return false;
	}
	return true;
}

void definitions_release(struct definitions *definitions)
{
	name_table_free(definitions->keys);
	mem_free(definitions->nodes);
	mem_free(definitions->list);
	mem_free(definitions->of_key);
	memset(definitions, 0, sizeof(*definitions));
}
