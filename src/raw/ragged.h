/* SPDX-License-Identifier: BSD-3-Clause */
/* Plots whose variables differ in length, as ngspice writes them after "set nopadding". */
#ifndef RAW_RAGGED_H
#define RAW_RAGGED_H

#include "raw/layout.h"

/* Points of each variable, into header->variables[].n_points: what "dims=" says, else the plot's. */
void ragged_set_lengths(struct header *header, size_t n_points);

/* Pieces, record and fields of the layout, of which variables and begin are set. */
int ragged_find(struct layout *layout, const struct layout_question *question, enum value_kind kind,
		struct carom_error *err);

#endif
