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

/* What a worker is bound to: memory goes with it, to the NUMA node, where there are several. */
enum carom_bind {
	CAROM_BIND_PU,   /* one logical CPU */
	CAROM_BIND_CORE, /* all those of its core */
	CAROM_BIND_NUMA, /* all those of its NUMA node */
	CAROM_BIND_NONE  /* nothing: left to the scheduler */
};
const char *carom_bind_name(enum carom_bind bind); /* "pu", "core", "numa", "none" */

struct carom_plan_options {
	size_t size;           /* sizeof(struct carom_plan_options) */
	unsigned n_workers;    /* 0: one for each physical core that may be used */
	bool use_smt;          /* count hardware threads as cores */
	const char *synthetic; /* hwloc synthetic description instead of this machine (tests) */
	const char *allowed;   /* list of logical CPUs ("0-3,8") to keep to; NULL: this process's */
	double quota_cpus;     /* CPU time limit in CPUs; 0: that of the control group; < 0: none */
	enum carom_bind bind;
	const char *xml; /* file of hwloc's that describes a machine instead of this one */
};

/*
 * Plan.  options NULL: all defaults.  By default there is one worker for each physical core, but
 * not more than the limit on CPU time rounded up, or than $SLURM_CPUS_PER_TASK, else
 * $SLURM_CPUS_ON_NODE.  Workers are spread over packages, NUMA nodes, caches and cores, where cores
 * differ over the fastest first; more workers than CPUs share them evenly.  A synthetic machine has
 * the CPU time limit that is given only.  *plan is set on success.  Returns ERROR_ARGUMENT for
 * options that make no sense here, ERROR_LIMIT for more than 1024 workers.  Thread rule: any
 * thread.
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
/* The logical CPUs that it is to be bound to: "0", "0-3,8"; "" for any. */
const char *carom_plan_cpus(const struct carom_plan *plan, unsigned worker);
/*
 * Why this number of workers: "2 physical cores allowed; CPU time limited to 1.5 CPUs". Borrowed.
 */
const char *carom_plan_reason(const struct carom_plan *plan);
/* True if there are more workers than CPUs that may be used. */
bool carom_plan_is_oversubscribed(const struct carom_plan *plan);

/* The machine's logical CPUs in the order of its packages and cores. */
enum carom_cpu_use {
	CAROM_CPU_ALLOWED,
	CAROM_CPU_FORBIDDEN, /* by affinity or control group */
	CAROM_CPU_UNLISTED   /* not in the options' list */
};
struct carom_cpu {
	unsigned cpu;  /* OS number */
	int package;   /* from 0; -1: none is known; likewise the following */
	int numa_node; /* OS number; -1 also if there is one only */
	int core;      /* counted over the whole machine */
	int kind;      /* of the core, slow ones first; -1: all are alike */
	enum carom_cpu_use use;
	unsigned n_workers; /* that begin on it */
};
size_t carom_plan_machine_size(const struct carom_plan *plan);
const struct carom_cpu *carom_plan_machine(const struct carom_plan *plan,
					   size_t index); /* or NULL */

#ifdef __cplusplus
}
#endif

#endif
