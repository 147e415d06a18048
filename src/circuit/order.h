/* SPDX-License-Identifier: BSD-3-Clause */
/* The order in which the cards of a circuit are sent. */
#ifndef CIRCUIT_ORDER_H
#define CIRCUIT_ORDER_H

#include "circuit/circuit.h"

/*
 * Indices of all cards: first those that are no elements, as written; then those of the elements,
 * breadth-first from ground.  What stands from .if to its .endif, elements too, is kept together
 * among the former, because it is a choice by its place.  Released by mem_free; NULL when out of
 * memory.
 */
uint32_t *order_breadth_first(const struct carom_circuit *circuit);

#endif
