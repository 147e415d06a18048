/* SPDX-License-Identifier: BSD-3-Clause */
/* Where in a deck: from ngspice's words to a line of the array that was sent. */
#ifndef PLUGIN_NG_PLACE_H
#define PLUGIN_NG_PLACE_H

#include <stddef.h>

#include "ng-message.h"

/*
 * Number (from 1) of the line that message i of the record is about, 0 if the words do not tell.
 * ngspice counts from 1 and skips blank lines; inside expanded subcircuits it gives no number, but
 * quotes the card ("d.x1.d1 in 0 nix") or a name ("[rload]"), which is looked for.
 */
int ng_place_find(const struct ng_messages *messages, size_t i, const char *const *lines, size_t n);

#endif
