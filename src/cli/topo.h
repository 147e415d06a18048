/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of carom topo. */
#ifndef CLI_TOPO_H
#define CLI_TOPO_H

#include "command.h"

void topo_draw(const struct carom_plan *plan);
void topo_print_json(const struct carom_plan *plan);

#endif
