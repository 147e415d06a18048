/* SPDX-License-Identifier: BSD-3-Clause */
/* The draws that values need, by name; and what draws in expressions evaluated by the simulator. */
#include <string.h>

#include "base/mem.h"
#include "circuit/resolver.h"

/* ---- names ---- */

static void append_joined(struct text *text, const char *separator, const char *word, size_t length)
{
	text_append(text, text->length ? separator : "");
	text_append_n(text, word, length);
}

static const char *param_name(const struct scope *scope, const struct slot *slot)
{
	const struct carom_circuit *circuit = scope->circuit;

	if (slot == &scope->multiplier)
		return "m";
	return name_text(circuit->names, circuit->params[slot - scope->slots].name);
}

/* What stands before the parameter's name: of a model below the top, its instance. */
static void append_owner(struct text *text, const struct draw_site *site)
{
	const struct carom_circuit *circuit = site->scope->circuit;
	const struct card *card = &circuit->cards[site->card];
	const char *name;

	if (card->role == CARD_ELEMENT)
		name = name_text(circuit->names, circuit->elements[card->index].name);
	else if (card->role == CARD_MODEL && text->length == 0)
		name = name_text(circuit->names, circuit->models[card->index].name);
	else if (card->role == CARD_MODEL)
		return;
	else
		name = card->text + (*card->text == '.');
	append_joined(text, ".", name, strcspn(name, " \t"));
}

/* "rload", "x1:rload" of a parameter, "x1.r1", "x1.m1:w", "x1:vth0", "nch:vth0" of an expression. */
static void append_site(struct text *text, const struct draw_site *site)
{
	char *path = resolver_path(site->scope);
	const char *name;

	text->failed |= !path;
	text_append(text, path ? path : "");
	mem_free(path);
	if (site->slot) {
		name = param_name(site->scope, site->slot);
		append_joined(text, ":", name, strlen(name));
		return;
	}
	append_owner(text, site);
	if (site->name)
		append_joined(text, ":", site->name, site->name_length);
}

/* How many draws of this site have names already; one more has the next number. */
static char *make_name(struct name_table *sites, uint32_t **counts, size_t *capacity,
		       const struct draw_site *site)
{
	struct text text = TEXT_INIT;
	size_t before = name_count(sites);
	uint32_t number;

	append_site(&text, site);
	number = text.failed ? NAME_NONE : name_intern(sites, text_string(&text), text.length);
	if (number == NAME_NONE ||
	    !mem_reserve(counts, capacity, (size_t)number + 1, sizeof(**counts))) {
		text_release(&text);
		return NULL;
	}
	if (name_count(sites) > before)
		(*counts)[number] = 0;
	text_printf(&text, "#%u", ++(*counts)[number]);
	return text_take(&text);
}

/* ---- the draws that are needed ---- */

static int keep_values(struct resolver *resolver)
{
	struct resolution *resolution = resolver->resolution;
	struct operand **operands = mem_zalloc(resolution->n_values, sizeof(struct operand *));
	bool is_done = operands != NULL;

	for (size_t i = 0; i < resolution->n_values && is_done; i++)
		operands[i] = &resolution->values[i].value;
	is_done = is_done &&
		  program_keep(&resolver->top->tree->program, operands, resolution->n_values);
	mem_free(operands);
	return is_done ? 0 : carom_fail_memory(resolver->err);
}

static bool take_draw(struct resolution *resolution, struct draw *draw, char *name)
{
	struct resolved_draw *resolved = &resolution->draws[resolution->n_draws++];

	*resolved = (struct resolved_draw){NULL, draw->definition, draw->is_normal, draw->nominal,
					   draw->spread};
	resolved->name = name;
	draw->definition = NULL;
	return name != NULL;
}

