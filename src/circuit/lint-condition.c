/* SPDX-License-Identifier: BSD-3-Clause */
/* Conditions of .if and .elseif; import has seen that they and .endif fit together. */
#include <string.h>

#include "circuit/card-expression.h"
#include "circuit/lint.h"

/* ngspice looks for nothing but "(" behind the keyword; its parser dies of anything else. */
static void check_condition(struct lint *lint, const struct carom_circuit *circuit, uint32_t index)
{
	const char *text = circuit->cards[index].text;
	size_t length = strcspn(text, " \t(={");

	if (text[length + strspn(text + length, " \t")] != '(')
		lint_add(lint, circuit, index, RULE_CONDITION,
			 "%.*s: the condition must be in parentheses, as in %.*s (a == 1)",
			 (int)length, text, (int)length, text);
}

static void check_circuit(struct lint *lint, const struct carom_circuit *circuit)
{
	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_OTHER && (card_is(card, ".if") || card_is(card, ".elseif")))
			check_condition(lint, circuit, i);
	}
}

void lint_conditions(struct lint *lint)
{
	for (size_t i = 0; i < lint->reach.count; i++)
		check_circuit(lint, lint->reach.list[i].circuit);
}
