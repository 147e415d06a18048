/* SPDX-License-Identifier: BSD-3-Clause */
/* Libraries in memory that serve for files of a deck. */
#include <stdlib.h>

#include "base/mem.h"
#include "circuit/deck.h"
#include "circuit/library.h"

/* The library that holds this section of the file, or NULL. */
static struct carom_library *find_at(const struct deck *deck, const char *real_path,
				     const struct include_names *names)
{
	for (size_t i = 0; i < deck->n_libraries; i++) {
		struct carom_library *library = deck->libraries[i];

		if (library_is(library, real_path, names->section, (size_t)names->section_length) &&
		    library->circuit->is_trusted == deck->root->is_trusted)
			return library;
	}
	return NULL;
}

/* As when it is read: the file next to the one that names it, else next to the deck. */
static int find(const struct deck *deck, const struct include_names *names,
		struct carom_library **library)
{
	const char *bases[] = {deck->source->name, circuit_file(deck->root, 0)};
	char *real = NULL;

	*library = NULL;
	for (int i = 0; i < 2 && !real; i++) {
		char *path = include_path(bases[i], names);

		if (!path)
			return carom_fail_memory(deck->err);
		real = realpath(path, NULL);
		mem_free(path);
	}
	if (real)
		*library = find_at(deck, real, names);
	free(real);
	return CAROM_OK;
}

static bool may_open(const struct deck *deck, const struct carom_library *library)
{
	for (size_t i = 0; i < deck->root->n_libraries; i++) {
		const struct carom_library *other = deck->root->libraries[i];

		if (other == library || library_clashes(other, library))
			return false;
	}
	return !deck->scope->parent;
}

/* Files of libraries are among the deck's now. */
static int enter_files(struct deck *deck, size_t n_before)
{
	if (!mem_reserve(&deck->is_library, &deck->library_capacity, deck->root->n_files,
			 sizeof(*deck->is_library)))
		return carom_fail_memory(deck->err);
	for (size_t i = n_before; i < deck->root->n_files; i++)
		deck->is_library[i] = true;
	return CAROM_OK;
}

int deck_open_library(struct deck *deck, const struct include_names *names)
{
	size_t n_before = deck->root->n_files;
	struct carom_library *library;
	int rc;

	if (deck->n_libraries == 0)
		return 1;
	rc = find(deck, names, &library);
	if (rc != CAROM_OK)
		return rc;
	if (!library || !may_open(deck, library))
		return 1;
	rc = library_open(library, deck->root, deck->err);
	return rc == CAROM_OK ? enter_files(deck, n_before) : rc;
}

static int check_deck(const struct deck *deck)
{
	struct definitions definitions;
	int rc = CAROM_OK;

	if (!definitions_init(&definitions, deck->root))
		rc = carom_fail_memory(deck->err);
	for (size_t i = 0; i < deck->root->n_libraries && rc == CAROM_OK; i++)
		rc = library_clashes_with_deck(deck->root->libraries[i], &definitions);
	definitions_release(&definitions);
	return rc;
}

/* What is taken from one may name what another holds. */
static int take_all(struct deck *deck)
{
	size_t n_before;
	int rc = CAROM_OK;

	do {
		n_before = deck->root->n_cards;
		for (size_t i = 0; i < deck->root->n_libraries && rc == CAROM_OK; i++)
			rc = library_take(deck->root->libraries[i], deck->root, "", deck->err);
	} while (rc == CAROM_OK && deck->root->n_libraries > 1 && deck->root->n_cards > n_before);
	return rc;
}

int deck_take_from_libraries(struct deck *deck)
{
	size_t n_before = deck->root->n_files;
	int rc = CAROM_OK;

	if (deck->root->n_libraries == 0)
		return CAROM_OK;
	rc = check_deck(deck);
	if (rc == CAROM_OK)
		rc = take_all(deck);
	return rc == CAROM_OK ? enter_files(deck, n_before) : rc;
}
