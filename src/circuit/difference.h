/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a simulator lacks that has loaded a circuit which was edited since: values to set, or the
 * reason why it must load the circuit anew.
 */
#ifndef CIRCUIT_DIFFERENCE_H
#define CIRCUIT_DIFFERENCE_H

#include "circuit/change.h"
#include "circuit/resolve.h"

struct difference_value {
	const char *target; /* as the session takes it: "x1.r1", "x1.m1:w", "x1.q1:bf" */
	double value;
};

/*
 * A parameter that was changed since the circuit was loaded stays an input, so that the resolution
 * always tells how the circuit as it was loaded becomes the one that is.
 */
struct difference {
	struct circuit_state state; /* what the simulator has */
	bool has_conditions;        /* .if in the deck */
	struct name_table *inputs;  /* "w", "x1.x2:w": parameters changed since the load */
	double *input_values;
	size_t inputs_capacity;
	struct resolution resolution; /* of the inputs */
	double *results;              /* of its program */
	struct name_table *targets;   /* all that were ever told */
	double *sent;                 /* per target; NAN: not known */
	size_t sent_capacity;

	/* what difference_find found; valid until it is called again */
	struct difference_value *values;
	size_t n_values, values_capacity;
	struct carom_error obstacle; /* OK: setting the values is all; else why it is not */
};

/* The simulator loads the circuit as it is now.  Returns 0 or ERROR_MEMORY. */
int difference_init(struct difference *difference, const struct carom_circuit *circuit,
		    struct carom_error *err);
void difference_release(struct difference *difference); /* a zeroed one is legal */

/*
 * Find what differs now; the simulator is taken to have it afterwards.  Returns 0, also when there
 * is an obstacle (then the circuit is to be loaded anew), or ERROR_MEMORY.
 */
int difference_find(struct difference *difference, const struct carom_circuit *circuit,
		    struct carom_error *err);

/* Somebody else has set values: do not rely on those that were told before. */
void difference_forget(struct difference *difference);

#endif
