/* SPDX-License-Identifier: BSD-3-Clause */
/* EXTERNAL sources, whose values a host gives, and what libngspice 39 crashes at beside them. */
#ifndef CIRCUIT_EXTERNAL_H
#define CIRCUIT_EXTERNAL_H

#include <stdbool.h>

#include "base/error.h"
#include "base/name.h"
#include "circuit/circuit.h"

struct prune;

/* Is the element a V or I source with the word "external"? */
bool element_is_external(const struct carom_circuit *circuit, const struct element *element);

/*
 * Such a source with a DC value behind its nets ("1", "{x}") or behind "dc", or with "ac" behind
 * "external": NULL or the fault's words.
 */
const char *external_fault(const struct carom_circuit *circuit, const struct element *element);

/*
 * May the circuit be loaded, as far as the EXTERNAL sources of what is sent go?  has_host: somebody
 * answers.  An error names the place of the card.  names: receives the names of the sources without
 * their paths, to be freed with name_table_free; NULL if there are none, or on failure.
 */
int circuit_check_external(const struct carom_circuit *circuit, const struct prune *prune,
			   bool has_host, struct name_table **names, struct carom_error *err);

#endif
