/* SPDX-License-Identifier: BSD-3-Clause */
/* The model an element has; of "nch.1", "nch.2", ... the bin that w and l select. */
#include <math.h>
#include <string.h>

#include "circuit/card-expression.h"
#include "circuit/scan.h"
#include "circuit/scope.h"

static bool get_number(struct scope *scope, const struct value_place *place, double *value)
{
	const struct card *card = &scope->circuit->cards[place->card];
	struct origin origin = {scope->circuit, place->card, card->text, false};
	const char *text = card->text + place->begin;
	struct carom_error ignored = CAROM_ERROR_INIT;
	size_t length = place->length;
	struct operand operand;

	*value = place->number;
	if (!isnan(*value))
		return true;
	expression_unwrap(&text, &length);
	if (scope_compile(scope, text, length, origin, &operand, &ignored) != 0 ||
	    !operand_is_constant(operand))
		return false;
	*value = operand.number;
	return true;
}

static bool get_param(struct scope *scope, uint32_t element, const char *param, double *value)
{
	struct value_place place;

	return circuit_element_param_place(scope->circuit, (struct carom_element){element}, param,
					   &place, NULL) == 0 &&
	       get_number(scope, &place, value);
}

/* inpgmod.c, in_range: both ends belong to the bin. */
static bool is_between(struct scope *scope, const struct model *model, const char *min,
		       const char *max, double value)
{
	struct value_place places[2];
	double low, high;

	if (circuit_model_param_place(scope->circuit, model, min, &places[0], NULL) != 0 ||
	    circuit_model_param_place(scope->circuit, model, max, &places[1], NULL) != 0 ||
	    !get_number(scope, &places[0], &low) || !get_number(scope, &places[1], &high))
		return false;
	return value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12);
}

/* Is the name the base, a dot and digits? */
static bool is_bin_name(const char *name, const char *base)
{
	size_t length = strlen(base);

	return strlen(name) > length + 1 && name_compare_n(name, base, length) == 0 &&
	       name[length] == '.' &&
	       strspn(name + length + 1, "0123456789") == strlen(name + length + 1);
}

/* ".options scale=": what multiplies w and l. */
static double get_scale(struct scope *scope)
{
	double scale = 1;

	while (scope->caller)
		scope = scope->caller;
	for (uint32_t i = 0; i < scope->circuit->n_cards; i++) {
		const struct card *card = &scope->circuit->cards[i];
		struct assignment item;
		uint32_t at = 0;

		while (card->role == CARD_OTHER && card_begins(card, ".opt") &&
		       scan_assignment(card->text, &at, &item)) {
			struct value_place place = {.card = i,
						    .begin = item.value.begin,
						    .length = item.value.length,
						    .number = NAN};

			if (word_is(card->text, &item.name, "scale"))
				get_number(scope, &place, &scale);
		}
	}
	return scale;
}

static uint32_t find_bin(struct scope *scope, uint32_t element, struct scope *owner)
{
	const char *base =
		name_text(scope->circuit->names, scope->circuit->elements[element].model);
	double l, w, scale;

	if (!get_param(scope, element, "l", &l) || !get_param(scope, element, "w", &w))
		return NAME_NONE;
	scale = get_scale(scope);
	for (uint32_t i = 0; i < owner->circuit->n_models; i++) {
		const struct model *model = &owner->circuit->models[i];

		if (is_bin_name(name_text(owner->circuit->names, model->name), base) &&
		    is_between(owner, model, "lmin", "lmax", l * scale) &&
		    is_between(owner, model, "wmin", "wmax", w * scale))
			return i;
	}
	return NAME_NONE;
}

/* The scope of the instance of circuit that this one is in. */
static struct scope *scope_of(struct scope *scope, const struct carom_circuit *circuit)
{
	while (scope && scope->circuit != circuit)
		scope = scope->caller;
	return scope;
}

uint32_t scope_find_model(struct scope *scope, uint32_t element, struct scope **owner)
{
	const struct carom_circuit *circuit = scope->circuit;
	const char *name = name_text(circuit->names, circuit->elements[element].model);
	const struct carom_circuit *where = NULL;
	const struct model *model = circuit_resolve_model(circuit, name, &where);

	*owner = model ? scope_of(scope, where) : NULL;
	if (!*owner)
		return NAME_NONE;
	if (name_compare(name_text(where->names, model->name), name) == 0)
		return (uint32_t)(model - where->models);
	return find_bin(scope, element, *owner);
}
