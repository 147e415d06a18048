/* SPDX-License-Identifier: BSD-3-Clause */
/* What the figures depend on besides the code: machine, build, libraries, other load. */
#ifndef BENCH_ENVIRONMENT_H
#define BENCH_ENVIRONMENT_H

#include <jansson.h>

/* The state of the machine at one moment; what it cannot tell is 0. */
struct environment_load {
	double average[3]; /* load averages over 1, 5 and 15 minutes */
	double wall_s;     /* monotonic clock */
	double busy_s;     /* of all CPUs since boot, whoever's */
	double steal_s;    /* wanted and not given by the host of this virtual machine */
	double own_s;      /* CPU time of this process and of its children that have ended */
};

void environment_look(struct environment_load *load);

/* All that is known, with the load since start.  A new reference; NULL when out of memory. */
json_t *environment_json(const struct environment_load *start);

#endif
