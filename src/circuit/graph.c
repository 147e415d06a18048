/* SPDX-License-Identifier: BSD-3-Clause */
/* The graph that a circuit keeps, and the questions that it answers in constant time. */
#include "circuit/graph.h"

#include "base/mem.h"
#include "circuit/element-kind.h"

_Static_assert(sizeof(struct carom_net) == sizeof(uint32_t) &&
		       sizeof(struct carom_element) == sizeof(uint32_t),
	       "arrays of indices are arrays of handles");

/* ---- life ---- */

void graph_free(struct graph *graph)
{
	if (!graph)
		return;
	connectivity_release(&graph->pins);
	mem_free(graph->is_supply);
	mem_free(graph->order);
	mem_free(graph->by_kind);
	for (unsigned i = 0; i < N_THROUGH; i++)
		mem_free(graph->component[i]);
	mem_free(graph);
}

/* The other net of each independent voltage source with one end at ground. */
static void mark_supplies(bool *is_supply, const struct carom_circuit *circuit)
{
	for (size_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];
		const uint32_t *nets = circuit_nets(circuit, element);

		if (element->kind == 'v' && (nets[0] == 0) != (nets[1] == 0))
			is_supply[nets[0] + nets[1]] = true;
	}
}

struct graph *circuit_graph(const struct carom_circuit *circuit, struct carom_error *err)
{
	struct graph *graph = circuit->graph;

	if (graph)
		return graph;
	graph = mem_zalloc(1, sizeof(*graph));
	if (!graph || connectivity_init(&graph->pins, circuit, NULL) != CAROM_OK)
		goto err_free;
	graph->is_supply = mem_zalloc(circuit->n_nets, sizeof(*graph->is_supply));
	if (!graph->is_supply)
		goto err_free;
	mark_supplies(graph->is_supply, circuit);
	/* A circuit is never a constant object, and what it knows about itself is not its state. */
	((struct carom_circuit *)circuit)->graph = graph;
	return graph;
err_free:
	graph_free(graph);
	carom_fail_memory(err);
	return NULL;
}

/* ---- arguments ---- */

int graph_check_net(const struct carom_circuit *circuit, struct carom_net net,
		    struct carom_error *err)
{
	if (net.index < circuit->n_nets)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "the net is not one of this circuit");
}

int graph_check_element(const struct carom_circuit *circuit, struct carom_element element,
			struct carom_error *err)
{
	if (element.index < circuit->n_elements && circuit->elements[element.index].kind)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "the element is not one of this circuit");
}

int graph_check_through(enum carom_through through, struct carom_error *err)
{
	if ((unsigned)through < N_THROUGH)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "%d is no choice of nets to look through",
			  (int)through);
}

/* ---- nets and elements ---- */

CAROM_API const struct carom_pin *carom_net_pins(const struct carom_circuit *circuit,
						 struct carom_net net, size_t *count,
						 struct carom_error *err)
{
	const struct graph *graph = NULL;

	*count = 0;
	if (graph_check_net(circuit, net, err) == CAROM_OK)
		graph = circuit_graph(circuit, err);
	if (!graph)
		return NULL;
	*count = connectivity_degree(&graph->pins, net.index);
	return graph->pins.pins + graph->pins.first[net.index];
}

CAROM_API size_t carom_net_degree(const struct carom_circuit *circuit, struct carom_net net,
				  struct carom_error *err)
{
	size_t count;

	carom_net_pins(circuit, net, &count, err);
	return count;
}

CAROM_API const struct carom_net *carom_element_nets(const struct carom_circuit *circuit,
						     struct carom_element element, size_t *count)
{
	*count = carom_element_pin_count(circuit, element);
	if (element.index >= circuit->n_elements)
		return NULL;
	return (const struct carom_net *)circuit->pins + circuit->elements[element.index].first_pin;
}

CAROM_API char carom_element_kind(const struct carom_circuit *circuit, struct carom_element element)
{
	return element.index < circuit->n_elements ? circuit->elements[element.index].kind
						   : (char)0;
}

CAROM_API const char *carom_kind_name(char kind)
{
	const struct element_kind *found = element_kind_find(kind);

	return found ? found->name : NULL;
}

CAROM_API bool carom_net_is_supply(const struct carom_circuit *circuit, struct carom_net net,
				   struct carom_error *err)
{
	const struct graph *graph = NULL;

	if (graph_check_net(circuit, net, err) == CAROM_OK)
		graph = circuit_graph(circuit, err);
	return graph && graph->is_supply[net.index];
}

/* ---- components ---- */

