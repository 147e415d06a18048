/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Looking for a while before one sleeps.
 *
 * Waking a sleeper costs 40 to 110 us on a virtual machine.  So a waiting side looks for that long
 * before it sleeps: a call that is short, or follows another at once, wakes nobody, and one that is
 * long loses little.  Where there is one CPU only, nothing can change while one looks.
 */
#ifndef SIM_PATIENCE_H
#define SIM_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

int64_t patience_now_ns(void); /* of the monotonic clock */

/* Until when to look: now, where this thread has one CPU only. */
bool patience_has_other_cpus(void);
int64_t patience_end(bool has_other_cpus);

/* Between two looks: says whether to look again. */
bool patience_lasts(int64_t end);

/* Between two looks that cost next to nothing. */
static inline void patience_relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#endif
}

#endif
