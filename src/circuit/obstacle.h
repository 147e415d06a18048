/* SPDX-License-Identifier: BSD-3-Clause */
/* Why a number on a card cannot be set in a loaded circuit with the effect of loading it anew. */
#ifndef CIRCUIT_OBSTACLE_H
#define CIRCUIT_OBSTACLE_H

#include "circuit/circuit.h"

/* Of an element that is no instance; param NULL: its main value.  NULL: nothing is in the way. */
const char *obstacle_of_element(const struct carom_circuit *circuit, struct carom_element element,
				const char *param);

/* Of model number model of owner, by way of an element of circuit that has it. */
const char *obstacle_of_model(const struct carom_circuit *circuit, struct carom_element element,
			      const struct carom_circuit *owner, uint32_t model, const char *param);

#endif
