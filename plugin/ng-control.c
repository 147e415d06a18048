/* SPDX-License-Identifier: BSD-3-Clause */
/* Flags for a run in progress, on a futex that works between processes. */
#include "ng-control.h"

#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static void wake(struct ng_control *control)
{
	syscall(SYS_futex, &control->flags, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

void ng_control_clear(struct ng_control *control)
{
	atomic_store_explicit(&control->flags, 0, memory_order_relaxed);
}

void ng_control_cancel(struct ng_control *control)
{
	atomic_fetch_or_explicit(&control->flags, NG_CONTROL_CANCELLED, memory_order_relaxed);
	wake(control);
}

void ng_control_pause(struct ng_control *control)
{
	atomic_fetch_or_explicit(&control->flags, NG_CONTROL_PAUSED, memory_order_relaxed);
}

void ng_control_unpause(struct ng_control *control)
{
	atomic_fetch_and_explicit(&control->flags, ~(uint32_t)NG_CONTROL_PAUSED,
				  memory_order_relaxed);
	wake(control);
}

bool ng_control_hold(struct ng_control *control)
{
	uint32_t flags;

	while ((flags = atomic_load_explicit(&control->flags, memory_order_relaxed)) ==
	       NG_CONTROL_PAUSED)
		syscall(SYS_futex, &control->flags, FUTEX_WAIT, flags, NULL, NULL, 0);
	return flags & NG_CONTROL_CANCELLED;
}
