/* SPDX-License-Identifier: BSD-3-Clause */
/* Values set in a loaded circuit: what the words for them mean, and which were set. */
#ifndef SIM_ALTER_H
#define SIM_ALTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"

struct carom_circuit;

struct alter {
	char *target;  /* in libngspice's words: "@r.x1.r1[resistance]"; owned */
	bool is_model; /* altermod, else alter */
	bool is_size;  /* l or w of a transistor, which select a bin of its model */
	double value;
};

/*
 * "r1", "x1.m1:l", "q1:bf" of the circuit (NULL: one where no subcircuit is defined in another), or
 * with libngspice's name "m.x1.m1:l": what an alter of it is.  ERROR_ARGUMENT if these are no such words or
 * value is not finite, ERROR_PARAMETER if libngspice cannot set it in place.  *alter needs no
 * initialisation and is to be released if 0 is returned.
 */
int alter_init(struct alter *alter, const struct carom_circuit *circuit, const char *words,
	       double value, struct carom_error *err);
void alter_release(struct alter *alter);

/*
 * The last value of each target, in the order in which they were set: the order to repeat them in.
 * An entry that was set again since has no target.
 */
struct alter_list {
	struct alter *list;
	size_t n, capacity;
	size_t n_gone;              /* entries without a target */
	struct name_table *targets; /* all that were ever set; NULL before the first */
	uint32_t *place_of_target;  /* in the list */
	size_t n_places, places_capacity;
};

/* Room for this one, so that alter_list_add cannot fail. */
int alter_list_reserve(struct alter_list *alters, const struct alter *alter,
		       struct carom_error *err);
void alter_list_add(struct alter_list *alters, struct alter *alter); /* takes what alter owns */
void alter_list_release(struct alter_list *alters);                  /* a zeroed one is legal */

#endif
