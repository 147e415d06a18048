/* SPDX-License-Identifier: BSD-3-Clause */
/* Breadth-first order of cards: what is near in the circuit is near in the deck. */
#include "circuit/order.h"

#include "base/mem.h"
#include "carom-graph.h"
#include "circuit/card-expression.h"

/* How deep in .if blocks the card behind this one is. */
static unsigned depth_after(const struct card *card, unsigned depth)
{
	if (card->role != CARD_OTHER)
		return depth;
	if (card_is(card, ".if"))
		return depth + 1;
	return depth > 0 && card_is(card, ".endif") ? depth - 1 : depth;
}

/* Put the cards that keep their place; is_placed tells which. */
static size_t place_others(const struct carom_circuit *circuit, uint32_t *order, bool *is_placed)
{
	unsigned depth = 0;
	size_t count = 0;

	for (size_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		is_placed[i] = card->role != CARD_ELEMENT || depth > 0;
		if (is_placed[i])
			order[count++] = (uint32_t)i;
		depth = depth_after(card, depth);
	}
	return count;
}

uint32_t *order_breadth_first(const struct carom_circuit *circuit)
{
	size_t count, n_elements;
	const struct carom_element *elements =
		carom_circuit_breadth_first(circuit, &n_elements, NULL);
	uint32_t *order = mem_alloc(circuit->n_cards * sizeof(*order));
	bool *is_placed = mem_alloc(circuit->n_cards * sizeof(*is_placed));

	if (!elements || !order || !is_placed) {
		mem_free(order);
		order = NULL;
		goto out;
	}
	count = place_others(circuit, order, is_placed);
	for (size_t i = 0; i < n_elements; i++) {
		uint32_t card = circuit->elements[elements[i].index].card;

		if (!is_placed[card])
			order[count++] = card;
	}
out:
	mem_free(is_placed);
	return order;
}
