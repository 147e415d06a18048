/* SPDX-License-Identifier: BSD-3-Clause */
/* What is connected to what: adjacency of nets, order from ground, connected components. */
#ifndef CIRCUIT_CONNECTIVITY_H
#define CIRCUIT_CONNECTIVITY_H

#include "base/error.h"
#include "circuit/circuit.h"

/* A snapshot of one circuit (its subcircuits are elements here); an edit of it makes it stale. */
struct connectivity {
	const struct carom_circuit *circuit;
	uint32_t *first;          /* n_nets + 1: pins of net n are [first[n], first[n + 1]) */
	uint32_t *pin_of;         /* the circuit's pins, by net, in the order of the elements */
	uint32_t *element_of_pin; /* pin of the circuit -> element */
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
 * elements without pins (K) come last.  order has room for n_elements.  Returns 0 or ERROR_MEMORY.
 */
int connectivity_order(const struct connectivity *graph, uint32_t *order, struct carom_error *err);

/*
 * Component of each net, numbered from 0 (ground's) in the order of their least nets; component has
 * room for n_nets.  Nets without a pin are components of their own.  Returns 0 or ERROR_MEMORY.
 */
int connectivity_components(const struct connectivity *graph, uint32_t *component, uint32_t *count,
			    struct carom_error *err);

#endif
