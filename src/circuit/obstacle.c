/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands around a number is in the way of setting it, beyond what its kind allows. */
#include "circuit/obstacle.h"

#include <string.h>

#include "circuit/alterable.h"
#include "circuit/edit.h"

/* Does the size of the element select its model among several? */
static bool is_binned(const struct carom_circuit *circuit, const struct element *element)
{
	const struct carom_circuit *owner;
	const struct model *model;
	const char *name;

	if (element->model == NAME_NONE)
		return false;
	name = name_text(circuit->names, element->model);
	model = circuit_resolve_model(circuit, name, &owner);
	return model && name_compare(name_text(owner->names, model->name), name) != 0;
}

/* The words of a target could not tell the name from a parameter. */
static bool has_colon(const struct carom_circuit *circuit, struct carom_element element)
{
	return strchr(carom_element_name(circuit, element), ':') != NULL;
}

const char *obstacle_of_element(const struct carom_circuit *circuit, struct carom_element element,
				const char *param)
{
	const struct element *item = &circuit->elements[element.index];

	if (has_colon(circuit, element))
		return "an element with a colon in its name";
	if (!alterable_element(element_kind_find(item->kind), param))
		return param ? "this parameter of the element" : "its value";
	if (param && circuit->parent && name_compare(param, "m") == 0)
		return "a multiplier that those of instances may multiply";
	if (param && is_binned(circuit, item))
		return "a parameter of an element whose size selects its model";
	return NULL;
}

const char *obstacle_of_model(const struct carom_circuit *circuit, struct carom_element element,
			      const struct carom_circuit *owner, uint32_t model, const char *param)
{
	const struct element *item = &circuit->elements[element.index];

	if (has_colon(circuit, element))
		return "a model of an element with a colon in its name";
	if (!alterable_model(element_kind_find(item->kind), param))
		return "this parameter of the model";
	if (is_binned(circuit, item) ||
	    circuit_model_base(owner, owner->models[model].name) != owner->models[model].name)
		return "a model that the size of elements selects";
	return NULL;
}
