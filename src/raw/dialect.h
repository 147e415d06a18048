/* SPDX-License-Identifier: BSD-3-Clause */
/* Who wrote a file, as its first header tells. */
#ifndef RAW_DIALECT_H
#define RAW_DIALECT_H

#include "raw/header.h"

/* Never CAROM_RAW_AUTO: what nothing else is known of is ngspice's, as all that stems from SPICE 3. */
enum carom_raw_dialect dialect_find(const struct header *header);

#endif
