/* SPDX-License-Identifier: BSD-3-Clause */
/* Placement: CPUs for n workers, spread over the machine. */
#include "topology/placement.h"

#include <stdint.h>

#include "base/error.h"

/* CPUs that workers are given in rounds, one of each core in a round. */
struct rounds {
	hwloc_topology_t topology;
	hwloc_const_cpuset_t allowed;
	bool use_smt;
	hwloc_bitmap_t later; /* CPUs for the rounds to come before all begins again */
	hwloc_bitmap_t now;   /* CPUs of this round still to be given */
	hwloc_bitmap_t best;  /* of them those of the fastest kind of core */
};

unsigned placement_core_count(hwloc_topology_t topology, hwloc_const_cpuset_t allowed)
{
	hwloc_bitmap_t one_per_core = hwloc_bitmap_dup(allowed);
	int n_cores;

	if (!one_per_core)
		return 0;
	hwloc_bitmap_singlify_per_core(topology, one_per_core, 0);
	n_cores = hwloc_bitmap_weight(one_per_core);
	hwloc_bitmap_free(one_per_core);
	return (unsigned)n_cores;
}

static int begin_round(struct rounds *rounds)
{
	if (hwloc_bitmap_iszero(rounds->later) &&
	    hwloc_bitmap_copy(rounds->later, rounds->allowed) < 0)
		return CAROM_ERROR_MEMORY;
	if (hwloc_bitmap_copy(rounds->now, rounds->later) < 0)
		return CAROM_ERROR_MEMORY;
	hwloc_bitmap_singlify_per_core(rounds->topology, rounds->now, 0);
	if (rounds->use_smt)
		hwloc_bitmap_andnot(rounds->later, rounds->later, rounds->now);
	else
		hwloc_bitmap_zero(rounds->later);
	return 0;
}

/* Kinds of cores that are ranked: where hwloc cannot tell which are faster, all are alike. */
static void find_best(struct rounds *rounds)
{
	int n = hwloc_cpukinds_get_nr(rounds->topology, 0), efficiency;

	for (int kind = n - 1; kind >= 0; kind--) {
		if (hwloc_cpukinds_get_info(rounds->topology, (unsigned)kind, rounds->best,
					    &efficiency, NULL, NULL, 0) < 0 ||
		    efficiency < 0)
			break;
		hwloc_bitmap_and(rounds->best, rounds->best, rounds->now);
		if (!hwloc_bitmap_iszero(rounds->best))
			return;
	}
	hwloc_bitmap_copy(rounds->best, rounds->now);
}

static uintptr_t worker_count(hwloc_obj_t object)
{
	return (uintptr_t)object->userdata;
}

static hwloc_obj_t emptiest_child(hwloc_obj_t parent, hwloc_const_cpuset_t cpus)
{
	hwloc_obj_t best = NULL;

	for (hwloc_obj_t child = parent->first_child; child; child = child->next_sibling) {
		if (hwloc_bitmap_intersects(child->cpuset, cpus) &&
		    (!best || worker_count(child) < worker_count(best)))
			best = child;
	}
	return best;
}

static unsigned take_cpu(struct rounds *rounds)
{
	hwloc_obj_t object = hwloc_get_root_obj(rounds->topology);

	find_best(rounds);
	while (object->type != HWLOC_OBJ_PU) {
		object = emptiest_child(object, rounds->best);
		object->userdata = (void *)(worker_count(object) + 1);
	}
	hwloc_bitmap_clr(rounds->now, object->os_index);
	return object->os_index;
}

static int take_cpus(struct rounds *rounds, unsigned n, unsigned *cpus)
{
	for (unsigned i = 0; i < n; i++) {
		if (hwloc_bitmap_iszero(rounds->now) && begin_round(rounds))
			return CAROM_ERROR_MEMORY;
		cpus[i] = take_cpu(rounds);
	}
	return 0;
}

int placement_make(hwloc_topology_t topology, hwloc_const_cpuset_t allowed, bool use_smt,
		   unsigned n, unsigned *cpus, struct carom_error *err)
{
	struct rounds rounds = {topology,
				allowed,
				use_smt,
				hwloc_bitmap_alloc(),
				hwloc_bitmap_alloc(),
				hwloc_bitmap_alloc()};
	int status = CAROM_ERROR_MEMORY;

	if (rounds.later && rounds.now && rounds.best)
		status = take_cpus(&rounds, n, cpus);
	hwloc_bitmap_free(rounds.later);
	hwloc_bitmap_free(rounds.now);
	hwloc_bitmap_free(rounds.best);
	return status ? carom_fail_memory(err) : 0;
}
