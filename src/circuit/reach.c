/* SPDX-License-Identifier: BSD-3-Clause */
/* Depth first through the instances, without recursion: decks may be nested as deep as they like. */
#include "circuit/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"

enum state { NEW, OPEN, DONE };

/* A circuit of the tree of definitions, found by its address. */
struct node {
	const struct carom_circuit *circuit;
	enum state state;
	uint32_t index; /* in the list once it is DONE */
};

struct frame {
	struct reached reached;
	uint32_t node;
	uint32_t next; /* element to look at */
};

struct search {
	struct node *nodes;
	size_t n_nodes, nodes_capacity;
	struct frame *stack;
	size_t depth, stack_capacity;
};

/* ---- all circuits ---- */

static int compare_nodes(const void *a, const void *b)
{
	uintptr_t left = (uintptr_t)((const struct node *)a)->circuit;
	uintptr_t right = (uintptr_t)((const struct node *)b)->circuit;

	return (left > right) - (left < right);
}

static bool add_node(struct search *search, const struct carom_circuit *circuit)
{
	if (!mem_reserve(&search->nodes, &search->nodes_capacity, search->n_nodes + 1,
			 sizeof(*search->nodes)))
		return false;
	search->nodes[search->n_nodes++] = (struct node){.circuit = circuit};
	return true;
}

/* The root and all below it, sorted by address. */
static bool collect_nodes(struct search *search, const struct carom_circuit *root)
{
	if (!add_node(search, root))
		return false;
	for (size_t i = 0; i < search->n_nodes; i++) {
		const struct carom_circuit *circuit = search->nodes[i].circuit;

		for (size_t k = 0; k < circuit->n_children; k++) {
			if (!add_node(search, circuit->children[k]))
				return false;
		}
	}
	qsort(search->nodes, search->n_nodes, sizeof(*search->nodes), compare_nodes);
	return true;
}

static uint32_t find_node(const struct search *search, const struct carom_circuit *circuit)
{
	struct node key = {.circuit = circuit};
	const struct node *node = bsearch(&key, search->nodes, search->n_nodes,
					  sizeof(*search->nodes), compare_nodes);

	return (uint32_t)(node - search->nodes);
}

/* ---- one circuit ---- */

static bool mark_conditional(struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;
	unsigned depth = 0;

	for (size_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_OTHER && card_is(card, ".if")) {
			depth++;
			if (!reached->is_conditional)
				reached->is_conditional =
					mem_zalloc(circuit->n_cards, sizeof(bool));
			if (!reached->is_conditional)
				return false;
		}
		if (depth > 0)
			reached->is_conditional[i] = true;
		if (depth > 0 && card->role == CARD_OTHER && card_is(card, ".endif"))
			depth--;
	}
	return true;
}

static bool open_circuit(struct search *search, uint32_t node)
{
	const struct carom_circuit *circuit = search->nodes[node].circuit;
	struct frame *frame;

	if (!mem_reserve(&search->stack, &search->stack_capacity, search->depth + 1,
			 sizeof(*search->stack)))
		return false;
	frame = &search->stack[search->depth++];
	*frame = (struct frame){.reached = {.circuit = circuit}, .node = node};
	search->nodes[node].state = OPEN;
	frame->reached.callees = mem_alloc(circuit->n_elements * sizeof(uint32_t));
	if (!frame->reached.callees)
		return false;
	memset(frame->reached.callees, 0xff, circuit->n_elements * sizeof(uint32_t));
	return mark_conditional(&frame->reached);
}

static bool close_circuit(struct reach *reach, struct search *search)
{
	struct frame *frame = &search->stack[search->depth - 1];

	if (!mem_reserve(&reach->list, &reach->capacity, reach->count + 1, sizeof(*reach->list)))
		return false;
	search->nodes[frame->node].state = DONE;
	search->nodes[frame->node].index = (uint32_t)reach->count;
	reach->list[reach->count++] = frame->reached;
	search->depth--;
	return true;
}

/* The subcircuit that an X calls; NULL if it is no X or there is none of the name. */
static const struct carom_circuit *called_by(const struct carom_circuit *circuit,
					     const struct element *element)
{
	if (element->kind != 'x' || element->model == NAME_NONE)
		return NULL;
	return circuit_resolve_subcircuit(circuit, name_text(circuit->names, element->model));
}

/* Look at the next element; an X that calls a NEW circuit is looked at again when that is DONE. */
static bool step(struct search *search)
{
	struct frame *frame = &search->stack[search->depth - 1];
	const struct carom_circuit *circuit = frame->reached.circuit;
	const struct carom_circuit *called = called_by(circuit, &circuit->elements[frame->next]);

	if (called) {
		uint32_t node = find_node(search, called);

		if (search->nodes[node].state == NEW)
			return open_circuit(search, node);
		if (search->nodes[node].state == DONE)
			frame->reached.callees[frame->next] = search->nodes[node].index;
	}
	frame->next++;
	return true;
}

static bool walk(struct reach *reach, struct search *search, const struct carom_circuit *root)
{
	if (!collect_nodes(search, root) || !open_circuit(search, find_node(search, root)))
		return false;
	while (search->depth > 0) {
		const struct frame *frame = &search->stack[search->depth - 1];
		bool is_over = frame->next == frame->reached.circuit->n_elements;

		if (!(is_over ? close_circuit(reach, search) : step(search)))
			return false;
	}
	return true;
}

static void reached_release(struct reached *reached)
{
	mem_free(reached->callees);
	mem_free(reached->is_conditional);
}

int reach_init(struct reach *reach, const struct carom_circuit *root, struct carom_error *err)
{
	struct search search = {0};
	int status = CAROM_OK;

	memset(reach, 0, sizeof(*reach));
	if (!walk(reach, &search, root))
		status = carom_fail_memory(err);
	while (search.depth > 0)
		reached_release(&search.stack[--search.depth].reached);
	mem_free(search.stack);
	mem_free(search.nodes);
	return status;
}

void reach_release(struct reach *reach)
{
	for (size_t i = 0; i < reach->count; i++)
		reached_release(&reach->list[i]);
	mem_free(reach->list);
	memset(reach, 0, sizeof(*reach));
}
