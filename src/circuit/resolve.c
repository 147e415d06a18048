/* SPDX-License-Identifier: BSD-3-Clause */
/* A change followed through parameters, subcircuits and functions to the cards it arrives at. */
#include "circuit/resolve.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/resolver.h"

/* ---- life ---- */

void resolution_release(struct resolution *resolution)
{
	for (size_t i = 0; i < resolution->n_values; i++) {
		mem_free(resolution->values[i].target);
		mem_free(resolution->values[i].instance);
	}
	for (size_t i = 0; i < resolution->n_draws; i++) {
		mem_free(resolution->draws[i].name);
		mem_free(resolution->draws[i].definition);
	}
	mem_free(resolution->values);
	mem_free(resolution->draws);
	program_release(&resolution->program);
	memset(resolution, 0, sizeof(*resolution));
}

static void release(struct resolver *resolver)
{
	for (size_t i = 0; resolver->tables && i < resolver->reach.count; i++)
		use_table_release(&resolver->tables[i]);
	mem_free(resolver->tables);
	mem_free(resolver->has_table);
	mem_free(resolver->models);
	mem_free(resolver->is_reached);
	text_release(&resolver->path);
	draw_list_release(&resolver->draws);
	reach_release(&resolver->reach);
	scope_free(resolver->top);
}

static int init(struct resolver *resolver, const struct carom_circuit *root,
		struct carom_error *err)
{
	int rc;

	resolver->err = err;
	text_init(&resolver->path);
	rc = reach_init(&resolver->reach, root, err);
	if (rc != 0)
		return rc;
	resolver->top = scope_new(root, err);
	resolver->tables = mem_zalloc(resolver->reach.count, sizeof(*resolver->tables));
	resolver->has_table = mem_zalloc(resolver->reach.count, sizeof(bool));
	if (!resolver->top)
		return CAROM_ERROR_MEMORY;
	resolver->top->tree->is_open = true;
	resolver->top->tree->draws = resolver->is_drawing ? &resolver->draws : NULL;
	if (!resolver->tables || !resolver->has_table || !scope_functions(resolver->top))
		return carom_fail_memory(err);
	return 0;
}

/* ---- inputs ---- */

/* "a" of the top, "x1.x2:w" of an instance. */
static int set_input(struct resolver *resolver, const char *param, uint32_t input)
{
	const char *colon = strrchr(param, ':');
	char *path = colon ? mem_strndup(param, (size_t)(colon - param)) : NULL;
	struct scope *scope = resolver->top;
	struct slot *slot;

	if (colon && !path)
		return carom_fail_memory(resolver->err);
	if (path)
		scope = scope_find(scope, path, resolver->err);
	mem_free(path);
	if (!scope)
		return resolver->err ? (int)resolver->err->status : CAROM_ERROR_NOT_FOUND;
	param = colon ? colon + 1 : param;
	slot = scope_own_slot(scope, param, strlen(param));
	if (!slot)
		return carom_fail(resolver->err, CAROM_ERROR_NOT_FOUND,
				  "there is no parameter \"%s\"", param);
	slot->value = program_input(&scope->tree->program, input);
	slot->state = SLOT_DONE;
	slot->is_number = true; /* it is known before any expression, whatever it was */
	return scope->tree->program.failed ? carom_fail_memory(resolver->err) : 0;
}

/* ---- what is reached ---- */

static const struct use_table *get_table(struct resolver *resolver, uint32_t index)
{
	struct use_table *table = &resolver->tables[index];
	struct scope_tree *tree = resolver->top->tree;

	if (resolver->has_table[index])
		return table;
	if (!use_table_init(table, &resolver->reach.list[index], &tree->functions) ||
	    !mem_reserve(&resolver->is_reached, &resolver->is_reached_capacity, table->n_uses,
			 sizeof(*resolver->is_reached))) {
		carom_fail_memory(resolver->err);
		return NULL;
	}
	resolver->has_table[index] = true;
	return table;
}

/*
 * Does what the name means depend on an input?  1, 0, or ERROR_MEMORY; what else is wrong with it is
 * not our concern.
 */
