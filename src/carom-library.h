/* SPDX-License-Identifier: BSD-3-Clause */
/* The library: a file of models or a section of one, read once and used by many circuits. */
#ifndef CAROM_LIBRARY_H
#define CAROM_LIBRARY_H

#include "carom-circuit.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A library never changes once it is read: any number of circuits may use it, in any threads at
 * once.  A circuit takes of it what it names, and holds it for as long as it lives.
 */
struct carom_library;

/*
 * Read a section (".lib FILE SECTION") or, section NULL, a whole file (".include FILE").  options
 * as for a deck, of which libraries counts for nothing; NULL for the defaults.  ERROR_SYNTAX if
 * what it holds depends on the deck around it: .if, .title, cards that run commands.  On failure
 * *library is NULL.
 */
int carom_library_import_file(struct carom_library **library, const char *path, const char *section,
			      const struct carom_import_options *options, struct carom_error *err);

/* Give up the caller's hold; the circuits that use it keep theirs.  NULL is legal. */
void carom_library_free(struct carom_library *library);

/* What import had to say of it; borrowed. */
const struct carom_findings *carom_library_notes(const struct carom_library *library);

/*
 * Take from the library what the cards of the circuit name and what these words do (names may be
 * NULL), and what that needs in turn: subcircuits, models, parameters.  What the circuit defines
 * itself is not taken; what the library holds besides (functions, .option, elements) is, the first
 * time.  May be called again when more elements were added; name a model before an R, C or L that
 * uses it is.  circuit is the top of a circuit.  After a failure some may have been taken.
 */
int carom_circuit_use_library(struct carom_circuit *circuit, struct carom_library *library,
			      const char *names, struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
