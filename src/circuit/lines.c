/* SPDX-License-Identifier: BSD-3-Clause */
/* The deck as an array of lines, kept: new values move at most a pointer in it. */
#include "base/mem.h"
#include "circuit/cache.h"
#include "circuit/edit.h"

static bool is_fresh(const struct carom_circuit *root)
{
	return root->cache.lines_serial == root->changes.structure && root->cache.lines;
}

void circuit_moved_card(struct carom_circuit *circuit, uint32_t card)
{
	struct carom_circuit *root = circuit->root;

	if (is_fresh(root))
		root->cache.lines[circuit->line_of_card[card]] = circuit->cards[card].text;
}

static bool add_line(struct cache *cache, const char *text)
{
	/* One more than needed, for the NULL behind the last. */
	if (!mem_reserve(&cache->lines, &cache->lines_capacity, cache->n_lines + 2,
			 sizeof(*cache->lines)))
		return false;
	cache->lines[cache->n_lines++] = text;
	return true;
}

static bool add_circuit(struct cache *cache, struct carom_circuit *circuit)
{
	bool is_done = mem_reserve(&circuit->line_of_card, &circuit->line_of_card_capacity,
				   circuit->n_cards, sizeof(*circuit->line_of_card));

	for (size_t i = 0; i < circuit->n_cards && is_done; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_REMOVED)
			continue;
		circuit->line_of_card[i] = (uint32_t)cache->n_lines;
		is_done = card->role == CARD_SUBCIRCUIT
				  ? add_circuit(cache, circuit->children[card->index])
				  : add_line(cache, card->text);
	}
	return is_done && add_line(cache, circuit->last.text);
}

CAROM_API const char *const *carom_circuit_lines(const struct carom_circuit *circuit, size_t *n,
						 struct carom_error *err)
{
	struct cache *cache = &circuit->root->cache;
	uint64_t misses = cache->stats.card_misses;

	if (n)
		*n = 0;
	if (err && err->status)
		return NULL;
	if (circuit->parent) {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "a subcircuit alone is no deck");
		return NULL;
	}
	circuit_flush(circuit);
	if (!is_fresh(circuit)) {
		cache->n_lines = 0;
		cache->lines_serial = 0;
		if (!add_circuit(cache, circuit->root)) {
			carom_fail_memory(err);
			return NULL;
		}
		cache->lines[cache->n_lines] = NULL;
		cache->lines_serial = circuit->changes.structure;
	}
	circuit_count_cards(circuit, cache->n_lines - (cache->stats.card_misses - misses));
	if (n)
		*n = cache->n_lines;
	return cache->lines;
}
