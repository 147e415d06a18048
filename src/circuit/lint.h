/* SPDX-License-Identifier: BSD-3-Clause */
/* The checks before simulation from inside: what they share and in which order they run. */
#ifndef CIRCUIT_LINT_H
#define CIRCUIT_LINT_H

#include "base/error.h"
#include "circuit/circuit.h"
#include "circuit/functions.h"
#include "circuit/lint-rule.h"
#include "circuit/reach.h"

/* Where a finding stands, to sort them by. */
struct lint_place {
	uint32_t file, line, index; /* index: in the list */
	bool is_deadly;             /* what was found ends the process that ngspice is in */
};

struct lint {
	const struct carom_circuit *root;
	struct reach reach;
	struct carom_findings *findings; /* in the order they were made */
	struct lint_place *places;
	size_t n_places, places_capacity;
	bool failed; /* out of memory; sticky, the checks go on */

	/* what the analyses ask for */
	bool needs_op;      /* some analysis begins with an operating point */
	bool needs_pure_op; /* ... in which .ic holds no net: any but .tran */
	bool has_ac;        /* .ac, .noise or .disto, which have no last resort */
	bool has_rshunt;    /* .options rshunt or gshunt: every net has a path to ground */
	bool has_rseries;   /* .options rseries: no inductor is a short */
};

/* A finding at the card of that circuit; card NAME_NONE: at the deck as a whole.  See DEADLY, too. */
void lint_add(struct lint *lint, const struct carom_circuit *where, uint32_t card,
	      enum lint_rule rule, const char *format, ...) CAROM_PRINTF(5, 6);

/* The checks; each adds its findings. */
void lint_analyses(struct lint *lint); /* lint-analysis.c: is there one; fills needs_op ... */
/* lint-sweep.c: the words of an analysis card of the root, which must have a role of that kind. */
void lint_sweep(struct lint *lint, uint32_t card);
/*
 * lint-behaviour.c: brackets and calls in an expression of a B source, but for calls of the deck's
 * own functions (NULL: none).
 */
void lint_behaviour(struct lint *lint, const struct carom_circuit *circuit, uint32_t card,
		    const struct function_table *functions, const char *text, size_t length);
/* ... and in one that may not be read at all, where ngspice dies of "v(a" all the same. */
void lint_open_probe(struct lint *lint, const struct carom_circuit *circuit, uint32_t card,
		     const char *text, size_t length);
/* lint-grammar.c: can ngspice read the expression of a B source?  False: no, which was reported. */
bool lint_grammar(struct lint *lint, const struct carom_circuit *circuit, uint32_t card,
		  const struct function_table *functions, const char *text, size_t length);
/* lint-element.c: the word "temper" on the card of an element or a model, for short: name. */
void lint_temper(struct lint *lint, const struct carom_circuit *circuit, uint32_t index,
		 const char *name);
void lint_areas(struct lint *lint);       /* lint-device.c: areas that hide models */
void lint_duplicates(struct lint *lint);  /* lint-duplicate.c: names defined again */
void lint_outputs(struct lint *lint);     /* lint-output.c: what .print and the like name */
void lint_definitions(struct lint *lint); /* lint-definition.c: .param cards taken apart */
void lint_whole(struct lint *lint);       /* lint-whole.c: dot-cards that break off */
void lint_depth(struct lint *lint);       /* lint-depth.c: instances in instances */
void lint_conditions(struct lint *lint);  /* lint-condition.c: .if and what belongs to it */
void lint_names(struct lint *lint);       /* lint-name.c: models, subcircuits, duplicates, ports */
void lint_ports(struct lint *lint);       /* lint-port.c: numbers of ports for S parameters */
void lint_params(struct lint *lint);      /* lint-param.c: undefined parameters and functions */
void lint_topology(struct lint *lint);    /* lint-topology.c: floating nets, loops of sources */

#endif
