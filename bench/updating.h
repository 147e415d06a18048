/* SPDX-License-Identifier: BSD-3-Clause */
/* What it costs a session to follow an edit of the circuit it has loaded. */
#ifndef BENCH_UPDATING_H
#define BENCH_UPDATING_H

#include "bench.h"

/* Measure one edit of a .param in a circuit of n components as a case of the benchmark. */
int updating_measure(struct bench *bench, unsigned n, struct carom_error *err);

#endif
