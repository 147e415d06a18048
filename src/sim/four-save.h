/* SPDX-License-Identifier: BSD-3-Clause */
/* What .four cards look at is to be saved, as ngspice -b does it. */
#ifndef SIM_FOUR_SAVE_H
#define SIM_FOUR_SAVE_H

#include <stdbool.h>

#include "base/text.h"

/* Is the line a .four card? */
bool is_four_card(const char *line);

/* Append a .save card with the vectors of the .four card: "v(a)" and "v(b)" of "v(a,b)".  False: none. */
bool four_save(struct text *text, const char *four);

#endif
