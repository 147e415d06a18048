/* SPDX-License-Identifier: BSD-3-Clause */
/* What makes a second run of a loaded circuit differ from the first, in ngspice 39 to 46. */
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "circuit/arena.h"
#include "circuit/circuit.h"
#include "circuit/prune.h"

/* Does the text call the function, as in "ddt(" or "ddt ("? */
static bool calls(const char *text, const char *function)
{
	size_t length = strlen(function);

	for (const char *p = text; (p = strcasestr(p, function)) != NULL; p += length) {
		if (p[length + strspn(p + length, " \t")] == '(')
			return true;
	}
	return false;
}

/* Code models that keep events; one that is not known may. */
static bool is_event_driven(const struct carom_circuit *circuit, const struct element *element)
{
	static const char *const bridges[] = {"adc_bridge", "dac_bridge", "bidi_bridge"};
	const struct carom_circuit *where;
	const struct model *model =
		circuit_resolve_model(circuit, name_text(circuit->names, element->model), &where);
	const char *type = model ? name_text(where->names, model->type) : "d_";

	if (name_compare_n(type, "d_", 2) == 0)
		return true;
	for (size_t i = 0; i < sizeof(bridges) / sizeof(bridges[0]); i++) {
		if (name_compare(type, bridges[i]) == 0)
			return true;
	}
	return false;
}

/* Why the card is one, in words that follow what it is called; NULL if it is none. */
static const char *reason(const struct carom_circuit *circuit, const struct card *card)
{
	const struct element *element;

	if (card->role == CARD_SUBCIRCUIT)
		return NULL;
	if (card->role == CARD_ELEMENT) {
		element = &circuit->elements[card->index];
		if (element->kind == 'k')
			return "couples inductors";
		if (element->kind == 't')
			return "is a line with delay";
		if (element->kind == 'a' && is_event_driven(circuit, element))
			return "is event-driven";
	}
	if (calls(card->text, "ddt"))
		return "uses ddt()";
	return calls(card->text, "idt") ? "uses idt()" : NULL;
}

/* In the circuit at the node, or in all below it where prune is NULL. */
static const char *find_reason(const struct carom_circuit *circuit, const struct prune *prune,
			       uint32_t node, const struct card **card)
{
	const char *found = NULL;

	for (uint32_t i = 0; i < circuit->n_children && !found; i++) {
		const struct carom_circuit *child = circuit->children[i];
		uint32_t child_node = prune ? prune_child(prune, node, i) : 0;

		if (!prune || prune_sends(prune, node, child->card))
			found = find_reason(child, prune, child_node, card);
	}
	for (size_t i = circuit->n_cards ? 1 : 0; i < circuit->n_cards && !found; i++) {
		*card = &circuit->cards[i];
		if (!prune || prune_sends(prune, node, i))
			found = reason(circuit, *card);
	}
	return found;
}

const char *circuit_rerun_hazard(const struct carom_circuit *circuit, const struct prune *prune)
{
	const struct card *card;
	const char *found = find_reason(circuit, prune, 0, &card);
	struct text text = TEXT_INIT;
	const char *kept = NULL;

	if (!found)
		return NULL;
	text_append_n(&text, card->text, strcspn(card->text, " \t"));
	text_printf(&text, " %s", found);
	if (!text.failed)
		kept = arena_copy(circuit->arena, text_string(&text), text.length, 0);
	text_release(&text);
	return kept ? kept : found;
}
