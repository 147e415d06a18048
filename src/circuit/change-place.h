/* SPDX-License-Identifier: BSD-3-Clause */
/* Where a changed number is in the circuit as libngspice has it: once in each instance. */
#ifndef CIRCUIT_CHANGE_PLACE_H
#define CIRCUIT_CHANGE_PLACE_H

#include "circuit/change.h"

struct change_place {
	const struct change *change;
	/*
	 * CHANGE_ELEMENT: the element itself.  CHANGE_MODEL: an element that has this copy of the
	 * model, of which each instance of its circuit has one.  CHANGE_PARAM: the instance, none
	 * for the top.
	 */
	const struct carom_circuit *circuit;
	struct carom_element element;
	const char *path; /* its full name; "" for the top; valid during the visit */
};

typedef int change_place_fn(void *arg, const struct change_place *place);

/* By circuit, kind, index and name; of those that are the same one is left.  Returns how many are. */
size_t change_sort(struct change *changes, size_t n);

/*
 * Call visit for every place of the changes, which are sorted.  A parameter of a subcircuit is not
 * visited where the instance gives a value of its own, nor a model that nothing has.  It stops with
 * visit's value if that is not 0.  Returns 0, that value, ERROR_MEMORY or ERROR_LIMIT.  O(changes)
 * if all are of elements and parameters of the top, else O(elements of the flat circuit).
 */
int change_each_place(const struct carom_circuit *root, const struct change *changes, size_t n,
		      change_place_fn *visit, void *arg);

#endif
