/* SPDX-License-Identifier: BSD-3-Clause */
/* The nets of .global cards: the same net in every subcircuit. */
#ifndef CIRCUIT_GLOBAL_H
#define CIRCUIT_GLOBAL_H

#include "base/error.h"
#include "circuit/circuit.h"

struct globals {
	struct name_table *names;
};

/* Those of the whole deck that the circuit is of.  Returns 0 or ERROR_MEMORY. */
int globals_init(struct globals *globals, const struct carom_circuit *circuit,
		 struct carom_error *err);
void globals_release(struct globals *globals);

size_t globals_count(const struct globals *globals);
const char *globals_name(const struct globals *globals, uint32_t index);

/* Is the net of that (sub)circuit one of them, by its name? */
bool globals_has(const struct globals *globals, const struct carom_circuit *circuit, uint32_t net);

#endif
