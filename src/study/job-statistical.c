/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The draws of a deck's statistical functions as variables; the deck itself gets their nominal
 * values.
 */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/draw.h"
#include "circuit/functions.h"
#include "study/job-build.h"
#include "study/phrase.h"

/* ---- variables ---- */

static bool is_taken(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->n_variables; i++)
		if (!job->variables[i].is_drawn && strcmp(job->variables[i].name, name) == 0)
			return true;
	return false;
}

static int add_variable(struct job_builder *builder, const struct resolved_draw *draw,
			struct carom_error *err)
{
	struct job *job = builder->job;
	struct job_variable *variable;

	if (!mem_reserve(&job->variables, &builder->variables_capacity, job->n_variables + 1,
			 sizeof(*job->variables)))
		return carom_fail_memory(err);
	variable = &job->variables[job->n_variables++];
	*variable = (struct job_variable){
		.name = phrase_lower(draw->name, strlen(draw->name)),
		.unit = mem_strdup(""),
		.definition = mem_strdup(draw->definition),
		.nominal = draw->nominal,
		.is_varied = true,
		.is_drawn = true,
		.distribution = {.kind = draw->is_normal ? DISTRIBUTION_GAUSS
							 : DISTRIBUTION_UNIFORM,
				 .spread = draw->spread},
	};
	if (!variable->name || !variable->unit || !variable->definition)
		return carom_fail_memory(err);
	variable->draw = name_hash(variable->name, strlen(variable->name));
	return is_taken(job, variable->name)
		       ? carom_fail(err, CAROM_ERROR_PARAMETER,
				    "%s is both a number that the deck draws and the target of a "
				    "statement",
				    variable->name)
		       : 0;
}

int job_add_draws(struct job_builder *builder, const struct resolution *resolution,
		  struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < resolution->n_draws && status == 0; i++)
		status = add_variable(builder, &resolution->draws[i], err);
	return status;
}

/* ---- which values a draw is for ---- */

static void append_word(struct text *words, const char *word)
{
	text_append(words, words->length ? " " : "");
	text_append(words, word);
}

/* Operations that a value needs, each visited once: seen holds the value's number + 1. */
static void visit(const struct job *job, uint32_t op, size_t value, uint32_t *seen, uint32_t *stack,
		  struct text *uses, const char *name)
{
	size_t n = 0;

	stack[n++] = op;
	while (n > 0) {
		const struct program_op *at;

		op = stack[--n];
		at = &job->ops[op];
		if (seen[op] == value + 1)
			continue;
		seen[op] = (uint32_t)value + 1;
		if (at->code == PROGRAM_INPUT)
			append_word(&uses[at->a], name);
		if (at->code <= PROGRAM_OPAQUE)
			continue;
		stack[n++] = at->a;
		stack[n++] = at->b;
		if (at->code == PROGRAM_SELECT)
			stack[n++] = at->c;
	}
}

/* "x1.r1", "x1.q1:bf"; where a card is written anew, "x1.v1". */
static void append_value_name(struct text *name, const struct resolved_value *value)
{
	const char *card = value->circuit->cards[value->card].text;

	if (value->target) {
		text_append(name, value->target);
		return;
	}
	text_append(name, value->instance);
	text_append(name, name->length ? "." : "");
	text_append_n(name, card, strcspn(card, " \t"));
}

int job_find_uses(struct job *job, const struct resolution *resolution, struct carom_error *err)
{
	uint32_t *seen = mem_zalloc(job->n_ops, sizeof(*seen));
	uint32_t *stack = mem_zalloc(3 * job->n_ops + 1, sizeof(*stack));
	struct text *uses = mem_zalloc(job->n_variables, sizeof(*uses));
	struct text name = TEXT_INIT;
	bool is_done = seen && stack && uses;

	for (size_t i = 0; i < resolution->n_values && is_done; i++) {
		const struct resolved_value *value = &resolution->values[i];

		text_clear(&name);
		append_value_name(&name, value);
		if (!operand_is_constant(value->value))
			visit(job, value->value.op, i, seen, stack, uses, text_string(&name));
		is_done = !name.failed;
	}
	text_release(&name);
	for (size_t i = 0; i < job->n_variables && uses; i++) {
		if (job->variables[i].is_drawn)
			job->variables[i].uses = text_take(&uses[i]);
		is_done = is_done && (!job->variables[i].is_drawn || job->variables[i].uses);
		text_release(&uses[i]);
	}
	mem_free(seen);
	mem_free(stack);
	mem_free(uses);
	return is_done ? 0 : carom_fail_memory(err);
}

/* ---- nominal values ---- */

/*
 * "agauss(1k,50,3)" -> "(      1k      )": the first argument, or 0 for LTspice's gauss and flat,
 * in as many bytes, so that places on the line stay.
 */
static void write_nominal(char *text, const struct draw_call *call)
{
	char *first = text + call->first_begin, *behind = first + call->first_length;
	char *end = text + call->begin + call->length;

	if (call->function == DRAW_LTSPICE_GAUSS || call->function == DRAW_LTSPICE_FLAT) {
		memset(first, ' ', call->first_length);
		*first = '0';
	}
	memset(text + call->begin, ' ', (size_t)(first - text) - call->begin);
	memset(behind, ' ', (size_t)(end - behind));
	text[call->begin] = '(';
	end[-1] = ')';
}

/* A deck may define a function of the name itself. */
static bool is_builtin(const struct function_table *functions, const struct carom_circuit *circuit,
		       const char *text, const struct draw_call *call)
{
	return function_find(functions, circuit, text + call->begin, call->name_length) ==
	       NAME_NONE;
}

static void write_line(char *text, const struct function_table *functions,
		       const struct carom_circuit *circuit)
{
	struct draw_call call;
	size_t at = 0, length = strlen(text);

	while (strchr(text + at, '(') && draw_call_find(text, length, &at, &call)) {
		if (!is_builtin(functions, circuit, text, &call))
			continue;
		write_nominal(text, &call);
		at = call.first_begin; /* its argument may be another */
	}
}

static void write_card(struct job_builder *builder, const struct function_table *functions,
		       const struct carom_circuit *circuit, uint32_t card)
{
	uint32_t line = job_line_of_card(builder, circuit, card);

	if (line != UINT32_MAX && !(circuit == builder->circuit && card == 0))
		write_line(builder->job->lines[line].text, functions, circuit);
}

static bool add_functions(struct function_table *functions, const struct carom_circuit *circuit)
{
	bool is_done = function_table_add(functions, circuit);

	for (size_t i = 0; i < circuit->n_children && is_done; i++)
		is_done = add_functions(functions, circuit->children[i]);
	return is_done;
}

int job_write_nominal(struct job_builder *builder, struct carom_error *err)
{
	struct function_table functions;
	bool is_done = function_table_init(&functions);

	if (!is_done)
		return carom_fail_memory(err);
	is_done = add_functions(&functions, builder->circuit);
	for (size_t i = 0; i < builder->n_maps && is_done; i++) {
		const struct carom_circuit *circuit = builder->maps[i].circuit;

		for (uint32_t card = 0; card < circuit->n_cards; card++)
			write_card(builder, &functions, circuit, card);
	}
	function_table_release(&functions);
	return is_done ? 0 : carom_fail_memory(err);
}
