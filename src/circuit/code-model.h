/* SPDX-License-Identifier: BSD-3-Clause */
/* The ports of ngspice's code models: how many, of which types, vectors or not. */
#ifndef CIRCUIT_CODE_MODEL_H
#define CIRCUIT_CODE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

struct code_port {
	const char *name;
	const char *types; /* those it may have, the one that goes without saying first */
	uint8_t least;     /* of the nets of a vector; 0: it is a scalar */
	uint8_t most;      /* 0: no bound */
	bool may_be_null;
};

struct code_model {
	const char *name;
	/* The second vector has a net for each of the first; ngspice 39 writes behind it otherwise. */
	bool has_pairs;
	struct code_port ports[8]; /* the last has no name */
	const char *parameters[3]; /* vectors with a number for each net of the first port; NULL */
};

/* By its name, whatever its case; NULL if it is none that ngspice 39 comes with. */
const struct code_model *code_model_find(const char *name);

#endif
