/* SPDX-License-Identifier: BSD-3-Clause */
/* The search for floating nets and loops: one circuit under check, its nets counted. */
#ifndef CIRCUIT_LINT_TOPOLOGY_H
#define CIRCUIT_LINT_TOPOLOGY_H

#include "base/text.h"
#include "circuit/connectivity.h"
#include "circuit/lint-path.h"

/* A set of joined nets; kept at its leader. */
struct island {
	uint32_t n_nets;
	uint32_t net;          /* the first that something touches */
	uint32_t element;      /* that touches it; NAME_NONE: none does */
	uint32_t source;       /* a current source at one of its nets, or NAME_NONE */
	enum path_stamp stamp; /* the last of those of its pins */
	bool has_port;
	bool is_known; /* one of its nets was reported in another view */
};

struct topology {
	struct lint *lint;
	struct name_table *held; /* names of nets that something outside holds: .global, .ic */
	const struct path_ports *ports; /* per circuit in reach */

	/* of the circuit under check, per net */
	struct path_circuit path;
	struct connectivity graph;
	uint32_t *touches; /* pins and couplings */
	uint32_t *toucher; /* the first element among them */
	bool *is_port, *is_reported;
	struct island *islands;
	uint32_t *scratch;
};

const char *topology_element_name(const struct topology *topology, uint32_t index);
const char *topology_net_name(const struct topology *topology, uint32_t net);

/* Append " in subcircuit amp", or nothing at the top. */
void topology_append_where(struct text *text, const struct carom_circuit *circuit);

/* A finding with this text at the element's card; releases text. */
void topology_report(struct topology *topology, uint32_t element, enum lint_rule rule,
		     struct text *text);

/* Does something outside of the circuit hold the net? */
bool topology_is_held(const struct topology *topology, uint32_t net);

/* ---- lint-floating.c ---- */

/* Report nets without a DC path to ground in the view, and tell callers what is joined. */
void topology_check_floating(struct topology *topology, enum path_view view,
			     struct path_ports *ports);

#endif
