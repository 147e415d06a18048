/* SPDX-License-Identifier: BSD-3-Clause */
/* What elements of a circuit depend on besides the nets at their pins. */
#ifndef CIRCUIT_COUPLING_H
#define CIRCUIT_COUPLING_H

#include "circuit/circuit.h"

/* A voltage that an expression reads, or a net that a code model (A) is connected to. */
struct coupling {
	uint32_t element;
	uint32_t a, b; /* nets: v(a, b); b is ground of v(a) and of code models */
	bool is_code_model;
};

/* v(name) or i(name) of what is not in the circuit. */
struct dead_reference {
	uint32_t element;
	bool is_current;
	const char *name; /* in the element's card */
	size_t length;
};

struct couplings {
	struct coupling *list; /* in the order of the elements */
	size_t count, capacity;
	struct dead_reference *dead; /* none if code models, with nets of their own, are there */
	size_t n_dead, dead_capacity;
	bool *is_sensed; /* per element: F, H, W or i(...) reads its current */
};

/* False when out of memory; release is legal then too. */
bool couplings_init(struct couplings *couplings, const struct carom_circuit *circuit);
void couplings_release(struct couplings *couplings);

#endif
