/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of parameters and expressions: compiled, each parameter once, so that constants come out. */
#include "circuit/evaluate.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "circuit/compile.h"

enum { MAX_NESTED_PARAMS = 32 }; /* compiled by recursion; deeper ones first, from a stack */

/* ---- parameters ---- */

static int fail_slot(const struct slot *slot, struct carom_error *err, enum carom_status status,
		     const char *what)
{
	const struct origin *origin = &slot->origin;
	const struct card *card = &origin->circuit->cards[origin->card];

	return carom_fail_at(err, status, circuit_file(origin->circuit, card->file),
			     (int)card->line, (int)(slot->text - card->text) + 1, "%s \"%.*s\"",
			     what, slot->length > 60 ? 60 : (int)slot->length, slot->text);
}

/* numparam reads a value on a .param up to the brace that closes the first. */
static bool has_inner_braces(const struct slot *slot)
{
	return memchr(slot->text, '{', slot->length) || memchr(slot->text, '\'', slot->length);
}

/* Numbers drawn meanwhile are the parameter's. */
static int compile_slot_text(struct compiler *compiler, struct slot_place place)
{
	struct slot *slot = place.slot;
	struct draw_list *draws = place.scope->tree->draws;
	struct draw_site site = {.scope = place.scope, .slot = slot};
	struct draw_site outer;
	int rc;

	if (!draws)
		return compile_text(compiler, slot->text, slot->length, slot->origin, &slot->value);
	outer = draws->site;
	draws->site = site;
	rc = compile_text(compiler, slot->text, slot->length, slot->origin, &slot->value);
	draws->site = outer;
	return rc;
}

int compile_slot(struct compiler *compiler, struct slot_place place, struct operand *value)
{
	struct slot *slot = place.slot;
	struct compiler inner = *compiler;
	int rc;

	if (slot->state == SLOT_COMPILING)
		return fail_slot(slot, compiler->err, CAROM_ERROR_PARAMETER,
				 "a parameter that depends on itself:");
	if (slot->state == SLOT_READY) {
		if (compiler->n_params >= MAX_NESTED_PARAMS) {
			compiler->needed = place;
			return COMPILE_AGAIN;
		}
		if (!slot->is_given && has_inner_braces(slot))
			return fail_slot(slot, compiler->err, CAROM_ERROR_SYNTAX,
					 "braces inside the value of a .param:");
		if (slot->is_torn)
			return fail_slot(slot, compiler->err, CAROM_ERROR_SYNTAX,
					 "blanks in a value without braces:");
		inner.scope = place.scope;
		inner.asking = slot;
		inner.n_params++;
		slot->state = SLOT_COMPILING;
		rc = compile_slot_text(&inner, place);
		slot->state = rc == 0 ? SLOT_DONE : SLOT_READY;
		compiler->needed = inner.needed;
		compiler->budget = inner.budget;
		if (rc != 0)
			return rc;
	}
	*value = slot->value;
	return 0;
}

struct stack {
	struct slot_place *places;
	size_t n, capacity;
};

static struct compiler new_compiler(struct scope *scope, struct carom_error *err)
{
	return (struct compiler){.scope = scope, .budget = COMPILE_MAX_TOKENS, .err = err};
}

/* Compile the top of the stack, or push what it needs first. */
static int compile_top(struct stack *stack, struct carom_error *err)
{
	struct slot_place top = stack->places[stack->n - 1];
	struct compiler compiler = new_compiler(top.scope, err);
	struct operand value;
	int rc;

	/* the analyzer takes a place that was written for one that was not */
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	top.slot->state = top.slot->state == SLOT_DONE ? SLOT_DONE : SLOT_READY;
	rc = compile_slot(&compiler, top, &value);
	if (rc == 0)
		stack->n--;
	if (rc != COMPILE_AGAIN)
		return rc;
	if (!mem_reserve(&stack->places, &stack->capacity, stack->n + 1, sizeof(*stack->places)))
		return carom_fail_memory(err);
	top.slot->state = SLOT_COMPILING;
	stack->places[stack->n++] = compiler.needed;
	return 0;
}

int slot_compile(struct slot_place place, struct operand *value, struct carom_error *err)
{
	struct stack stack = {NULL, 0, 0};
	int rc = 0;

	if (!mem_reserve(&stack.places, &stack.capacity, 1, sizeof(*stack.places)))
		return carom_fail_memory(err);
	stack.places[stack.n++] = place;
	while (stack.n > 0 && rc == 0)
		rc = compile_top(&stack, err);
	while (stack.n > 0)
		/* as in compile_top() */
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (stack.places[--stack.n].slot->state == SLOT_COMPILING)
			stack.places[stack.n].slot->state = SLOT_READY;
	mem_free(stack.places);
	*value = place.slot->value;
	return rc;
}

/* ---- expressions ---- */

int scope_compile(struct scope *scope, const char *text, size_t length, struct origin origin,
		  struct operand *value, struct carom_error *err)
{
	struct compiler compiler;
	struct operand needed;
	int rc;

	do {
		compiler = new_compiler(scope, err);
		rc = compile_text(&compiler, text, length, origin, value);
		if (rc != COMPILE_AGAIN)
			break;
		rc = slot_compile(compiler.needed, &needed, err);
	} while (rc == 0);
	if (rc == 0 && scope->tree->program.failed)
		return carom_fail_memory(err);
	return rc;
}

int scope_evaluate(struct scope *scope, const char *text, size_t length, double *value,
		   struct carom_error *err)
{
	struct origin origin = {NULL, 0, text, false};
	struct operand operand;
	int rc = scope_compile(scope, text, length, origin, &operand, err);

	if (rc != 0)
		return rc;
	if (!isfinite(operand.number))
		return carom_fail_at(err, CAROM_ERROR_PARAMETER, "", 0, 1,
				     "\"%.*s\" has no finite value", length > 60 ? 60 : (int)length,
				     text);
	*value = operand.number;
	return 0;
}
