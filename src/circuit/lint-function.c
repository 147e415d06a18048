/* SPDX-License-Identifier: BSD-3-Clause */
/* Definitions of functions that ngspice cannot read, or that never come to an end. */
#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/lint-param.h"

/*
 * ngspice leaves braces and blanks out and takes what follows the body for a part of it: "{x} *2" is
 * x*2, but "{x} *" and "{x} (2)" are nothing.
 */
static void check_tail(struct param_check *check, const struct carom_circuit *circuit,
		       uint32_t index, const char *arguments)
{
	const char *open = strchr(arguments, '{');
	const char *tail = open ? strchr(open, '}') : NULL;
	size_t length;

	if (!tail)
		return;
	tail += strspn(tail, "} \t");
	length = strlen(tail);
	while (length > 0 && strchr(" \t", tail[length - 1]))
		length--;
	if (length > 0 && (strchr("()", tail[0]) || strchr("+-*/^,&|<>=!?:(", tail[length - 1])))
		lint_add(check->lint, circuit, index, RULE_BAD_FUNCTION,
			 ".func: \"%.*s\" behind the body; nothing may follow the braces",
			 (int)length, tail);
}

/* ".func" cards must be ".func name(...)". */
static void check_form(struct param_check *check, const struct carom_circuit *circuit,
		       uint32_t index)
{
	const char *text = circuit->cards[index].text;
	const char *name = text + strcspn(text, " \t");
	size_t length;

	name += strspn(name, " \t");
	length = strcspn(name, " \t(={");
	if (length > 0 && name[length + strspn(name + length, " \t")] == '(') {
		check_tail(check, circuit, index, name + length);
		return;
	}
	lint_add(check->lint, circuit, index, RULE_BAD_FUNCTION,
		 ".func needs a name and arguments in parentheses: .func f(x) {x*x}");
}

/* ---- parameters of which ngspice makes functions ---- */

static bool is_made_of(const struct carom_circuit *circuit, const struct param *param)
{
	static const char *const words[] = {"agauss", "gauss", "aunif", "unif", "limit", "temper"};
	const char *value = circuit->cards[param->card].text + param->value_begin;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (expression_has_word(value, param->value_length, words[i]))
			return true;
	}
	return false;
}

static bool is_made_function(const struct carom_circuit *circuit, const char *name, size_t length)
{
	for (; circuit; circuit = circuit->parent) {
		uint32_t at = name_index_get(&circuit->param_of_name,
					     name_find(circuit->names, name, length));

		if (at > 0)
			return is_made_of(circuit, &circuit->params[at - 1]);
	}
	return false;
}

void param_check_glued(const struct param_check *check, const struct carom_circuit *circuit,
		       uint32_t card, const char *text, size_t length)
{
	const char *end = text + length;

	for (const char *p = text; p < end; p++) {
		const char *name = p + 1 + strspn(p + 1, " \t");
		size_t extent = strcspn(name, " \t+-*/()<>?:|&^!%\\=,{}'\"");

		if (!strchr("?&!", *p) || extent == 0 || name + extent > end ||
		    !is_made_function(circuit, name, extent))
			continue;
		lint_add(check->lint, circuit, card, RULE_BAD_EXPRESSION,
			 "ngspice makes a function of \"%.*s\", which draws or depends on temper, "
			 "and does not see it behind \"%c\"; put it in parentheses",
			 (int)extent, name, *p);
		return;
	}
}

/* ---- recursion ---- */

enum state { NEW, OPEN, DONE };

struct walk {
	struct param_check *check;
	unsigned char *states; /* per function */
	uint32_t at;           /* function whose body is read */
	unsigned depth;
};

static void visit(struct walk *walk, uint32_t index);

static void see_reference(void *arg, const struct reference *reference)
{
	struct walk *walk = arg;
	const struct function *caller = &walk->check->functions.list[walk->at];
	uint32_t callee;

	if (reference->kind != REFERENCE_FUNCTION)
		return;
	callee = function_find(&walk->check->functions, caller->circuit, reference->text,
			       reference->length);
	if (callee == NAME_NONE)
		return;
	if (walk->states[callee] == NEW)
		visit(walk, callee);
	else if (walk->states[callee] == OPEN)
		lint_add(walk->check->lint, caller->circuit, caller->card, RULE_RECURSIVE_FUNCTION,
			 ".func: \"%.*s\" calls itself, for which ngspice runs out of stack",
			 (int)reference->length, reference->text);
}

static void visit(struct walk *walk, uint32_t index)
{
	enum { MAX_DEPTH = 1000 };
	const struct function *function = &walk->check->functions.list[index];
	uint32_t caller = walk->at;

	if (walk->depth == MAX_DEPTH)
		return;
	walk->depth++;
	walk->at = index;
	walk->states[index] = OPEN;
	expression_each_reference(function->body, function->body_length, LANGUAGE_NUMPARAM,
				  see_reference, walk);
	walk->states[index] = DONE;
	walk->at = caller;
	walk->depth--;
}

void param_check_functions(struct param_check *check)
{
	const struct reach *reach = &check->lint->reach;
	struct walk walk = {.check = check};

	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		for (uint32_t k = 0; k < circuit->n_cards; k++) {
			if (circuit->cards[k].role == CARD_OTHER &&
			    card_is(&circuit->cards[k], ".func"))
				check_form(check, circuit, k);
		}
	}
	walk.states = mem_zalloc(check->functions.count, 1);
	if (!walk.states) {
		check->lint->failed = true;
		return;
	}
	for (uint32_t i = 0; i < check->functions.count; i++) {
		if (walk.states[i] == NEW)
			visit(&walk, i);
	}
	mem_free(walk.states);
}
