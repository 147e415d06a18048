/* SPDX-License-Identifier: BSD-3-Clause */
/* A library in memory, and what circuits take of it. */
#ifndef CIRCUIT_LIBRARY_H
#define CIRCUIT_LIBRARY_H

#include <stdatomic.h>

#include "base/error.h"
#include "carom-library.h"
#include "circuit/prune.h"

struct carom_library {
	atomic_uint n_holders;         /* the last to let go, acquire-release, frees it */
	struct carom_circuit *circuit; /* what it defines stands at the top */
	struct definitions definitions;
	uint32_t *names; /* keys that definition i of the top names, from first_name[i] on */
	size_t n_names, names_capacity;
	size_t *first_name;
	char *path;    /* real path */
	char *section; /* NULL: all of the file */
};

/* The words of the cards are looked up once, when the library is read.  False without memory. */
bool library_find_names(struct carom_library *library);

/* Does the library hold this section (NULL: all) of the file at the real path? */
bool library_is(const struct carom_library *library, const char *real_path, const char *section,
		size_t section_length);

/* Would it make a difference in which order the cards of both stand, as both define a name? */
bool library_clashes(const struct carom_library *library, const struct carom_library *other);
bool library_clashes_with_deck(const struct carom_library *library, const struct definitions *deck);

/*
 * What is not defined by name, at the end of the circuit's cards; elements are left to be parsed.
 * From now on the circuit holds the library.
 */
int library_open(struct carom_library *library, struct carom_circuit *circuit,
		 struct carom_error *err);

/* The definitions that these words and all cards need; elements are left to be parsed. */
int library_take(const struct carom_library *library, struct carom_circuit *circuit,
		 const char *names, struct carom_error *err);

/* Let go of all libraries of a circuit. */
void library_release_all(struct carom_circuit *circuit);

#endif
