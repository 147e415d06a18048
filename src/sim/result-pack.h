/* SPDX-License-Identifier: BSD-3-Clause */
/* A result's way to another process: its names as bytes, its columns in memory that both have. */
#ifndef SIM_RESULT_PACK_H
#define SIM_RESULT_PACK_H

#include <stddef.h>

#include "base/pack.h"
#include "carom-plot.h"

/* Every column lies in memory, which the receiver has mapped somewhere as well. */
void result_pack(struct pack *pack, const struct carom_result *result, const char *memory);

/*
 * A result whose columns are views of the memory, of size bytes.  ERROR_FORMAT if it is damaged: what
 * it says is not believed, columns beyond the memory are damage.  *result is NULL on failure.
 */
int result_unpack(struct carom_result **result, struct pack *pack, const char *memory, size_t size);

#endif
