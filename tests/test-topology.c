/* SPDX-License-Identifier: BSD-3-Clause */
/* Plans on synthetic machines, and what must hold for the plan of this one. */
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "carom-topology.h"
#include "support.h"

#define OPTIONS(...) \
	(&(struct carom_plan_options){.size = sizeof(struct carom_plan_options), __VA_ARGS__})
#define SERVER "pack:2 core:64 pu:2" /* CPU 2c and 2c + 1 are core c; package 1 begins at 128 */

static struct carom_plan *planned(const struct carom_plan_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_plan *plan = NULL;

	carom_plan_new(&plan, options, &err);
	assert_ok(&err);
	assert_non_null(plan);
	return plan;
}

static void assert_refused(const struct carom_plan_options *options, int status, int column,
			   const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_plan *plan = NULL;

	assert_int_equal(carom_plan_new(&plan, options, &err), status);
	assert_int_equal(err.status, status);
	assert_error_says(&err, message);
	assert_int_equal(err.column, column);
	assert_null(plan);
}

/* The plan's CPUs are exactly these, in this order. */
static void assert_cpus(const struct carom_plan_options *options, const char *expected)
{
	struct carom_plan *plan = planned(options);
	char cpus[1000] = "";

	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++)
		snprintf(cpus + strlen(cpus), sizeof(cpus) - strlen(cpus), "%s%u", i ? " " : "",
			 carom_plan_cpu(plan, i));
	assert_string_equal(cpus, expected);
	carom_plan_free(plan);
}

static void assert_reason(const struct carom_plan_options *options, unsigned n_workers,
			  const char *expected)
{
	struct carom_plan *plan = planned(options);

	assert_int_equal(carom_plan_worker_count(plan), n_workers);
	assert_string_equal(carom_plan_reason(plan), expected);
	carom_plan_free(plan);
}

/* How many workers of the plan are on CPUs from first to last. */
static unsigned count_on(const struct carom_plan *plan, unsigned first, unsigned last)
{
	unsigned n = 0;

	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++)
		n += carom_plan_cpu(plan, i) >= first && carom_plan_cpu(plan, i) <= last;
	return n;
}

static void one_core_gets_one_worker(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = "pack:1 core:1 pu:1"));

	(void)state;
	assert_int_equal(carom_plan_worker_count(plan), 1);
	assert_int_equal(carom_plan_cpu(plan, 0), 0);
	assert_int_equal(carom_plan_numa_node(plan, 0), -1);
	assert_int_equal(carom_plan_core_count(plan), 1);
	assert_true(carom_plan_is_simulated(plan));
	assert_false(carom_plan_is_oversubscribed(plan));
	assert_string_equal(carom_plan_reason(plan), "1 physical core allowed");
	carom_plan_free(plan);
}

static void each_physical_core_gets_a_worker_on_its_first_thread(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = SERVER));

	(void)state;
	assert_int_equal(carom_plan_worker_count(plan), 128);
	assert_int_equal(carom_plan_core_count(plan), 128);
	for (unsigned core = 0; core < 128; core++) {
		assert_int_equal(count_on(plan, 2 * core, 2 * core), 1);
		assert_int_equal(count_on(plan, 2 * core + 1, 2 * core + 1), 0);
	}
	carom_plan_free(plan);
}

static void threads_of_a_core_come_last_and_only_by_option(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = SERVER, .use_smt = true));

	(void)state;
	assert_int_equal(carom_plan_worker_count(plan), 256);
	assert_int_equal(carom_plan_core_count(plan), 128);
	for (unsigned i = 0; i < 256; i++)
		assert_int_equal(carom_plan_cpu(plan, i) % 2, i >= 128);
	for (unsigned cpu = 0; cpu < 256; cpu++)
		assert_int_equal(count_on(plan, cpu, cpu), 1);
	carom_plan_free(plan);
}

static void few_workers_are_spread_over_packages_and_cores(void **state)
{
	(void)state;
	assert_cpus(OPTIONS(.synthetic = "pack:2 core:4 pu:2", .n_workers = 5), "0 8 2 10 4");
	assert_cpus(OPTIONS(.synthetic = "pack:2 l3:2 core:2 pu:1", .n_workers = 6), "0 4 2 6 1 5");
}

