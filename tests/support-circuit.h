/* SPDX-License-Identifier: BSD-3-Clause */
/* Circuits for tests: decks from strings, and what becomes of them. */
#ifndef TESTS_SUPPORT_CIRCUIT_H
#define TESTS_SUPPORT_CIRCUIT_H

#include "carom-circuit.h"
#include "support.h"

/* The deck, called "t.cir"; the case fails if it cannot be imported. */
#define import_deck(text) support_import((text), __FILE__, __LINE__)
struct carom_circuit *support_import(const char *text, const char *file, int line);

/* Importing the deck fails, with this message in full ("t.cir:3: r1: ..."). */
#define assert_refused(text, status, message) \
	support_assert_refused((text), (status), (message), __FILE__, __LINE__)
void support_assert_refused(const char *text, enum carom_status status, const char *message,
			    const char *file, int line);

/* The only note of the import. */
struct carom_finding only_note(const struct carom_circuit *circuit);

/* The whole deck as emitted. */
#define assert_deck(circuit, expected) \
	support_assert_deck((circuit), (expected), __FILE__, __LINE__)
void support_assert_deck(const struct carom_circuit *circuit, const char *expected,
			 const char *file, int line);

/* The handle of an element that exists. */
struct carom_element element_called(const struct carom_circuit *circuit, const char *name);

/* The names of an element's nets with blanks between: "in out". */
#define assert_nets(circuit, name, expected) \
	support_assert_nets((circuit), (name), (expected), __FILE__, __LINE__)
void support_assert_nets(const struct carom_circuit *circuit, const char *name,
			 const char *expected, const char *file, int line);

/*
 * Run attempt(arg) with the first allocation failing, the second, ... until it succeeds (returns
 * 0); each failure must be ERROR_MEMORY.  The case fails if the first attempt succeeds.
 */
#define assert_survives_no_memory(attempt, arg) \
	support_assert_survives((attempt), (arg), __FILE__, __LINE__)
void support_assert_survives(int (*attempt)(void *arg), void *arg, const char *file, int line);

#endif
