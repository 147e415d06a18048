/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Binned models: of "nch.1", "nch.2", ... a transistor of the model "nch" has the first whose range
 * l and w of the transistor are in.
 * Source: ngspice 39 src/spicelib/parser/inpgmod.c (INPgetModBin), and tests/live-bin.c.
 */
#ifndef CIRCUIT_BIN_H
#define CIRCUIT_BIN_H

#include "circuit/circuit.h"

struct scope;

struct bin_limits {
	double l_min, l_max, w_min, w_max;
};

/* What a transistor is put in a bin by. */
struct bin_size {
	double l, w;
};

/* What the .options of a deck say about it; NAN: not known. */
struct bin_options {
	double scale;  /* multiplies l and w */
	double wnflag; /* not 0: w of one of the nf fingers counts */
};

/* Both limits belong to a bin, and so does what is nearer to one than this (in metres). */
#define BIN_TOLERANCE 1e-9

bool bin_contains(const struct bin_limits *limits, const struct bin_size *size, double tolerance);

/* Length of "nch" in "nch.1"; 0 if the name is not a bin's. */
size_t bin_base_length(const char *name, size_t length);

/*
 * The limits of a model of the circuit.  scope: of an instance of the circuit, or NULL if there is
 * none.  False if the model has not all limits, or expressions for them that have no value there.
 */
bool bin_limits_read(const struct carom_circuit *circuit, const struct model *model,
		     struct scope *scope, struct bin_limits *limits);

/* l and w of a transistor; false if they are not on its card or have no value, or one that varies. */
bool bin_size_read(struct scope *scope, uint32_t transistor, struct bin_size *size);

/*
 * The gate of a transistor, or of any element that has l and w: metres, w being that of all fingers; and
 * how many of them there are in parallel, where the outermost instance with a multiplier decides, as in
 * ngspice.  NAN: not on its card, or of no value that is known.
 */
struct gate {
	double l, w, m;
};
void gate_read(struct scope *scope, uint32_t element, struct gate *gate);

#endif