static void workers_are_spread_over_numa_nodes(void **state)
{
	const char *eight_nodes = "pack:2 group:4 [numa] core:4 pu:2";
	struct carom_plan *plan = planned(OPTIONS(.synthetic = eight_nodes, .n_workers = 8));
	unsigned seen = 0;

	(void)state;
	for (unsigned i = 0; i < 8; i++) {
		assert_int_equal(carom_plan_numa_node(plan, i), carom_plan_cpu(plan, i) / 8);
		seen |= 1u << carom_plan_numa_node(plan, i);
	}
	assert_int_equal(seen, 0xff);
	assert_true(carom_plan_numa_node(plan, 0) / 4 != carom_plan_numa_node(plan, 1) / 4);
	carom_plan_free(plan);
}

static void a_small_package_is_filled_and_the_rest_goes_to_the_large_one(void **state)
{
	(void)state;
	assert_cpus(OPTIONS(.synthetic = "pack:2 core:4 pu:1", .allowed = "3-7"), "3 4 5 6 7");
}

static void a_restricted_set_is_kept_to(void **state)
{
	struct carom_plan *plan =
		planned(OPTIONS(.synthetic = SERVER, .allowed = "5-8,200,400-99999999999"));

	(void)state;
	/* cores 2 (CPU 5), 3 (6 and 7), 4 (8) and 100 (200) */
	assert_int_equal(carom_plan_core_count(plan), 4);
	assert_int_equal(carom_plan_worker_count(plan), 4);
	carom_plan_free(plan);
	assert_cpus(OPTIONS(.synthetic = SERVER, .allowed = "5-8,200"), "5 200 6 8");
	assert_cpus(OPTIONS(.synthetic = SERVER, .allowed = "5-8,200", .use_smt = true),
		    "5 200 6 8 7");
}

static void a_list_that_is_none_is_refused_at_its_column(void **state)
{
	static const struct {
		const char *list;
		int column;
	} cases[] = {{"", 1},     {"x", 1},   {"0,", 3},    {"0-", 3},  {"-1", 1},
		     {"0,,1", 3}, {"3-2", 3}, {"0-3 4", 4}, {"0;1", 2}, {"1,0x2", 4}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char message[100];

		snprintf(message, sizeof(message),
			 "\"%s\" is not a list of CPUs\nwrite it like \"0-3,8\"", cases[i].list);
		assert_refused(OPTIONS(.synthetic = "pu:4", .allowed = cases[i].list),
			       CAROM_ERROR_ARGUMENT, cases[i].column, message);
	}
}

static void cpus_that_are_not_there_are_refused(void **state)
{
	(void)state;
	assert_refused(OPTIONS(.synthetic = "core:4 pu:1", .allowed = "4-9"), CAROM_ERROR_ARGUMENT,
		       0,
		       "none of the CPUs \"4-9\" may be used by this process\n\"carom topo\" shows "
		       "which may");
}

static void a_limit_on_cpu_time_is_rounded_up(void **state)
{
	(void)state;
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .quota_cpus = 1.5), 2,
		      "4 physical cores allowed; CPU time limited to 1.5 CPUs");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .quota_cpus = 3), 3,
		      "4 physical cores allowed; CPU time limited to 3 CPUs");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .quota_cpus = 0.01), 1,
		      "4 physical cores allowed; CPU time limited to 0.01 CPUs");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .quota_cpus = 64), 4,
		      "4 physical cores allowed; CPU time limited to 64 CPUs");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .quota_cpus = 0), 4,
		      "4 physical cores allowed");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .quota_cpus = -1), 4,
		      "4 physical cores allowed");
}

static void the_reason_tells_what_was_asked_for(void **state)
{
	(void)state;
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .n_workers = 1), 1,
		      "4 physical cores allowed; 1 worker asked for");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .n_workers = 6, .quota_cpus = 2.5), 6,
		      "4 physical cores allowed; CPU time limited to 2.5 CPUs; 6 workers asked "
		      "for: up to 2 on a core");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .use_smt = true), 8,
		      "8 hardware threads of 4 physical cores allowed");
	assert_reason(OPTIONS(.synthetic = "core:4 pu:2", .use_smt = true, .n_workers = 17), 17,
		      "8 hardware threads of 4 physical cores allowed; 17 workers asked for: up "
		      "to 3 on a hardware thread");
}

