/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which bins of its models the circuit has: a walk through the instances that hold transistors of
 * such models, in each the l and w of these.  Where anything is not known all bins of a model are.
 */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "circuit/bin.h"
#include "circuit/card-word.h"
#include "circuit/prune.h"
#include "circuit/reach.h"
#include "circuit/scope.h"

enum {
	MAX_INSTANCES = 1000000, /* a circuit of more takes ngspice minutes to load */
	MAX_DEPTH = 1000,        /* of instances in one another */
	N_SIZES = 1024           /* that are remembered; a power of two */
};

/* A bin of a model that transistors name. */
struct bin {
	struct bin_limits limits;
	uint32_t definition;
	uint32_t next; /* of the same model; NAME_NONE ends */
};

/* A size that was looked for. */
struct looked_for {
	struct bin_size size;
	uint32_t key; /* of the model */
	bool is_used;
};

struct selection {
	struct prune *prune;
	struct reach reach;
	struct scope *top;
	struct bin *bins;
	size_t n_bins, capacity;
	uint32_t *of_key; /* the first bin; NAME_NONE: none, or all are selected */
	bool *has_bins;   /* per circuit in reach: a transistor in it, at any depth, is looked at */
	struct name_table *tails; /* of cards of elements, from the model's name on */
	uint32_t *last_visit;     /* per tail: to an instance that has such an element */
	size_t last_visit_capacity;
	struct looked_for sizes[N_SIZES];
	uint32_t n_visits;
	unsigned depth;
	size_t n_open; /* models whose bins are not all selected */
	int status;    /* 0: the walk goes on; STOPPED; or ERROR_MEMORY */
};

#define STOPPED 1

/* ---- the bins ---- */

/* Does the model still have bins to be selected? */
static bool is_open(const struct selection *selection, uint32_t key)
{
	return key != NAME_NONE && selection->of_key[key] != NAME_NONE;
}

static void select_all(struct selection *selection, uint32_t key)
{
	for (uint32_t i = selection->of_key[key]; i != NAME_NONE; i = selection->bins[i].next)
		selection->prune->is_selected[selection->bins[i].definition] = true;
	selection->of_key[key] = NAME_NONE;
	if (--selection->n_open == 0 && selection->status == CAROM_OK)
		selection->status = STOPPED;
}

/* One whose limits are not known here is selected at once. */
static bool add_bin(struct selection *selection, uint32_t index)
{
	const struct definitions *definitions = &selection->prune->definitions;
	const struct definition *definition = &definitions->list[index];
	const struct carom_circuit *circuit = definitions->nodes[definition->node].circuit;
	const struct model *model = &circuit->models[circuit->cards[definition->card].index];
	struct bin bin = {.definition = index, .next = selection->of_key[definition->key]};

	if (!bin_limits_read(circuit, model, definition->node == 0 ? selection->top : NULL,
			     &bin.limits)) {
		selection->prune->is_selected[index] = true;
		return true;
	}
	if (!mem_reserve(&selection->bins, &selection->capacity, selection->n_bins + 1,
			 sizeof(*selection->bins)))
		return false;
	selection->n_open += bin.next == NAME_NONE;
	selection->of_key[definition->key] = (uint32_t)selection->n_bins;
	selection->bins[selection->n_bins++] = bin;
	return true;
}

static bool is_candidate(const struct prune *prune, uint32_t index)
{
	const struct definition *definition = &prune->definitions.list[index];

	return definition->is_bin && prune->reach[definition->key] == REACH_NAME &&
	       prune_sends(prune, definition->node, 0);
}

static bool collect_bins(struct selection *selection)
{
	const struct prune *prune = selection->prune;
	size_t n_keys = name_count(prune->definitions.keys);

	selection->of_key = mem_alloc(n_keys * sizeof(*selection->of_key));
	if (!selection->of_key)
		return false;
	memset(selection->of_key, 0xff, n_keys * sizeof(*selection->of_key));
	for (uint32_t i = 0; i < prune->definitions.count; i++)
		if (is_candidate(prune, i) && !add_bin(selection, i))
			return false;
	return true;
}

