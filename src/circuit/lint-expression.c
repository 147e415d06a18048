/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions that cannot be computed: each is evaluated once, in one instance of its circuit. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/evaluate.h"
#include "circuit/lint-param.h"
#include "circuit/scan.h"

struct evaluation {
	struct param_check *check;
	struct scope **scopes;     /* per circuit in reach: of one instance */
	struct name_table *places; /* of errors that were reported */
	struct scope *scope;       /* of the circuit under check */
	const struct carom_circuit *circuit;
	uint32_t card;
	bool is_certain; /* are all names known: nothing undefined, no .if? */
};

/* ---- scopes ---- */

/* Callers stand behind those they call, so each has its scope before it is asked for others. */
static bool enter_callees(struct evaluation *evaluation, const struct reached *reached,
			  struct scope *scope)
{
	for (uint32_t k = 0; k < reached->circuit->n_elements; k++) {
		uint32_t callee = reached->callees[k];
		struct carom_error err = CAROM_ERROR_INIT;

		if (callee == NAME_NONE || evaluation->scopes[callee])
			continue;
		evaluation->scopes[callee] = scope_enter(scope, (struct carom_element){k}, &err);
		if (err.status == CAROM_ERROR_MEMORY)
			return false;
	}
	return true;
}

static bool make_scopes(struct evaluation *evaluation)
{
	const struct reach *reach = &evaluation->check->lint->reach;
	struct carom_error err = CAROM_ERROR_INIT;

	evaluation->scopes = mem_zalloc(reach->count, sizeof(*evaluation->scopes));
	if (!evaluation->scopes)
		return false;
	evaluation->scopes[reach->count - 1] = scope_new(evaluation->check->lint->root, &err);
	if (!evaluation->scopes[reach->count - 1])
		return false;
	for (size_t i = reach->count; i-- > 0;) {
		if (evaluation->scopes[i] &&
		    !enter_callees(evaluation, &reach->list[i], evaluation->scopes[i]))
			return false;
	}
	return true;
}

/* ---- one text ---- */

static bool is_number(const char *text, size_t length)
{
	double value;
	size_t used;

	return number_read(text, length, &value, &used) && used == length;
}

/* An error in a parameter or a function is met wherever that is used, and reported once. */
static bool is_known(const struct evaluation *evaluation, const struct carom_error *err)
{
	char place[sizeof(err->source) + 40];
	int length;

	if (err->line == 0)
		return false;
	length = snprintf(place, sizeof(place), "%s:%d:%d", err->source, err->line, err->column);
	if (name_find(evaluation->places, place, (size_t)length) != NAME_NONE)
		return true;
	if (name_intern(evaluation->places, place, (size_t)length) == NAME_NONE)
		evaluation->check->lint->failed = true;
	return false;
}

static bool is_fault(const struct evaluation *evaluation, const struct carom_error *err)
{
	if (err->status == CAROM_ERROR_MEMORY)
		evaluation->check->lint->failed = true;
	return (err->status == CAROM_ERROR_SYNTAX ||
		(err->status == CAROM_ERROR_PARAMETER && evaluation->is_certain)) &&
	       !is_known(evaluation, err);
}

/* A parameter may be a string, which ngspice puts in where its name, or it, stands in braces. */
static bool is_name_of_string(const struct evaluation *evaluation, const char *name, size_t length)
{
	for (const struct carom_circuit *circuit = evaluation->circuit; circuit;
	     circuit = circuit->parent) {
		uint32_t number = param_find(circuit, name, length);
		uint32_t at = name_index_get(&circuit->param_of_name, number);

		if (at > 0) {
			const struct param *param = &circuit->params[at - 1];

			return circuit->cards[param->card].text[param->value_begin] == '"';
		}
	}
	return false;
}

static void report_depth(const struct evaluation *evaluation)
{
	lint_add(evaluation->check->lint, evaluation->circuit, evaluation->card,
		 RULE_BAD_EXPRESSION,
		 "more than 256 parentheses in one another, for which ngspice finds no end");
}

