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
	/* as the session takes it: "x1.r1", "x1.m1:w", "x1.q1:bf"; NULL: it cannot be set; owned */
	char *target;
	struct operand value;
	const struct carom_circuit *circuit; /* whose card it is on */
	uint32_t card;
	uint32_t begin, length; /* of the expression on the card */
	char *instance; /* path of the instance whose card it is, "x1.x2"; "" at the top; owned */
};

/* A number drawn by a statistical function: nominal + spread z, or + spread u with u in (-1, 1). */
struct resolved_draw {
	char *name;       /* "rload#1" (of a .param), "x1.r1#1", "x1.xn:vth0#2" */
	char *definition; /* "agauss(1k,50,3)" */
	bool is_normal;
	double nominal, spread;
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
	/* resolution_init_drawing() only: inputs behind the params */
	struct resolved_draw *draws;
	size_t n_draws;
	struct carom_error blocker; /* why the draws cannot even be written into the deck, or OK */
};

/*
 * params: names of .param of the top, or of an instance's parameters ("x1.x2:w").  Returns 0,
 * ERROR_NOT_FOUND for a name that is none, or ERROR_MEMORY; release is legal after a failure.
 * The circuit must not be edited while values are in use for more than their targets.
 */
int resolution_init(struct resolution *resolution, const struct carom_circuit *root,
		    const char *const *params, size_t n_params, struct carom_error *err);

/*
 * As resolution_init, and each use of a statistical function is an input, too.  All values that
 * depend on one are listed, those that cannot be set, too.  .meas cards are left out: a study measures itself.
 */
int resolution_init_drawing(struct resolution *resolution, const struct carom_circuit *root,
			    const char *const *params, size_t n_params, struct carom_error *err);
void resolution_release(struct resolution *resolution);

#endif
