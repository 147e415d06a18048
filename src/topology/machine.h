/* SPDX-License-Identifier: BSD-3-Clause */
/* The machine that a plan is made for: its CPUs, which of them may be used, and other limits. */
#ifndef TOPOLOGY_MACHINE_H
#define TOPOLOGY_MACHINE_H

#include <hwloc.h>

#include "carom-topology.h"

struct machine {
	hwloc_topology_t topology; /* all CPUs, also those that may not be used */
	hwloc_bitmap_t permitted;  /* by control group and affinity */
	hwloc_bitmap_t allowed;    /* of them those that the options list */
	double quota_cpus;         /* INFINITY: none */
	unsigned job_cpus;         /* of this process's job; 0: not told */
	const char *job_variable;  /* by this environment variable */
};

int machine_open(struct machine *machine, const struct carom_plan_options *options,
		 struct carom_error *err);
void machine_close(struct machine *machine);

#endif
