/* SPDX-License-Identifier: BSD-3-Clause */
/* Which nets of a circuit the elements join at DC, seen in four ways. */
#ifndef CIRCUIT_LINT_PATH_H
#define CIRCUIT_LINT_PATH_H

#include "circuit/coupling.h"
#include "circuit/lint.h"
#include "circuit/union-find.h"

/*
 * The matrix of an operating point is singular for certain if a set of nets without ground
 *  - exchanges current with the rest by no element that has entries in the matrix (its rows add up
 *    to zero), or
 *  - enters no equation but as a difference within (its columns add up to zero);
 * and if voltage sources or inductors whose current nobody reads form a loop (the current around it
 * is free).
 */
enum path_view {
	PATH_CURRENT, /* carries current: R, V, G, F, ..., but not I, C, gates and controls */
	PATH_VOLTAGE, /* depends on the voltage between: R, V, gates, controls, but not G, F, I, C */
	PATH_SOURCE,  /* voltage sources: V, E, H, B with v= */
	PATH_SHORT,   /* PATH_SOURCE and inductors */
	N_PATH_VIEWS
};

/*
 * How a pin enters the matrix: what a set without ground makes of it.  The greatest counts.  Where
 * ngspice finds no operating point it tries a transient run from zero, its last resort, which
 * conductances and capacitors help to an answer of sorts.
 */
enum path_stamp {
	STAMP_NONE, /* not at all (I, controls of S): ngspice gives the net 0 or 1 V, and says nothing */
	STAMP_DEAD,  /* off the diagonal (V, E, G, L, ...): singular whatever ngspice tries */
	STAMP_EXACT, /* a conductance (R, D, ...): singular; the last resort helps, but not in .ac */
	STAMP_HELD,  /* a capacitor to the rest: singular at DC; the last resort helps */
	STAMP_INEXACT /* transistors, whose entries cancel but for rounding: anything may come out */
};

#define PATH_GROUND UINT32_MAX

/* A subcircuit as its callers see it. */
struct path_ports {
	/* Per view and port: the least port joined to it, PATH_GROUND if ground is. */
	uint32_t *joined[N_PATH_VIEWS];
	enum path_stamp *stamps; /* per port */
};

/* One circuit under check. */
struct path_circuit {
	const struct lint *lint;
	const struct reached *reached;
	const struct carom_circuit *circuit;
	const struct path_ports *ports; /* of all circuits called, by index in reach */
	struct couplings couplings;
	unsigned char *gate_of_model; /* per name: does a MOSFET's gate of this model leak? */
	struct union_find sets;
	bool is_closed; /* the last join joined what was joined already */
};

bool path_circuit_init(struct path_circuit *path, const struct lint *lint, uint32_t index,
		       const struct path_ports *ports);
void path_circuit_release(struct path_circuit *path);

/* Forget all joins. */
void path_reset(struct path_circuit *path);
void path_join(struct path_circuit *path, uint32_t a, uint32_t b);

/*
 * Join the nets that one element joins in the view; is_closed tells whether some were joined
 * already.  In PATH_SHORT only what PATH_SOURCE did not join, which must have been done before.
 */
void path_join_element(struct path_circuit *path, uint32_t element, enum path_view view);
/* The nets that couplings join. */
void path_join_couplings(struct path_circuit *path, enum path_view view);

/* The joins of the view must have been made: a capacitor within a set does not hold it. */
enum path_stamp path_pin_stamp(struct path_circuit *path, uint32_t element, uint32_t pin);

/* What callers see of the joins made in the view.  scratch: n_nets zeros, left so. */
void path_export(struct path_circuit *path, enum path_view view, struct path_ports *ports,
		 uint32_t *scratch);

#endif
