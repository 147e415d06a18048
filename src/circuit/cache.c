/* SPDX-License-Identifier: BSD-3-Clause */
/* New values on their way to the cards, and what is counted about it. */
#include "circuit/cache.h"

#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "circuit/edit.h"

void cache_release(struct cache *cache)
{
	mem_free(cache->dirty);
	mem_free(cache->lines);
}

/* New zeroed memory, which the system gives for nothing as long as it is not touched. */
static bool grow_values(struct carom_circuit *circuit)
{
	size_t old = circuit->values_capacity;
	size_t new = old + old / 2;
	struct value *values;

	if (new < circuit->n_elements)
		new = circuit->n_elements;
	values = mem_zalloc(new, sizeof(*values));
	if (!values)
		return false;
	if (old > 0)
		memcpy(values, circuit->values, old * sizeof(*values));
	mem_free(circuit->values);
	circuit->values = values;
	circuit->values_capacity = new;
	return true;
}

struct value *value_slot(const struct carom_circuit *circuit, uint32_t element)
{
	struct carom_circuit *own = (struct carom_circuit *)circuit; /* see circuit_flush */

	if (element >= circuit->values_capacity && !grow_values(own))
		return NULL;
	return &own->values[element];
}

int circuit_set_dirty(struct carom_circuit *circuit, uint32_t element, struct carom_error *err)
{
	struct cache *cache = &circuit->root->cache;
	struct value *value = &circuit->values[element];

	if (!value->is_listed) {
		if (!mem_reserve(&cache->dirty, &cache->dirty_capacity, cache->n_dirty + 1,
				 sizeof(*cache->dirty)))
			return carom_fail_memory(err);
		cache->dirty[cache->n_dirty++] = (struct dirty){circuit, element};
		value->is_listed = true;
	}
	value->state = VALUE_DIRTY;
	cache->stats.card_invalidations++;
	return CAROM_OK;
}

void circuit_flush_element(const struct carom_circuit *circuit, uint32_t element)
{
	struct carom_circuit *own = (struct carom_circuit *)circuit;
	struct value *value;
	char number[NUMBER_SIZE];
	uint16_t length;

	if (element >= circuit->values_capacity)
		return;
	value = &own->values[element];
	if (value->state != VALUE_DIRTY)
		return;
	length = (uint16_t)number_print(number, value->number);
	value->state = VALUE_KNOWN;
	circuit_replace_bytes(own, own->elements[element].card, value->begin, value->length, number,
			      length);
	value->length = length;
	own->root->cache.stats.card_misses++;
}

void circuit_flush(const struct carom_circuit *circuit)
{
	struct cache *cache = &circuit->root->cache;

	for (size_t i = 0; i < cache->n_dirty; i++) {
		const struct dirty *dirty = &cache->dirty[i];

		circuit_flush_element(dirty->circuit, dirty->element);
		dirty->circuit->values[dirty->element].is_listed = false;
	}
	cache->n_dirty = 0;
}

CAROM_API void carom_circuit_cache_stats(const struct carom_circuit *circuit,
					 struct carom_cache_stats *stats)
{
	*stats = circuit->root->cache.stats;
}
