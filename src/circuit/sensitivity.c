/* SPDX-License-Identifier: BSD-3-Clause */
/* Finds the transistors and ports at which a sensitivity analysis of ngspice 39 crashes. */
#include "circuit/sensitivity.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "circuit/expression.h"
#include "circuit/reach.h"

/* Levels 1 and 2 are the same device; the others (VBIC, HICUM) are sound. */
static bool is_gummel_poon(const struct carom_circuit *circuit, const struct model *model)
{
	struct value_place level;

	return circuit_model_param_place(circuit, model, "level", &level, NULL) != CAROM_OK ||
	       !(level.number > 2);
}

static const char *model_fault(const struct carom_circuit *circuit, const struct model *model)
{
	const char *type = name_text(circuit->names, model->type);

	if (strncasecmp(type, "vdmos", 5) == 0)
		return "VDMOS transistors";
	if ((strcasecmp(type, "npn") == 0 || strcasecmp(type, "pnp") == 0) &&
	    is_gummel_poon(circuit, model))
		return "bipolar transistors";
	return NULL;
}

bool element_is_port(const struct carom_circuit *circuit, const struct element *element)
{
	const struct card *card = &circuit->cards[element->card];

	return element->kind == 'v' && expression_has_word(card->text, card->length, "portnum");
}

const char *element_sens_fault(const struct carom_circuit *circuit, const struct element *element)
{
	const struct carom_circuit *where;
	const struct model *model;

	if (element_is_port(circuit, element))
		return "ports";
	if ((element->kind != 'q' && element->kind != 'm') || element->model == NAME_NONE)
		return NULL;
	model = circuit_resolve_model(circuit, name_text(circuit->names, element->model), &where);
	return model ? model_fault(where, model) : NULL;
}

/* ---- a whole circuit ---- */

static bool may_have_fault(const struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_elements; i++)
		if (element_is_port(circuit, &circuit->elements[i]))
			return true;
	for (size_t i = 0; i < circuit->n_models; i++)
		if (circuit->models[i].card != NAME_NONE &&
		    model_fault(circuit, &circuit->models[i]))
			return true;
	for (size_t i = 0; i < circuit->n_children; i++)
		if (may_have_fault(circuit->children[i]))
			return true;
	return false;
}

static const char *find_in(const struct carom_circuit *circuit, const struct element **found)
{
	const char *fault = NULL;

	for (size_t i = 0; i < circuit->n_elements && !fault; i++) {
		*found = &circuit->elements[i];
		fault = element_sens_fault(circuit, *found);
	}
	return fault;
}

static char *describe(const struct carom_circuit *circuit, const char *fault,
		      const struct element *element)
{
	struct text text = TEXT_INIT;

	text_printf(&text, "%s, such as %s", fault, name_text(circuit->names, element->name));
	return text_take(&text);
}

int circuit_sens_fault(const struct carom_circuit *root, char **words, struct carom_error *err)
{
	const struct element *element;
	const char *fault = NULL;
	struct reach reach;
	int status = CAROM_OK;

	*words = NULL;
	if (!may_have_fault(root))
		return CAROM_OK;
	status = reach_init(&reach, root, err);
	for (size_t i = 0; i < reach.count && !status && !fault; i++) {
		const struct carom_circuit *circuit = reach.list[i].circuit;

		fault = find_in(circuit, &element);
		if (fault && !(*words = describe(circuit, fault, element)))
			status = carom_fail_memory(err);
	}
	reach_release(&reach);
	return status;
}
