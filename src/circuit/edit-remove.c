/* SPDX-License-Identifier: BSD-3-Clause */
/* Models, parameters and dot-cards taken out. */
#include <string.h>

#include "base/name.h"
#include "circuit/card-expression.h"
#include "circuit/change.h"
#include "circuit/dot-card.h"
#include "circuit/edit.h"
#include "circuit/journal.h"
#include "circuit/scan.h"

static int has_failed(const struct carom_error *err)
{
	return err ? (int)err->status : CAROM_OK;
}

void circuit_remove_card(struct carom_circuit *circuit, uint32_t card)
{
	struct card *item = &circuit->cards[card];

	item->role = CARD_REMOVED;
	item->text = "";
	item->length = item->capacity = 0;
	circuit_changed_structure(circuit);
}

/* ---- models ---- */

/* What the name stands for is to be looked for among the models that are left. */
static void find_again(struct carom_circuit *circuit, uint32_t name)
{
	circuit->model_of_name.at[name] = 0;
	for (size_t i = circuit->n_models; i-- > 0;) {
		const struct model *model = &circuit->models[i];

		if (model->card != NAME_NONE &&
		    (model->name == name || circuit_model_base(circuit, model->name) == name))
			circuit->model_of_name.at[name] = (uint32_t)i + 1;
	}
}

CAROM_API int carom_circuit_remove_model(struct carom_circuit *circuit, const char *model,
					 struct carom_error *err)
{
	const struct model *item;
	uint32_t index, card, name, base;

	if (has_failed(err))
		return err->status;
	item = circuit_find_model(circuit, model);
	if (!item || name_compare(name_text(circuit->names, item->name), model) != 0)
		return carom_fail(err, CAROM_ERROR_MODEL, "the circuit has no model %s", model);
	index = (uint32_t)(item - circuit->models);
	card = item->card;
	name = item->name;
	base = circuit_model_base(circuit, name);
	if (circuit_keep(circuit, SLOT_MODEL, index, err) < 0 ||
	    circuit_keep(circuit, SLOT_CARD, card, err) < 0 ||
	    circuit_keep(circuit, SLOT_MODEL_OF_NAME, name, err) < 0 ||
	    circuit_keep(circuit, SLOT_MODEL_OF_NAME, base, err) < 0)
		return CAROM_ERROR_MEMORY;
	circuit->models[index].card = NAME_NONE;
	find_again(circuit, name);
	find_again(circuit, base);
	circuit_remove_card(circuit, card);
	return CAROM_OK;
}

/* ---- parameters ---- */

/* Bytes of the card that define the parameter; *is_alone: it is all that the card defines. */
static void find_assignment(const char *text, const struct param *param, uint32_t *begin,
			    uint32_t *end, bool *is_alone)
{
	struct assignment assignment;
	uint32_t at = (uint32_t)strcspn(text, " \t");
	unsigned n = 0;

	*begin = *end = 0;
	for (; scan_assignment(text, &at, &assignment); n++) {
		if (assignment.value.begin != param->value_begin)
			continue;
		*begin = assignment.name.begin;
		*end = text[at] ? at : assignment.value.begin + assignment.value.length;
	}
	*is_alone = n == 1;
	while (text[*end] == '\0' && strchr(" \t,", text[*begin - 1]))
		--*begin;
}

/* Keep what remove_param writes: the card and its parameters from this one on, and their names. */
static int keep_params(struct carom_circuit *circuit, uint32_t index, struct carom_error *err)
{
	uint32_t card = circuit->params[index].card;

	if (circuit->parent && card == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "%s is a parameter of the subcircuit's first line",
				  name_text(circuit->names, circuit->params[index].name));
	if (circuit_prepare_card(circuit, card, 1, err) != CAROM_OK)
		return CAROM_ERROR_MEMORY;
	for (size_t i = index; i < circuit->n_params && circuit->params[i].card == card; i++) {
		if (circuit_keep(circuit, SLOT_PARAM_OF_NAME, circuit->params[i].name, err) < 0)
			return CAROM_ERROR_MEMORY;
	}
	return CAROM_OK;
}

