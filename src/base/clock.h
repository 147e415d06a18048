/* SPDX-License-Identifier: BSD-3-Clause */
/* The monotonic clock. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

uint64_t clock_now_ns(void);

/* When that many seconds will be over; 30 years for more than these, now for less than none. */
struct timespec clock_end(double seconds);

#endif
