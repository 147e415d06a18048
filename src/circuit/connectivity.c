/* SPDX-License-Identifier: BSD-3-Clause */
/* Adjacency as compressed rows (CSR) by a counting sort of the pins over their nets. */
#include "circuit/connectivity.h"

#include <string.h>

#include "base/mem.h"
#include "circuit/union-find.h"

/* first[] is how many pins each net has. */
static void count_pins(const struct connectivity *graph)
{
	const struct carom_circuit *circuit = graph->circuit;

	for (size_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];
		const uint32_t *nets = circuit_nets(circuit, element);

		for (uint32_t k = 0; k < element->n_pins; k++)
			graph->first[nets[k]]++;
	}
}

/* Counts become ends of rows; rows are filled from the back, after which first[] is their start. */
static void sort_pins(const struct connectivity *graph)
{
	const struct carom_circuit *circuit = graph->circuit;
	uint32_t *first = graph->first;

	for (size_t n = 0; n < circuit->n_nets; n++)
		first[n + 1] += first[n];
	for (size_t e = circuit->n_elements; e-- > 0;) {
		const struct element *element = &circuit->elements[e];
		const uint32_t *nets = circuit_nets(circuit, element);

		for (uint32_t k = element->n_pins; k-- > 0;)
			graph->pins[--first[nets[k]]] = (struct carom_pin){{(uint32_t)e}, k};
	}
}

int connectivity_init(struct connectivity *graph, const struct carom_circuit *circuit,
		      struct carom_error *err)
{
	graph->circuit = circuit;
	graph->first = mem_zalloc(circuit->n_nets + 1, sizeof(*graph->first));
	graph->pins = mem_zalloc(circuit->n_pins, sizeof(*graph->pins));
	if (!graph->first || !graph->pins)
		return carom_fail_memory(err);
	count_pins(graph);
	sort_pins(graph);
	return CAROM_OK;
}

void connectivity_release(struct connectivity *graph)
{
	mem_free(graph->first);
	mem_free(graph->pins);
	memset(graph, 0, sizeof(*graph));
}

uint32_t connectivity_degree(const struct connectivity *graph, uint32_t net)
{
	return graph->first[net + 1] - graph->first[net];
}

uint32_t connectivity_element(const struct connectivity *graph, uint32_t net, uint32_t k)
{
	return graph->pins[graph->first[net] + k].element.index;
}

/* ---- order ---- */

struct walk {
	const struct connectivity *graph;
	uint32_t *queue; /* nets seen, in the order they were met */
	size_t head, tail;
	bool *is_net_seen, *is_element_seen;
	struct carom_element *order;
	size_t n_ordered;
};

static void meet_net(struct walk *walk, uint32_t net)
{
	if (walk->is_net_seen[net])
		return;
	walk->is_net_seen[net] = true;
	walk->queue[walk->tail++] = net;
}

static void meet_element(struct walk *walk, uint32_t index)
{
	const struct carom_circuit *circuit = walk->graph->circuit;
	const struct element *element = &circuit->elements[index];

	if (walk->is_element_seen[index])
		return;
	walk->is_element_seen[index] = true;
	walk->order[walk->n_ordered++].index = index;
	for (uint32_t k = 0; k < element->n_pins; k++)
		meet_net(walk, circuit->pins[element->first_pin + k]);
}

static void drain(struct walk *walk)
{
	while (walk->head < walk->tail) {
		uint32_t net = walk->queue[walk->head++];

		for (uint32_t k = 0; k < connectivity_degree(walk->graph, net); k++)
			meet_element(walk, connectivity_element(walk->graph, net, k));
	}
}

static void walk_all(struct walk *walk)
{
	const struct carom_circuit *circuit = walk->graph->circuit;

	meet_net(walk, 0);
	drain(walk);
	for (uint32_t e = 0; e < circuit->n_elements; e++) {
		if (circuit->elements[e].n_pins > 0) {
			meet_element(walk, e);
			drain(walk);
		}
	}
	for (uint32_t e = 0; e < circuit->n_elements; e++) {
		if (circuit->elements[e].kind)
			meet_element(walk, e);
	}
}

int connectivity_order(const struct connectivity *graph, struct carom_element *order, size_t *count,
		       struct carom_error *err)
{
	const struct carom_circuit *circuit = graph->circuit;
	struct walk walk = {.graph = graph};
	int status = CAROM_OK;

	walk.order = order;
	walk.queue = mem_zalloc(circuit->n_nets, sizeof(*walk.queue));
	walk.is_net_seen = mem_zalloc(circuit->n_nets, sizeof(*walk.is_net_seen));
	walk.is_element_seen = mem_zalloc(circuit->n_elements, sizeof(*walk.is_element_seen));
	if (walk.queue && walk.is_net_seen && walk.is_element_seen)
		walk_all(&walk);
	else
		status = carom_fail_memory(err);
	*count = walk.n_ordered;
	mem_free(walk.queue);
	mem_free(walk.is_net_seen);
	mem_free(walk.is_element_seen);
	return status;
}

/* ---- components ---- */

static void join_pins(const struct carom_circuit *circuit, const bool *is_closed,
		      struct union_find *sets)
{
	for (size_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];
		const uint32_t *nets = circuit_nets(circuit, element);
		uint32_t joined = CAROM_NO_INDEX;

		for (uint32_t k = 0; k < element->n_pins; k++) {
			if (is_closed && is_closed[nets[k]])
				continue;
			if (joined != CAROM_NO_INDEX)
				union_find_join(sets, joined, nets[k]);
			joined = nets[k];
		}
	}
}

int connectivity_components(const struct connectivity *graph, const bool *is_closed,
			    uint32_t *component, uint32_t *count, struct carom_error *err)
{
	const struct carom_circuit *circuit = graph->circuit;
	struct union_find sets;

	if (!union_find_init(&sets, circuit->n_nets))
		return carom_fail_memory(err);
	join_pins(circuit, is_closed, &sets);
	*count = 0;
	/* A leader is the least of its set, so it has its number before the others ask for it. */
	for (uint32_t n = 0; n < circuit->n_nets; n++) {
		uint32_t leader = union_find_leader(&sets, n);

		component[n] = leader == n ? (*count)++ : component[leader];
	}
	union_find_release(&sets);
	return CAROM_OK;
}
