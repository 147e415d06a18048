/* SPDX-License-Identifier: BSD-3-Clause */
/* Binding to CPUs and memory, read back. */
#include "topology/cpu-set.h"

#include <sched.h>

#include "support.h"

static void a_set_has_what_was_added(void **state)
{
	struct cpu_set set = {{0}};

	(void)state;
	assert_true(cpu_set_is_empty(&set));
	cpu_set_add(&set, CPU_SET_SIZE);
	assert_true(cpu_set_is_empty(&set));
	cpu_set_add(&set, 65);
	assert_false(cpu_set_is_empty(&set));
	assert_true(set.bits[1] == 2);
	cpu_set_add(&set, CPU_SET_SIZE - 1);
	assert_true(set.bits[CPU_SET_SIZE / 64 - 1] == (uint64_t)1 << 63);
}

static void a_process_is_bound_to_the_cpus_of_a_set(void **state)
{
	struct cpu_set one = {{0}}, none = {{0}}, absent = {{0}};
	cpu_set_t before, after;
	unsigned last = 0;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	for (unsigned cpu = 0; cpu < CPU_SETSIZE; cpu++)
		last = CPU_ISSET(cpu, &before) ? cpu : last;
	cpu_set_add(&one, last);
	assert_false(cpu_set_bind(&none));
	assert_true(cpu_set_bind(&one));
	assert_int_equal(sched_getaffinity(0, sizeof(after), &after), 0);
	assert_true(CPU_COUNT(&after) == 1 && CPU_ISSET(last, &after));
	cpu_set_add(&absent, CPU_SET_SIZE - 1);
	assert_false(cpu_set_bind(&absent));
	assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
}

/* Node 0 is there always; whether memory may be bound, the system decides: it is asked twice. */
static void memory_is_not_said_to_be_bound_where_it_is_not(void **state)
{
	bool is_bound = numa_node_bind(0);

	(void)state;
	assert_true(numa_node_bind(0) == is_bound);
	assert_false(numa_node_bind(-1));
	assert_false(numa_node_bind(63));
	assert_false(numa_node_bind(64));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_has_what_was_added),
		cmocka_unit_test(a_process_is_bound_to_the_cpus_of_a_set),
		cmocka_unit_test(memory_is_not_said_to_be_bound_where_it_is_not),
	};

	return run_all_tests(tests);
}