/* The parameters of a card stand side by side: those behind a removed one move up. */
static void close_gap(struct carom_circuit *circuit, uint32_t index)
{
	struct param *params = circuit->params;
	uint32_t card = params[index].card;
	uint32_t i = index;

	for (; i + 1 < circuit->n_params && params[i + 1].card == card; i++) {
		uint32_t *of_name = &circuit->param_of_name.at[params[i + 1].name];

		if (*of_name == i + 2)
			*of_name = i + 1;
		params[i] = params[i + 1];
	}
	params[i].card = NAME_NONE;
}

static void remove_param(struct carom_circuit *circuit, uint32_t index)
{
	uint32_t card = circuit->params[index].card;
	uint32_t begin, end;
	bool is_alone;

	find_assignment(circuit->cards[card].text, &circuit->params[index], &begin, &end,
			&is_alone);
	close_gap(circuit, index);
	if (is_alone)
		circuit_remove_card(circuit, card);
	else
		circuit_replace_bytes(circuit, card, begin, end - begin, "", 0);
	circuit_changed_structure(circuit);
}

/* The next definition of the name before this one, since all are removed; NAME_NONE: none. */
static uint32_t previous_of_name(const struct carom_circuit *circuit, uint32_t index)
{
	uint32_t name = circuit->params[index].name;

	while (circuit->has_homonyms && index-- > 0) {
		if (circuit->params[index].name == name && circuit->params[index].card != NAME_NONE)
			return index;
	}
	return NAME_NONE;
}

CAROM_API int carom_circuit_remove_param(struct carom_circuit *circuit, const char *name,
					 struct carom_error *err)
{
	const struct param *item;
	uint32_t last, previous, number;
	int rc = has_failed(err);

	if (rc != CAROM_OK)
		return rc;
	item = circuit_find_param(circuit, name);
	if (!item)
		return carom_fail(err, CAROM_ERROR_PARAMETER, "no parameter %s", name);
	last = (uint32_t)(item - circuit->params);
	number = item->name;
	for (uint32_t i = last; i != NAME_NONE && rc == CAROM_OK; i = previous_of_name(circuit, i))
		rc = keep_params(circuit, i, err);
	if (rc != CAROM_OK)
		return rc;
	for (; last != NAME_NONE; last = previous) {
		previous = previous_of_name(circuit, last);
		remove_param(circuit, last);
	}
	circuit->param_of_name.at[number] = 0;
	return CAROM_OK;
}

/* ---- dot-cards ---- */

/* Cards that say something by themselves, so that the others make sense without them. */
static bool can_remove(const char *keyword)
{
	static const char *const parts[] = {".if", ".elseif", ".else", ".endif"};
	size_t length;

	if (keyword[0] != '.' || keyword[1] == '\0' || !scan_is_name(keyword))
		return false;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (name_compare(keyword, parts[i]) == 0)
			return false;
	}
	switch (dot_card_kind(keyword, &length)) {
	case DOT_OTHER:
	case DOT_ANALYSIS:
	case DOT_SAVE:
	case DOT_UNKNOWN:
		return true;
	default:
		return false;
	}
}

static bool has_keyword(const struct card *card, const char *keyword)
{
	return (card->role == CARD_ANALYSIS || card->role == CARD_SAVE ||
		card->role == CARD_OTHER) &&
	       card_is(card, keyword);
}

CAROM_API int carom_circuit_remove_cards(struct carom_circuit *circuit, const char *keyword,
					 size_t *count, struct carom_error *err)
{
	size_t n = 0;

	if (count)
		*count = 0;
	if (has_failed(err))
		return err->status;
	if (!can_remove(keyword))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "\"%s\" is not the keyword of a card that stands for itself",
				  keyword);
	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		if (has_keyword(&circuit->cards[i], keyword) &&
		    circuit_keep(circuit, SLOT_CARD, i, err) < 0)
			return CAROM_ERROR_MEMORY;
	}
	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		if (has_keyword(&circuit->cards[i], keyword)) {
			circuit_remove_card(circuit, i);
			n++;
		}
	}
	if (count)
		*count = n;
	return CAROM_OK;
}
