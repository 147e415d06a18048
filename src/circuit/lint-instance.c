/* SPDX-License-Identifier: BSD-3-Clause */
/* Instances: parameters they give a subcircuit, and names it leaves for them to define. */
#include <string.h>

#include "circuit/lint-param.h"
#include "circuit/scan.h"

/* The next "name=value" of an X card; *at is 0 before the first. */
static bool next_assignment(const struct carom_circuit *circuit, const struct element *element,
			    uint32_t *at, struct assignment *assignment)
{
	if (*at == 0)
		*at = element->model_begin;
	return scan_assignment(circuit->cards[element->card].text, at, assignment);
}

static bool assigns(const struct carom_circuit *circuit, const struct element *element,
		    const char *name)
{
	const char *text = circuit->cards[element->card].text;
	struct assignment assignment;
	uint32_t at = 0;

	while (next_assignment(circuit, element, &at, &assignment)) {
		if (word_is(text, &assignment.name, name))
			return true;
	}
	return false;
}

/* Does some instance give the subcircuit a multiplier?  It has a parameter "m" then. */
static bool is_multiplied(const struct param_check *check, uint32_t callee)
{
	const struct reach *reach = &check->lint->reach;

	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		for (size_t k = 0; k < circuit->n_elements; k++) {
			if (reach->list[i].callees[k] == callee &&
			    assigns(circuit, &circuit->elements[k], "m"))
				return true;
		}
	}
	return false;
}

/* ngspice stops at parameters for a subcircuit that has none; of others it drops what is unknown. */
static void check_takes_params(struct param_check *check, const struct element *element,
			       uint32_t callee, const struct word *name)
{
	if (check->callee->n_params > 0 || check->has_no_params[callee])
		return;
	check->has_no_params[callee] = true;
	if (is_multiplied(check, callee))
		return;
	lint_add(check->lint, check->circuit, element->card, RULE_NO_INSTANCE_PARAMS,
		 "%s: subcircuit \"%s\" takes no parameters; remove \"%.*s=\" or give it a default "
		 "on "
		 "the .subckt card",
		 name_text(check->circuit->names, element->name), check->callee->title,
		 (int)name->length, check->circuit->cards[element->card].text + name->begin);
}

static void check_has_param(struct param_check *check, const struct element *element,
			    const struct word *name)
{
	if (check->callee->n_params > 0)
		lint_add(check->lint, check->circuit, element->card, RULE_UNUSED_PARAM,
			 "%s: subcircuit \"%s\" has no parameter \"%.*s\"; ngspice drops it",
			 name_text(check->circuit->names, element->name), check->callee->title,
			 (int)name->length,
			 check->circuit->cards[element->card].text + name->begin);
}

static void check_assignments(struct param_check *check, const struct element *element,
			      uint32_t callee)
{
	const char *text = check->circuit->cards[element->card].text;
	struct assignment assignment;
	uint32_t at = 0;

	param_check_card(check, element->card);
	check->callee = check->lint->reach.list[callee].circuit;
	while (next_assignment(check->circuit, element, &at, &assignment)) {
		const char *name = text + assignment.name.begin;
		size_t length = assignment.name.length;

		check_takes_params(check, element, callee, &assignment.name);
		if (param_find(check->callee, name, length) == NAME_NONE &&
		    !word_is(text, &assignment.name, "m")) {
			check_has_param(check, element, &assignment.name);
			continue;
		}
		check->callee_param = name;
		check->callee_param_length = length;
		param_check_text(check, text + assignment.value.begin, assignment.value.length);
	}
	check->callee = NULL;
}

/* What the called subcircuit leaves open is this circuit's to define, or open here too. */
static void inherit(struct param_check *check, const struct element *element, uint32_t callee)
{
	const struct carom_circuit *called = check->lint->reach.list[callee].circuit;

	for (size_t i = check->first_open[callee]; i < check->first_open[callee + 1]; i++) {
		struct open_use open = check->open[i];
		struct use *use = &check->uses[open.use];

		if (use->last_heir == check->index + 1)
			continue;
		if (open.param != NAME_NONE &&
		    assigns(check->circuit, element, name_text(called->names, open.param)))
			continue;
		if (param_find(check->circuit, use->name, use->length) != NAME_NONE)
			continue;
		use->last_heir = check->index + 1;
		param_check_leave_open(check, open.use, NAME_NONE);
	}
}

void param_check_instances(struct param_check *check)
{
	const struct reached *reached = &check->lint->reach.list[check->index];

	for (uint32_t i = 0; i < check->circuit->n_elements; i++) {
		if (reached->callees[i] == NAME_NONE)
			continue;
		check_assignments(check, &check->circuit->elements[i], reached->callees[i]);
		inherit(check, &check->circuit->elements[i], reached->callees[i]);
	}
}
