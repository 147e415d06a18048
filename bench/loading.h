/* SPDX-License-Identifier: BSD-3-Clause */
/* What the way a deck is written costs ngspice: one circuit, loaded in several spellings. */
#ifndef BENCH_LOADING_H
#define BENCH_LOADING_H

#include "bench.h"

/* Measure the load of a deck of n components as a case of the benchmark. */
int loading_measure(struct bench *bench, unsigned n, struct carom_error *err);

#endif