static void evaluate(const struct evaluation *evaluation, const char *text, size_t length)
{
	enum { MOST = 60 };
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	if (expression_is_too_deep(text, length)) {
		report_depth(evaluation);
		return;
	}
	param_check_glued(evaluation->check, evaluation->circuit, evaluation->card, text, length);
	scope_evaluate(evaluation->scope, text, length, &value, &err);
	if (is_fault(evaluation, &err) && *text != '"' &&
	    !is_name_of_string(evaluation, text, length))
		lint_add(evaluation->check->lint, evaluation->circuit, evaluation->card,
			 RULE_BAD_EXPRESSION, "\"%.*s%s\" cannot be computed: %s",
			 (int)(length > MOST ? MOST : length), text, length > MOST ? "..." : "",
			 err.text);
}

/*
 * On the card of an element braces within braces are no more than parentheses once the deck has a
 * .param, but for a value of a diode or a bipolar transistor that has no name.
 */
static bool may_nest_braces(const struct evaluation *evaluation,
			    const struct card_expression *expression)
{
	const struct carom_circuit *circuit = evaluation->circuit;
	const struct card *card = &circuit->cards[evaluation->card];

	return card->role == CARD_ELEMENT &&
	       (circuit->n_params > 0 || evaluation->check->lint->root->n_params > 0) &&
	       (expression->name || !strchr("dq", circuit->elements[card->index].kind));
}

static void see_expression(void *arg, const struct card_expression *expression)
{
	struct evaluation *evaluation = arg;
	const char *text = expression->text;
	size_t length = expression->length;

	if (expression->language != LANGUAGE_NUMPARAM || is_number(text, length))
		return;
	if (*text == '\0')
		lint_add(evaluation->check->lint, evaluation->circuit, evaluation->card,
			 RULE_MISSING_VALUE, "there is no value behind \"%.*s=\"",
			 (int)expression->name_length, expression->name);
	else if (memchr(text, '{', length) && may_nest_braces(evaluation, expression))
		return;
	else if (memchr(text, '{', length))
		lint_add(evaluation->check->lint, evaluation->circuit, evaluation->card,
			 RULE_BAD_EXPRESSION, "\"%.*s\": braces within braces; use parentheses",
			 (int)length, text);
	else
		evaluate(evaluation, text, length);
}

/* ---- values of instances ---- */

/* Behind "=" without braces; of {...} and '...' what is within. */
static void check_assigned(struct evaluation *evaluation, const char *text, size_t length)
{
	if (length >= 2 && ((text[0] == '{' && text[length - 1] == '}') ||
			    (text[0] == '\'' && text[length - 1] == '\''))) {
		text++;
		length -= 2;
	}
	if (!is_number(text, length))
		evaluate(evaluation, text, length);
}

/* A name there may be one of the called subcircuit, so that only the syntax is judged. */
static void check_instance(struct evaluation *evaluation, const struct element *element)
{
	const struct carom_circuit *circuit = evaluation->circuit;
	const char *text = circuit->cards[element->card].text;
	struct evaluation lenient = *evaluation;
	struct assignment assignment;
	uint32_t at = element->model_begin;

	lenient.is_certain = false;
	while (scan_assignment(text, &at, &assignment)) {
		if (assignment.value.length == 0)
			lint_add(evaluation->check->lint, circuit, element->card,
				 RULE_MISSING_VALUE, "%s: \"%.*s=\" has no value",
				 name_text(circuit->names, element->name),
				 (int)assignment.name.length, text + assignment.name.begin);
		else
			check_assigned(&lenient, text + assignment.value.begin,
				       assignment.value.length);
	}
}

/* ---- one circuit ---- */

static void check_card(struct evaluation *evaluation, uint32_t index)
{
	const struct carom_circuit *circuit = evaluation->circuit;
	const struct card *card = &circuit->cards[index];
	const struct element *element =
		card->role == CARD_ELEMENT ? &circuit->elements[card->index] : NULL;

	evaluation->card = index;
	if (element && element->kind == 'x' && element->model != NAME_NONE)
		check_instance(evaluation, element);
	else
		card_each_expression(card, element ? element->kind : 0, see_expression, evaluation);
}

