/* SPDX-License-Identifier: BSD-3-Clause */
/* Sizes of a circuit as it is and as it would be flattened, each subcircuit counted once. */
#include <string.h>

#include "base/mem.h"
#include "circuit/edit.h"
#include "circuit/global.h"
#include "circuit/graph.h"
#include "circuit/reach.h"

/* One instance of a circuit, with all inside of it. */
struct tally {
	uint64_t nets; /* neither ports nor ground nor global */
	uint64_t elements, instances;
	uint64_t by_kind[N_LETTERS];
	size_t depth;
};

static uint64_t add(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* ---- flat sizes ---- */

/* Nets that every instance has for itself. */
static uint64_t count_inner_nets(const struct carom_circuit *circuit, const struct globals *globals)
{
	uint64_t count = 0;

	for (size_t n = 1; n < circuit->n_nets; n++)
		count += !circuit->parent || !globals_has(globals, circuit, (uint32_t)n);
	for (size_t i = 0; i < circuit->n_ports; i++) {
		bool is_counted =
			circuit->ports[i] != 0 && !globals_has(globals, circuit, circuit->ports[i]);

		for (size_t k = 0; k < i && is_counted; k++)
			is_counted = circuit->ports[k] != circuit->ports[i];
		count -= is_counted;
	}
	return count;
}

static void enter(struct tally *tally, const struct tally *inner)
{
	tally->nets = add(tally->nets, inner->nets);
	tally->elements = add(tally->elements, inner->elements);
	tally->instances = add(tally->instances, add(inner->instances, 1));
	for (unsigned k = 0; k < N_LETTERS; k++)
		tally->by_kind[k] = add(tally->by_kind[k], inner->by_kind[k]);
	if (tally->depth < inner->depth + 1)
		tally->depth = inner->depth + 1;
}

static int count_element(struct tally *tallies, const struct reach *reach, size_t at, uint32_t e,
			 struct carom_error *err)
{
	const struct carom_circuit *circuit = reach->list[at].circuit;
	const struct element *element = &circuit->elements[e];
	uint32_t callee = reach->list[at].callees[e];

	if (!element->kind)
		return CAROM_OK;
	if (callee != NAME_NONE) {
		enter(&tallies[at], &tallies[callee]);
		return CAROM_OK;
	}
	if (carom_element_subcircuit(circuit, (struct carom_element){e}))
		return circuit_fail_card(circuit, &circuit->cards[element->card], err,
					 CAROM_ERROR_TOPOLOGY,
					 "%s is inside of the subcircuit that it stands for",
					 name_text(circuit->names, element->name));
	tallies[at].elements = add(tallies[at].elements, 1);
	tallies[at].by_kind[element->kind - 'a'] = add(tallies[at].by_kind[element->kind - 'a'], 1);
	return CAROM_OK;
}

/* The list of reach has what is called before what calls it; the root is the last. */
static int count_all(struct tally *tallies, const struct reach *reach,
		     const struct globals *globals, struct carom_error *err)
{
	int rc = CAROM_OK;

	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		tallies[i].nets = count_inner_nets(circuit, globals);
		for (size_t e = 0; e < circuit->n_elements && rc == CAROM_OK; e++)
			rc = count_element(tallies, reach, i, (uint32_t)e, err);
	}
	return rc;
}

/* Global nets that subcircuits use and the top does not name: one each. */
static uint64_t count_hidden_globals(const struct reach *reach, const struct globals *globals)
{
	const struct carom_circuit *root = reach->list[reach->count - 1].circuit;
	uint64_t count = 0;

	for (uint32_t g = 0; g < globals_count(globals); g++) {
		const char *name = globals_name(globals, g);
		bool is_used = false;

		if (carom_net_is_valid(carom_circuit_find_net(root, name)))
			continue;
		for (size_t i = 0; i < reach->count && !is_used; i++)
			is_used = carom_net_is_valid(
				carom_circuit_find_net(reach->list[i].circuit, name));
		count += is_used;
	}
	return count;
}

