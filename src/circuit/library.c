/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of a library: read as a deck that holds nothing else, held by those who use it. */
#include "circuit/library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/card-expression.h"
#include "circuit/deck.h"

static const char title[] = "library";

/* ---- import ---- */

/* A card that says more, or less, in another deck. */
static bool depends_on_deck(const struct card *card)
{
	if (card->role != CARD_OTHER)
		return false;
	return card->text[0] == '*' || card_is(card, ".if") || card_begins(card, ".control");
}

static int check_circuit(const struct carom_circuit *circuit, struct carom_error *err)
{
	for (size_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (depends_on_deck(card))
			return carom_fail_at(err, CAROM_ERROR_SYNTAX,
					     circuit_file(circuit, card->file), (int)card->line, 0,
					     "%.80s: a library that circuits share cannot hold "
					     "this\nname it in the deck",
					     card->text);
	}
	if (strcmp(circuit->title, title) != 0)
		return carom_fail(err, CAROM_ERROR_SYNTAX,
				  "a library that circuits share cannot hold .title");
	return CAROM_OK;
}

/* The deck that names the library and nothing else; false when out of memory. */
static bool print_deck(struct text *deck, const struct carom_library *library)
{
	text_printf(deck, "%s\n%s \"%s\" %s\n", title, library->section ? ".lib" : ".include",
		    library->path, library->section ? library->section : "");
	return !deck->failed;
}

/* The caller named it; what it includes must lie below the roots, if there are any. */
static int allow_itself(const struct carom_library *library, struct carom_import_options *options,
			const char ***roots, struct carom_error *err)
{
	if (options->n_roots == 0)
		return CAROM_OK;
	*roots = mem_zalloc(options->n_roots + 1, sizeof(**roots));
	if (!*roots)
		return carom_fail_memory(err);
	memcpy(*roots, options->roots, options->n_roots * sizeof(**roots));
	(*roots)[options->n_roots++] = library->path;
	options->roots = *roots;
	return CAROM_OK;
}

static int import_circuit(struct carom_library *library, const struct carom_import_options *given,
			  struct carom_error *err)
{
	struct carom_import_options options = deck_import_options(given);
	const char **roots = NULL;
	struct text deck = TEXT_INIT;
	int rc = allow_itself(library, &options, &roots, err);

	options.n_libraries = 0;
	if (rc == CAROM_OK && print_deck(&deck, library))
		rc = carom_circuit_import_text(&library->circuit, text_string(&deck), deck.length,
					       library->path, &options, err);
	else if (rc == CAROM_OK)
		rc = carom_fail_memory(err);
	mem_free(roots);
	text_release(&deck);
	if (rc == CAROM_OK)
		rc = check_circuit(library->circuit, err);
	if (rc == CAROM_OK && (!definitions_init(&library->definitions, library->circuit) ||
			       !library_find_names(library)))
		rc = carom_fail_memory(err);
	return rc;
}

static int find_file(struct carom_library *library, const char *path, struct carom_error *err)
{
	char *real = realpath(path, NULL);

	if (!real && errno == ENOMEM)
		return carom_fail_memory(err);
	if (!real)
		return carom_fail_errno(err, "cannot open \"%s\"", path);
	library->path = mem_strdup(real);
	free(real);
	return library->path ? CAROM_OK : carom_fail_memory(err);
}

CAROM_API int carom_library_import_file(struct carom_library **library, const char *path,
					const char *section,
					const struct carom_import_options *options,
					struct carom_error *err)
{
	struct carom_library *new = mem_zalloc(1, sizeof(*new));
	int rc = new ? find_file(new, path, err) : carom_fail_memory(err);

	*library = NULL;
	if (rc == CAROM_OK && section && !(new->section = mem_strdup(section)))
		rc = carom_fail_memory(err);
	if (rc == CAROM_OK)
		rc = import_circuit(new, options, err);
	if (new)
		atomic_init(&new->n_holders, 1);
	if (rc == CAROM_OK)
		*library = new;
	else
		carom_library_free(new);
	return rc;
}

/* ---- life ---- */

CAROM_API void carom_library_free(struct carom_library *library)
{
	if (!library || atomic_fetch_sub_explicit(&library->n_holders, 1, memory_order_acq_rel) > 1)
		return;
	definitions_release(&library->definitions);
	mem_free(library->names);
	mem_free(library->first_name);
	carom_circuit_free(library->circuit);
	mem_free(library->path);
	mem_free(library->section);
	mem_free(library);
}

CAROM_API const struct carom_findings *carom_library_notes(const struct carom_library *library)
{
	return carom_circuit_notes(library->circuit);
}

void library_release_all(struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_libraries; i++)
		carom_library_free(circuit->libraries[i]);
	mem_free(circuit->libraries);
}

/* ---- questions ---- */

bool library_is(const struct carom_library *library, const char *real_path, const char *section,
		size_t section_length)
{
	if (strcmp(library->path, real_path) != 0 || !library->section != !section)
		return false;
	return !section || (strlen(library->section) == section_length &&
			    name_compare_n(library->section, section, section_length) == 0);
}

/* Does the library's top define a name with this key? */
static bool defines(const struct carom_library *library, const char *key, size_t length)
{
	const struct definitions *definitions = &library->definitions;
	uint32_t number = name_find(definitions->keys, key, length);
	uint32_t i = number == NAME_NONE ? NAME_NONE : definitions->of_key[number] - 1;

	while (i != NAME_NONE && definitions->list[i].node != 0)
		i = definitions->list[i].next;
	return i != NAME_NONE;
}

static bool clashes(const struct carom_library *library, const struct definitions *others)
{
	const struct prune_node *top = &others->nodes[0];

	for (size_t i = 0; i < top->n_definitions; i++) {
		uint32_t key = others->list[top->first_definition + i].key;

		if (defines(library, name_text(others->keys, key), name_length(others->keys, key)))
			return true;
	}
	return false;
}

bool library_clashes(const struct carom_library *library, const struct carom_library *other)
{
	return clashes(library, &other->definitions);
}

/* A card taken from a library, which has no room for edits of its text, is none of the deck's own. */
static bool clashes_with_card(const struct carom_library *library, const struct definitions *deck,
			      uint32_t index, const struct definition **definition)
{
	const struct carom_circuit *circuit = deck->nodes[0].circuit;
	const struct definition *end = deck->list + deck->nodes[0].n_definitions;
	const struct card *card = &circuit->cards[index];
	bool is_taken_apart = *definition < end && (*definition)->card == index;
	bool found = card->role == CARD_OTHER && card_is(card, ".if");

	if (card->role == CARD_PARAM && !is_taken_apart)
		found = true; /* it may define anything */
	for (; *definition < end && (*definition)->card == index; (*definition)++) {
		uint32_t key = (*definition)->key;

		found |= defines(library, name_text(deck->keys, key), name_length(deck->keys, key));
	}
	return found && card->capacity > 0;
}

bool library_clashes_with_deck(const struct carom_library *library, const struct definitions *deck)
{
	const struct definition *definition = deck->list;

	for (uint32_t i = 0; i < deck->nodes[0].circuit->n_cards; i++) {
		if (clashes_with_card(library, deck, i, &definition))
			return true;
	}
	return false;
}
