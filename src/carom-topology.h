/* SPDX-License-Identifier: BSD-3-Clause */
/* Which worker goes on which core: a plan that depends on machine and options alone. */
#ifndef CAROM_TOPOLOGY_H
#define CAROM_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

#ifdef __cplusplus
extern "C" {
#endif

struct carom_plan;

struct carom_plan_options {
	size_t size;           /* sizeof(struct carom_plan_options) */
	unsigned n_workers;    /* 0: one for each physical core that may be used */
	bool use_smt;          /* count hardware threads as cores */
	const char *synthetic; /* hwloc synthetic description instead of this machine (tests) */
	const char *allowed;   /* list of logical CPUs ("0-3,8") to keep to; NULL: this process's */
	double quota_cpus;     /* CPU time limit in CPUs; 0: that of the control group; < 0: none */
};

/*
 * Plan.  options NULL: all defaults.  By default there is one worker for each physical core, but
 * not more than the limit on CPU time rounded up.  Workers are spread over packages, NUMA nodes,
 * caches and cores; more workers than CPUs share them evenly.  A synthetic machine has the CPU time
 * limit that is given only.  *plan is set on success.  Returns ERROR_ARGUMENT for options that make
 * no sense here, ERROR_LIMIT for more than 1024 workers.  Thread rule: any thread.
 */
int carom_plan_new(struct carom_plan **plan, const struct carom_plan_options *options,
		   struct carom_error *err);
void carom_plan_free(struct carom_plan *plan);

unsigned carom_plan_worker_count(const struct carom_plan *plan);
/* OS number of the logical CPU that the worker is to be pinned to; UINT_MAX beyond the last. */
unsigned carom_plan_cpu(const struct carom_plan *plan, unsigned worker);
/* OS number of the NUMA node of that CPU, -1 if the machine has one node or none is known. */
int carom_plan_numa_node(const struct carom_plan *plan, unsigned worker);
bool carom_plan_is_simulated(const struct carom_plan *plan); /* synthetic: pinning means nothing */
unsigned carom_plan_core_count(const struct carom_plan *plan); /* physical cores that may be used */
/* Why this number of workers: "2 physical cores allowed; CPU time limited to 1.5 CPUs". Borrowed. */
const char *carom_plan_reason(const struct carom_plan *plan);
/* True if there are more workers than CPUs that may be used. */
bool carom_plan_is_oversubscribed(const struct carom_plan *plan);

#ifdef __cplusplus
}
#endif

#endif
