/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cards kept between emissions, and values kept beside their cards.  A new value goes to its card
 * when the card's text is next needed: whoever is about to read cards calls circuit_flush.
 */
#ifndef CIRCUIT_CACHE_H
#define CIRCUIT_CACHE_H

#include "carom-error.h"
#include "circuit/circuit.h"

/*
 * Write every new value of the whole circuit on its card.  O(new values); cannot fail, because the
 * room was made when the value was set.  The circuit is const to the caller: what it says does not
 * change, only where it is kept.
 */
void circuit_flush(const struct carom_circuit *circuit);

/* The same for one element. */
void circuit_flush_element(const struct carom_circuit *circuit, uint32_t element);

/* n cards were given out. */
static inline void circuit_count_cards(const struct carom_circuit *circuit, size_t n)
{
	circuit->root->cache.stats.card_hits += n;
}

/* The text of the card is at another place now: those who keep pointers to it are told. */
void circuit_moved_card(struct carom_circuit *circuit, uint32_t card);

/* The place of a value of the element, made if there is none; NULL when out of memory. */
struct value *value_slot(const struct carom_circuit *circuit, uint32_t element);

/* The card of the element says something else now. */
static inline void value_forget(struct carom_circuit *circuit, uint32_t element)
{
	if (element < circuit->values_capacity && circuit->values[element].state != VALUE_UNKNOWN) {
		circuit->values[element].state = VALUE_UNKNOWN;
		circuit->root->cache.stats.value_invalidations++;
	}
}

/* The element, whose card has room for any number, gets a new value.  ERROR_MEMORY. */
int circuit_set_dirty(struct carom_circuit *circuit, uint32_t element, struct carom_error *err);

void cache_release(struct cache *cache);

#endif