static void more_workers_than_cores_share_them_evenly(void **state)
{
	struct carom_plan *plan =
		planned(OPTIONS(.synthetic = "pack:2 core:4 pu:2", .n_workers = 20));

	(void)state;
	assert_true(carom_plan_is_oversubscribed(plan));
	for (unsigned core = 0; core < 8; core++) {
		unsigned n = count_on(plan, 2 * core, 2 * core);

		assert_true(n == 2 || n == 3);
		assert_int_equal(count_on(plan, 2 * core + 1, 2 * core + 1), 0);
	}
	assert_int_equal(count_on(plan, 0, 7), 10);
	carom_plan_free(plan);
}

static void as_many_workers_as_cores_are_not_too_many(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = "core:4 pu:2", .n_workers = 4));

	(void)state;
	assert_false(carom_plan_is_oversubscribed(plan));
	carom_plan_free(plan);
	plan = planned(OPTIONS(.synthetic = "core:4 pu:2", .n_workers = 5));
	assert_true(carom_plan_is_oversubscribed(plan));
	carom_plan_free(plan);
	plan = planned(OPTIONS(.synthetic = "core:4 pu:2", .n_workers = 8, .use_smt = true));
	assert_false(carom_plan_is_oversubscribed(plan));
	carom_plan_free(plan);
}

static void a_worker_beyond_the_last_has_no_cpu(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = "pack:2 [numa] core:4 pu:1"));

	(void)state;
	assert_int_equal(carom_plan_cpu(plan, 7), 7);
	assert_int_equal(carom_plan_numa_node(plan, 7), 1);
	assert_int_equal(carom_plan_cpu(plan, 8), UINT_MAX);
	assert_int_equal(carom_plan_numa_node(plan, 8), -1);
	carom_plan_free(plan);
}

static void cpus_have_the_number_of_the_system(void **state)
{
	(void)state;
	/* threads numbered as Linux often does: 0-3 the first of each core, 4-7 the second */
	assert_cpus(OPTIONS(.synthetic = "core:4 pu:2(indexes=0,4,1,5,2,6,3,7)", .use_smt = true),
		    "0 1 2 3 4 5 6 7");
}

static void a_machine_that_is_none_is_refused(void **state)
{
	(void)state;
	assert_refused(OPTIONS(.synthetic = "toaster:2"), CAROM_ERROR_ARGUMENT, 0,
		       "\"toaster:2\" describes no machine\nwrite it like \"pack:2 core:4 pu:2\" "
		       "(hwloc's synthetic topologies)");
}

static void too_many_workers_are_refused(void **state)
{
	(void)state;
	assert_cpus(OPTIONS(.synthetic = "pu:1", .n_workers = 3), "0 0 0");
	assert_refused(OPTIONS(.synthetic = "pu:1", .n_workers = 1025), CAROM_ERROR_LIMIT, 0,
		       "1025 workers are too many\n1024 is the most");
}

static void options_of_another_size_are_taken_as_far_as_they_go(void **state)
{
	struct carom_plan_options options = {.synthetic = "not looked at", .n_workers = 3};
	struct carom_plan *plan;
	char message[120];

	(void)state;
	options.size = offsetof(struct carom_plan_options, use_smt);
	plan = planned(&options);
	assert_int_equal(carom_plan_worker_count(plan), 3);
	assert_false(carom_plan_is_simulated(plan));
	carom_plan_free(plan);
	options.size = sizeof(options) + 8;
	snprintf(message, sizeof(message),
		 "size of the plan's options is %zu\nset it to sizeof(struct carom_plan_options)",
		 options.size);
	assert_refused(&options, CAROM_ERROR_ARGUMENT, 0, message);
	options.size = 0;
	assert_refused(&options, CAROM_ERROR_ARGUMENT, 0,
		       "size of the plan's options is 0\nset it to sizeof(struct "
		       "carom_plan_options)");
}

/* ---- what workers are bound to ---- */

static void assert_bound(const struct carom_plan_options *options, const char *expected)
{
	struct carom_plan *plan = planned(options);
	char lists[300] = "";

	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++)
		snprintf(lists + strlen(lists), sizeof(lists) - strlen(lists), "%s%s", i ? " " : "",
			 carom_plan_cpus(plan, i));
	assert_string_equal(lists, expected);
	assert_string_equal(carom_plan_cpus(plan, carom_plan_worker_count(plan)), "");
	carom_plan_free(plan);
}