/* Their inputs are numbered anew, in the order of the program. */
static int name_draws(struct resolver *resolver, struct name_table *sites)
{
	struct program *program = &resolver->top->tree->program;
	struct resolution *resolution = resolver->resolution;
	uint32_t first = resolver->draws.first_input;
	uint32_t *counts = NULL;
	size_t capacity = 0;
	bool is_done = true;

	for (size_t i = 0; i < program->n_ops && is_done; i++) {
		struct program_op *op = &program->ops[i];
		struct draw *draw;

		if (op->code != PROGRAM_INPUT || !(op->depends & ON_DRAW))
			continue;
		draw = &resolver->draws.list[op->a - first];
		op->a = first + (uint32_t)resolution->n_draws;
		is_done = take_draw(resolution, draw,
				    make_name(sites, &counts, &capacity, &draw->site));
	}
	mem_free(counts);
	return is_done ? 0 : carom_fail_memory(resolver->err);
}

int resolver_take_draws(struct resolver *resolver)
{
	struct resolution *resolution = resolver->resolution;
	struct name_table *sites = name_table_new();
	int rc = keep_values(resolver);

	resolution->draws = mem_zalloc(resolver->draws.n, sizeof(*resolution->draws));
	if (!sites || !resolution->draws)
		rc = carom_fail_memory(resolver->err);
	if (rc == 0)
		rc = name_draws(resolver, sites);
	name_table_free(sites);
	if (resolution->n_draws == 0)
		carom_error_clear(&resolution->blocker);
	return rc;
}

/* ---- expressions of the simulator ---- */

struct behaviour {
	struct resolver *resolver;
	struct scope *scope;
	const struct use *use;
	size_t n_found;
	int rc;
};

/* A part of the expression, which becomes a number where the deck is loaded. */
static void reach_part(struct behaviour *behaviour, const char *text, size_t length)
{
	struct resolver *resolver = behaviour->resolver;
	const struct carom_circuit *circuit = behaviour->scope->circuit;
	uint32_t card = behaviour->use->card;
	struct card_expression part = behaviour->use->expression;
	struct origin origin = {circuit, card, circuit->cards[card].text, false};
	struct carom_error ignored = CAROM_ERROR_INIT;
	struct operand value;

	part.text = text;
	part.length = length;
	resolver->draws.site = (struct draw_site){behaviour->scope, NULL, card, NULL, 0};
	if (scope_compile(behaviour->scope, text, length, origin, &value, &ignored)) {
		if (ignored.status == CAROM_ERROR_MEMORY)
			behaviour->rc = carom_fail_memory(resolver->err);
		return;
	}
	if (program_depends(&behaviour->scope->tree->program, value) & ON_DRAW)
		behaviour->n_found++;
	behaviour->rc = resolver_add_unset(resolver, behaviour->scope, card, &part, value);
}

static void reach_name(void *arg, const struct reference *reference)
{
	struct behaviour *behaviour = arg;

	if (reference->kind == REFERENCE_NAME && behaviour->rc == 0 &&
	    scope_look_up(behaviour->scope, reference->text, reference->length, NULL).slot)
		reach_part(behaviour, reference->text, reference->length);
}

int resolver_reach_behaviour(struct resolver *resolver, struct scope *scope, const struct use *use)
{
	const char *text = use->expression.text;
	size_t length = use->expression.length, at = 0, begin = 0;
	struct behaviour behaviour = {resolver, scope, use, 0, 0};
	struct draw_call call = {.begin = length};
	bool is_call = resolver->is_drawing;
	int rc = resolver_stop(resolver, scope->circuit, use->card,
			       "an expression that ngspice evaluates while it runs");

	if (rc)
		return rc;
	while (is_call && behaviour.rc == 0) {
		is_call = draw_call_find(text, length, &at, &call);
		expression_each_reference(text + begin, (is_call ? call.begin : length) - begin,
					  LANGUAGE_BEHAVIOUR, reach_name, &behaviour);
		if (is_call && behaviour.rc == 0)
			reach_part(&behaviour, text + call.begin, call.length);
		begin = at;
	}
	if (use->draws && behaviour.n_found == 0)
		resolver_block(resolver, scope->circuit, use->card,
			       "what ngspice evaluates while it runs");
	return behaviour.rc;
}
