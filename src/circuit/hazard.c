/* SPDX-License-Identifier: BSD-3-Clause */
/* What makes a second run of a loaded circuit differ from the first, in ngspice 39 to 46. */
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "circuit/arena.h"
#include "circuit/circuit.h"

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
		if (element->kind == 'a' && is_event_driven(circuit, element))
			return "is event-driven";
	}
	if (calls(card->text, "ddt"))
		return "uses ddt()";
	return calls(card->text, "idt") ? "uses idt()" : NULL;
}

static const char *find_reason(const struct carom_circuit *circuit, const struct card **card,
			       const struct carom_circuit **where)
{
	const char *found = NULL;

	for (size_t i = 0; i < circuit->n_children && !found; i++)
		found = find_reason(circuit->children[i], card, where);
	for (size_t i = circuit->n_cards ? 1 : 0; i < circuit->n_cards && !found; i++) {
		*card = &circuit->cards[i];
		*where = circuit;
		found = reason(circuit, *card);
	}
	return found;
}

const char *circuit_rerun_hazard(const struct carom_circuit *circuit)
{
	const struct carom_circuit *where;
	const struct card *card;
	const char *found = find_reason(circuit, &card, &where);
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
