/* SPDX-License-Identifier: BSD-3-Clause */
/* What the deck is to be run for: whether there is an analysis, and what it asks of the circuit. */
#include "circuit/card-expression.h"
#include "circuit/expression.h"
#include "circuit/lint.h"

static void read_analysis(struct lint *lint, const struct card *card)
{
	bool is_tran = card_is(card, ".tran");

	if (is_tran && expression_has_word(card->text, card->length, "uic"))
		return;
	lint->needs_op = true;
	lint->needs_pure_op |= !is_tran;
	lint->has_ac |= card_is(card, ".ac") || card_is(card, ".noise") || card_is(card, ".disto");
}

static void read_options(struct lint *lint, const struct card *card)
{
	size_t length = card->length;

	lint->has_rshunt |= expression_has_word(card->text, length, "rshunt") ||
			    expression_has_word(card->text, length, "gshunt");
	lint->has_rseries |= expression_has_word(card->text, length, "rseries");
}

void lint_analyses(struct lint *lint)
{
	const struct carom_circuit *root = lint->root;
	bool has_analysis = false;

	for (size_t i = 0; i < root->n_cards; i++) {
		const struct card *card = &root->cards[i];

		if (card->role == CARD_ANALYSIS) {
			has_analysis = true;
			read_analysis(lint, card);
			lint_sweep(lint, (uint32_t)i);
		} else if (card->role == CARD_OTHER && card_is(card, ".control")) {
			has_analysis = true;
		} else if (card->role == CARD_OTHER && card_begins(card, ".opt")) {
			read_options(lint, card);
		}
	}
	if (!has_analysis)
		lint_add(lint, root, NAME_NONE, RULE_NO_ANALYSIS,
			 "no analysis: add .op, .tran, .ac, .dc or .noise to the deck");
}
