/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * clock() and ftime() as libngspice finds them in this program: without a system call.
 *
 * ngspice asks for the time at each Newton iteration and each point, for its statistics alone; the
 * C library answers clock() by a system call.  Exported by carom-worker, so that the loaded
 * libngspice resolves to these.  Only statistics that nobody reads become coarser.
 */
#include <sys/timeb.h>
#include <time.h>

#include "base/error.h"

#define CALLS_BETWEEN_LOOKS 32

CAROM_API clock_t clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (clock_t)now.tv_sec * CLOCKS_PER_SEC + (clock_t)(now.tv_nsec / 1000);
}

/* Asked for several times at each point; the clock itself moves on each few milliseconds only. */
CAROM_API int ftime(struct timeb *result)
{
	static struct timespec now;
	static unsigned n_calls;

	if (n_calls++ % CALLS_BETWEEN_LOOKS == 0)
		clock_gettime(CLOCK_REALTIME_COARSE, &now);
	result->time = now.tv_sec;
	result->millitm = (unsigned short)(now.tv_nsec / 1000000);
	result->timezone = 0;
	result->dstflag = 0;
	return 0;
}
