/* SPDX-License-Identifier: BSD-3-Clause */
/* How much of a circuit is sent. */
#include <string.h>

#include "base/error.h"
#include "circuit/card-expression.h"
#include "circuit/prune.h"

static void count(struct carom_share *share, bool is_sent)
{
	share->all++;
	share->sent += is_sent;
}

static void count_card(struct carom_reach *reach, const struct card *card, bool is_sent)
{
	if (card->role == CARD_REMOVED)
		return;
	if (card->role == CARD_SUBCIRCUIT) {
		count(&reach->subcircuits, is_sent);
		return; /* its line is the title of the child */
	}
	count(&reach->cards, is_sent);
	if (card->role == CARD_MODEL)
		count(&reach->models, is_sent);
	else if (card->role == CARD_OTHER && card_is(card, ".func"))
		count(&reach->functions, is_sent);
}

static void count_node(struct carom_reach *reach, const struct prune *prune, uint32_t node)
{
	const struct carom_circuit *circuit = prune->definitions.nodes[node].circuit;

	for (size_t i = 0; i < circuit->n_cards; i++)
		count_card(reach, &circuit->cards[i], prune_sends(prune, node, i));
	count(&reach->cards, prune_sends(prune, node, 0)); /* .end, .ends */
	for (size_t i = 0; i < circuit->n_params; i++) {
		const struct param *param = &circuit->params[i];

		if (param->card != NAME_NONE && circuit->cards[param->card].role == CARD_PARAM)
			count(&reach->params, prune_sends_param(prune, node, i));
	}
}

void prune_count(const struct prune *prune, struct carom_reach *reach)
{
	memset(reach, 0, sizeof(*reach));
	for (uint32_t i = 0; i < prune->definitions.n_nodes; i++)
		count_node(reach, prune, i);
}

CAROM_API int carom_circuit_reach(const struct carom_circuit *circuit, struct carom_reach *reach,
				  struct carom_error *err)
{
	struct prune prune;
	int rc = prune_init(&prune, circuit, err);

	memset(reach, 0, sizeof(*reach));
	if (rc == CAROM_OK)
		prune_count(&prune, reach);
	prune_release(&prune);
	return rc;
}
