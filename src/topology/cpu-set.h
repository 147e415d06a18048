/* SPDX-License-Identifier: BSD-3-Clause */
/* A set of CPUs that can stand in shared memory, and binding to it. */
#ifndef TOPOLOGY_CPU_SET_H
#define TOPOLOGY_CPU_SET_H

#include <stdbool.h>
#include <stdint.h>

#define CPU_SET_SIZE 1024 /* as the C library's; a CPU beyond is left out */

struct cpu_set {
	uint64_t bits[CPU_SET_SIZE / 64];
};

void cpu_set_add(struct cpu_set *set, unsigned cpu);
bool cpu_set_is_empty(const struct cpu_set *set);

/* Bind this process to the CPUs: true if it is, as the kernel says when it is asked again. */
bool cpu_set_bind(const struct cpu_set *set);

/*
 * Have memory that this process touches for the first time come from the NUMA node, as long as that
 * has any: true if the kernel says so.  Source: set_mempolicy(2), MPOL_PREFERRED; this is what
 * hwloc's HWLOC_MEMBIND_BIND asks for without HWLOC_MEMBIND_STRICT, without a topology in each
 * worker.
 */
bool numa_node_bind(int node);

#endif
