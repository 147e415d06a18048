/* SPDX-License-Identifier: BSD-3-Clause */
/* Columns of binary data, by several threads. */
#ifndef RAW_BINARY_H
#define RAW_BINARY_H

#include "raw/layout.h"
#include "raw/reading.h"

/* ERROR_CANCELLED if it did not come to its end; whether the source is whole is for the caller. */
int binary_read(struct reading *reading, const struct layout *layout, struct carom_error *err);

#endif