/* The key of the model of a transistor with bins to be selected; NAME_NONE for any other element. */
static uint32_t find_key(const struct selection *selection, const struct carom_circuit *circuit,
			 const struct element *element)
{
	const char *name, *key;
	size_t length;
	uint32_t number;

	if (element->kind != 'm' || element->model == NAME_NONE)
		return NAME_NONE;
	name = name_text(circuit->names, element->model);
	length = name_key(name, name_length(circuit->names, element->model), &key);
	number = name_find(selection->prune->definitions.keys, key, length);
	return is_open(selection, number) ? number : NAME_NONE;
}

static bool mark_circuits(struct selection *selection)
{
	const struct reach *reach = &selection->reach;

	selection->has_bins = mem_zalloc(reach->count, sizeof(*selection->has_bins));
	for (size_t i = 0; selection->has_bins && i < reach->count; i++) {
		const struct reached *reached = &reach->list[i];
		const struct carom_circuit *circuit = reached->circuit;

		for (size_t k = 0; k < circuit->n_elements && !selection->has_bins[i]; k++) {
			uint32_t callee = reached->callees[k];

			selection->has_bins[i] =
				callee != NAME_NONE ? selection->has_bins[callee]
						    : find_key(selection, circuit,
							       &circuit->elements[k]) != NAME_NONE;
		}
	}
	return selection->has_bins != NULL;
}

/* ---- transistors ---- */

/* Remember a size; false if it was looked for and is still remembered. */
static bool remember(struct selection *selection, uint32_t key, const struct bin_size *size)
{
	uint64_t bits[2];
	struct looked_for *looked_for;

	memcpy(bits, size, sizeof(bits));
	bits[0] = (bits[0] * 31 + bits[1] * 17 + key) * 0x9e3779b97f4a7c15u;
	looked_for = &selection->sizes[(bits[0] >> 32) % N_SIZES];
	if (looked_for->is_used && looked_for->key == key && looked_for->size.l == size->l &&
	    looked_for->size.w == size->w)
		return false;
	*looked_for = (struct looked_for){*size, key, true};
	return true;
}

/* More than ngspice would take: it may differ in the last digits of l, w and the limits. */
static bool select_bins(struct selection *selection, uint32_t key, const struct bin_size *size)
{
	bool is_found = false;

	for (uint32_t i = selection->of_key[key]; i != NAME_NONE; i = selection->bins[i].next) {
		const struct bin *bin = &selection->bins[i];

		if (!bin_contains(&bin->limits, size, 2 * BIN_TOLERANCE))
			continue;
		selection->prune->is_selected[bin->definition] = true;
		is_found = true;
	}
	return is_found;
}

/* Where no bin fits all are sent, so that what ngspice says is the same. */
static void look_at_transistor(struct selection *selection, struct scope *scope, uint32_t element)
{
	const struct carom_circuit *circuit = scope_circuit(scope);
	uint32_t key = find_key(selection, circuit, &circuit->elements[element]);
	struct bin_size size;

	if (key == NAME_NONE)
		return;
	if (!bin_size_read(scope, element, &size) ||
	    (remember(selection, key, &size) && !select_bins(selection, key, &size)))
		select_all(selection, key);
}

/* ---- instances ---- */

/* The last visit to an instance with an element of this tail; NULL when out of memory. */
static uint32_t *last_visit(struct selection *selection, const char *text, size_t length)
{
	size_t known = selection->last_visit_capacity;
	uint32_t tail = name_intern(selection->tails, text, length);

	if (tail == NAME_NONE ||
	    !mem_reserve(&selection->last_visit, &selection->last_visit_capacity, (size_t)tail + 1,
			 sizeof(*selection->last_visit)))
		return NULL;
	if (selection->last_visit_capacity > known)
		memset(selection->last_visit + known, 0,
		       (selection->last_visit_capacity - known) * sizeof(*selection->last_visit));
	return &selection->last_visit[tail];
}

/* Elements of an instance that say the same behind their nets are the same. */
static bool is_first_of_kind(struct selection *selection, const struct carom_circuit *circuit,
			     const struct element *element, uint32_t number)
{
	const struct card *card = &circuit->cards[element->card];
	uint32_t *last = last_visit(selection, card->text + element->model_begin,
				    card->length - element->model_begin);
	bool is_first = last && *last != number;

	if (last)
		*last = number;
	else
		selection->status = CAROM_ERROR_MEMORY;
	return is_first;
}

static void visit(struct selection *selection, uint32_t index, struct scope *scope);

