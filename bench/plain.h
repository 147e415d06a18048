/* SPDX-License-Identifier: BSD-3-Clause */
/* The resistances that the plain loop goes through, one after the other: whole ohms, exact in any text. */
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#define PLAIN_FIRST_OHMS 990
#define PLAIN_N_OHMS 21

#endif
