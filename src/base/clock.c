/* SPDX-License-Identifier: BSD-3-Clause */
/* Times of the monotonic clock. */
#include "base/clock.h"

#include <math.h>

#define S_NS 1000000000
#define LONGEST_S 1e9

static struct timespec look(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now;
}

uint64_t clock_now_ns(void)
{
	struct timespec at = look();

	return (uint64_t)at.tv_sec * S_NS + (uint64_t)at.tv_nsec;
}

struct timespec clock_end(double seconds)
{
	struct timespec at = look();
	double whole, part = modf(fmin(fmax(seconds, 0), LONGEST_S), &whole);

	at.tv_nsec += (long)(part * S_NS);
	at.tv_sec += (time_t)whole + at.tv_nsec / S_NS;
	at.tv_nsec %= S_NS;
	return at;
}
