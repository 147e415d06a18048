/* SPDX-License-Identifier: BSD-3-Clause */
/* The plan from inside: what a worker is bound to. */
#ifndef STUDY_PLAN_H
#define STUDY_PLAN_H

#include "carom-topology.h"
#include "study/cpu-set.h"

/* Empty: any. */
const struct cpu_set *plan_cpu_set(const struct carom_plan *plan, unsigned worker);

#endif
