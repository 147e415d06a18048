/* SPDX-License-Identifier: BSD-3-Clause */
/* What was edited since: new values one by one, everything else as "the structure". */
#ifndef CIRCUIT_CHANGE_H
#define CIRCUIT_CHANGE_H

#include "circuit/circuit.h"

enum change_kind {
	CHANGE_ELEMENT, /* index: element */
	CHANGE_MODEL,   /* index: model */
	CHANGE_PARAM    /* index: param; name is its name */
};

/* One number that is another now; which, the circuit tells. */
struct change {
	const struct carom_circuit *circuit;
	enum change_kind kind;
	uint32_t index;
	uint32_t name; /* of the parameter; NAME_NONE: the element's main value */
};

typedef int circuit_change_fn(void *arg, const struct change *change);

/* Where a reader of the log stands. */
struct circuit_state {
	uint64_t id; /* of the circuit, unique in the process */
	uint64_t serial;
};

/* From now on new values are logged, so that circuit_changes_since can tell them. */
struct circuit_state circuit_state(const struct carom_circuit *circuit);

/*
 * Call visit for each number that was changed since the state, in order, a number perhaps more than
 * once; it stops with visit's value if that is not 0.  Returns 1 without a visit if setting numbers
 * cannot follow: another circuit, another structure, more changes than are logged.
 */
int circuit_changes_since(const struct carom_circuit *circuit, const struct circuit_state *state,
			  circuit_change_fn *visit, void *arg);

/* For the functions that edit. */
void circuit_changed_value(struct carom_circuit *circuit, enum change_kind kind, uint32_t index,
			   uint32_t name);
static inline void circuit_changed_structure(struct carom_circuit *circuit)
{
	struct changes *changes = &circuit->root->changes;

	changes->structure = ++changes->serial;
}

uint64_t change_new_id(void); /* for a new root */
void change_log_free(struct change_log *log);

#endif
