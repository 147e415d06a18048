/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What others tell a run in progress: cancel, pause, go on.  It may live in memory that processes
 * share; every function may be called by any thread or process, in signal handlers too.
 */
#ifndef PLUGIN_NG_CONTROL_H
#define PLUGIN_NG_CONTROL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { NG_CONTROL_CANCELLED = 1, NG_CONTROL_PAUSED = 2 };

struct ng_control {
	/* Set by anyone, relaxed: flags and nothing behind them.  A futex for the run that is held. */
	_Atomic uint32_t flags;
};

/* Before a run is asked for: nobody has told it anything. */
void ng_control_clear(struct ng_control *control);

/* The run is to end at its next point; also if it is paused. */
void ng_control_cancel(struct ng_control *control);

void ng_control_pause(struct ng_control *control);
void ng_control_unpause(struct ng_control *control);

/* By the run, at each point: waits as long as it is paused.  True if it is cancelled. */
bool ng_control_hold(struct ng_control *control);

static inline bool ng_control_is_set(const struct ng_control *control)
{
	return control && atomic_load_explicit(&control->flags, memory_order_relaxed) != 0;
}

static inline bool ng_control_is_cancelled(const struct ng_control *control)
{
	return control &&
	       (atomic_load_explicit(&control->flags, memory_order_relaxed) & NG_CONTROL_CANCELLED);
}

#endif
