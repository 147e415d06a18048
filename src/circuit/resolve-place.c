/* SPDX-License-Identifier: BSD-3-Clause */
/* What libngspice calls a value on a card, and whether it can be set in a loaded circuit. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/alterable.h"
#include "circuit/resolver.h"
#include "circuit/scan.h"

int resolver_stop(struct resolver *resolver, const struct carom_circuit *circuit, uint32_t card,
		  const char *what)
{
	const struct card *item = &circuit->cards[card];
	int length = (int)strcspn(item->text, " \t");

	carom_fail_at(&resolver->resolution->obstacle, CAROM_ERROR_PARAMETER,
		      circuit_file(circuit, item->file), (int)item->line, 0,
		      "%.*s: the change reaches %s, which is not set in a loaded circuit", length,
		      item->text, what);
	return resolver->is_drawing ? 0 : RESOLVER_STOPPED;
}

void resolver_block(struct resolver *resolver, const struct carom_circuit *circuit, uint32_t card,
		    const char *what)
{
	const struct card *item = &circuit->cards[card];

	carom_fail_at(
		&resolver->resolution->blocker, CAROM_ERROR_PARAMETER,
		circuit_file(circuit, item->file), (int)item->line, 0,
		"%.*s: a statistical function where %s counts: carom does not draw that number",
		(int)strcspn(item->text, " \t"), item->text, what);
}

/* ---- targets ---- */

static void append_path(struct text *path, const struct scope *scope)
{
	const struct carom_circuit *circuit;

	if (!scope->caller)
		return;
	circuit = scope->caller->circuit;
	append_path(path, scope->caller);
	text_append(path, path->length ? "." : "");
	text_append(path, name_text(circuit->names, circuit->elements[scope->element].name));
}

char *resolver_path(const struct scope *scope)
{
	struct text path = TEXT_INIT;

	append_path(&path, scope);
	return path.failed || path.length ? text_take(&path) : mem_strdup("");
}

/* target: taken; NULL: it cannot be set. */
static int add_value(struct resolver *resolver, const struct scope *scope, uint32_t card,
		     const struct card_expression *expression, char *target, struct operand value)
{
	struct resolution *resolution = resolver->resolution;
	char *instance = resolver_path(scope);

	if (!instance || !mem_reserve(&resolution->values, &resolution->capacity,
				      resolution->n_values + 1, sizeof(*resolution->values))) {
		mem_free(instance);
		mem_free(target);
		return carom_fail_memory(resolver->err);
	}
	resolution->values[resolution->n_values++] = (struct resolved_value){
		.target = target,
		.value = value,
		.circuit = scope->circuit,
		.card = card,
		.begin = (uint32_t)(expression->text - scope->circuit->cards[card].text),
		.length = (uint32_t)expression->length,
		.instance = instance};
	return 0;
}

int resolver_add_unset(struct resolver *resolver, const struct scope *scope, uint32_t card,
		       const struct card_expression *expression, struct operand value)
{
	if (!(program_depends(&scope->tree->program, value) & ON_DRAW))
		return 0;
	return add_value(resolver, scope, card, expression, NULL, value);
}

/* what: the obstacle. */
static int add_obstacle(struct resolver *resolver, const struct scope *scope, const struct use *use,
			struct operand value, const char *what)
{
	int rc = resolver_stop(resolver, scope->circuit, use->card, what);

	return rc ? rc : resolver_add_unset(resolver, scope, use->card, &use->expression, value);
}

static int add_target(struct resolver *resolver, const struct scope *scope, const struct use *use,
		      char *target, struct operand value)
{
	if (!target)
		return carom_fail_memory(resolver->err);
	return add_value(resolver, scope, use->card, &use->expression, target, value);
}

/* "x1.r1" or "x1.m1:w". */
static char *make_target(const struct resolver *resolver, const struct carom_circuit *circuit,
			 uint32_t element, const char *param, size_t length)
{
	struct text text = TEXT_INIT;

	text_append(&text, text_string(&resolver->path));
	text_append(&text, name_text(circuit->names, circuit->elements[element].name));
	if (length > 0)
		text_append_char(&text, ':');
	text_append_n(&text, param, length);
	return text_take(&text);
}

