/* SPDX-License-Identifier: BSD-3-Clause */
/* Sections of libraries that are asked for instead of those that a deck names. */
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/deck.h"

/* Of "tt=ss" the length of "tt"; of "ss" 0. */
static size_t old_length(const char *word)
{
	const char *equals = strchr(word, '=');

	return equals ? (size_t)(equals - word) : 0;
}

static const char *new_section(const char *word)
{
	const char *equals = strchr(word, '=');

	return equals ? equals + 1 : word;
}

static bool is_for(const char *word, const struct include_names *names)
{
	size_t length = old_length(word);

	return length == (size_t)names->section_length &&
	       name_compare_n(word, names->section, length) == 0;
}

/* The last that is for the section; else the last that is for all. */
static size_t find(const struct deck *deck, const struct include_names *names)
{
	size_t general = deck->n_sections;

	for (size_t i = deck->n_sections; i-- > 0;) {
		const char *word = deck->sections[i];

		if (is_for(word, names))
			return i;
		if (general == deck->n_sections && old_length(word) == 0)
			general = i;
	}
	return general;
}

void deck_choose_section(struct deck *deck, struct include_names *names)
{
	size_t chosen;

	if (deck->n_sections == 0 || deck->is_library[deck->source->file])
		return;
	chosen = find(deck, names);
	if (chosen == deck->n_sections)
		return;
	deck->is_section_used[chosen] = true;
	names->section = new_section(deck->sections[chosen]);
	names->section_length = (int)strlen(names->section);
}

int deck_check_sections(const struct deck *deck)
{
	for (size_t i = 0; i < deck->n_sections; i++) {
		const char *word = deck->sections[i];

		if (deck->is_section_used[i])
			continue;
		if (old_length(word) == 0)
			return carom_fail_at(deck->err, CAROM_ERROR_NOT_FOUND, deck->source->name,
					     0, 0, "no .lib card of the deck takes section \"%s\"",
					     word);
		return carom_fail_at(deck->err, CAROM_ERROR_NOT_FOUND, deck->source->name, 0, 0,
				     "no .lib card of the deck names section \"%.*s\"",
				     (int)old_length(word), word);
	}
	return CAROM_OK;
}

int deck_import_again(struct carom_circuit **again, const struct carom_circuit *circuit,
		      const char *const *sections, size_t n, struct carom_error *err)
{
	const struct carom_circuit *root = circuit->root;
	const struct carom_import_options options = {
		.size = sizeof(options),
		.is_trusted = root->is_trusted,
		.roots = (const char *const *)root->roots.paths,
		.n_roots = root->roots.n,
		.sections = sections,
		.n_sections = n,
	};

	*again = NULL;
	if (root->changes.serial != root->file_serial)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "another section is read with the deck's file, and this circuit "
				  "%s",
				  root->file_serial > 0 ? "was edited since"
							: "did not come from one");
	return carom_circuit_import_file(again, circuit_file(root, 0), &options, err);
}
