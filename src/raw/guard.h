/* SPDX-License-Identifier: BSD-3-Clause */
/* Mapped memory that may be gone when it is read, since its file became shorter. */
#ifndef RAW_GUARD_H
#define RAW_GUARD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Reads of the mapping by the thread that entered do not end the process: at the first that fails
 * all from there on becomes zeros, and *is_broken true.  Guards of a thread nest; each thread has its
 * own.  The handler of SIGBUS is there while any guard is.
 */
struct guard {
	unsigned char *begin; /* of whole pages */
	size_t size;
	atomic_bool *is_broken;
	struct guard *outer;
};

void guard_enter(struct guard *guard, void *begin, size_t size, atomic_bool *is_broken);
void guard_leave(const struct guard *guard);

#endif
