/* SPDX-License-Identifier: BSD-3-Clause */
/* Neighbours: nets one element away, elements that share a net. */
#include <stdlib.h>

#include "base/mem.h"
#include "circuit/graph.h"

/* Indices met, some several times. */
struct crowd {
	uint32_t *members;
	size_t count, capacity;
	bool failed;
};

static void join(struct crowd *crowd, uint32_t member)
{
	if (!mem_reserve(&crowd->members, &crowd->capacity, crowd->count + 1,
			 sizeof(*crowd->members)))
		crowd->failed = true;
	else
		crowd->members[crowd->count++] = member;
}

static int compare(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

/* Each member once, in order, without the one that asks. */
static void settle(struct crowd *crowd, uint32_t self)
{
	size_t kept = 0;

	if (crowd->count > 0)
		qsort(crowd->members, crowd->count, sizeof(*crowd->members), compare);
	for (size_t i = 0; i < crowd->count; i++) {
		uint32_t member = crowd->members[i];

		if (member != self && (kept == 0 || member != crowd->members[kept - 1]))
			crowd->members[kept++] = member;
	}
	crowd->count = kept;
}

/* The crowd is the caller's from here on, or nobody's after a failure. */
static int hand_over(struct crowd *crowd, void *members, size_t *count, struct carom_error *err)
{
	if (crowd->failed) {
		mem_free(crowd->members);
		return carom_fail_memory(err);
	}
	*(void **)members = crowd->members;
	*count = crowd->count;
	return CAROM_OK;
}

static void join_nets(struct crowd *crowd, const struct graph *graph, uint32_t index,
		      enum carom_through through)
{
	const struct carom_circuit *circuit = graph->pins.circuit;
	const struct element *element = &circuit->elements[index];

	for (uint32_t k = 0; k < element->n_pins; k++) {
		uint32_t net = circuit->pins[element->first_pin + k];

		if (graph_is_open(graph, net, through))
			join(crowd, net);
	}
}

CAROM_API int carom_net_neighbours(const struct carom_circuit *circuit, struct carom_net net,
				   enum carom_through through, struct carom_net **nets,
				   size_t *count, struct carom_error *err)
{
	struct crowd crowd = {0};
	const struct graph *graph;
	int rc = graph_check_through(through, err);

	*nets = NULL;
	*count = 0;
	if (rc == CAROM_OK)
		rc = graph_check_net(circuit, net, err);
	if (rc != CAROM_OK)
		return rc;
	graph = circuit_graph(circuit, err);
	if (!graph)
		return CAROM_ERROR_MEMORY;
	for (uint32_t k = 0; k < connectivity_degree(&graph->pins, net.index); k++)
		join_nets(&crowd, graph, connectivity_element(&graph->pins, net.index, k), through);
	settle(&crowd, net.index);
	return hand_over(&crowd, nets, count, err);
}

CAROM_API int carom_element_neighbours(const struct carom_circuit *circuit,
				       struct carom_element element, enum carom_through through,
				       struct carom_element **elements, size_t *count,
				       struct carom_error *err)
{
	struct crowd crowd = {0};
	const struct graph *graph;
	const struct carom_net *nets;
	size_t n_nets;
	int rc = graph_check_through(through, err);

	*elements = NULL;
	*count = 0;
	if (rc == CAROM_OK)
		rc = graph_check_element(circuit, element, err);
	if (rc != CAROM_OK)
		return rc;
	graph = circuit_graph(circuit, err);
	if (!graph)
		return CAROM_ERROR_MEMORY;
	nets = carom_element_nets(circuit, element, &n_nets);
	for (size_t i = 0; i < n_nets; i++) {
		if (!graph_is_open(graph, nets[i].index, through))
			continue;
		for (uint32_t k = 0; k < connectivity_degree(&graph->pins, nets[i].index); k++)
			join(&crowd, connectivity_element(&graph->pins, nets[i].index, k));
	}
	settle(&crowd, element.index);
	return hand_over(&crowd, elements, count, err);
}
