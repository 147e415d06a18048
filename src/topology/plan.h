/* SPDX-License-Identifier: BSD-3-Clause */
/* The plan from inside: what a worker is bound to. */
#ifndef TOPOLOGY_PLAN_H
#define TOPOLOGY_PLAN_H

#include "carom-topology.h"
#include "topology/cpu-set.h"

#define PLAN_MAX_WORKERS 1024

/* Empty: any. */
const struct cpu_set *plan_cpu_set(const struct carom_plan *plan, unsigned worker);

#endif