/* is_varied: it was entered before, by what varies in it, and is so kept. */
static void enter(struct selection *selection, struct scope *scope, uint32_t element,
		  uint32_t callee, bool is_varied)
{
	struct scope *inner = scope_enter(scope, (struct carom_element){element}, NULL);

	if (!inner) {
		selection->status = CAROM_ERROR_MEMORY;
		return;
	}
	visit(selection, callee, inner);
	if (!is_varied)
		scope_leave(inner);
}

static void look_at(struct selection *selection, const struct reached *reached, struct scope *scope,
		    uint32_t index, uint32_t number)
{
	const struct element *element = &reached->circuit->elements[index];
	uint32_t callee = reached->callees[index];
	bool is_varied = scope->entered && scope->entered[index];

	if (callee == NAME_NONE ? element->kind != 'm' || element->model == NAME_NONE
				: !selection->has_bins[callee])
		return;
	if (!is_varied && !is_first_of_kind(selection, reached->circuit, element, number))
		return;
	if (callee == NAME_NONE)
		look_at_transistor(selection, scope, index);
	else
		enter(selection, scope, index, callee, is_varied);
}

static void visit(struct selection *selection, uint32_t index, struct scope *scope)
{
	const struct reached *reached = &selection->reach.list[index];
	uint32_t number = ++selection->n_visits;

	if (number > MAX_INSTANCES || selection->depth >= MAX_DEPTH) {
		for (uint32_t i = 0; i < selection->n_bins; i++)
			selection->prune->is_selected[selection->bins[i].definition] = true;
		selection->status = STOPPED;
	}
	selection->depth++;
	for (uint32_t i = 0; i < reached->circuit->n_elements && selection->status == CAROM_OK; i++)
		look_at(selection, reached, scope, i, number);
	selection->depth--;
}

/* ---- all ---- */

/* From here on the parameter has no value that is known; what has no slot is none. */
static bool vary(struct selection *selection, const char *name, uint32_t input)
{
	const char *colon = strrchr(name, ':');
	char *path = mem_strndup(name, colon ? (size_t)(colon - name) : 0);
	const char *param = colon ? colon + 1 : name;
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *scope = path ? scope_find(selection->top, path, &err) : NULL;
	struct slot *slot = scope ? scope_own_slot(scope, param, strlen(param)) : NULL;

	if (slot) {
		slot->value = program_input(&scope->tree->program, input);
		slot->state = SLOT_DONE;
		slot->is_number = true;
	}
	mem_free(path);
	return path && err.status != CAROM_ERROR_MEMORY && !selection->top->tree->program.failed;
}

static bool init(struct selection *selection, struct prune *prune, const char *const *varied,
		 size_t n)
{
	const struct carom_circuit *top = prune->definitions.nodes[0].circuit;

	selection->prune = prune;
	selection->top = scope_new(top, NULL);
	selection->tails = name_table_new();
	if (reach_init(&selection->reach, top, NULL) != CAROM_OK || !selection->top ||
	    !selection->tails)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!vary(selection, varied[i], (uint32_t)i))
			return false;
	return collect_bins(selection) && mark_circuits(selection);
}

static void release(struct selection *selection)
{
	scope_free(selection->top);
	reach_release(&selection->reach);
	name_table_free(selection->tails);
	mem_free(selection->last_visit);
	mem_free(selection->has_bins);
	mem_free(selection->of_key);
	mem_free(selection->bins);
	mem_free(selection);
}

/* Which card counts is not known where .if is. */
static bool has_choice(struct prune *prune)
{
	bool has_choice = false;

	for (uint32_t i = 0; i < prune->definitions.count; i++) {
		if (!is_candidate(prune, i))
			continue;
		prune->is_selected[i] = prune->has_conditions;
		has_choice |= !prune->has_conditions;
	}
	return has_choice;
}

int prune_select_bins(struct prune *prune, const char *const *varied, size_t n,
		      struct carom_error *err)
{
	struct selection *selection;
	int status = CAROM_ERROR_MEMORY;

	if (!has_choice(prune))
		return CAROM_OK;
	selection = mem_zalloc(1, sizeof(*selection));
	if (!selection)
		return carom_fail_memory(err);
	if (init(selection, prune, varied, n)) {
		if (selection->n_open > 0)
			visit(selection, (uint32_t)selection->reach.count - 1, selection->top);
		status = selection->status;
	}
	release(selection);
	return status == CAROM_ERROR_MEMORY ? carom_fail_memory(err) : CAROM_OK;
}
