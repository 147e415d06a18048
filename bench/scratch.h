/* SPDX-License-Identifier: BSD-3-Clause */
/* A folder below $TMPDIR or /tmp for what a program writes, gone with it. */
#ifndef BENCH_SCRATCH_H
#define BENCH_SCRATCH_H

#include "carom-error.h"

struct scratch {
	char folder[64];
	char store[80]; /* a store in it, to be made */
};

int scratch_open(struct scratch *scratch, struct carom_error *err);
void scratch_close(const struct scratch *scratch); /* a zeroed one is legal */

#endif
