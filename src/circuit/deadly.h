/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks that end the process in which ngspice reads them: not for a host's own. */
#ifndef CIRCUIT_DEADLY_H
#define CIRCUIT_DEADLY_H

#include "carom-circuit.h"

/*
 * An error that names card and rule if lint has a finding of that kind on a card of an element or of a
 * measurement and the like.  Parameters and expressions, which take most of lint's time, are not looked at.
 */
int circuit_check_deadly(const struct carom_circuit *circuit, struct carom_error *err);

#endif
