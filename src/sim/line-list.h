/* SPDX-License-Identifier: BSD-3-Clause */
/* A circuit as the lines that are sent, each with its place in the deck's files. */
#ifndef SIM_LINE_LIST_H
#define SIM_LINE_LIST_H

#include <stdint.h>

#include "base/text.h"
#include "circuit/circuit.h"

struct line_place {
	size_t offset;   /* of the line in the text */
	uint32_t source; /* index into sources */
	int line;        /* from 1; 0: built by calls */
};

struct line_list {
	const char **lines; /* NUL-terminated, in text; n of them */
	size_t n;

	struct text text; /* the lines with their NULs */
	struct line_place *places;
	size_t places_capacity;
	char **sources;
	size_t n_sources, sources_capacity;
};

/*
 * Emit what prune (NULL: all) sends of the circuit into *list, which needs no initialisation and is
 * to be released if 0 is returned.  is_checked: refuse lines that run commands, with ERROR_TRUST and
 * their place.
 */
int line_list_init(struct line_list *list, const struct carom_circuit *circuit,
		   const struct prune *prune, bool is_checked, struct carom_error *err);
void line_list_release(struct line_list *list);

/*
 * The deck's file and line for line number (from 1) of the list; for any other number the file of
 * the first line, and line 0.  The file is borrowed, "" if there is none.
 */
const char *line_list_place(const struct line_list *list, int number, int *line);

#endif
