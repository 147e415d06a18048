/* SPDX-License-Identifier: BSD-3-Clause */
/* The plan: how many workers, and each worker's CPUs, from machine, limits and options alone. */
#include "topology/plan.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "topology/machine.h"
#include "topology/placement.h"

struct place {
	unsigned cpu;        /* OS number of the one it is on, or begins on */
	int numa_node;       /* of that CPU, or -1 */
	struct cpu_set cpus; /* that it may use; empty: any */
	char list[64];       /* "0-3,8"; "" for any */
};

struct carom_plan {
	unsigned n_workers;
	struct place *places;
	size_t n_in_machine;
	struct carom_cpu *machine; /* all its CPUs */
	unsigned n_cores;
	unsigned n_cpus; /* cores, or hardware threads if they count as cores */
	unsigned n_cores_in_machine;
	bool is_simulated;
	char *reason;
};

/* ---- how many ---- */

static unsigned default_worker_count(unsigned n_cpus, const struct machine *machine)
{
	double n = fmin(fmin(n_cpus, ceil(machine->quota_cpus)), PLAN_MAX_WORKERS);

	return (unsigned)(machine->job_cpus ? fmin(n, machine->job_cpus) : n);
}

static void append_count(struct text *text, unsigned n, const char *what)
{
	text_printf(text, "%u %s%s", n, what, n == 1 ? "" : "s");
}

static void explain_cores(struct text *text, const struct carom_plan *plan, bool use_smt)
{
	if (use_smt) {
		append_count(text, plan->n_cpus, "hardware thread");
		text_append(text, " of ");
	}
	if (plan->n_cores < plan->n_cores_in_machine)
		text_printf(text, "%u of ", plan->n_cores);
	append_count(text,
		     plan->n_cores < plan->n_cores_in_machine ? plan->n_cores_in_machine
							      : plan->n_cores,
		     "physical core");
	text_append(text, " allowed");
}

static void explain_limits(struct text *text, const struct machine *machine)
{
	char number[NUMBER_SIZE];

	if (isfinite(machine->quota_cpus)) {
		number_print_digits(number, machine->quota_cpus, 4);
		text_printf(text, "; CPU time limited to %s CPUs", number);
	}
	if (machine->job_cpus)
		text_printf(text, "; %s is %u", machine->job_variable, machine->job_cpus);
}

/*
 * "2 physical cores allowed; CPU time limited to 1.5 CPUs; 4 workers asked for: up to 2 on a core"
 */
static char *explain(const struct carom_plan *plan, const struct carom_plan_options *options,
		     const struct machine *machine)
{
	struct text text = TEXT_INIT;

	explain_cores(&text, plan, options->use_smt);
	explain_limits(&text, machine);
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

/* ---- where ---- */

static int numa_node_of_cpu(hwloc_topology_t topology, unsigned cpu)
{
	if (hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_NUMANODE) <= 1)
		return -1;
	return hwloc_bitmap_first(hwloc_get_pu_obj_by_os_index(topology, cpu)->nodeset);
}

/* All CPUs of the core, or of the NUMA node, that the CPU belongs to. */
static hwloc_const_cpuset_t neighbours(hwloc_topology_t topology, unsigned cpu,
				       enum carom_bind bind)
{
	hwloc_obj_t pu = hwloc_get_pu_obj_by_os_index(topology, cpu), object = pu;

	if (bind == CAROM_BIND_CORE)
		object = hwloc_get_ancestor_obj_by_type(topology, HWLOC_OBJ_CORE, pu);
	if (bind == CAROM_BIND_NUMA)
		object = hwloc_get_numanode_obj_by_os_index(
			topology, (unsigned)hwloc_bitmap_first(pu->nodeset));
	return object ? object->cpuset : pu->cpuset;
}

static void bind_place(struct place *place, const struct machine *machine, enum carom_bind bind)
{
	hwloc_bitmap_t cpus = hwloc_bitmap_alloc();

	place->list[0] = '\0';
	if (cpus && bind != CAROM_BIND_NONE) {
		hwloc_bitmap_and(cpus, machine->allowed,
				 neighbours(machine->topology, place->cpu, bind));
		for (int i = hwloc_bitmap_first(cpus); i >= 0; i = hwloc_bitmap_next(cpus, i))
			cpu_set_add(&place->cpus, (unsigned)i);
		hwloc_bitmap_list_snprintf(place->list, sizeof(place->list), cpus);
	}
	hwloc_bitmap_free(cpus);
}

static int make_places(struct carom_plan *plan, const struct machine *machine,
		       const struct carom_plan_options *options, struct carom_error *err)
{
	unsigned *cpus = mem_zalloc(plan->n_workers, sizeof(*cpus));
	int status;

	plan->places = mem_zalloc(plan->n_workers, sizeof(*plan->places));
	if (!cpus || !plan->places) {
		mem_free(cpus);
		return carom_fail_memory(err);
	}
	status = placement_make(machine->topology, machine->allowed, options->use_smt,
				plan->n_workers, cpus, err);
	for (unsigned i = 0; i < plan->n_workers && status == 0; i++) {
		plan->places[i].cpu = cpus[i];
		plan->places[i].numa_node = numa_node_of_cpu(machine->topology, cpus[i]);
		bind_place(&plan->places[i], machine, options->bind);
	}
	mem_free(cpus);
	return status;
}

/* ---- the whole machine ---- */