static int is_changed(struct resolver *resolver, struct scope *scope, const char *name,
		      size_t length)
{
	struct slot_place place = scope_look_up(scope, name, length, NULL);
	struct carom_error ignored = CAROM_ERROR_INIT;
	struct operand value;

	if (!place.slot)
		return 0;
	if (slot_compile(place, &value, &ignored) != 0)
		return ignored.status == CAROM_ERROR_MEMORY ? carom_fail_memory(resolver->err) : 0;
	return (program_depends(&scope->tree->program, value) & ON_INPUT) != 0;
}

static int compile_use(struct resolver *resolver, struct scope *scope, const struct use *use,
		       struct operand *value, struct carom_error *err)
{
	const struct card_expression *expression = &use->expression;
	const struct carom_circuit *circuit = scope->circuit;
	struct origin origin = {circuit, use->card, circuit->cards[use->card].text, false};

	resolver->draws.site = (struct draw_site){scope, NULL, use->card, expression->name,
						  expression->name_length};
	return scope_compile(scope, expression->text, expression->length, origin, value, err);
}

static int stop_at_wrong(struct resolver *resolver, const struct scope *scope,
			 const struct use *use, const struct carom_error *reason)
{
	if (reason->status == CAROM_ERROR_MEMORY)
		return carom_fail_memory(resolver->err);
	if (use->draws && !resolver->resolution->blocker.status)
		resolver->resolution->blocker = *reason;
	return resolver_stop(resolver, scope->circuit, use->card, "an expression that is wrong");
}

static int reach_use(struct resolver *resolver, struct scope *scope, const struct use *use)
{
	const struct carom_circuit *circuit = scope->circuit;
	struct carom_error reason = CAROM_ERROR_INIT;
	struct operand value;
	unsigned depends;

	if (use->expression.language == LANGUAGE_BEHAVIOUR)
		return resolver_reach_behaviour(resolver, scope, use);
	if (compile_use(resolver, scope, use, &value, &reason))
		return stop_at_wrong(resolver, scope, use, &reason);
	depends = program_depends(&scope->tree->program, value);
	if (!(depends & ON_INPUT))
		return 0;
	if (!(depends & ON_OPAQUE))
		return resolver_add_use(resolver, scope, use, value);
	if (depends & ON_DRAW)
		resolver_block(resolver, circuit, use->card, "temper");
	return resolver_stop(resolver, circuit, use->card,
			     "an expression with a statistical function or temper");
}

/* Mark the uses that mention the name. */
static void mark_mentions(struct resolver *resolver, const struct use_table *table,
			  uint32_t mention)
{
	for (; mention != NAME_NONE; mention = table->mentions[mention].next)
		resolver->is_reached[table->mentions[mention].use] = true;
}

static int mark_uses(struct resolver *resolver, struct scope *scope, const struct use_table *table)
{
	size_t n_names = name_count(table->names);
	int rc = 0;

	for (size_t i = 0; i < table->n_uses; i++)
		resolver->is_reached[i] = resolver->is_drawing && table->uses[i].draws;
	for (uint32_t name = 0; name < n_names && rc >= 0; name++) {
		rc = is_changed(resolver, scope, name_text(table->names, name),
				name_length(table->names, name));
		if (rc == 1)
			mark_mentions(resolver, table, table->of_name[name] - 1);
	}
	return rc < 0 ? rc : 0;
}

/* A study, which draws are for, takes the measurements itself: the simulator does not get these cards. */
static bool is_left_out(const struct resolver *resolver, const struct scope *scope,
			const struct use *use)
{
	const struct card *card = &scope->circuit->cards[use->card];

	return resolver->is_drawing && (card_is(card, ".meas") || card_is(card, ".measure"));
}

static int reach_uses(struct resolver *resolver, struct scope *scope, const struct use_table *table)
{
	int rc = table->n_uses > 0 ? mark_uses(resolver, scope, table) : 0;

	for (size_t i = 0; i < table->n_uses && rc == 0; i++)
		if (resolver->is_reached[i] && !is_left_out(resolver, scope, &table->uses[i]))
			rc = reach_use(resolver, scope, &table->uses[i]);
	return rc;
}

static void cut_path(struct text *path, size_t length)
{
	if (path->failed || length >= path->length)
		return;
	path->length = length;
	path->data[length] = '\0';
}

