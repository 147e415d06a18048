/* SPDX-License-Identifier: BSD-3-Clause */
/* The model an element has; of "nch.1", "nch.2", ... the bin that w and l select. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "circuit/bin.h"
#include "circuit/scope.h"

/* Is the name the base, a dot and digits? */
static bool is_bin_of(const char *name, const char *base)
{
	size_t length = bin_base_length(name, strlen(name));

	return length > 0 && length == strlen(base) && name_compare_n(name, base, length) == 0;
}

static uint32_t find_bin(struct scope *scope, uint32_t element, struct scope *owner)
{
	const char *base =
		name_text(scope->circuit->names, scope->circuit->elements[element].model);
	struct bin_limits limits;
	struct bin_size size;

	if (!bin_size_read(scope, element, &size))
		return NAME_NONE;
	for (uint32_t i = 0; i < owner->circuit->n_models; i++) {
		const struct model *model = &owner->circuit->models[i];

		if (model->card != NAME_NONE &&
		    is_bin_of(name_text(owner->circuit->names, model->name), base) &&
		    bin_limits_read(owner->circuit, model, owner, &limits) &&
		    bin_contains(&limits, &size, BIN_TOLERANCE))
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

/* ---- by full name ---- */

static int find_in_scope(struct scope *top, const char *path, uint32_t element,
			 const struct carom_circuit **where, const struct model **model,
			 struct carom_error *err)
{
	const char *dot = strrchr(path, '.');
	char *prefix = mem_strndup(path, dot ? (size_t)(dot - path) : 0);
	struct scope *scope = prefix ? scope_find(top, prefix, err) : NULL;
	struct scope *owner = NULL;
	uint32_t index = NAME_NONE;

	mem_free(prefix);
	if (!scope)
		return carom_fail_memory(err);
	index = scope_find_model(scope, element, &owner);
	if (index == NAME_NONE)
		return carom_fail(err, CAROM_ERROR_MODEL,
				  "which bin of its model it has is not known");
	*where = owner->circuit;
	*model = &owner->circuit->models[index];
	return CAROM_OK;
}

int circuit_find_model_of(const struct carom_circuit *root, const char *path,
			  const struct carom_circuit **where, const struct model **model,
			  struct carom_error *err)
{
	struct carom_element element = circuit_find_path(root, path, where);
	uint32_t name = (*where)->elements[element.index].model;
	const struct carom_circuit *holder = *where;
	struct scope *top;
	int rc;

	*model = name == NAME_NONE
			 ? NULL
			 : circuit_resolve_model(holder, name_text(holder->names, name), where);
	if (!*model)
		return carom_fail(err, CAROM_ERROR_MODEL, "its model is not defined");
	if (name_compare(name_text((*where)->names, (*model)->name),
			 name_text(holder->names, name)) == 0)
		return CAROM_OK;
	top = scope_new(root, err);
	if (!top)
		return CAROM_ERROR_MEMORY;
	rc = find_in_scope(top, path, element.index, where, model, err);
	scope_free(top);
	return rc;
}
