/* SPDX-License-Identifier: BSD-3-Clause */
/* How long it pays to look before one sleeps. */
#include "sim/patience.h"

#include <sched.h>

#include "base/clock.h"

#define PATIENCE_NS 100000

int64_t patience_now_ns(void)
{
	return (int64_t)clock_now_ns();
}

bool patience_has_other_cpus(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 1;
}

int64_t patience_end(bool has_other_cpus)
{
	return patience_now_ns() + (has_other_cpus ? PATIENCE_NS : 0);
}

bool patience_lasts(int64_t end)
{
	return patience_now_ns() < end;
}
