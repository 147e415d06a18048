/* SPDX-License-Identifier: BSD-3-Clause */
/* Circuits of any size for the benchmarks: built by calls, or their decks printed by hand. */
#ifndef BENCH_NETLIST_H
#define BENCH_NETLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-circuit.h"

enum netlist_shape {
	NETLIST_LADDER, /* RC ladder: a long chain */
	NETLIST_RANDOM  /* R, C, D and M between random nets, of which some are hubs */
};

struct netlist {
	enum netlist_shape shape;
	bool is_hierarchical; /* each hundred components stand in a subcircuit of their own */
	unsigned n;           /* components besides the source and the calls of subcircuits */
};

/* The circuit by calls of carom-circuit.h; NULL with *err set. */
struct carom_circuit *netlist_build(const struct netlist *netlist, struct carom_error *err);

/* The same deck, byte for byte, by sprintf alone into memory that free() frees; NULL: no memory. */
char *netlist_print(const struct netlist *netlist);

#endif
