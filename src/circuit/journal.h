/* SPDX-License-Identifier: BSD-3-Clause */
/* The journal of a root: what the arrays held before, written while a mark is open. */
#ifndef CIRCUIT_JOURNAL_H
#define CIRCUIT_JOURNAL_H

#include "base/error.h"
#include "circuit/circuit.h"

/*
 * The arrays of a circuit that edits write into; index says where.  A count that grows is of
 * SLOT_COUNTS, index 0, and covers what is appended behind it.
 */
enum journal_slot {
	SLOT_CARD,
	SLOT_ELEMENT,
	SLOT_NET_NAME,
	SLOT_PIN,
	SLOT_MODEL,
	SLOT_PARAM,
	SLOT_CHILD,
	SLOT_NET_OF_NAME,
	SLOT_ELEMENT_OF_NAME,
	SLOT_MODEL_OF_NAME,
	SLOT_PARAM_OF_NAME,
	SLOT_CHILD_OF_NAME,
	SLOT_COUNTS
};

int journal_keep(struct carom_circuit *circuit, enum journal_slot slot, uint32_t index,
		 struct carom_error *err);

/*
 * To be called before the slot is written.  Returns 1 if its content was kept now, 0 if there was
 * no need (no mark is open, or it was kept since the newest mark), or ERROR_MEMORY.  A card that was
 * kept has no capacity, so that its text is copied before it is edited.
 */
static inline int circuit_keep(struct carom_circuit *circuit, enum journal_slot slot,
			       uint32_t index, struct carom_error *err)
{
	return circuit->root->journal ? journal_keep(circuit, slot, index, err) : 0;
}

/* The circuit, once part of the root's tree, is so no more; freed when no rollback can want it. */
void journal_drop_circuit(struct carom_circuit *circuit);

/* The parts of the tree below the circuit, and it: their edits are kept from here on. */
void journal_adopt(struct carom_circuit *circuit);

/* When the root is freed. */
void journal_free(struct journal *journal);

#endif
