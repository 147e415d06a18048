/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a changed parameter arrives: the values of elements and models to set in a loaded circuit,
 * instead of loading it again, and how to compute them.
 *
 *	.param a=2 b={3*a}		inputs: a
 *	r1 1 0 {b*1k}			r1 = a * 3 * 1k
 *	x1 2 0 cell w={a}  ...		x1.m1:w = a ...
 */
#ifndef CIRCUIT_RESOLVE_H
#define CIRCUIT_RESOLVE_H

#include "base/error.h"
#include "circuit/circuit.h"
#include "circuit/program.h"

/* A value in the loaded circuit. */
struct resolved_value {
	char *target; /* as the session takes it: "x1.r1", "x1.m1:w", "x1.q1:bf"; owned */
	struct operand value;
	const struct carom_circuit *circuit; /* whose card it is on */
	uint32_t card;
};

struct resolution {
	struct program program; /* input i is the value of params[i] */
	struct resolved_value *values;
	size_t n_values, capacity;
	/*
	 * Status OK if setting the values does all that loading the changed deck would; else a place
	 * (source, line) that a change reaches and libngspice cannot set, with the reason.
	 */
	struct carom_error obstacle;
};

/*
 * params: names of .param of the top, or of an instance's parameters ("x1.x2:w").  Returns 0,
 * ERROR_NOT_FOUND for a name that is none, or ERROR_MEMORY; release is legal after a failure.
 * The circuit must not be edited while values are in use for more than their targets.
 */
int resolution_init(struct resolution *resolution, const struct carom_circuit *root,
		    const char *const *params, size_t n_params, struct carom_error *err);
void resolution_release(struct resolution *resolution);

#endif