static void workers_are_bound_to_what_is_asked_for(void **state)
{
	static const char machine[] = "pack:2 [numa] core:2 pu:2";

	(void)state;
	assert_bound(OPTIONS(.synthetic = machine), "0 4 2 6");
	assert_bound(OPTIONS(.synthetic = machine, .bind = CAROM_BIND_CORE), "0-1 4-5 2-3 6-7");
	assert_bound(OPTIONS(.synthetic = machine, .bind = CAROM_BIND_NUMA), "0-3 4-7 0-3 4-7");
	assert_bound(OPTIONS(.synthetic = machine, .bind = CAROM_BIND_NONE), "   ");
	assert_bound(OPTIONS(.synthetic = machine, .bind = CAROM_BIND_NUMA, .allowed = "1-2,5"),
		     "1-2 5 1-2");
	assert_bound(OPTIONS(.synthetic = "pu:2", .bind = CAROM_BIND_CORE), "0 1");
	assert_bound(OPTIONS(.synthetic = "core:2 pu:1", .bind = CAROM_BIND_NUMA), "0-1 0-1");
}

static void ways_to_bind_have_names(void **state)
{
	(void)state;
	assert_string_equal(carom_bind_name(CAROM_BIND_PU), "pu");
	assert_string_equal(carom_bind_name(CAROM_BIND_CORE), "core");
	assert_string_equal(carom_bind_name(CAROM_BIND_NUMA), "numa");
	assert_string_equal(carom_bind_name(CAROM_BIND_NONE), "none");
	assert_string_equal(carom_bind_name((enum carom_bind)99), "?");
}

/* ---- the machine, as it is drawn ---- */

static void every_cpu_of_the_machine_has_its_place_and_use(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = "pack:2 [numa] core:2 pu:2",
						  .allowed = "0-3,6", .n_workers = 2));
	const struct carom_cpu *cpu;

	(void)state;
	assert_string_equal(carom_plan_reason(plan),
			    "3 of 4 physical cores allowed; 2 workers asked for");
	assert_int_equal(carom_plan_machine_size(plan), 8);
	for (unsigned i = 0; i < 8; i++) {
		cpu = carom_plan_machine(plan, i);
		assert_int_equal(cpu->cpu, i);
		assert_int_equal(cpu->package, i / 4);
		assert_int_equal(cpu->numa_node, i / 4);
		assert_int_equal(cpu->core, i / 2);
		assert_int_equal(cpu->kind, -1);
		assert_int_equal(cpu->use,
				 i < 4 || i == 6 ? CAROM_CPU_ALLOWED : CAROM_CPU_UNLISTED);
		assert_int_equal(cpu->n_workers, i == 0 || i == 6);
	}
	assert_null(carom_plan_machine(plan, 8));
	carom_plan_free(plan);
}

static void a_small_machine_says_what_it_has_not(void **state)
{
	struct carom_plan *plan = planned(OPTIONS(.synthetic = "pu:1"));
	const struct carom_cpu *cpu = carom_plan_machine(plan, 0);

	(void)state;
	assert_int_equal(carom_plan_machine_size(plan), 1);
	assert_int_equal(cpu->package, -1);
	assert_int_equal(cpu->numa_node, -1);
	assert_int_equal(cpu->core, -1);
	assert_int_equal(cpu->n_workers, 1);
	carom_plan_free(plan);
}

/* ---- cores of several kinds ---- */

static char hybrid[] = "/tmp/carom-hybrid-XXXXXX";

static void append_core(FILE *file, unsigned core, unsigned first, unsigned n)
{
	fprintf(file,
		"<object type=\"Core\" os_index=\"%u\" cpuset=\"0x%x\" "
		"complete_cpuset=\"0x%x\" nodeset=\"1\" complete_nodeset=\"1\" "
		"gp_index=\"%u\">\n",
		core, ((1u << n) - 1) << first, ((1u << n) - 1) << first, 10 + core);
	for (unsigned i = first; i < first + n; i++)
		fprintf(file,
			"<object type=\"PU\" os_index=\"%u\" cpuset=\"0x%x\" "
			"complete_cpuset=\"0x%x\" nodeset=\"1\" complete_nodeset=\"1\" "
			"gp_index=\"%u\"/>\n",
			i, 1u << i, 1u << i, 30 + i);
	fprintf(file, "</object>\n");
}

