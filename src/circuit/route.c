/* SPDX-License-Identifier: BSD-3-Clause */
/* Shortest path between two nets, breadth-first. */
#include <string.h>

#include "base/mem.h"
#include "circuit/graph.h"

/* How a net was reached first. */
struct step {
	uint32_t net;     /* before it */
	uint32_t element; /* that led on; NAME_NONE: the net was not reached, or is the start */
};

struct search {
	const struct graph *graph;
	enum carom_through through;
	uint32_t from, to;
	struct step *steps; /* per net */
	bool *is_crossed;   /* per element */
	uint32_t *queue;
	size_t head, tail;
};

static bool init_search(struct search *search)
{
	const struct carom_circuit *circuit = search->graph->pins.circuit;

	search->steps = mem_alloc(circuit->n_nets * sizeof(*search->steps));
	search->is_crossed = mem_zalloc(circuit->n_elements, sizeof(*search->is_crossed));
	search->queue = mem_alloc(circuit->n_nets * sizeof(*search->queue));
	if (!search->steps || !search->is_crossed || !search->queue)
		return false;
	memset(search->steps, 0xff, circuit->n_nets * sizeof(*search->steps));
	search->queue[search->tail++] = search->from;
	return true;
}

static void release_search(struct search *search)
{
	mem_free(search->steps);
	mem_free(search->is_crossed);
	mem_free(search->queue);
}

static void cross(struct search *search, uint32_t net, uint32_t index)
{
	const struct carom_circuit *circuit = search->graph->pins.circuit;
	const struct element *element = &circuit->elements[index];

	if (search->is_crossed[index])
		return;
	search->is_crossed[index] = true;
	for (uint32_t k = 0; k < element->n_pins; k++) {
		uint32_t next = circuit->pins[element->first_pin + k];

		if (next == search->from || search->steps[next].element != NAME_NONE)
			continue;
		search->steps[next] = (struct step){net, index};
		if (graph_is_open(search->graph, next, search->through))
			search->queue[search->tail++] = next;
	}
}

/* Is there a way? */
static bool explore(struct search *search)
{
	const struct connectivity *pins = &search->graph->pins;

	while (search->head < search->tail && search->steps[search->to].element == NAME_NONE) {
		uint32_t net = search->queue[search->head++];

		for (uint32_t k = 0; k < connectivity_degree(pins, net); k++)
			cross(search, net, connectivity_element(pins, net, k));
	}
	return search->to == search->from || search->steps[search->to].element != NAME_NONE;
}

/* The steps back from the end. */
static bool write_path(const struct search *search, struct carom_path *path)
{
	size_t length = 0;

	for (uint32_t net = search->to; net != search->from; net = search->steps[net].net)
		length++;
	path->nets = mem_alloc((length + 1) * sizeof(*path->nets));
	path->elements = mem_alloc(length * sizeof(*path->elements));
	if (!path->nets || !path->elements)
		return false;
	path->length = length;
	path->nets[length].index = search->to;
	for (size_t i = length; i-- > 0;) {
		const struct step *step = &search->steps[path->nets[i + 1].index];

		path->elements[i].index = step->element;
		path->nets[i].index = step->net;
	}
	return true;
}

static int find_path(struct search *search, struct carom_path *path, struct carom_error *err)
{
	const struct carom_circuit *circuit = search->graph->pins.circuit;

	if (!init_search(search))
		return carom_fail_memory(err);
	if (!explore(search))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "no path from %s to %s",
				  carom_net_name(circuit, (struct carom_net){search->from}),
				  carom_net_name(circuit, (struct carom_net){search->to}));
	if (!write_path(search, path)) {
		carom_path_release(path);
		return carom_fail_memory(err);
	}
	return CAROM_OK;
}

CAROM_API int carom_net_path(const struct carom_circuit *circuit, struct carom_net from,
			     struct carom_net to, enum carom_through through,
			     struct carom_path *path, struct carom_error *err)
{
	struct search search = {.through = through, .from = from.index, .to = to.index};
	int rc = graph_check_through(through, err);

	memset(path, 0, sizeof(*path));
	if (rc == CAROM_OK)
		rc = graph_check_net(circuit, from, err);
	if (rc == CAROM_OK)
		rc = graph_check_net(circuit, to, err);
	if (rc != CAROM_OK)
		return rc;
	search.graph = circuit_graph(circuit, err);
	if (!search.graph)
		return CAROM_ERROR_MEMORY;
	rc = find_path(&search, path, err);
	release_search(&search);
	return rc;
}

CAROM_API void carom_path_release(struct carom_path *path)
{
	if (!path)
		return;
	mem_free(path->nets);
	mem_free(path->elements);
	memset(path, 0, sizeof(*path));
}