static bool find_components(struct graph *graph, enum carom_through through)
{
	size_t n_nets = graph->pins.circuit->n_nets;
	uint32_t *component = mem_alloc(n_nets * sizeof(*component));
	bool *is_closed = mem_alloc(n_nets * sizeof(*is_closed));
	bool is_done = component && is_closed;

	for (size_t n = 0; n < n_nets && is_done; n++)
		is_closed[n] = !graph_is_open(graph, (uint32_t)n, through);
	if (is_done)
		is_done = connectivity_components(&graph->pins, is_closed, component,
						  &graph->n_components[through], NULL) == CAROM_OK;
	mem_free(is_closed);
	if (is_done)
		graph->component[through] = component;
	else
		mem_free(component);
	return is_done;
}

/* The graph with its components found. */
static const struct graph *graph_of(const struct carom_circuit *circuit, enum carom_through through,
				    struct carom_error *err)
{
	struct graph *graph = NULL;

	if (graph_check_through(through, err) == CAROM_OK)
		graph = circuit_graph(circuit, err);
	if (graph && !graph->component[through] && !find_components(graph, through)) {
		carom_fail_memory(err);
		return NULL;
	}
	return graph;
}

CAROM_API size_t carom_circuit_component_count(const struct carom_circuit *circuit,
					       enum carom_through through, struct carom_error *err)
{
	const struct graph *graph = graph_of(circuit, through, err);

	return graph ? graph->n_components[through] : 0;
}

CAROM_API uint32_t carom_net_component(const struct carom_circuit *circuit, struct carom_net net,
				       enum carom_through through, struct carom_error *err)
{
	const struct graph *graph = NULL;

	if (graph_check_net(circuit, net, err) == CAROM_OK)
		graph = graph_of(circuit, through, err);
	return graph ? graph->component[through][net.index] : CAROM_NO_INDEX;
}

CAROM_API uint32_t carom_element_component(const struct carom_circuit *circuit,
					   struct carom_element element, enum carom_through through,
					   struct carom_error *err)
{
	const struct graph *graph = NULL;
	const struct carom_net *nets;
	size_t count;

	if (graph_check_element(circuit, element, err) == CAROM_OK)
		graph = graph_of(circuit, through, err);
	nets = carom_element_nets(circuit, element, &count);
	if (!graph || count == 0)
		return CAROM_NO_INDEX;
	for (size_t k = 0; k < count; k++) {
		if (graph_is_open(graph, nets[k].index, through))
			return graph->component[through][nets[k].index];
	}
	return graph->component[through][nets[0].index];
}

/* ---- orders ---- */

CAROM_API const struct carom_element *
carom_circuit_breadth_first(const struct carom_circuit *circuit, size_t *count,
			    struct carom_error *err)
{
	struct graph *graph = circuit_graph(circuit, err);
	struct carom_element *order;

	*count = 0;
	if (!graph)
		return NULL;
	if (!graph->order) {
		order = mem_alloc(circuit->n_elements * sizeof(*order));
		if (!order || connectivity_order(&graph->pins, order, &graph->n_ordered, NULL)) {
			mem_free(order);
			carom_fail_memory(err);
			return NULL;
		}
		graph->order = order;
	}
	*count = graph->n_ordered;
	return graph->order;
}

/* A counting sort by letter. */
static bool sort_by_kind(struct graph *graph)
{
	const struct carom_circuit *circuit = graph->pins.circuit;
	size_t *first = graph->kind_first;

	graph->by_kind = mem_alloc(circuit->n_elements * sizeof(*graph->by_kind));
	if (!graph->by_kind)
		return false;
	for (size_t e = 0; e < circuit->n_elements; e++) {
		if (circuit->elements[e].kind)
			first[circuit->elements[e].kind - 'a']++;
	}
	for (unsigned k = 0; k < N_LETTERS; k++)
		first[k + 1] += first[k];
	for (size_t e = circuit->n_elements; e-- > 0;) {
		if (circuit->elements[e].kind)
			graph->by_kind[--first[circuit->elements[e].kind - 'a']].index =
				(uint32_t)e;
	}
	return true;
}

CAROM_API const struct carom_element *
carom_circuit_elements_of_kind(const struct carom_circuit *circuit, char kind, size_t *count,
			       struct carom_error *err)
{
	unsigned letter = (unsigned)((unsigned char)kind | 0x20) - 'a';
	struct graph *graph;

	*count = 0;
	if (letter >= N_LETTERS) {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "'%c' is no letter of an element", kind);
		return NULL;
	}
	graph = circuit_graph(circuit, err);
	if (!graph)
		return NULL;
	if (!graph->by_kind && !sort_by_kind(graph)) {
		carom_fail_memory(err);
		return NULL;
	}
	*count = graph->kind_first[letter + 1] - graph->kind_first[letter];
	return graph->by_kind + graph->kind_first[letter];
}
