/* SPDX-License-Identifier: BSD-3-Clause */
/* What has been found out about a circuit's connections, kept in it until an edit. */
#ifndef CIRCUIT_GRAPH_H
#define CIRCUIT_GRAPH_H

#include "circuit/connectivity.h"

enum { N_LETTERS = 26, N_THROUGH = CAROM_THROUGH_ALL + 1 };

struct graph {
	struct connectivity pins;
	bool *is_supply; /* per net */

	/* each made at its first question, NULL before */
	struct carom_element *order; /* breadth-first */
	size_t n_ordered;
	struct carom_element *by_kind; /* of letter k: [kind_first[k], kind_first[k + 1]) */
	size_t kind_first[N_LETTERS + 1];
	uint32_t *component[N_THROUGH]; /* per net */
	uint32_t n_components[N_THROUGH];
};

/* The circuit's graph, made if there is none; NULL with ERROR_MEMORY.  Borrowed until an edit. */
struct graph *circuit_graph(const struct carom_circuit *circuit, struct carom_error *err);
void graph_free(struct graph *graph); /* NULL is legal */

/* Does a question go on from the elements at the net to their other nets? */
static inline bool graph_is_open(const struct graph *graph, uint32_t net,
				 enum carom_through through)
{
	if (through == CAROM_THROUGH_ALL)
		return true;
	return net != 0 && !(through == CAROM_THROUGH_SIGNALS && graph->is_supply[net]);
}

/* ERROR_ARGUMENT if the handle, or the choice of nets, is none.  0 if it is. */
int graph_check_net(const struct carom_circuit *circuit, struct carom_net net,
		    struct carom_error *err);
int graph_check_element(const struct carom_circuit *circuit, struct carom_element element,
			struct carom_error *err);
int graph_check_through(enum carom_through through, struct carom_error *err);

#endif
