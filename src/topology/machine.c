/* SPDX-License-Identifier: BSD-3-Clause */
/* The machine: this one, as hwloc, control groups and the batch system tell, or a described one. */
#include "topology/machine.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "topology/quota.h"

/* ---- the topology ---- */

/*
 * This machine, with what this process may not use.  The x86 back end would bind this thread to
 * each CPU in turn and read nothing that the kernel does not tell.
 */
static int choose_this_machine(hwloc_topology_t topology)
{
	if (hwloc_topology_set_components(topology, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST,
					  "x86") < 0)
		return -1;
	return hwloc_topology_set_flags(topology, HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM |
							  HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED);
}

static int choose_machine(hwloc_topology_t topology, const struct carom_plan_options *options,
			  struct carom_error *err)
{
	if (options->synthetic && hwloc_topology_set_synthetic(topology, options->synthetic) < 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "\"%s\" describes no machine\nwrite it like \"pack:2 core:4 "
				  "pu:2\" (hwloc's synthetic topologies)",
				  options->synthetic);
	if (options->xml && hwloc_topology_set_xml(topology, options->xml) < 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "%s is no description of a machine\nmake one with \"lstopo "
				  "machine.xml\"",
				  options->xml);
	if (!options->synthetic && !options->xml && choose_this_machine(topology) < 0)
		return carom_fail_errno(err, "cannot find out the cores of this machine");
	return 0;
}

static int load_topology(hwloc_topology_t *topology, const struct carom_plan_options *options,
			 struct carom_error *err)
{
	int status;

	if (hwloc_topology_init(topology) < 0)
		return carom_fail_memory(err);
	status = choose_machine(*topology, options, err);
	if (!status && hwloc_topology_load(*topology) < 0)
		status = carom_fail_errno(err, "cannot find out the cores of this machine");
	if (status)
		hwloc_topology_destroy(*topology);
	return status;
}

/* ---- CPUs that may be used ---- */

/* "4" or "0-3" at **list: those of them up to the last CPU into set.  False if it is neither. */
static bool read_range(const char **list, hwloc_bitmap_t set, unsigned long last_cpu)
{
	unsigned long first, last;
	char *end;

	if (!isdigit((unsigned char)**list))
		return false;
	first = last = strtoul(*list, &end, 10);
	*list = end;
	if (*end == '-') {
		*list = end + 1;
		if (!isdigit((unsigned char)end[1]))
			return false;
		last = strtoul(end + 1, &end, 10);
		if (last < first)
			return false;
		*list = end;
	}
	if (last > last_cpu)
		last = last_cpu;
	if (first <= last)
		hwloc_bitmap_set_range(set, (unsigned)first, (int)last);
	return true;
}

static bool read_list(const char **list, hwloc_bitmap_t set, unsigned long last_cpu)
{
	while (read_range(list, set, last_cpu)) {
		if (**list == '\0')
			return true;
		if (**list != ',')
			return false;
		++*list;
	}
	return false;
}

/* Leave of *allowed what is in the list. */
static int restrict_to_list(hwloc_bitmap_t allowed, const char *list, struct carom_error *err)
{
	hwloc_bitmap_t listed = hwloc_bitmap_alloc();
	const char *at = list;
	int status = 0;

	if (!listed)
		return carom_fail_memory(err);
	if (!read_list(&at, listed, (unsigned long)hwloc_bitmap_last(allowed)))
		status = carom_fail_at(err, CAROM_ERROR_ARGUMENT, NULL, 0, (int)(at - list) + 1,
				       "\"%s\" is not a list of CPUs\nwrite it like \"0-3,8\"",
				       list);
	else if (!hwloc_bitmap_intersects(allowed, listed))
		status = carom_fail(err, CAROM_ERROR_ARGUMENT,
				    "none of the CPUs \"%s\" may be used by this process\n"
				    "\"carom topo\" shows which may",
				    list);
	hwloc_bitmap_and(allowed, allowed, listed);
	hwloc_bitmap_free(listed);
	return status;
}

/* Of the control group's CPUs those that this thread is bound to. */
static void restrict_to_affinity(struct machine *machine)
{
	hwloc_bitmap_t bound = hwloc_bitmap_alloc();

	if (bound && hwloc_get_cpubind(machine->topology, bound, HWLOC_CPUBIND_THREAD) == 0 &&
	    hwloc_bitmap_intersects(machine->permitted, bound))
		hwloc_bitmap_and(machine->permitted, machine->permitted, bound);
	hwloc_bitmap_free(bound);
}

static int find_allowed(struct machine *machine, const char *list, struct carom_error *err)
{
	machine->permitted = hwloc_bitmap_dup(hwloc_topology_get_allowed_cpuset(machine->topology));
	if (!machine->permitted)
		return carom_fail_memory(err);
	if (hwloc_topology_is_thissystem(machine->topology))
		restrict_to_affinity(machine);
	machine->allowed = hwloc_bitmap_dup(machine->permitted);
	if (!machine->allowed)
		return carom_fail_memory(err);
	return list ? restrict_to_list(machine->allowed, list, err) : 0;
}

/* ---- limits ---- */

/* A limit that is given; else this machine's.  A simulated one has none. */
static double choose_quota(const struct carom_plan_options *options, hwloc_topology_t topology)
{
	if (options->quota_cpus > 0)
		return options->quota_cpus;
	if (options->quota_cpus < 0 || !hwloc_topology_is_thissystem(topology))
		return INFINITY;
	return quota_read("");
}

/*
 * What Slurm gave this process: where it does not bind tasks, the affinity does not tell.
 * Source: sbatch(1), "OUTPUT ENVIRONMENT VARIABLES".
 */
static void find_job(struct machine *machine)
{
	static const char *const names[] = {"SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE"};

	if (!hwloc_topology_is_thissystem(machine->topology))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *text = getenv(names[i]);
		long n = text ? strtol(text, NULL, 10) : 0;

		if (n > 0 && n <= INT_MAX) {
			machine->job_cpus = (unsigned)n;
			machine->job_variable = names[i];
			return;
		}
	}
}

int machine_open(struct machine *machine, const struct carom_plan_options *options,
		 struct carom_error *err)
{
	int status;

	*machine = (struct machine){.quota_cpus = INFINITY};
	status = load_topology(&machine->topology, options, err);
	if (status)
		return status;
	machine->quota_cpus = choose_quota(options, machine->topology);
	find_job(machine);
	status = find_allowed(machine, options->allowed, err);
	if (status)
		machine_close(machine);
	return status;
}

void machine_close(struct machine *machine)
{
	hwloc_bitmap_free(machine->permitted);
	hwloc_bitmap_free(machine->allowed);
	hwloc_topology_destroy(machine->topology);
}