/* ---- elements ---- */

static bool is_within(const struct value_place *place, const char *card, const char *text)
{
	return text >= card + place->begin && text < card + place->begin + place->length;
}

/* The word where the main value stands: "r1 a b rload". */
static bool is_first_word(const struct element *element, const char *card, const char *text)
{
	const struct element_kind *kind = element_kind_find(element->kind);
	struct word word;
	uint32_t at = 0;

	for (unsigned i = 0; i <= 1 + element->n_pins + kind->n_names; i++) {
		if (!scan_word(card, &at, &word))
			return false;
	}
	return kind->value != VALUE_NONE && card + word.begin == text;
}

static bool is_main(const struct carom_circuit *circuit, uint32_t element, const char *text)
{
	const char *card = circuit->cards[circuit->elements[element].card].text;
	struct value_place place;

	if (is_first_word(&circuit->elements[element], card, text))
		return true;
	return circuit_element_value_place(circuit, (struct carom_element){element}, &place,
					   NULL) == 0 &&
	       is_within(&place, card, text);
}

/* The parameter that a value without a name is, by its place: "ac 1", the area of a diode. */
static const char *param_by_place(const struct carom_circuit *circuit, uint32_t element,
				  const char *text)
{
	static const char *const params[][2] = {{"ac", "acmag"}, {"area", "area"}};
	const char *card = circuit->cards[circuit->elements[element].card].text;
	struct value_place place;

	for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++) {
		if (circuit_element_param_place(circuit, (struct carom_element){element},
						params[i][0], &place, NULL) == 0 &&
		    is_within(&place, card, text))
			return params[i][1];
	}
	return NULL;
}

/* Is the expression all that follows "name=", and not one of a list? */
static bool is_whole_value(const struct use *use, const char *card)
{
	const char *begin = use->expression.text;
	const char *end = begin + use->expression.length;

	if (begin > card && (begin[-1] == '{' || begin[-1] == '\'')) {
		begin--;
		end += *end != '\0';
	}
	while (begin > card && (begin[-1] == ' ' || begin[-1] == '\t'))
		begin--;
	return use->expression.name && begin > card && begin[-1] == '=' &&
	       (*end == '\0' || strchr(" \t)", *end));
}

/* ngspice multiplies the m of an element with those of the instances it is in. */
static bool is_multiplied(const struct scope *scope)
{
	while (scope && !scope->has_multiplier)
		scope = scope->caller;
	return scope != NULL;
}

static int add_element(struct resolver *resolver, struct scope *scope, const struct use *use,
		       struct operand value)
{
	const struct carom_circuit *circuit = scope->circuit;
	uint32_t element = circuit->cards[use->card].index;
	const struct element_kind *kind = element_kind_find(circuit->elements[element].kind);
	const struct card_expression *expression = &use->expression;
	bool is_named = is_whole_value(use, circuit->cards[use->card].text);
	const char *param = is_named ? expression->name : NULL;
	size_t length = is_named ? expression->name_length : 0;
	char name[32];

	if (is_main(circuit, element, expression->text)) {
		if (!alterable_element(kind, NULL))
			return add_obstacle(resolver, scope, use, value, "its value");
		return add_target(resolver, scope, use,
				  make_target(resolver, circuit, element, "", 0), value);
	}
	if (!param) {
		param = param_by_place(circuit, element, expression->text);
		length = param ? strlen(param) : 0;
	}
	if (!param)
		return add_obstacle(resolver, scope, use, value,
				    strchr("vi", kind->letter) ? "its waveform"
							       : "a value of a list");
	snprintf(name, sizeof(name), "%.*s", (int)length, param);
	if (length >= sizeof(name) || !alterable_element(kind, name))
		return add_obstacle(resolver, scope, use, value, "a parameter of the element");
	if (name_compare(name, "m") == 0 && is_multiplied(scope))
		return add_obstacle(resolver, scope, use, value, "a multiplier in an instance");
	return add_target(resolver, scope, use,
			  make_target(resolver, circuit, element, param, length), value);
}

