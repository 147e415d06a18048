/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names of an expression its circuit defines, and a list of those it does not. */
#include <string.h>

#include "base/mem.h"
#include "circuit/lint-param.h"

enum { MAX_FUNCTION_DEPTH = 200 };

/* ---- look-up ---- */

uint32_t param_find(const struct carom_circuit *circuit, const char *name, size_t length)
{
	uint32_t number = name_find(circuit->names, name, length);

	if (!name_index_get(&circuit->param_of_name, number))
		return NAME_NONE;
	return number;
}

/* Parameters of the called subcircuit may refer to each other, but not to themselves. */
static bool callee_defines(const struct param_check *check, const char *name, size_t length)
{
	if (!check->callee || param_find(check->callee, name, length) == NAME_NONE)
		return false;
	return length != check->callee_param_length ||
	       name_compare_n(name, check->callee_param, length) != 0;
}

/* "m" of a subcircuit comes from its instances; "temper" makes a parameter a function of it. */
static bool is_implied(const struct param_check *check, const char *name, size_t length)
{
	if (length == 1 && (*name | 0x20) == 'm')
		return check->circuit->parent != NULL;
	return check->param != NAME_NONE && length == 6 && name_compare_n(name, "temper", 6) == 0;
}

static bool is_defined(const struct param_check *check, const char *name, size_t length)
{
	uint32_t own = param_find(check->circuit, name, length);
	const struct carom_circuit *root = check->lint->root;

	if (check->function && function_has_argument(check->function, name, length))
		return true;
	if (own != NAME_NONE && own != check->param)
		return true;
	if (check->circuit != root && param_find(root, name, length) != NAME_NONE)
		return true;
	return language_has_name(check->language, name, length) ||
	       is_implied(check, name, length) || callee_defines(check, name, length);
}

/* ---- open uses ---- */

static struct seen *seen_of(struct param_check *check, const char *name, size_t length)
{
	uint32_t number = name_intern(check->names, name, length);
	size_t old_capacity = check->seen_capacity;

	if (number == NAME_NONE ||
	    !mem_reserve(&check->seen, &check->seen_capacity, number + 1, sizeof(*check->seen)))
		return NULL;
	if (check->seen_capacity > old_capacity)
		memset(check->seen + old_capacity, 0,
		       (check->seen_capacity - old_capacity) * sizeof(*check->seen));
	return &check->seen[number];
}

void param_check_leave_open(struct param_check *check, uint32_t use, uint32_t param)
{
	if (!mem_reserve(&check->open, &check->open_capacity, check->n_open + 1,
			 sizeof(*check->open))) {
		check->lint->failed = true;
		return;
	}
	check->open[check->n_open++] = (struct open_use){use, param};
}

static void add_use(struct param_check *check, const struct reference *reference)
{
	uint32_t param = check->circuit->parent ? check->param : NAME_NONE;
	struct seen *seen = seen_of(check, reference->text, reference->length);

	if (!seen || !mem_reserve(&check->uses, &check->uses_capacity, check->n_uses + 1,
				  sizeof(*check->uses))) {
		check->lint->failed = true;
		return;
	}
	if (param == NAME_NONE && seen->circuit == check->index + 1) {
		check->uses[seen->use].count++;
		return;
	}
	if (param == NAME_NONE)
		*seen = (struct seen){check->index + 1, (uint32_t)check->n_uses};
	check->uses[check->n_uses] = (struct use){
		.name = reference->text,
		.length = reference->length,
		.is_function = reference->kind == REFERENCE_FUNCTION,
		.where = check->where,
		.card = check->card,
		.count = 1,
	};
	param_check_leave_open(check, (uint32_t)check->n_uses++, param);
}

/* ---- expressions ---- */

static void check_reference(void *arg, const struct reference *reference);

void param_check_text(struct param_check *check, const char *text, size_t length)
{
	expression_each_reference(text, length, check->language, check_reference, check);
}

static void check_depth(const struct param_check *check, const struct function *function)
{
	if (check->language == LANGUAGE_NUMPARAM &&
	    expression_is_too_deep(function->body, function->body_length))
		lint_add(
			check->lint, function->circuit, function->card, RULE_BAD_EXPRESSION,
			"more than 256 parentheses in one another, for which ngspice finds no end");
}

/* limit() is none of a B source's functions, but one of numparam's: a number at random. */
static void check_limit(const struct param_check *check, const struct reference *reference)
{
	if (check->language == LANGUAGE_BEHAVIOUR && reference->length == 5 &&
	    name_compare_n(reference->text, "limit", 5) == 0 &&
	    check->where->cards[check->card].role == CARD_ELEMENT)
		lint_add(check->lint, check->where, check->card, RULE_DRAWN_ONCE,
			 "limit() is a random number, drawn once when the deck is loaded; to limit "
			 "a signal use min and max");
}

/* A body is expanded where the function is called, so that is where its names are looked up. */
static void check_body(struct param_check *check, uint32_t index)
{
	const struct function *function = &check->functions.list[index];
	const struct function *caller = check->function;
	const struct carom_circuit *where = check->where;
	uint32_t card = check->card;

	if (check->checked[check->language][index] == check->index + 1 ||
	    check->function_depth == MAX_FUNCTION_DEPTH)
		return;
	check->checked[check->language][index] = check->index + 1;
	check->function = function;
	check->function_depth++;
	check->where = function->circuit;
	check->card = function->card;
	param_check_text(check, function->body, function->body_length);
	check_depth(check, function);
	check->function = caller;
	check->function_depth--;
	check->where = where;
	check->card = card;
}

static void check_reference(void *arg, const struct reference *reference)
{
	struct param_check *check = arg;
	uint32_t function;

	switch (reference->kind) {
	case REFERENCE_NAME:
		if (!is_defined(check, reference->text, reference->length))
			add_use(check, reference);
		break;
	case REFERENCE_FUNCTION:
		function = function_find(&check->functions, check->circuit, reference->text,
					 reference->length);
		if (function != NAME_NONE)
			check_body(check, function);
		else if (language_has_function(check->language, reference->text, reference->length))
			check_limit(check, reference);
		else if (check->language == LANGUAGE_NUMPARAM || !check->is_conditional)
			add_use(check, reference);
		break;
	case REFERENCE_VOLTAGE:
	case REFERENCE_CURRENT:
		break;
	}
}

/* ---- the place ---- */

void param_check_card(struct param_check *check, uint32_t card)
{
	check->where = check->circuit;
	check->card = card;
	check->is_conditional =
		reached_is_conditional(&check->lint->reach.list[check->index], card);
	check->param = NAME_NONE;
	check->callee = NULL;
	check->language = LANGUAGE_NUMPARAM;
}
