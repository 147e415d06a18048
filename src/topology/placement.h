/* SPDX-License-Identifier: BSD-3-Clause */
/* Placement: CPUs for n workers, spread over the machine. */
#ifndef TOPOLOGY_PLACEMENT_H
#define TOPOLOGY_PLACEMENT_H

#include <hwloc.h>
#include <stdbool.h>

#include "carom-error.h"

/*
 * Cores that have an allowed CPU; 0 if out of memory.  A CPU without a core is a core of its own.
 */
unsigned placement_core_count(hwloc_topology_t topology, hwloc_const_cpuset_t allowed);

/*
 * OS numbers of the CPUs for n workers, into cpus[n].  Each worker goes where the fewest are: to
 * the emptiest package, in it to the emptiest NUMA node, cache and core.  First one hardware thread
 * of each core, of the fastest kind of cores first; use_smt: then the other threads; then the same
 * again, so that no CPU has two workers more than another.  allowed: not empty, CPUs of the
 * topology.  The objects' userdata must be NULL, as they are in a topology that was just loaded,
 * and count workers afterwards.
 */
int placement_make(hwloc_topology_t topology, hwloc_const_cpuset_t allowed, bool use_smt,
		   unsigned n, unsigned *cpus, struct carom_error *err);

#endif
