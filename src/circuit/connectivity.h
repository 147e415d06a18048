/* SPDX-License-Identifier: BSD-3-Clause */
/* What is connected to what: pins by net, breadth-first order, connected components. */
#ifndef CIRCUIT_CONNECTIVITY_H
#define CIRCUIT_CONNECTIVITY_H

#include "base/error.h"
#include "carom-graph.h"
#include "circuit/circuit.h"

/* A snapshot of one circuit (its subcircuits are elements here); an edit of it makes it stale. */
struct connectivity {
	const struct carom_circuit *circuit;
	uint32_t *first;        /* n_nets + 1: pins of net n are [first[n], first[n + 1]) */
	struct carom_pin *pins; /* by net, in the order of the elements */
};

/* O(nets + pins).  Returns 0 or ERROR_MEMORY; release is legal after a failure. */
int connectivity_init(struct connectivity *graph, const struct carom_circuit *circuit,
		      struct carom_error *err);
void connectivity_release(struct connectivity *graph);

/* Number of pins at the net. */
uint32_t connectivity_degree(const struct connectivity *graph, uint32_t net);

/* Element of the k-th pin at the net, k < degree. */
uint32_t connectivity_element(const struct connectivity *graph, uint32_t net, uint32_t k);

/*
 * Elements breadth-first from ground: those at ground first, then those at the nets reached, and so
 * on; what ground does not reach follows in the same way from its first element as written, and
 * elements without pins (K) come last.  order has room for n_elements; *count is less if elements
 * were removed.  Returns 0 or ERROR_MEMORY.
 */
int connectivity_order(const struct connectivity *graph, struct carom_element *order, size_t *count,
		       struct carom_error *err);

/*
 * Component of each net, numbered from 0 (ground's) in the order of their least nets; component has
 * room for n_nets.  Nets without a pin are components of their own, and so are those that is_closed
 * (per net, NULL for none), through which nothing is connected.  Returns 0 or ERROR_MEMORY.
 */
int connectivity_components(const struct connectivity *graph, const bool *is_closed,
			    uint32_t *component, uint32_t *count, struct carom_error *err);

#endif
