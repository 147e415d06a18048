/* SPDX-License-Identifier: BSD-3-Clause */
/* How times grow with the number of components. */
#ifndef BENCH_GROWTH_H
#define BENCH_GROWTH_H

#include <jansson.h>

/*
 * For each case "...-SIZE" with "components" among its facts, of which there is one with a tenth of
 * them: how many times longer each path takes.  Nothing is printed if there is none.
 */
void growth_print(const json_t *cases);

#endif
