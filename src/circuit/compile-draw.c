/* SPDX-License-Identifier: BSD-3-Clause */
/* A call of a statistical function turned into an input and what makes its value of it. */
#include "base/error.h"
#include "base/mem.h"
#include "circuit/compile.h"

/* The number that is multiplied with the one drawn. */
static struct operand spread_of(struct program *program, enum draw_function function,
				const struct operand arguments[3])
{
	struct operand spread = arguments[2];

	if (function == DRAW_GAUSS || function == DRAW_AGAUSS)
		spread = arguments[1];
	if (function == DRAW_GAUSS || function == DRAW_UNIF || function == DRAW_LTSPICE_MC)
		spread = program_apply(program, PROGRAM_MULTIPLY, arguments[0], spread);
	if (function == DRAW_GAUSS || function == DRAW_AGAUSS)
		spread = program_apply(program, PROGRAM_DIVIDE, spread, arguments[2]);
	return spread;
}

static struct operand nominal_of(enum draw_function function, const struct operand arguments[3])
{
	if (function == DRAW_LTSPICE_GAUSS || function == DRAW_LTSPICE_FLAT)
		return operand_constant(0);
	return arguments[0];
}

static struct operand value_of(struct program *program, enum draw_function function,
			       struct operand nominal, struct operand spread, struct operand drawn)
{
	struct operand zero = operand_constant(0);

	if (function == DRAW_LIMIT)
		spread = program_select(
			program, program_apply(program, PROGRAM_GREATER, drawn, zero), spread,
			program_apply(program, PROGRAM_MULTIPLY, operand_constant(-1), spread));
	else
		spread = program_apply(program, PROGRAM_MULTIPLY, spread, drawn);
	return program_apply(program, PROGRAM_ADD, nominal, spread);
}

static struct draw *add_draw(struct compiler *compiler, const char *text, size_t length)
{
	struct draw_list *draws = compiler->scope->tree->draws;
	char *definition = mem_strndup(text, length);
	struct draw *draw;

	if (!definition ||
	    !mem_reserve(&draws->list, &draws->capacity, draws->n + 1, sizeof(*draws->list))) {
		mem_free(definition);
		carom_fail_memory(compiler->err);
		return NULL;
	}
	draw = &draws->list[draws->n++];
	*draw = (struct draw){.spread = 1, .definition = definition, .site = draws->site};
	return draw;
}

/*
 * Of plain numbers the input is the value itself.  Otherwise it is the number drawn, without unit, and
 * the value is computed from it in each sample.
 */
int compile_draw(struct compiler *compiler, enum draw_function function, const char *text,
		 size_t length, const struct operand arguments[3], struct operand *value)
{
	struct scope_tree *tree = compiler->scope->tree;
	struct operand nominal = nominal_of(function, arguments);
	struct operand spread = spread_of(&tree->program, function, arguments);
	struct draw *draw = add_draw(compiler, text, length);
	struct operand drawn;

	if (!draw)
		return CAROM_ERROR_MEMORY;
	draw->is_normal =
		function == DRAW_AGAUSS || function == DRAW_GAUSS || function == DRAW_LTSPICE_GAUSS;
	drawn = program_draw(&tree->program,
			     tree->draws->first_input + (uint32_t)tree->draws->n - 1);
	if (function != DRAW_LIMIT && operand_is_constant(nominal) && operand_is_constant(spread)) {
		draw->nominal = nominal.number;
		draw->spread = spread.number;
		*value = drawn;
		return 0;
	}
	*value = value_of(&tree->program, function, nominal, spread, drawn);
	return 0;
}
