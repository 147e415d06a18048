/* SPDX-License-Identifier: BSD-3-Clause */
/* What libngspice 39 crashes at in a sensitivity analysis. */
#ifndef CIRCUIT_SENSITIVITY_H
#define CIRCUIT_SENSITIVITY_H

#include "base/error.h"
#include "circuit/circuit.h"

/* Is it a voltage source with portnum, a port for S parameters? */
bool element_is_port(const struct carom_circuit *circuit, const struct element *element);

/* The kind of element at which it does: "bipolar transistors", "ports"; NULL: it is none of these. */
const char *element_sens_fault(const struct carom_circuit *circuit, const struct element *element);

/*
 * Such an element in what the root uses: *words is "bipolar transistors, such as q1", to be freed
 * with mem_free; NULL if there is none, or on failure.  Costs a look at each element and model.
 * Returns 0 or ERROR_MEMORY.
 */
int circuit_sens_fault(const struct carom_circuit *root, char **words, struct carom_error *err);

#endif