/* Four slow cores with a thread each, 0-3, then two fast ones with two, 4-7. */
static void write_hybrid(void)
{
	int fd = mkstemp(hybrid);
	FILE *file = fdopen(fd, "w");

	assert_non_null(file);
	fprintf(file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<!DOCTYPE topology SYSTEM \"hwloc2.dtd\">\n<topology version=\"2.0\">\n"
		      "<object type=\"Machine\" os_index=\"0\" cpuset=\"0xff\" "
		      "complete_cpuset=\"0xff\" allowed_cpuset=\"0xff\" nodeset=\"1\" "
		      "complete_nodeset=\"1\" allowed_nodeset=\"1\" gp_index=\"1\">\n"
		      "<object type=\"NUMANode\" os_index=\"0\" cpuset=\"0xff\" "
		      "complete_cpuset=\"0xff\" nodeset=\"1\" complete_nodeset=\"1\" "
		      "gp_index=\"2\" local_memory=\"1000000\"/>\n");
	for (unsigned core = 0; core < 6; core++)
		append_core(file, core, core < 4 ? core : 4 + 2 * (core - 4), core < 4 ? 1 : 2);
	fprintf(file, "</object>\n"
		      "<cpukind cpuset=\"0x0f\" forced_efficiency=\"0\"/>\n"
		      "<cpukind cpuset=\"0xf0\" forced_efficiency=\"1\"/>\n</topology>\n");
	fclose(file);
}

static void fast_cores_come_first_and_all_are_used(void **state)
{
	struct carom_plan *plan;

	(void)state;
	write_hybrid();
	assert_cpus(OPTIONS(.xml = hybrid, .n_workers = 2), "4 6");
	assert_cpus(OPTIONS(.xml = hybrid), "4 6 0 1 2 3");
	assert_cpus(OPTIONS(.xml = hybrid, .use_smt = true), "4 6 0 1 2 3 5 7");
	plan = planned(OPTIONS(.xml = hybrid));
	assert_true(carom_plan_is_simulated(plan));
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(carom_plan_machine(plan, i)->kind, i >= 4);
	carom_plan_free(plan);
	unlink(hybrid);
}

static void a_file_that_describes_no_machine_is_refused(void **state)
{
	(void)state;
	assert_refused(OPTIONS(.xml = "/nowhere/machine.xml"), CAROM_ERROR_ARGUMENT, 0,
		       "/nowhere/machine.xml is no description of a machine\nmake one with "
		       "\"lstopo machine.xml\"");
	assert_refused(OPTIONS(.xml = "/nowhere/machine.xml", .synthetic = "pu:2"),
		       CAROM_ERROR_ARGUMENT, 0, "two machines to plan for");
}

/* ---- this machine ---- */

static void what_slurm_gives_the_job_is_a_limit(void **state)
{
	struct carom_plan *plan;

	(void)state;
	setenv("SLURM_CPUS_ON_NODE", "1", 1);
	plan = planned(OPTIONS(.quota_cpus = -1));
	assert_int_equal(carom_plan_worker_count(plan), 1);
	assert_non_null(strstr(carom_plan_reason(plan), "allowed; SLURM_CPUS_ON_NODE is 1"));
	carom_plan_free(plan);
	setenv("SLURM_CPUS_PER_TASK", "100000", 1);
	plan = planned(OPTIONS(.quota_cpus = -1));
	assert_int_equal(carom_plan_worker_count(plan), carom_plan_core_count(plan));
	assert_non_null(strstr(carom_plan_reason(plan), "SLURM_CPUS_PER_TASK is 100000"));
	carom_plan_free(plan);
	plan = planned(OPTIONS(.synthetic = "core:2 pu:1"));
	assert_string_equal(carom_plan_reason(plan), "2 physical cores allowed");
	carom_plan_free(plan);
	setenv("SLURM_CPUS_PER_TASK", "many", 1);
	unsetenv("SLURM_CPUS_ON_NODE");
	plan = planned(OPTIONS(.quota_cpus = -1));
	assert_null(strstr(carom_plan_reason(plan), "SLURM"));
	carom_plan_free(plan);
	unsetenv("SLURM_CPUS_PER_TASK");
}

