/* SPDX-License-Identifier: BSD-3-Clause */
/* Which definitions of a library each of its definitions names. */
#include "base/mem.h"
#include "circuit/card-word.h"
#include "circuit/library.h"

struct naming {
	struct carom_library *library;
	uint32_t *met_by; /* key -> index + 1 of the definition that was last seen to name it */
	uint32_t definition;
	bool failed;
};

static void add_name(struct naming *naming, uint32_t key)
{
	struct carom_library *library = naming->library;

	if (naming->met_by[key] == naming->definition + 1)
		return;
	naming->met_by[key] = naming->definition + 1;
	if (!mem_reserve(&library->names, &library->names_capacity, library->n_names + 1,
			 sizeof(*library->names)))
		naming->failed = true;
	else
		library->names[library->n_names++] = key;
}

static void add_words(struct naming *naming, const char *text, size_t length, bool is_model)
{
	const struct definitions *definitions = &naming->library->definitions;
	struct text_words words = {.at = text, .end = text + length};

	while (text_words_next(&words)) {
		uint32_t key;

		if (is_model && text_words_is_key(&words))
			continue;
		key = name_find(definitions->keys, words.word, words.length);
		if (key != NAME_NONE)
			add_name(naming, key);
	}
}

static void add_card(struct naming *naming, const struct carom_circuit *circuit, uint32_t index)
{
	const struct card *card = &circuit->cards[index];

	add_words(naming, card->text, card->length, card->role == CARD_MODEL);
	if (card->role == CARD_SUBCIRCUIT) {
		const struct carom_circuit *child = circuit->children[card->index];

		for (uint32_t i = 1; i < child->n_cards; i++)
			add_card(naming, child, i);
	}
}

static void add_definition(struct naming *naming, const struct definition *definition)
{
	const struct carom_circuit *circuit = naming->library->circuit;
	const struct param *param;

	if (definition->param == NAME_NONE) {
		add_card(naming, circuit, definition->card);
		return;
	}
	param = &circuit->params[definition->param];
	add_words(naming, circuit->cards[definition->card].text + param->value_begin,
		  param->value_length, false);
}

bool library_find_names(struct carom_library *library)
{
	const struct definitions *definitions = &library->definitions;
	size_t n = definitions->nodes[0].n_definitions;
	struct naming naming = {.library = library};

	naming.met_by = mem_zalloc(name_count(definitions->keys), sizeof(*naming.met_by));
	library->first_name = mem_zalloc(n + 1, sizeof(*library->first_name));
	naming.failed = !naming.met_by || !library->first_name;
	for (; naming.definition < n && !naming.failed; naming.definition++) {
		add_definition(&naming, &definitions->list[naming.definition]);
		library->first_name[naming.definition + 1] = library->n_names;
	}
	mem_free(naming.met_by);
	return !naming.failed;
}
