/* SPDX-License-Identifier: BSD-3-Clause */
/* .global cards read. */
#include "circuit/global.h"

#include "circuit/card-expression.h"
#include "circuit/scan.h"

static bool read_card(struct globals *globals, const struct card *card)
{
	struct word word;
	uint32_t at = 0;

	scan_word(card->text, &at, &word);
	while (scan_word(card->text, &at, &word)) {
		if (name_intern(globals->names, card->text + word.begin, word.length) == NAME_NONE)
			return false;
	}
	return true;
}

int globals_init(struct globals *globals, const struct carom_circuit *circuit,
		 struct carom_error *err)
{
	const struct carom_circuit *root = circuit_root(circuit);
	bool is_done;

	globals->names = name_table_new();
	is_done = globals->names;
	for (size_t i = 0; i < root->n_cards && is_done; i++) {
		if (root->cards[i].role == CARD_OTHER && card_is(&root->cards[i], ".global"))
			is_done = read_card(globals, &root->cards[i]);
	}
	return is_done ? CAROM_OK : carom_fail_memory(err);
}

void globals_release(struct globals *globals)
{
	name_table_free(globals->names);
	globals->names = NULL;
}

size_t globals_count(const struct globals *globals)
{
	return name_count(globals->names);
}

const char *globals_name(const struct globals *globals, uint32_t index)
{
	return name_text(globals->names, index);
}

bool globals_has(const struct globals *globals, const struct carom_circuit *circuit, uint32_t net)
{
	size_t length;
	const char *name = circuit_net_name(circuit, net, &length);

	return name_find(globals->names, name, length) != NAME_NONE;
}
