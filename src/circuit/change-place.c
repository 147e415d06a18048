/* SPDX-License-Identifier: BSD-3-Clause */
/* Changes found again in a walk through the instances. */
#include "circuit/change-place.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "carom-graph.h"
#include "circuit/scan.h"

/* ---- order ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_owners(const struct change *a, const struct change *b)
{
	int order = compare_numbers((uintptr_t)a->circuit, (uintptr_t)b->circuit);

	return order ? order : compare_numbers(a->kind, b->kind);
}

static int compare_changes(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int order = compare_owners(x, y);

	if (order == 0)
		order = compare_numbers(x->index, y->index);
	return order ? order : compare_numbers(x->name, y->name);
}

size_t change_sort(struct change *changes, size_t n)
{
	size_t kept = 0;

	if (n > 0) /* without any there may be no array either */
		qsort(changes, n, sizeof(*changes), compare_changes);
	for (size_t i = 0; i < n; i++) {
		if (kept == 0 || compare_changes(&changes[kept - 1], &changes[i]) != 0)
			changes[kept++] = changes[i];
	}
	return kept;
}

/* ---- the walk ---- */

/* An instance that the walk is inside of; the top is the first. */
struct level {
	const struct carom_circuit *circuit;
	uint64_t serial; /* of all instances entered */
};

struct search {
	const struct carom_circuit *root;
	const struct change *changes;
	size_t n;
	bool has_models;
	uint64_t *last_serial; /* per change of a model: instance that it was visited for + 1 */
	struct level *levels;
	size_t levels_capacity;
	uint64_t n_entered;
	change_place_fn *visit;
	void *arg;
};

/* The first change that is not before this one. */
static size_t find_first(const struct search *search, const struct carom_circuit *circuit,
			 enum change_kind kind, uint32_t index)
{
	const struct change key = {circuit, kind, index, 0};
	size_t low = 0, high = search->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_changes(&search->changes[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_of(const struct search *search, size_t i, const struct carom_circuit *circuit,
		  enum change_kind kind)
{
	return i < search->n && search->changes[i].circuit == circuit &&
	       search->changes[i].kind == kind;
}

static int tell(const struct search *search, size_t i, const struct carom_circuit *circuit,
		struct carom_element element, const char *path)
{
	const struct change_place place = {&search->changes[i], circuit, element, path};

	return search->visit(search->arg, &place);
}

static int visit_element(const struct search *search, const struct carom_visit *at)
{
	size_t i = find_first(search, at->circuit, CHANGE_ELEMENT, at->element.index);
	int rc = 0;

	for (; rc == 0 && is_of(search, i, at->circuit, CHANGE_ELEMENT) &&
	       search->changes[i].index == at->element.index;
	     i++)
		rc = tell(search, i, at->circuit, at->element, at->path);
	return rc;
}

/* Does the card of the instance say "param="? */
static bool gives_param(const struct carom_visit *at, const char *param)
{
	const struct element *x = &at->circuit->elements[at->element.index];
	const char *card = at->circuit->cards[x->card].text;
	struct assignment item;
	uint32_t from = x->model_begin;

	while (scan_assignment(card, &from, &item)) {
		if (word_is(card, &item.name, param))
			return true;
	}
	return false;
}

static int visit_params(const struct search *search, const struct carom_visit *at,
			const struct carom_circuit *callee)
{
	size_t i = find_first(search, callee, CHANGE_PARAM, 0);
	int rc = 0;

	for (; rc == 0 && is_of(search, i, callee, CHANGE_PARAM); i++) {
		if (!gives_param(at, name_text(callee->names, search->changes[i].name)))
			rc = tell(search, i, at->circuit, at->element, at->path);
	}
	return rc;
}

static int enter(struct search *search, const struct carom_visit *at)
{
	const struct carom_circuit *callee = carom_element_subcircuit(at->circuit, at->element);

	if (!callee)
		return 0;
	if (!mem_reserve(&search->levels, &search->levels_capacity, at->depth + 2,
			 sizeof(*search->levels)))
		return CAROM_ERROR_MEMORY;
	search->levels[at->depth + 1] = (struct level){callee, ++search->n_entered};
	return visit_params(search, at, callee);
}

/* Names of models are lexical: the copy is of the innermost instance of the circuit it is in. */
static uint64_t serial_of(const struct search *search, const struct carom_circuit *owner,
			  unsigned depth)
{
	while (depth > 0 && search->levels[depth].circuit != owner)
		depth--;
	return search->levels[depth].serial;
}

static int visit_model(const struct search *search, const struct carom_visit *at)
{
	const struct element *element = &at->circuit->elements[at->element.index];
	const struct carom_circuit *owner = NULL;
	const struct model *model = circuit_resolve_model(
		at->circuit, name_text(at->circuit->names, element->model), &owner);
	uint64_t serial;
	uint32_t index;
	size_t i;
	int rc = 0;

	if (!model)
		return 0;
	index = (uint32_t)(model - owner->models);
	serial = serial_of(search, owner, at->depth) + 1;
	i = find_first(search, owner, CHANGE_MODEL, index);
	for (;
	     rc == 0 && is_of(search, i, owner, CHANGE_MODEL) && search->changes[i].index == index;
	     i++) {
		if (search->last_serial[i] != serial)
			rc = tell(search, i, at->circuit, at->element, at->path);
		search->last_serial[i] = serial;
	}
	return rc;
}

static int visit_walked(void *arg, const struct carom_visit *at)
{
	struct search *search = arg;
	const struct element *element = &at->circuit->elements[at->element.index];
	int rc = at->circuit == search->root ? 0 : visit_element(search, at);

	if (rc == 0 && element->kind == 'x')
		return enter(search, at);
	if (rc == 0 && search->has_models && element->model != NAME_NONE)
		return visit_model(search, at);
	return rc;
}

static int walk(struct search *search)
{
	int rc = CAROM_ERROR_MEMORY;

	search->last_serial = mem_zalloc(search->n, sizeof(*search->last_serial));
	if (search->last_serial &&
	    mem_reserve(&search->levels, &search->levels_capacity, 1, sizeof(*search->levels))) {
		search->levels[0] = (struct level){search->root, 0};
		rc = carom_circuit_walk(search->root, visit_walked, search);
	}
	mem_free(search->last_serial);
	mem_free(search->levels);
	return rc;
}

/* ---- all ---- */

/* What is at the top and is one place needs no walk. */
static int visit_top(const struct search *search, size_t i)
{
	const struct change *change = &search->changes[i];
	struct carom_element element = {CAROM_NO_INDEX};

	if (change->kind == CHANGE_PARAM)
		return tell(search, i, search->root, element, "");
	element.index = change->index;
	return tell(search, i, search->root, element, carom_element_name(search->root, element));
}

int change_each_place(const struct carom_circuit *root, const struct change *changes, size_t n,
		      change_place_fn *visit, void *arg)
{
	struct search search = {
		.root = root, .changes = changes, .n = n, .visit = visit, .arg = arg};
	bool needs_walk = false;
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		bool is_model = changes[i].kind == CHANGE_MODEL;

		search.has_models |= is_model;
		if (changes[i].circuit == root && !is_model)
			rc = visit_top(&search, i);
		else
			needs_walk = true;
	}
	return rc == 0 && needs_walk ? walk(&search) : rc;
}
