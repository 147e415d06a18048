/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Binding a process to CPUs and to memory: facts to be read back, as a container may ignore both.
 */
#include "topology/cpu-set.h"

#include <linux/mempolicy.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

void cpu_set_add(struct cpu_set *set, unsigned cpu)
{
	if (cpu < CPU_SET_SIZE)
		set->bits[cpu / 64] |= (uint64_t)1 << cpu % 64;
}

bool cpu_set_is_empty(const struct cpu_set *set)
{
	uint64_t all = 0;

	for (unsigned i = 0; i < CPU_SET_SIZE / 64; i++)
		all |= set->bits[i];
	return all == 0;
}

_Static_assert(CPU_SET_SIZE <= CPU_SETSIZE, "the C library takes fewer CPUs");

static void copy(const struct cpu_set *set, cpu_set_t *cpus)
{
	CPU_ZERO(cpus);
	for (unsigned cpu = 0; cpu < CPU_SET_SIZE; cpu++)
		if (set->bits[cpu / 64] >> cpu % 64 & 1)
			CPU_SET(cpu, cpus);
}

bool cpu_set_bind(const struct cpu_set *set)
{
	cpu_set_t asked, got;

	if (cpu_set_is_empty(set))
		return false;
	copy(set, &asked);
	sched_setaffinity(0, sizeof(asked), &asked);
	return sched_getaffinity(0, sizeof(got), &got) == 0 && CPU_EQUAL(&asked, &got);
}

bool numa_node_bind(int node)
{
	unsigned long asked, got = 0;
	int mode = MPOL_DEFAULT;

	if (node < 0 || node >= (int)(8 * sizeof(asked)))
		return false;
	asked = 1ul << node;
	syscall(SYS_set_mempolicy, MPOL_PREFERRED, &asked, 8 * sizeof(asked) + 1);
	return syscall(SYS_get_mempolicy, &mode, &got, 8 * sizeof(got), NULL, 0) == 0 &&
	       mode == MPOL_PREFERRED && got == asked;
}
