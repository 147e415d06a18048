/* SPDX-License-Identifier: BSD-3-Clause */
/* What it costs to get the points of a run: as they come, and all at its end. */
#ifndef BENCH_POINTS_H
#define BENCH_POINTS_H

#include "bench.h"

/* A callback for each point, and for blocks of them, against the same run without. */
int points_run_stream(struct bench *bench, struct carom_error *err);

/* Ten long vectors out of ngspice's memory, against memcpy. */
int points_run_capture(struct bench *bench, struct carom_error *err);

#endif
