/* SPDX-License-Identifier: BSD-3-Clause */
/* Which values libngspice takes in a loaded circuit with the effect of loading it with them. */
#ifndef CIRCUIT_ALTERABLE_H
#define CIRCUIT_ALTERABLE_H

#include <stdbool.h>

#include "circuit/element-kind.h"

/* By "alter" (found by trial, tests/live-resolve.c); param NULL: the main value. */
bool alterable_element(const struct element_kind *kind, const char *param);

/* By "altermod" through an element of this kind. */
bool alterable_model(const struct element_kind *kind, const char *param);

#endif
