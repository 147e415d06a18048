/* SPDX-License-Identifier: BSD-3-Clause */
/* The plan: how many workers, and each worker's CPU, from machine, limits and options alone. */
#include "carom-topology.h"

#include <ctype.h>
#include <hwloc.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "study/placement.h"
#include "study/pool.h"
#include "study/quota.h"

struct carom_plan {
	unsigned n_workers;
	unsigned *cpus;  /* OS number of each worker's CPU */
	int *numa_nodes; /* of each worker's CPU, or -1 */
	unsigned n_cores;
	unsigned n_cpus; /* cores, or hardware threads if they count as cores */
	bool is_simulated;
	char *reason;
};

/* Where a plan is made. */
struct machine {
	hwloc_topology_t topology;
	hwloc_bitmap_t allowed;
	double quota_cpus; /* INFINITY: none */
};

/*
 * This machine: of it the CPUs that this process is bound to.  The x86 back end would bind this
 * thread to each CPU in turn and read nothing that the kernel does not tell.
 */
static int choose_this_machine(hwloc_topology_t topology)
{
	if (hwloc_topology_set_components(topology, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST,
					  "x86") < 0)
		return -1;
	return hwloc_topology_set_flags(topology,
					HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM |
						HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING);
}

static int load_topology(hwloc_topology_t *topology, const char *synthetic, struct carom_error *err)
{
	int status = 0;

	if (hwloc_topology_init(topology) < 0)
		return carom_fail_memory(err);
	if (synthetic && hwloc_topology_set_synthetic(*topology, synthetic) < 0)
		status = carom_fail(err, CAROM_ERROR_ARGUMENT,
				    "\"%s\" describes no machine\nwrite it like \"pack:2 core:4 "
				    "pu:2\" (hwloc's synthetic topologies)",
				    synthetic);
	else if ((!synthetic && choose_this_machine(*topology) < 0) ||
		 hwloc_topology_load(*topology) < 0)
		status = carom_fail_errno(err, "cannot find out the cores of this machine");
	if (status)
		hwloc_topology_destroy(*topology);
	return status;
}

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

static void machine_close(struct machine *machine)
{
	hwloc_bitmap_free(machine->allowed);
	hwloc_topology_destroy(machine->topology);
}

/* A limit that is given; else this machine's.  A simulated one has none. */
static double choose_quota(const struct carom_plan_options *options, hwloc_topology_t topology)
{
	if (options->quota_cpus > 0)
		return options->quota_cpus;
	if (options->quota_cpus < 0 || !hwloc_topology_is_thissystem(topology))
		return INFINITY;
	return quota_read("");
}

static int machine_open(struct machine *machine, const struct carom_plan_options *options,
			struct carom_error *err)
{
	int status = load_topology(&machine->topology, options->synthetic, err);

	if (status)
		return status;
	machine->quota_cpus = choose_quota(options, machine->topology);
	machine->allowed = hwloc_bitmap_dup(hwloc_topology_get_allowed_cpuset(machine->topology));
	if (!machine->allowed)
		status = carom_fail_memory(err);
	else if (options->allowed)
		status = restrict_to_list(machine->allowed, options->allowed, err);
	if (status)
		machine_close(machine);
	return status;
}

static unsigned default_worker_count(unsigned n_cpus, double quota_cpus)
{
	return (unsigned)fmin(fmin(n_cpus, ceil(quota_cpus)), POOL_MAX_WORKERS);
}

static void append_count(struct text *text, unsigned n, const char *what)
{
	text_printf(text, "%u %s%s", n, what, n == 1 ? "" : "s");
}

/* "2 physical cores allowed; CPU time limited to 1.5 CPUs; 4 workers asked for: up to 2 on a core" */
static char *explain(const struct carom_plan *plan, const struct carom_plan_options *options,
		     double quota_cpus)
{
	struct text text = TEXT_INIT;
	char number[NUMBER_SIZE];

	if (options->use_smt) {
		append_count(&text, plan->n_cpus, "hardware thread");
		text_append(&text, " of ");
	}
	append_count(&text, plan->n_cores, "physical core");
	text_append(&text, " allowed");
	if (isfinite(quota_cpus)) {
		number_print_digits(number, quota_cpus, 4);
		text_printf(&text, "; CPU time limited to %s CPUs", number);
	}
	if (options->n_workers > 0) {
		text_append(&text, "; ");
		append_count(&text, plan->n_workers, "worker");
		text_append(&text, " asked for");
	}
	if (carom_plan_is_oversubscribed(plan))
		text_printf(&text, ": up to %u on a %s",
			    (plan->n_workers + plan->n_cpus - 1) / plan->n_cpus,
			    options->use_smt ? "hardware thread" : "core");
	return text_take(&text);
}