static int walk(struct resolver *resolver, uint32_t index, struct scope *scope,
		resolver_visit_fn *visit)
{
	const struct reached *reached = &resolver->reach.list[index];
	const struct use_table *table = get_table(resolver, index);
	size_t path_length = resolver->path.length;
	int rc = table ? visit(resolver, scope, table) : CAROM_ERROR_MEMORY;

	for (size_t i = 0; table && i < table->n_instances && rc == 0; i++) {
		struct carom_element x = {table->instances[i]};
		uint32_t callee = reached->callees[x.index];
		struct scope *inner;

		if (callee == NAME_NONE)
			continue;
		inner = scope_enter(scope, x, resolver->err);
		if (!inner)
			return CAROM_ERROR_MEMORY;
		text_printf(&resolver->path, "%s.", carom_element_name(scope->circuit, x));
		rc = walk(resolver, callee, inner, visit);
		cut_path(&resolver->path, path_length);
	}
	return rc; /* NOLINT(clang-analyzer-unix.Malloc): the tables are the resolver's, see release */
}

/* m of an X multiplies all elements inside. */
static int reach_scope(struct resolver *resolver, struct scope *scope,
		       const struct use_table *table)
{
	const struct carom_circuit *caller = scope->caller ? scope->caller->circuit : NULL;
	int changed = caller && scope->has_multiplier ? is_changed(resolver, scope, "m", 1) : 0;

	if (changed < 0)
		return changed;
	if (changed) {
		uint32_t card = caller->elements[scope->element].card;

		resolver_block(resolver, caller, card, "the multiplier");
		changed = resolver_stop(resolver, caller, card, "the multiplier of an instance");
	}
	return changed ? changed : reach_uses(resolver, scope, table);
}

/* ---- all ---- */

/* Which definitions count in a deck with .if, and which elements there are, ngspice alone knows. */
static int refuse_conditions(struct resolver *resolver)
{
	for (size_t i = 0; i < resolver->reach.count; i++) {
		const struct reached *reached = &resolver->reach.list[i];
		uint32_t card = 0;

		if (!reached->is_conditional)
			continue;
		while (!reached->is_conditional[card])
			card++;
		resolver_block(resolver, reached->circuit, card, "what .if and .endif decide");
		return resolver_stop(resolver, reached->circuit, card,
				     "what .if and .endif decide");
	}
	return 0;
}

static int resolve(struct resolver *resolver, const char *const *params, size_t n_params)
{
	uint32_t root = (uint32_t)resolver->reach.count - 1;
	int rc = 0;

	for (size_t i = 0; i < n_params && rc == 0; i++)
		rc = set_input(resolver, params[i], (uint32_t)i);
	if (rc == 0)
		rc = refuse_conditions(resolver);
	if (rc == 0)
		rc = walk(resolver, root, resolver->top, reach_scope);
	if (rc == 0 && resolver->n_models > 0)
		rc = walk(resolver, root, resolver->top, resolver_find_devices);
	if (rc == 0 && resolver->is_drawing && !resolver->top->tree->program.failed)
		rc = resolver_take_draws(resolver);
	if (rc == 0 && (resolver->top->tree->program.failed || resolver->path.failed))
		rc = carom_fail_memory(resolver->err);
	return rc == RESOLVER_STOPPED ? 0 : rc;
}

static int run(struct resolution *resolution, const struct carom_circuit *root,
	       const char *const *params, size_t n_params, bool is_drawing, struct carom_error *err)
{
	struct resolver resolver = {.resolution = resolution, .is_drawing = is_drawing};
	int rc;

	memset(resolution, 0, sizeof(*resolution));
	carom_error_clear(&resolution->obstacle);
	carom_error_clear(&resolution->blocker);
	resolver.draws.first_input = (uint32_t)n_params;
	rc = init(&resolver, root, err);
	if (rc == 0)
		rc = resolve(&resolver, params, n_params);
	if (resolver.top) {
		resolution->program = resolver.top->tree->program;
		memset(&resolver.top->tree->program, 0, sizeof(struct program));
	}
	release(&resolver);
	return rc;
}

int resolution_init(struct resolution *resolution, const struct carom_circuit *root,
		    const char *const *params, size_t n_params, struct carom_error *err)
{
	return run(resolution, root, params, n_params, false, err);
}

int resolution_init_drawing(struct resolution *resolution, const struct carom_circuit *root,
			    const char *const *params, size_t n_params, struct carom_error *err)
{
	return run(resolution, root, params, n_params, true, err);
}