static void write_flat(struct carom_statistics *statistics, const struct tally *top,
		       uint64_t hidden)
{
	statistics->depth = top->depth;
	statistics->instances = top->instances;
	statistics->flat_nets = add(add(top->nets, hidden), 1); /* ground */
	statistics->flat_elements = top->elements;
	memcpy(statistics->flat_by_kind, top->by_kind, sizeof(top->by_kind));
}

static int count_flat(const struct carom_circuit *circuit, struct carom_statistics *statistics,
		      struct carom_error *err)
{
	struct globals globals = {0};
	struct tally *tallies = NULL;
	struct reach reach;
	int rc = reach_init(&reach, circuit, err);

	if (rc == CAROM_OK)
		rc = globals_init(&globals, circuit, err);
	if (rc != CAROM_OK)
		goto out;
	tallies = mem_zalloc(reach.count, sizeof(*tallies));
	rc = tallies ? count_all(tallies, &reach, &globals, err) : carom_fail_memory(err);
	if (rc == CAROM_OK)
		write_flat(statistics, &tallies[reach.count - 1],
			   count_hidden_globals(&reach, &globals));
out:
	mem_free(tallies);
	globals_release(&globals);
	reach_release(&reach);
	return rc;
}

/* ---- degrees ---- */

/* A histogram of degrees finds the median without a sort. */
static int measure_degrees(const struct carom_circuit *circuit, struct carom_statistics *statistics,
			   struct carom_error *err)
{
	const struct graph *graph = circuit_graph(circuit, err);
	size_t *histogram, below = 0, degree = 0;

	if (!graph)
		return CAROM_ERROR_MEMORY;
	if (circuit->n_nets == 1)
		return CAROM_OK;
	histogram = mem_zalloc(circuit->n_pins + 1, sizeof(*histogram));
	if (!histogram)
		return carom_fail_memory(err);
	statistics->degree_min = circuit->n_pins;
	for (uint32_t n = 1; n < circuit->n_nets; n++) {
		degree = connectivity_degree(&graph->pins, n);
		histogram[degree]++;
		if (degree < statistics->degree_min)
			statistics->degree_min = degree;
		if (degree > statistics->degree_max)
			statistics->degree_max = degree;
	}
	for (degree = 0; below <= (circuit->n_nets - 2) / 2; degree++)
		below += histogram[degree];
	statistics->degree_median = degree - 1;
	mem_free(histogram);
	return CAROM_OK;
}

/* ---- all ---- */

static size_t count_subcircuits(const struct carom_circuit *circuit)
{
	size_t count = circuit->n_children;

	for (size_t i = 0; i < circuit->n_children; i++)
		count += count_subcircuits(circuit->children[i]);
	return count;
}

CAROM_API int carom_circuit_statistics(const struct carom_circuit *circuit,
				       struct carom_statistics *statistics, struct carom_error *err)
{
	int rc;

	memset(statistics, 0, sizeof(*statistics));
	statistics->nets = circuit->n_nets;
	statistics->subcircuits = count_subcircuits(circuit);
	for (size_t e = 0; e < circuit->n_elements; e++) {
		if (circuit->elements[e].kind) {
			statistics->elements++;
			statistics->by_kind[circuit->elements[e].kind - 'a']++;
		}
	}
	rc = measure_degrees(circuit, statistics, err);
	return rc == CAROM_OK ? count_flat(circuit, statistics, err) : rc;
}

CAROM_API size_t carom_circuit_subcircuit_count(const struct carom_circuit *circuit)
{
	return circuit->n_children;
}

CAROM_API struct carom_circuit *carom_circuit_subcircuit(const struct carom_circuit *circuit,
							 size_t index)
{
	return index < circuit->n_children ? circuit->children[index] : NULL;
}
