/* SPDX-License-Identifier: BSD-3-Clause */
/* Undefined parameters and functions: the circuits in turn, called before calling, and the report. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/lint-param.h"
#include "circuit/scope.h"

/* ---- cards ---- */

/* Is it one that becomes the whole expression of a B source, and no part of a table? */
static bool is_source(const struct card *card, char letter,
		      const struct card_expression *expression)
{
	if (letter == 'e' || letter == 'g')
		return !expression_has_word(card->text, card->length, "table");
	return letter == 'b' || strchr("{'", expression->text[-1]);
}

/* ngspice does not read sources in branches that are not taken. */
static void check_behaviour(const struct param_check *check,
			    const struct card_expression *expression)
{
	const struct carom_circuit *circuit = check->circuit;
	const struct card *card = &circuit->cards[check->card];

	if (check->is_conditional)
		lint_open_probe(check->lint, circuit, check->card, expression->text,
				expression->length);
	else if (!is_source(card, circuit->elements[card->index].kind, expression) ||
		 lint_grammar(check->lint, circuit, check->card, &check->functions,
			      expression->text, expression->length))
		lint_behaviour(check->lint, circuit, check->card, &check->functions,
			       expression->text, expression->length);
}

static void check_expression(void *arg, const struct card_expression *expression)
{
	struct param_check *check = arg;

	check->language = expression->language;
	param_check_text(check, expression->text, expression->length);
	if (expression->language == LANGUAGE_BEHAVIOUR &&
	    check->circuit->cards[check->card].role == CARD_ELEMENT)
		check_behaviour(check, expression);
}

/* Length of the name without the number of its bin: "nch" of "nch.12". */
static size_t base_length(const char *name, size_t length)
{
	size_t base = length;

	while (base > 0 && name[base - 1] >= '0' && name[base - 1] <= '9')
		base--;
	return base > 1 && base < length && name[base - 1] == '.' ? base - 1 : length;
}

bool param_check_uses(const struct param_check *check, const struct carom_circuit *circuit,
		      const struct model *model)
{
	const char *name = name_text(circuit->names, model->name);
	size_t length = name_length(circuit->names, model->name);

	return check->uses_all_models || name_find(check->used_models, name, length) != NAME_NONE ||
	       name_find(check->used_models, name, base_length(name, length)) != NAME_NONE;
}

static void check_cards(struct param_check *check)
{
	const struct carom_circuit *circuit = check->circuit;

	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];
		char letter = card->role == CARD_ELEMENT ? circuit->elements[card->index].kind : 0;

		if (card->role == CARD_MODEL &&
		    !param_check_uses(check, circuit, &circuit->models[card->index]))
			continue;
		if (card->role == CARD_MODEL)
			lint_temper(check->lint, circuit, i,
				    name_text(circuit->names, circuit->models[card->index].name));
		param_check_card(check, i);
		card_each_expression(card, letter, check_expression, check);
	}
}

/* After the cards: a function called there and in a default counts as called by the card. */
static void check_params(struct param_check *check)
{
	const struct carom_circuit *circuit = check->circuit;

	for (uint32_t i = 0; i < circuit->n_params; i++) {
		const struct param *param = &circuit->params[i];

		if (name_index_get(&circuit->param_of_name, param->name) != i + 1)
			continue; /* defined again later, which counts */
		param_check_card(check, param->card);
		check->param = param->name;
		param_check_text(check, circuit->cards[param->card].text + param->value_begin,
				 param_read_length(circuit, i));
	}
}

/* ---- report ---- */

