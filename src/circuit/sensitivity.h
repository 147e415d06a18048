/* SPDX-License-Identifier: BSD-3-Clause */
/* What libngspice 39 crashes at in a sensitivity analysis. */
#ifndef CIRCUIT_SENSITIVITY_H
#define CIRCUIT_SENSITIVITY_H

#include "base/error.h"
#include "circuit/circuit.h"

/* The kind of transistor at which it does: "bipolar transistors"; NULL if the element is none. */
const char *element_sens_fault(const struct carom_circuit *circuit, const struct element *element);

/*
 * Such a transistor in what the root uses: *words is "bipolar transistors, such as q1", to be freed
 * with mem_free; NULL if there is none, or on failure.  Circuits without models of that kind cost a
 * look at each model, others a pass over the elements.  Returns 0 or ERROR_MEMORY.
 */
int circuit_sens_fault(const struct carom_circuit *root, char **words, struct carom_error *err);

#endif
