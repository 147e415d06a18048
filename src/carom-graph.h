/* SPDX-License-Identifier: BSD-3-Clause */
/* Questions about the circuit as a graph: what is connected to what, and what is inside of what. */
#ifndef CAROM_GRAPH_H
#define CAROM_GRAPH_H

#include "carom-circuit.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A circuit is a bipartite graph: nets on one side, elements on the other, joined by pins.  The
 * adjacency of nets is made at the first question that needs it, in O(nets + pins), kept in the
 * circuit and dropped by the next edit of the structure (a new value is none).  The costs below are
 * those of later questions.
 *
 * What is said to be borrowed is the circuit's and valid until its next edit.  Elements that were
 * removed are nowhere in the answers.  A subcircuit is a circuit of its own, in which its ports are
 * nets: these questions are about one circuit, where an instance (X) is one element.
 *
 * Errors: ERROR_ARGUMENT for a handle that is not of the circuit, ERROR_MEMORY, and what is named.
 */

/* ---- nets and elements ---- */

/* One end of a connection: the element, and which of its pins, from 0 in the order of the card. */
struct carom_pin {
	struct carom_element element;
	uint32_t number;
};

/*
 * The pins at a net, in the order of the elements; *count is the net's degree.  An element with
 * several pins there has them one after the other.  Borrowed; NULL on failure.  O(1).
 */
const struct carom_pin *carom_net_pins(const struct carom_circuit *circuit, struct carom_net net,
				       size_t *count, struct carom_error *err);

/* The number of pins at a net; 0 on failure too.  O(1). */
size_t carom_net_degree(const struct carom_circuit *circuit, struct carom_net net,
			struct carom_error *err);

/*
 * The nets of an element, one per pin in the order of the card.  Borrowed; NULL if the handle is
 * not of the circuit.  O(1), needs no adjacency.
 */
const struct carom_net *carom_element_nets(const struct carom_circuit *circuit,
					   struct carom_element element, size_t *count);

/* The letter of the element's kind in lower case ('r'); 0 for one that was removed.  O(1). */
char carom_element_kind(const struct carom_circuit *circuit, struct carom_element element);

/* "resistor" for 'r'; NULL for what is no letter of an element. */
const char *carom_kind_name(char kind);

/* ---- neighbours ---- */

/*
 * Ground touches half of a circuit, so that by way of it all is near to all.  A question looks
 * through a net when it goes on from the elements there to their other nets; the others end it.
 * A supply is a net that an independent voltage source ties to ground: it holds its voltage
 * whatever the elements at it do.
 */
enum carom_through {
	CAROM_THROUGH_NETS,    /* every net but ground */
	CAROM_THROUGH_SIGNALS, /* neither ground nor supplies */
	CAROM_THROUGH_ALL      /* every net, ground too */
};

/* Is the net a supply, as above?  False on failure too.  O(1). */
bool carom_net_is_supply(const struct carom_circuit *circuit, struct carom_net net,
			 struct carom_error *err);

/*
 * The nets one element away from this one, each once, by number; the net itself is not among them,
 * nor are nets that are not looked through.  The caller frees *nets with free(), NULL on failure.
 * O(pins of the elements at the net), and a sort of the answer.
 */
int carom_net_neighbours(const struct carom_circuit *circuit, struct carom_net net,
			 enum carom_through through, struct carom_net **nets, size_t *count,
			 struct carom_error *err);

/*
 * The elements that share a net with this one, each once, in the order of the deck; nets that are
 * not looked through do not count as shared.  The caller frees *elements with free(), NULL on
 * failure.  O(degrees of the element's nets), and a sort of the answer.
 */
int carom_element_neighbours(const struct carom_circuit *circuit, struct carom_element element,
			     enum carom_through through, struct carom_element **elements,
			     size_t *count, struct carom_error *err);

/* ---- components and paths ---- */

/*
 * Connected components, numbered from 0, which is ground's, in the order of their first nets.  A
 * net that is not looked through is a component of its own, and so is one without elements.
 * Returns the count, 0 on failure.  O(nets + pins) at the first question of each kind, then O(1).
 */
size_t carom_circuit_component_count(const struct carom_circuit *circuit,
				     enum carom_through through, struct carom_error *err);

/* The net's component; CAROM_NO_INDEX on failure. */
uint32_t carom_net_component(const struct carom_circuit *circuit, struct carom_net net,
			     enum carom_through through, struct carom_error *err);

/*
 * The component of the nets of an element that are looked through, of its first net if none is.
 * CAROM_NO_INDEX on failure and, without an error, for an element without nets (K).
 */
uint32_t carom_element_component(const struct carom_circuit *circuit, struct carom_element element,
				 enum carom_through through, struct carom_error *err);

/* A walk: nets[0], elements[0], nets[1], elements[1], ..., nets[length]. */
struct carom_path {
	struct carom_net *nets;         /* length + 1 */
	struct carom_element *elements; /* length */
	size_t length;
};

/*
 * A shortest path between two nets, the one that comes first in the order of the deck.  It goes
 * through the nets that are looked through alone; its ends may be any.  ERROR_NOT_FOUND if there is
 * none.  path is to be released, and is empty after a failure.  O(nets + pins).
 */
int carom_net_path(const struct carom_circuit *circuit, struct carom_net from, struct carom_net to,
		   enum carom_through through, struct carom_path *path, struct carom_error *err);
