/* SPDX-License-Identifier: BSD-3-Clause */
/* The plan of carom topo: drawn, and as JSON. */
#include <jansson.h>

#include "topo.h"

/* ---- for people ---- */

static void print_workers_of(const struct carom_plan *plan, const struct carom_cpu *cpu)
{
	const char *comma = " worker ";

	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++)
		if (carom_plan_cpu(plan, i) == cpu->cpu) {
			printf("%s%u", comma, i);
			comma = ",";
		}
}

static void print_use(const struct carom_plan *plan, const struct carom_cpu *cpu)
{
	if (cpu->n_workers)
		print_workers_of(plan, cpu);
	else if (cpu->use == CAROM_CPU_FORBIDDEN)
		printf(" not allowed");
	else if (cpu->use == CAROM_CPU_UNLISTED)
		printf(" not listed");
	else
		printf(" -");
}

/* What the CPU is in, as far as the one before was not. */
static void print_place(const struct carom_cpu *cpu, const struct carom_cpu *before)
{
	bool is_new =
		!before || cpu->package != before->package || cpu->numa_node != before->numa_node;

	if (is_new && cpu->package >= 0)
		printf("%spackage %d", before ? "\n" : "", cpu->package);
	if (is_new && cpu->numa_node >= 0)
		printf("%sNUMA node %d",
		       cpu->package >= 0 ? ", "
		       : before          ? "\n"
					 : "",
		       cpu->numa_node);
	if (is_new || cpu->core < 0 || cpu->core != before->core) {
		printf("\n  core %-4d", cpu->core < 0 ? (int)cpu->cpu : cpu->core);
		if (cpu->kind >= 0)
			printf(" kind %d ", cpu->kind);
	}
}

static void print_workers(const struct carom_plan *plan)
{
	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++) {
		const char *cpus = carom_plan_cpus(plan, i);

		printf("  worker %-4u %s %s", i, *cpus ? "CPU" : "any CPU", cpus);
		if (*cpus && carom_plan_numa_node(plan, i) >= 0)
			printf("  memory of NUMA node %d", carom_plan_numa_node(plan, i));
		printf("\n");
	}
}

void topo_draw(const struct carom_plan *plan)
{
	unsigned n = carom_plan_worker_count(plan);

	printf("%u worker%s: %s%s%s\n", n, n == 1 ? "" : "s", carom_plan_reason(plan),
	       carom_plan_is_oversubscribed(plan) ? "; more workers than CPUs" : "",
	       carom_plan_is_simulated(plan) ? "; simulated machine" : "");
	print_workers(plan);
	printf("\n");
	for (size_t i = 0; i < carom_plan_machine_size(plan); i++) {
		const struct carom_cpu *cpu = carom_plan_machine(plan, i);

		print_place(cpu, i ? carom_plan_machine(plan, i - 1) : NULL);
		printf("  CPU %u", cpu->cpu);
		print_use(plan, cpu);
	}
	printf("\n");
}

/* ---- for programs ---- */

static json_t *known(int number)
{
	return number >= 0 ? json_integer(number) : json_null();
}

static json_t *worker_to_json(const struct carom_plan *plan, unsigned i)
{
	return json_pack("{s:i, s:s, s:o}", "cpu", (int)carom_plan_cpu(plan, i), "bound_to",
			 carom_plan_cpus(plan, i), "numa_node",
			 known(carom_plan_numa_node(plan, i)));
}

static json_t *cpu_to_json(const struct carom_cpu *cpu)
{
	static const char *const uses[] = {[CAROM_CPU_ALLOWED] = "allowed",
					   [CAROM_CPU_FORBIDDEN] = "not allowed",
					   [CAROM_CPU_UNLISTED] = "not listed"};

	return json_pack("{s:i, s:o, s:o, s:o, s:o, s:s, s:i}", "cpu", (int)cpu->cpu, "package",
			 known(cpu->package), "numa_node", known(cpu->numa_node), "core",
			 known(cpu->core), "kind", known(cpu->kind), "use", uses[cpu->use],
			 "workers", (int)cpu->n_workers);
}

void topo_print_json(const struct carom_plan *plan)
{
	json_t *workers = json_array(), *machine = json_array(), *all;

	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++)
		json_array_append_new(workers, worker_to_json(plan, i));
	for (size_t i = 0; i < carom_plan_machine_size(plan); i++)
		json_array_append_new(machine, cpu_to_json(carom_plan_machine(plan, i)));
	all = json_pack("{s:s, s:i, s:b, s:b, s:o, s:o}", "reason", carom_plan_reason(plan),
			"cores_allowed", (int)carom_plan_core_count(plan), "oversubscribed",
			carom_plan_is_oversubscribed(plan), "simulated",
			carom_plan_is_simulated(plan), "workers", workers, "cpus", machine);
	json_dumpf(all, stdout, JSON_INDENT(2));
	printf("\n");
	json_decref(all);
}
