/* SPDX-License-Identifier: BSD-3-Clause */
/* Which subcircuits the top of a deck uses, through every level; what it does not reach is inert. */
#ifndef CIRCUIT_REACH_H
#define CIRCUIT_REACH_H

#include "base/error.h"
#include "circuit/circuit.h"

struct reached {
	const struct carom_circuit *circuit;
	/*
	 * One per element: of an X, index in the list of the subcircuit it calls; NAME_NONE for all
	 * others, an X whose subcircuit does not exist and one that would call itself.
	 */
	uint32_t *callees;
	bool *is_conditional; /* per card: between .if and .endif; NULL if the circuit has none */
};

struct reach {
	struct reached *list; /* called before calling; the root last */
	size_t count, capacity;
};

/* Linear in the size of the deck.  Returns 0 or ERROR_MEMORY; release is legal after a failure. */
int reach_init(struct reach *reach, const struct carom_circuit *root, struct carom_error *err);
void reach_release(struct reach *reach);

/* Does the card count only if an .if says so? */
static inline bool reached_is_conditional(const struct reached *reached, uint32_t card)
{
	return reached->is_conditional && reached->is_conditional[card];
}

#endif