static void this_machine_is_planned_within_the_affinity_of_the_process(void **state)
{
	struct carom_plan *plan = planned(NULL);
	cpu_set_t mask;

	(void)state;
	assert_false(carom_plan_is_simulated(plan));
	assert_false(carom_plan_is_oversubscribed(plan));
	assert_int_equal(sched_getaffinity(0, sizeof(mask), &mask), 0);
	assert_true(carom_plan_worker_count(plan) >= 1);
	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++)
		assert_true(CPU_ISSET(carom_plan_cpu(plan, i), &mask));
	carom_plan_free(plan);
}

static void a_process_bound_to_one_cpu_gets_that_one(void **state)
{
	cpu_set_t before, one;
	unsigned last = 0;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	for (unsigned cpu = 0; cpu < CPU_SETSIZE; cpu++)
		last = CPU_ISSET(cpu, &before) ? cpu : last;
	CPU_ZERO(&one);
	CPU_SET(last, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	{
		struct carom_plan *plan = planned(NULL);
		bool is_kept = carom_plan_worker_count(plan) == 1 &&
			       carom_plan_core_count(plan) == 1 && carom_plan_cpu(plan, 0) == last;

		carom_plan_free(plan);
		assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
		assert_true(is_kept);
	}
}

static void planning_leaves_the_affinity_as_it_was(void **state)
{
	cpu_set_t before, after;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	carom_plan_free(planned(NULL));
	assert_int_equal(sched_getaffinity(0, sizeof(after), &after), 0);
	assert_true(CPU_EQUAL(&before, &after));
}

static void memory_that_runs_out_is_an_error_at_every_allocation(void **state)
{
	struct carom_plan *plan = NULL;
	int n_failed = 0;

	(void)state;
	for (;; n_failed++) {
		struct carom_error err = CAROM_ERROR_INIT;
		int status;

		mem_fail_after(n_failed);
		status = carom_plan_new(&plan, OPTIONS(.synthetic = SERVER, .quota_cpus = 3), &err);
		mem_fail_after(-1);
		if (status == 0)
			break;
		assert_int_equal(status, CAROM_ERROR_MEMORY);
		assert_int_equal(err.status, CAROM_ERROR_MEMORY);
		assert_null(plan);
	}
	assert_true(n_failed >= 4); /* plan, CPUs, nodes, reason */
	carom_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_core_gets_one_worker),
		cmocka_unit_test(each_physical_core_gets_a_worker_on_its_first_thread),
		cmocka_unit_test(threads_of_a_core_come_last_and_only_by_option),
		cmocka_unit_test(few_workers_are_spread_over_packages_and_cores),
		cmocka_unit_test(workers_are_spread_over_numa_nodes),
		cmocka_unit_test(a_small_package_is_filled_and_the_rest_goes_to_the_large_one),
		cmocka_unit_test(a_restricted_set_is_kept_to),
		cmocka_unit_test(a_list_that_is_none_is_refused_at_its_column),
		cmocka_unit_test(cpus_that_are_not_there_are_refused),
		cmocka_unit_test(a_limit_on_cpu_time_is_rounded_up),
		cmocka_unit_test(the_reason_tells_what_was_asked_for),
		cmocka_unit_test(more_workers_than_cores_share_them_evenly),
		cmocka_unit_test(as_many_workers_as_cores_are_not_too_many),
		cmocka_unit_test(a_worker_beyond_the_last_has_no_cpu),
		cmocka_unit_test(cpus_have_the_number_of_the_system),
		cmocka_unit_test(a_machine_that_is_none_is_refused),
		cmocka_unit_test(too_many_workers_are_refused),
		cmocka_unit_test(options_of_another_size_are_taken_as_far_as_they_go),
		cmocka_unit_test(workers_are_bound_to_what_is_asked_for),
		cmocka_unit_test(ways_to_bind_have_names),
		cmocka_unit_test(every_cpu_of_the_machine_has_its_place_and_use),
		cmocka_unit_test(a_small_machine_says_what_it_has_not),
		cmocka_unit_test(fast_cores_come_first_and_all_are_used),
		cmocka_unit_test(a_file_that_describes_no_machine_is_refused),
		cmocka_unit_test(what_slurm_gives_the_job_is_a_limit),
		cmocka_unit_test(this_machine_is_planned_within_the_affinity_of_the_process),
		cmocka_unit_test(a_process_bound_to_one_cpu_gets_that_one),
		cmocka_unit_test(planning_leaves_the_affinity_as_it_was),
		cmocka_unit_test(memory_that_runs_out_is_an_error_at_every_allocation),
	};

	return run_all_tests(tests);
}
