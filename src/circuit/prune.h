/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What of a deck is sent when only what is reached is: the cards that act, and of those that define
 * (subcircuits, models, parameters, functions) the ones that others name, through every level.
 *
 * A name counts as used where a word of a sent card begins it, in whatever scope and for whatever
 * kind of thing: too much is sent rather than too little, and what ngspice makes of a card need not
 * be known.  So the definitions of one name are all sent, in their order, or none is.
 */
#ifndef CIRCUIT_PRUNE_H
#define CIRCUIT_PRUNE_H

#include "base/error.h"
#include "circuit/circuit.h"

/* What can be left out: a model, a subcircuit, a function; or one parameter of a card. */
struct definition {
	uint32_t node;
	uint32_t card;
	uint32_t param; /* in the circuit's params; NAME_NONE if it is none */
	uint32_t key;
	uint32_t next; /* of the same key, made earlier; NAME_NONE ends */
	bool is_bin;   /* of the model whose name the key is */
};

/* A circuit of the tree of definitions. */
struct prune_node {
	const struct carom_circuit *circuit;
	size_t first_card, first_param; /* where its marks begin */
	size_t first_definition, n_definitions;
	uint32_t first_child; /* node of its first subcircuit; the others follow */
};

/* All that could be left out, by the keys of the names (circuit/card-word.h). */
struct definitions {
	struct prune_node *nodes; /* the top is the first */
	size_t n_nodes, nodes_capacity;
	size_t n_cards, n_params; /* of all nodes */
	struct definition *list;
	size_t count, capacity;
	struct name_table *keys;
	uint32_t *of_key; /* index + 1 of the last of the key */
	size_t of_key_capacity;
	bool has_numeral; /* some key begins with a digit */
};

/* Returns false when out of memory; release is legal then. */
bool definitions_init(struct definitions *definitions, const struct carom_circuit *top);
void definitions_release(struct definitions *definitions);

/* How a key is named by what is sent. */
enum prune_reach {
	REACH_NONE,
	REACH_NAME, /* as the model of transistors, which have those of its bins that are selected */
	REACH_ALL
};

struct prune {
	struct definitions definitions;
	bool sends_all;                 /* there is nothing to leave out, or no telling */
	bool has_conditions;            /* .if is sent: what it decides is not known */
	bool *sends_card, *sends_param; /* by the nodes' first_card and first_param */
	unsigned char *reach;           /* per key: enum prune_reach */
	bool *is_selected;              /* per definition that is a bin: some transistor has it */
	size_t n_unreached;             /* keys that are not REACH_ALL */
	uint32_t *pending;              /* reached keys whose definitions are to be sent */
	size_t n_pending;
};

/* Linear in the size of the deck.  Returns 0 or ERROR_MEMORY; release is legal after a failure. */
int prune_init(struct prune *prune, const struct carom_circuit *top, struct carom_error *err);
void prune_release(struct prune *prune);

/*
 * The same, where n values will change once the deck is loaded, so that bins that depend on them are
 * all sent: "rload", a parameter of the top, or "x1.x2:w", one of an instance.
 */
int prune_init_varied(struct prune *prune, const struct carom_circuit *top,
		      const char *const *varied, size_t n, struct carom_error *err);

/* The name of a model of which transistors have some bins, and others are left out; NULL: none. */
const char *prune_partial_model(const struct prune *prune);

/* Find which bins transistors have (prune-bin.c).  Returns 0 or ERROR_MEMORY. */
int prune_select_bins(struct prune *prune, const char *const *varied, size_t n,
		      struct carom_error *err);

/* Does what is sent use this parameter of the top? */
bool prune_reaches_param(const struct prune *prune, const char *name);

/* Send what has this name, used or not; of a parameter of the top its card as it is written. */
void prune_keep(struct prune *prune, const char *name);

/* How much is sent. */
void prune_count(const struct prune *prune, struct carom_reach *reach);

/* The node of a subcircuit of the circuit at a node. */
static inline uint32_t prune_child(const struct prune *prune, uint32_t node, uint32_t child)
{
	return prune->definitions.nodes[node].first_child + child;
}

/* Is a card of the circuit at that node sent?  A .param card is, if one of its parameters is. */
static inline bool prune_sends(const struct prune *prune, uint32_t node, size_t card)
{
	return prune->sends_all ||
	       prune->sends_card[prune->definitions.nodes[node].first_card + card];
}

static inline bool prune_sends_param(const struct prune *prune, uint32_t node, size_t param)
{
	return prune->sends_all ||
	       prune->sends_param[prune->definitions.nodes[node].first_param + param];
}

#endif