void carom_path_release(struct carom_path *path);

/* ---- orders ---- */

/*
 * All elements breadth-first from ground: those at ground, then those at the nets reached, and so
 * on, those at one net in the order of the deck; what ground does not reach follows in the same way
 * from its first element, elements without nets (K) come last.  Borrowed; NULL on failure.
 * O(nets + pins) at the first question, then O(1).
 */
const struct carom_element *carom_circuit_breadth_first(const struct carom_circuit *circuit,
							size_t *count, struct carom_error *err);

/*
 * All elements of a kind ('r'), in the order of the deck.  Borrowed; NULL on failure.  O(elements)
 * at the first question of any kind, then O(1).
 */
const struct carom_element *carom_circuit_elements_of_kind(const struct carom_circuit *circuit,
							   char kind, size_t *count,
							   struct carom_error *err);

/* ---- hierarchy ---- */

#define CAROM_MAX_DEPTH 1000 /* of instances in instances; ngspice itself ends at 22 */

/* The subcircuits that are defined in a circuit, in order; those inside of them are theirs. */
size_t carom_circuit_subcircuit_count(const struct carom_circuit *circuit);
struct carom_circuit *carom_circuit_subcircuit(const struct carom_circuit *circuit, size_t index);

/* The subcircuit that an instance (X) stands for; NULL for others and where it is not defined. */
struct carom_circuit *carom_element_subcircuit(const struct carom_circuit *circuit,
					       struct carom_element element);

/*
 * The element of a full name: "x1.x2.m3" is m3 in the subcircuit of x2 in that of x1.  *where (may
 * be NULL) is the circuit that holds it.  An invalid handle if there is none.  O(depth).
 */
struct carom_element carom_circuit_find_path(const struct carom_circuit *circuit, const char *path,
					     const struct carom_circuit **where);

/* One element of the hierarchy; path is valid during the visit. */
struct carom_visit {
	const char *path;                    /* full name */
	const struct carom_circuit *circuit; /* that holds the element */
	struct carom_element element;
	unsigned depth; /* 0 at the top */
};

/* Returns 0 to go on, anything else to stop; that value is then returned by the walk. */
typedef int carom_visit_fn(void *arg, const struct carom_visit *visit);

/*
 * Visit every element of the circuit as it would be flattened, an instance before what is inside of
 * it, otherwise in the order of the deck.  A subcircuit that contains itself is not entered again.
 * The circuit must not be edited meanwhile.  Returns 0, what visit returned, ERROR_MEMORY, or
 * ERROR_LIMIT below CAROM_MAX_DEPTH.  O(elements visited).
 */
int carom_circuit_walk(const struct carom_circuit *circuit, carom_visit_fn *visit, void *arg);

/*
 * The same for the elements whose full name matches a pattern ("*" any bytes, dots too; "?" one):
 * "x1.*" is everything inside x1.  A pattern without a dot matches at the top only; one without
 * "*" and "?" is a look-up.  Instances whose names rule out a match are not entered.
 */
int carom_circuit_match(const struct carom_circuit *circuit, const char *pattern,
			carom_visit_fn *visit, void *arg);

/* ---- sizes ---- */

struct carom_statistics {
	size_t nets, elements; /* of this circuit; ground counts */
	size_t by_kind[26];    /* elements by letter, 'a' first */
	size_t subcircuits;    /* defined here and below */
	size_t depth;          /* of instances in instances; 0 without any */

	/* as if flattened; UINT64_MAX where that is more */
	uint64_t instances; /* at any depth */
	uint64_t flat_nets, flat_elements;
	uint64_t flat_by_kind[26];

	/* degrees of this circuit's nets other than ground */
	size_t degree_min, degree_median, degree_max;
};

/*
 * Count, without flattening: a subcircuit is counted once, however often it is used.  Instances of
 * what is not defined count as elements.  Returns 0, ERROR_MEMORY, or ERROR_TOPOLOGY if a
 * subcircuit contains itself.  O(the deck).
 */
int carom_circuit_statistics(const struct carom_circuit *circuit,
			     struct carom_statistics *statistics, struct carom_error *err);

/* ---- flattening ---- */

/*
 * A new circuit without subcircuits: every instance is replaced by what is inside of it, at any
 * depth.  Names are those libngspice gives: r3 in x1.x2 is "r.x1.x2.r3", its net n "x1.x2.n", its
 * model m "x1.x2:m"; ports are the nets outside, nets of .global stay.  Parameters and expressions
 * become numbers; what B sources and the like refer to is renamed.  Dot-cards and models of the top
 * come first, as written, then the elements in the order of the hierarchy walk; those of the top
 * stay as written where they have no expressions.  "*carom" statements are left behind.
 *
 * *flat belongs to the caller and is NULL on failure.  ERROR_SYNTAX, with file and line, for what
 * has no flat form: .if, statistical functions, .save and analyses inside of subcircuits, functions
 * of a subcircuit with arguments that are no numbers, models made after others (ako:).
 * ERROR_NOT_FOUND for a subcircuit that is not defined, ERROR_TOPOLOGY for one that contains itself
 * or has another number of ports, ERROR_LIMIT below CAROM_MAX_DEPTH, and the errors of expressions.
 * O(the flat circuit).
 */
int carom_circuit_flatten(const struct carom_circuit *circuit, struct carom_circuit **flat,
			  struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