static int index_of(hwloc_topology_t topology, hwloc_obj_type_t type, hwloc_obj_t pu)
{
	hwloc_obj_t object = hwloc_get_ancestor_obj_by_type(topology, type, pu);

	return object ? (int)object->logical_index : -1;
}

static enum carom_cpu_use use_of(const struct machine *machine, unsigned cpu)
{
	if (!hwloc_bitmap_isset(machine->permitted, cpu))
		return CAROM_CPU_FORBIDDEN;
	return hwloc_bitmap_isset(machine->allowed, cpu) ? CAROM_CPU_ALLOWED : CAROM_CPU_UNLISTED;
}

static void describe_cpu(struct carom_cpu *cpu, const struct machine *machine, hwloc_obj_t pu)
{
	hwloc_topology_t topology = machine->topology;

	*cpu = (struct carom_cpu){
		.cpu = pu->os_index,
		.package = index_of(topology, HWLOC_OBJ_PACKAGE, pu),
		.numa_node = numa_node_of_cpu(topology, pu->os_index),
		.core = index_of(topology, HWLOC_OBJ_CORE, pu),
		.kind = hwloc_cpukinds_get_nr(topology, 0) > 1
				? hwloc_cpukinds_get_by_cpuset(topology, pu->cpuset, 0)
				: -1,
		.use = use_of(machine, pu->os_index),
	};
}

static int describe_machine(struct carom_plan *plan, const struct machine *machine,
			    struct carom_error *err)
{
	int n = hwloc_get_nbobjs_by_type(machine->topology, HWLOC_OBJ_PU);

	if (n < 1)
		return carom_fail(err, CAROM_ERROR_SYSTEM, "hwloc finds no processor");
	plan->machine = mem_zalloc((size_t)n, sizeof(*plan->machine));
	if (!plan->machine)
		return carom_fail_memory(err);
	plan->n_in_machine = (size_t)n;
	for (int i = 0; i < n; i++)
		describe_cpu(&plan->machine[i], machine,
			     hwloc_get_obj_by_type(machine->topology, HWLOC_OBJ_PU, (unsigned)i));
	for (unsigned worker = 0; worker < plan->n_workers; worker++)
		for (int i = 0; i < n; i++)
			plan->machine[i].n_workers +=
				plan->machine[i].cpu == plan->places[worker].cpu;
	return 0;
}

static int fill_plan(struct carom_plan *plan, const struct machine *machine,
		     const struct carom_plan_options *options, struct carom_error *err)
{
	int status;

	plan->is_simulated = !hwloc_topology_is_thissystem(machine->topology);
	plan->n_cores = placement_core_count(machine->topology, machine->allowed);
	plan->n_cores_in_machine = placement_core_count(
		machine->topology, hwloc_topology_get_topology_cpuset(machine->topology));
	plan->n_cpus =
		options->use_smt ? (unsigned)hwloc_bitmap_weight(machine->allowed) : plan->n_cores;
	plan->n_workers = options->n_workers ? options->n_workers
					     : default_worker_count(plan->n_cpus, machine);
	plan->reason = plan->n_cores > 0 ? explain(plan, options, machine) : NULL;
	if (!plan->reason)
		return carom_fail_memory(err);
	status = make_places(plan, machine, options, err);
	return status ? status : describe_machine(plan, machine, err);
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
	if (options->synthetic && options->xml)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "two machines to plan for");
	if (options->n_workers > PLAN_MAX_WORKERS)
		return carom_fail(err, CAROM_ERROR_LIMIT, "%u workers are too many\n%d is the most",
				  options->n_workers, PLAN_MAX_WORKERS);
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

CAROM_API const char *carom_bind_name(enum carom_bind bind)
{
	static const char *const names[] = {[CAROM_BIND_PU] = "pu",
					    [CAROM_BIND_CORE] = "core",
					    [CAROM_BIND_NUMA] = "numa",
					    [CAROM_BIND_NONE] = "none"};

	return (unsigned)bind < sizeof(names) / sizeof(names[0]) ? names[bind] : "?";
}

CAROM_API void carom_plan_free(struct carom_plan *plan)
{
	if (!plan)
		return;
	mem_free(plan->places);
	mem_free(plan->machine);
	mem_free(plan->reason);
	mem_free(plan);
}

CAROM_API unsigned carom_plan_worker_count(const struct carom_plan *plan)
{
	return plan->n_workers;
}

CAROM_API unsigned carom_plan_cpu(const struct carom_plan *plan, unsigned worker)
{
	return worker < plan->n_workers ? plan->places[worker].cpu : UINT_MAX;
}

CAROM_API int carom_plan_numa_node(const struct carom_plan *plan, unsigned worker)
{
	return worker < plan->n_workers ? plan->places[worker].numa_node : -1;
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

CAROM_API const char *carom_plan_cpus(const struct carom_plan *plan, unsigned worker)
{
	return worker < plan->n_workers ? plan->places[worker].list : "";
}

CAROM_API size_t carom_plan_machine_size(const struct carom_plan *plan)
{
	return plan->n_in_machine;
}

CAROM_API const struct carom_cpu *carom_plan_machine(const struct carom_plan *plan, size_t index)
{
	return index < plan->n_in_machine ? &plan->machine[index] : NULL;
}

const struct cpu_set *plan_cpu_set(const struct carom_plan *plan, unsigned worker)
{
	return &plan->places[worker].cpus;
}
