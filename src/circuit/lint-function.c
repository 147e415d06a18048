/* SPDX-License-Identifier: BSD-3-Clause */
/* Definitions of functions that ngspice cannot read, or that never come to an end. */
#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/lint-param.h"

/* ".func" cards must be ".func name(...)". */
static void check_form(struct param_check *check, const struct carom_circuit *circuit,
		       uint32_t index)
{
	const char *text = circuit->cards[index].text;
	const char *name = text + strcspn(text, " \t");
	size_t length;

	name += strspn(name, " \t");
	length = strcspn(name, " \t(={");
	if (length > 0 && name[length + strspn(name + length, " \t")] == '(')
		return;
	lint_add(check->lint, circuit, index, RULE_BAD_FUNCTION,
		 ".func needs a name and arguments in parentheses: .func f(x) {x*x}");
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