/* ---- models ---- */

static int note_model(struct resolver *resolver, struct scope *scope, const struct use *use,
		      struct operand value)
{
	uint32_t model = scope->circuit->cards[use->card].index;

	if (!is_whole_value(use, scope->circuit->cards[use->card].text))
		return add_obstacle(resolver, scope, use, value, "a value of a list");
	if (!mem_reserve(&resolver->models, &resolver->models_capacity, resolver->n_models + 1,
			 sizeof(*resolver->models)))
		return carom_fail_memory(resolver->err);
	resolver->models[resolver->n_models++] =
		(struct reached_model){scope, model, use, value, scope->first_reached - 1, false};
	scope->first_reached = (uint32_t)resolver->n_models;
	return 0;
}

int resolver_add_use(struct resolver *resolver, struct scope *scope, const struct use *use,
		     struct operand value)
{
	switch (scope->circuit->cards[use->card].role) {
	case CARD_ELEMENT:
		return add_element(resolver, scope, use, value);
	case CARD_MODEL:
		return note_model(resolver, scope, use, value);
	case CARD_ANALYSIS:
		return add_obstacle(resolver, scope, use, value, "an analysis");
	default:
		return add_obstacle(resolver, scope, use, value, "the card");
	}
}

/* ---- the devices of models ---- */

static int set_model(struct resolver *resolver, struct scope *scope, uint32_t element,
		     struct reached_model *reached)
{
	const struct card_expression *expression = &reached->use->expression;
	const struct element_kind *kind = element_kind_find(scope->circuit->elements[element].kind);
	char name[32];

	snprintf(name, sizeof(name), "%.*s", (int)expression->name_length, expression->name);
	reached->is_set = true;
	if (expression->name_length >= sizeof(name) || !alterable_model(kind, name))
		return add_obstacle(resolver, reached->scope, reached->use, reached->value,
				    "a parameter of the model");
	return add_target(resolver, reached->scope, reached->use,
			  make_target(resolver, scope->circuit, element, expression->name,
				      expression->name_length),
			  reached->value);
}

/* All bins are drawn, where the one that counts is known in the sample alone. */
static int set_any_bin(struct resolver *resolver, struct reached_model *reached)
{
	reached->is_set = true;
	return resolver_add_unset(resolver, reached->scope, reached->use->card,
				  &reached->use->expression, reached->value);
}

static int find_models_of(struct resolver *resolver, struct scope *scope, uint32_t element)
{
	struct scope *owner;
	uint32_t model = scope_find_model(scope, element, &owner);
	int rc = 0;

	if (!owner || owner->first_reached == 0)
		return 0;
	if (model == NAME_NONE)
		rc = resolver_stop(resolver, scope->circuit, scope->circuit->elements[element].card,
				   "a binned model, of which the bin is not known");
	for (uint32_t i = owner->first_reached - 1; i != NAME_NONE && rc == 0;
	     i = resolver->models[i].next) {
		struct reached_model *reached = &resolver->models[i];

		if (!reached->is_set && model == NAME_NONE)
			rc = set_any_bin(resolver, reached);
		else if (!reached->is_set && reached->model == model)
			rc = set_model(resolver, scope, element, reached);
	}
	return rc;
}

int resolver_find_devices(struct resolver *resolver, struct scope *scope,
			  const struct use_table *table)
{
	const struct carom_circuit *circuit = scope->circuit;
	int rc = 0;

	(void)table;
	for (uint32_t i = 0; i < circuit->n_elements && rc == 0; i++) {
		if (circuit->elements[i].model != NAME_NONE && circuit->elements[i].kind != 'x' &&
		    circuit->elements[i].kind != 0)
			rc = find_models_of(resolver, scope, i);
	}
	return rc;
}
