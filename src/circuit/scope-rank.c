/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The order of a subcircuit's parameters as ngspice sorts them (inpcom.c, inp_sort_params): by level
 * of dependency, and of one level as they stand.  Those on the .subckt line were sorted before, among
 * themselves.
 */
#include "base/name.h"
#include "circuit/expression.h"
#include "circuit/scope.h"

enum {
	MAX_DEPTH = 1000,  /* of parameters and functions in one another; ngspice has as many */
	MAX_BODIES = 10000 /* of functions, looked through for one parameter */
};

struct ranking {
	struct scope *scope;
	uint32_t param;
	enum ranking_of of;
	uint32_t rank;
	unsigned depth; /* of parameters and functions in one another */
	unsigned *n_bodies;
	const struct function *function; /* whose body is looked through */
};

static uint32_t rank_of(struct scope *scope, uint32_t param, enum ranking_of of, unsigned depth);

static void visit(void *arg, const struct reference *reference);

static void visit_body(struct ranking *ranking, const struct reference *reference)
{
	const struct function_table *table = scope_functions(ranking->scope);
	uint32_t index = NAME_NONE;
	struct ranking inner = *ranking;

	if (table && *ranking->n_bodies < MAX_BODIES && ranking->depth < MAX_DEPTH)
		index = function_find(table, ranking->scope->circuit, reference->text,
				      reference->length);
	if (index == NAME_NONE)
		return;
	inner.function = &table->list[index];
	inner.depth++;
	++*ranking->n_bodies;
	expression_each_reference(inner.function->body, inner.function->body_length,
				  LANGUAGE_NUMPARAM, visit, &inner);
	ranking->rank = inner.rank;
}

/* Its card is the first of the subcircuit. */
static bool is_on_line(const struct scope *scope, uint32_t param)
{
	return scope->circuit->params[param].card == 0;
}

static void visit(void *arg, const struct reference *reference)
{
	struct ranking *ranking = arg;
	struct slot *slot;
	uint32_t rank, param;

	if (reference->kind == REFERENCE_FUNCTION)
		visit_body(ranking, reference);
	if (reference->kind != REFERENCE_NAME ||
	    (ranking->function &&
	     function_has_argument(ranking->function, reference->text, reference->length)))
		return;
	slot = scope_own_slot(ranking->scope, reference->text, reference->length);
	if (!slot || slot == &ranking->scope->multiplier ||
	    slot == &ranking->scope->slots[ranking->param])
		return;
	param = (uint32_t)(slot - ranking->scope->slots);
	if (ranking->of == RANKING_OF_LINE && !is_on_line(ranking->scope, param))
		return;
	rank = 1 + rank_of(ranking->scope, param, ranking->of, ranking->depth + 1);
	if (ranking->rank < rank)
		ranking->rank = rank;
}

static uint32_t rank_of(struct scope *scope, uint32_t param, enum ranking_of of, unsigned depth)
{
	unsigned n_bodies = 0;
	struct ranking ranking = {.scope = scope,
				  .param = param,
				  .of = of,
				  .rank = 1,
				  .depth = depth,
				  .n_bodies = &n_bodies};
	const struct param *definition = &scope->circuit->params[param];
	const char *text = scope->circuit->cards[definition->card].text + definition->value_begin;
	uint32_t *known = &scope->slots[param].rank[of];

	if (*known != 0)
		return *known;
	*known = 1; /* a circle ends here */
	if (depth < MAX_DEPTH)
		expression_each_reference(text, definition->value_length, LANGUAGE_NUMPARAM, visit,
					  &ranking);
	*known = ranking.rank;
	return ranking.rank;
}

bool scope_ranks_before(struct scope *scope, uint32_t first, uint32_t second)
{
	uint32_t a = rank_of(scope, first, RANKING_OF_ALL, 0);
	uint32_t b = rank_of(scope, second, RANKING_OF_ALL, 0);

	if (a == b && is_on_line(scope, first) && is_on_line(scope, second)) {
		a = rank_of(scope, first, RANKING_OF_LINE, 0);
		b = rank_of(scope, second, RANKING_OF_LINE, 0);
	}
	return a < b || (a == b && first < second);
}