/* numparam reads the branches of an .if that are not taken as well, but does not mind their values. */
static void check_cards(struct evaluation *evaluation)
{
	const struct carom_circuit *circuit = evaluation->circuit;

	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_MODEL &&
		    !param_check_uses(evaluation->check, circuit, &circuit->models[card->index]))
			continue;
		check_card(evaluation, i);
	}
}

/*
 * Is the value not one that numparam computes: does it begin with a parameter that is a string, as
 * "table{more}", or depend on temper, so that ngspice makes a function of it?
 */
static bool is_text(const struct evaluation *evaluation, const char *text, size_t length)
{
	size_t name_length = strcspn(text, "{ \t");

	return expression_has_word(text, length, "temper") ||
	       (name_length > 0 && text[name_length] == '{' &&
		is_name_of_string(evaluation, text, name_length));
}

/* By its name, so that the scope says what it is worth here; its value's text is in the error. */
static void check_param(struct evaluation *evaluation, const struct param *param)
{
	const struct carom_circuit *circuit = evaluation->circuit;
	const char *name = name_text(circuit->names, param->name);
	const char *text = circuit->cards[param->card].text + param->value_begin;
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	evaluation->card = param->card;
	if (expression_is_too_deep(text, param->value_length)) {
		report_depth(evaluation);
		return;
	}
	param_check_glued(evaluation->check, circuit, param->card, text, param->value_length);
	scope_evaluate(evaluation->scope, name, strlen(name), &value, &err);
	if (is_fault(evaluation, &err) && !is_text(evaluation, text, param->value_length))
		lint_add(evaluation->check->lint, circuit, param->card, RULE_BAD_EXPRESSION,
			 "parameter \"%s\": %s", name, err.text);
}

/* ngspice takes "dev/gauss=..." behind a value, PSpice's words for its spread, for one more parameter. */
static bool is_word(const char *name)
{
	return !strpbrk(name, "+-*/^%<>=!&|?:,()");
}

static void check_params(struct evaluation *evaluation, const struct reached *reached)
{
	const struct carom_circuit *circuit = evaluation->circuit;

	for (uint32_t i = 0; i < circuit->n_params; i++) {
		const struct param *param = &circuit->params[i];
		const char *text = circuit->cards[param->card].text + param->value_begin;
		const char *name = name_text(circuit->names, param->name);

		evaluation->card = param->card;
		if (*text == '"')
			continue; /* a string, which need not be a number */
		if (param->value_length == 0)
			lint_add(evaluation->check->lint, circuit, param->card, RULE_MISSING_VALUE,
				 "parameter \"%s\" has no value", name);
		else if (reached_is_conditional(reached, param->card) || !is_word(name))
			check_assigned(evaluation, text, param->value_length);
		else if (name_index_get(&circuit->param_of_name, param->name) == i + 1 &&
			 !is_number(text, param->value_length))
			check_param(evaluation, param);
	}
}

/* ---- all ---- */

static bool has_conditions(const struct reach *reach)
{
	for (size_t i = 0; i < reach->count; i++) {
		if (reach->list[i].is_conditional)
			return true;
	}
	return false;
}

void param_check_expressions(struct param_check *check, bool has_undefined)
{
	const struct reach *reach = &check->lint->reach;
	struct evaluation evaluation = {
		.check = check,
		.is_certain = !has_undefined && !has_conditions(reach),
	};

	evaluation.places = name_table_new();
	if (!evaluation.places || !make_scopes(&evaluation))
		check->lint->failed = true;
	/* callers first, so that a fault is found where it stands before it is where it is used */
	for (size_t i = reach->count; i-- > 0 && !check->lint->failed;) {
		evaluation.scope = evaluation.scopes[i];
		evaluation.circuit = reach->list[i].circuit;
		if (!evaluation.scope)
			continue;
		check_params(&evaluation, &reach->list[i]);
		check_cards(&evaluation);
	}
	if (evaluation.scopes)
		scope_free(evaluation.scopes[reach->count - 1]);
	mem_free(evaluation.scopes);
	name_table_free(evaluation.places);
}