static int numa_node_of_cpu(hwloc_topology_t topology, unsigned cpu)
{
	if (hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_NUMANODE) <= 1)
		return -1;
	return hwloc_bitmap_first(hwloc_get_pu_obj_by_os_index(topology, cpu)->nodeset);
}

static int fill_plan(struct carom_plan *plan, const struct machine *machine,
		     const struct carom_plan_options *options, struct carom_error *err)
{
	int status;

	plan->is_simulated = !hwloc_topology_is_thissystem(machine->topology);
	plan->n_cores = placement_core_count(machine->topology, machine->allowed);
	plan->n_cpus =
		options->use_smt ? (unsigned)hwloc_bitmap_weight(machine->allowed) : plan->n_cores;
	plan->n_workers = options->n_workers
				  ? options->n_workers
				  : default_worker_count(plan->n_cpus, machine->quota_cpus);
	plan->cpus = mem_zalloc(plan->n_workers, sizeof(*plan->cpus));
	plan->numa_nodes = mem_zalloc(plan->n_workers, sizeof(*plan->numa_nodes));
	plan->reason = plan->n_cores > 0 ? explain(plan, options, machine->quota_cpus) : NULL;
	if (!plan->cpus || !plan->numa_nodes || !plan->reason)
		return carom_fail_memory(err);
	status = placement_make(machine->topology, machine->allowed, options->use_smt,
				plan->n_workers, plan->cpus, err);
	for (unsigned i = 0; i < plan->n_workers && status == 0; i++)
		plan->numa_nodes[i] = numa_node_of_cpu(machine->topology, plan->cpus[i]);
	return status;
}

/* Options of a caller who may know fewer of them than this version; none: all defaults. */
static int copy_options(struct carom_plan_options *options, const struct carom_plan_options *given,
			struct carom_error *err)
{
	*options = (struct carom_plan_options){.size = sizeof(*options)};
	if (!given)
		return 0;
	if (given->size < sizeof(given->size) || given->size > sizeof(*options))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "size of the plan's options is %zu\nset it to sizeof(struct "
				  "carom_plan_options)",
				  given->size);
	memcpy(options, given, given->size);
	if (options->n_workers > POOL_MAX_WORKERS)
		return carom_fail(err, CAROM_ERROR_LIMIT, "%u workers are too many\n%d is the most",
				  options->n_workers, POOL_MAX_WORKERS);
	return 0;
}

CAROM_API int carom_plan_new(struct carom_plan **plan, const struct carom_plan_options *options,
			     struct carom_error *err)
{
	struct carom_plan_options known;
	struct machine machine;
	struct carom_plan *made;
	int status = copy_options(&known, options, err);

	if (status)
		return status;
	made = mem_zalloc(1, sizeof(*made));
	if (!made)
		return carom_fail_memory(err);
	status = machine_open(&machine, &known, err);
	if (status == 0) {
		status = fill_plan(made, &machine, &known, err);
		machine_close(&machine);
	}
	if (status)
		carom_plan_free(made);
	else
		*plan = made;
	return status;
}

CAROM_API void carom_plan_free(struct carom_plan *plan)
{
	if (!plan)
		return;
	mem_free(plan->cpus);
	mem_free(plan->numa_nodes);
	mem_free(plan->reason);
	mem_free(plan);
}

CAROM_API unsigned carom_plan_worker_count(const struct carom_plan *plan)
{
	return plan->n_workers;
}

CAROM_API unsigned carom_plan_cpu(const struct carom_plan *plan, unsigned worker)
{
	return worker < plan->n_workers ? plan->cpus[worker] : UINT_MAX;
}

CAROM_API int carom_plan_numa_node(const struct carom_plan *plan, unsigned worker)
{
	return worker < plan->n_workers ? plan->numa_nodes[worker] : -1;
}

CAROM_API bool carom_plan_is_simulated(const struct carom_plan *plan)
{
	return plan->is_simulated;
}

CAROM_API unsigned carom_plan_core_count(const struct carom_plan *plan)
{
	return plan->n_cores;
}

CAROM_API const char *carom_plan_reason(const struct carom_plan *plan)
{
	return plan->reason;
}

CAROM_API bool carom_plan_is_oversubscribed(const struct carom_plan *plan)
{
	return plan->n_workers > plan->n_cpus;
}