/* "r1", ".model d1", ".tran", and in which subcircuit. */
static void print_label(char *label, size_t size, const struct use *use)
{
	const struct card *card = &use->where->cards[use->card];
	size_t length = strcspn(card->text, " \t(=");

	if (card->role == CARD_MODEL) {
		length += strspn(card->text + length, " \t");
		length += strcspn(card->text + length, " \t(");
	}
	if (length > 60)
		length = 60;
	if (use->where->parent && card->role != CARD_TITLE)
		snprintf(label, size, "%.*s in subcircuit %.60s", (int)length, card->text,
			 use->where->title);
	else if (use->where->parent)
		snprintf(label, size, "subcircuit %.60s", use->where->title);
	else
		snprintf(label, size, "%.*s", (int)length, card->text);
}

/* ".opt method=gear" is the one card of options whose words ngspice takes for expressions. */
static const char *remedy(const struct use *use)
{
	const struct card *card = &use->where->cards[use->card];

	if (card->role == CARD_OTHER && card_is(card, ".opt"))
		return "write .options, which takes words as they are";
	return use->is_function ? "define it with .func" : "define it with .param";
}

static void report(struct param_check *check, const struct use *use)
{
	char label[160];
	char more[40] = "";

	print_label(label, sizeof(label), use);
	if (use->count > 1)
		snprintf(more, sizeof(more), " (used %u times)", use->count);
	lint_add(check->lint, use->where, use->card,
		 use->is_function ? RULE_UNDEFINED_FUNCTION : RULE_UNDEFINED_PARAM,
		 "%s: undefined %s \"%.*s\"%s; %s", label,
		 use->is_function ? "function" : "parameter", (int)use->length, use->name, more,
		 remedy(use));
}

/* ---- all ---- */

static bool collect_models(struct param_check *check)
{
	const struct reach *reach = &check->lint->reach;

	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		check->uses_all_models |= reach->list[i].is_conditional != NULL;
		for (size_t k = 0; k < circuit->n_elements; k++) {
			uint32_t model = circuit->elements[k].model;

			if (model != NAME_NONE && circuit->elements[k].kind != 'x' &&
			    name_intern(check->used_models, name_text(circuit->names, model),
					name_length(circuit->names, model)) == NAME_NONE)
				return false;
		}
	}
	return true;
}

static bool prepare(struct param_check *check)
{
	const struct reach *reach = &check->lint->reach;

	if (!function_table_init(&check->functions))
		return false;
	for (size_t i = 0; i < reach->count; i++) {
		if (!function_table_add(&check->functions, reach->list[i].circuit))
			return false;
	}
	for (int i = 0; i < 2; i++) {
		check->checked[i] = mem_zalloc(check->functions.count, sizeof(*check->checked[i]));
		if (!check->checked[i])
			return false;
	}
	check->names = name_table_new();
	check->used_models = name_table_new();
	check->first_open = mem_zalloc(reach->count + 1, sizeof(*check->first_open));
	check->has_no_params = mem_zalloc(reach->count, sizeof(*check->has_no_params));
	return check->names && check->used_models && check->first_open && check->has_no_params &&
	       collect_models(check);
}

static void check_circuits(struct param_check *check)
{
	const struct reach *reach = &check->lint->reach;
	size_t first;

	for (uint32_t i = 0; i < reach->count; i++) {
		check->index = i;
		check->circuit = reach->list[i].circuit;
		check_cards(check);
		check_params(check);
		param_check_instances(check);
		check->first_open[i + 1] = check->n_open;
	}
	first = check->first_open[reach->count - 1];
	for (size_t i = first; i < check->n_open; i++)
		report(check, &check->uses[check->open[i].use]);
	param_check_functions(check);
	param_check_expressions(check, check->n_open > first);
}

void lint_params(struct lint *lint)
{
	struct param_check check = {.lint = lint};

	if (prepare(&check))
		check_circuits(&check);
	else
		lint->failed = true;
	function_table_release(&check.functions);
	mem_free(check.checked[0]);
	mem_free(check.checked[1]);
	name_table_free(check.names);
	name_table_free(check.used_models);
	mem_free(check.uses);
	mem_free(check.open);
	mem_free(check.first_open);
	mem_free(check.has_no_params);
	mem_free(check.seen);
}
