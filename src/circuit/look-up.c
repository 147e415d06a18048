/* SPDX-License-Identifier: BSD-3-Clause */
/* Look-up by name, here and in the scopes around, and questions about nets and elements. */
#include <string.h>

#include "base/error.h"
#include "circuit/circuit.h"

/* ---- look-up ---- */

/* Index + 1 of what the table holds under the name; 0 if nothing. */
static uint32_t look_up(const struct carom_circuit *circuit, const struct name_index *index,
			const char *name)
{
	return name_index_get(index, name_find(circuit->names, name, strlen(name)));
}

const struct model *circuit_find_model(const struct carom_circuit *circuit, const char *name)
{
	uint32_t at = look_up(circuit, &circuit->model_of_name, name);

	return at ? &circuit->models[at - 1] : NULL;
}

const struct param *circuit_find_param(const struct carom_circuit *circuit, const char *name)
{
	uint32_t at = look_up(circuit, &circuit->param_of_name, name);

	return at ? &circuit->params[at - 1] : NULL;
}

struct carom_circuit *circuit_find_child(const struct carom_circuit *circuit, const char *name)
{
	uint32_t at = look_up(circuit, &circuit->child_of_name, name);

	return at ? circuit->children[at - 1] : NULL;
}

const struct model *circuit_resolve_model(const struct carom_circuit *circuit, const char *name,
					  const struct carom_circuit **where)
{
	const struct model *model = NULL;

	for (; circuit && !model; circuit = circuit->parent) {
		model = circuit_find_model(circuit, name);
		if (model && where)
			*where = circuit;
	}
	return model;
}

struct carom_circuit *circuit_resolve_subcircuit(const struct carom_circuit *circuit,
						 const char *name)
{
	struct carom_circuit *child = NULL;

	for (; circuit && !child; circuit = circuit->parent)
		child = circuit_find_child(circuit, name);
	return child;
}

const struct carom_circuit *circuit_root(const struct carom_circuit *circuit)
{
	return circuit->root;
}

bool circuit_has_code_models(const struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_elements; i++) {
		if (circuit->elements[i].kind == 'a')
			return true;
	}
	return false;
}

const char *circuit_file(const struct carom_circuit *circuit, uint32_t file)
{
	const struct carom_circuit *root = circuit_root(circuit);

	return file < root->n_files ? root->files[file] : "";
}

CAROM_API struct carom_net carom_circuit_find_net(const struct carom_circuit *circuit,
						  const char *name)
{
	uint32_t at = circuit_net_of_name(circuit, name, strlen(name));

	return (struct carom_net){at ? at - 1 : CAROM_NO_INDEX};
}

CAROM_API struct carom_element carom_circuit_find_element(const struct carom_circuit *circuit,
							  const char *name)
{
	uint32_t at = circuit_element_of_name(circuit, name, strlen(name));

	return (struct carom_element){at ? at - 1 : CAROM_NO_INDEX};
}

/* ---- questions ---- */

CAROM_API const char *carom_circuit_title(const struct carom_circuit *circuit)
{
	return circuit->title;
}

CAROM_API size_t carom_circuit_net_count(const struct carom_circuit *circuit)
{
	return circuit->n_nets;
}

CAROM_API size_t carom_circuit_element_count(const struct carom_circuit *circuit)
{
	return circuit->n_elements - circuit->n_removed;
}

CAROM_API struct carom_net carom_circuit_ground(const struct carom_circuit *circuit)
{
	(void)circuit;
	return (struct carom_net){0};
}

CAROM_API const char *carom_net_name(const struct carom_circuit *circuit, struct carom_net net)
{
	size_t length;

	return net.index < circuit->n_nets ? circuit_net_name(circuit, net.index, &length) : "";
}

CAROM_API const char *carom_element_name(const struct carom_circuit *circuit,
					 struct carom_element element)
{
	if (element.index >= circuit->n_elements || !circuit->elements[element.index].kind)
		return "";
	return name_text(circuit->names, circuit->elements[element.index].name);
}

CAROM_API size_t carom_element_pin_count(const struct carom_circuit *circuit,
					 struct carom_element element)
{
	return element.index < circuit->n_elements ? circuit->elements[element.index].n_pins : 0;
}

CAROM_API struct carom_net carom_element_net(const struct carom_circuit *circuit,
					     struct carom_element element, size_t pin)
{
	const struct element *item;

	if (pin >= carom_element_pin_count(circuit, element))
		return (struct carom_net){CAROM_NO_INDEX};
	item = &circuit->elements[element.index];
	return (struct carom_net){circuit->pins[item->first_pin + pin]};
}

CAROM_API const struct carom_findings *carom_circuit_notes(const struct carom_circuit *circuit)
{
	return circuit_root(circuit)->notes;
}
