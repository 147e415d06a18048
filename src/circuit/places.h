/* SPDX-License-Identifier: BSD-3-Clause */
/* Places of the same name on several cards, all replaced as one edit. */
#ifndef CIRCUIT_PLACES_H
#define CIRCUIT_PLACES_H

#include "base/error.h"
#include "circuit/circuit.h"

struct place {
	uint32_t card;
	uint32_t begin, length;
};

struct places {
	struct place *list;
	size_t count, capacity;
	bool failed; /* out of memory at some addition */
};

void places_add(struct places *places, uint32_t card, uint32_t begin, uint32_t length);
void places_release(struct places *places);

/* Word number n of the card, counted from 0 for its own. */
void places_add_word(struct places *places, const struct carom_circuit *circuit, uint32_t card,
		     unsigned n);

/* The token of a pin, 0 the first, on the element's card. */
void places_add_pin(struct places *places, const struct carom_circuit *circuit, uint32_t element,
		    uint32_t pin);

/*
 * What cards say of the net or element of that name in the circuit, otherwise than by pins.  For an
 * instance also the beginning of "x1.out" and "m.x1.m2".
 */
void places_add_net_mentions(struct places *places, struct carom_circuit *circuit, uint32_t net);
void places_add_element_mentions(struct places *places, struct carom_circuit *circuit,
				 uint32_t element);

/*
 * Make ready to replace each place by a text of so many bytes, after which places_replace cannot
 * fail; the circuit says the same as before.  Returns 0 or a status.
 */
int places_prepare(struct places *places, struct carom_circuit *circuit, size_t length,
		   struct carom_error *err);
void places_replace(const struct places *places, struct carom_circuit *circuit, const char *text);

#endif
