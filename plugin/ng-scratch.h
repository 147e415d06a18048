/* SPDX-License-Identifier: BSD-3-Clause */
/* The scratch folder that libngspice works in. */
#ifndef PLUGIN_NG_SCRATCH_H
#define PLUGIN_NG_SCRATCH_H

#include <limits.h>
#include <sys/types.h>

#include "carom-error.h"

struct ng_scratch {
	char path[PATH_MAX]; /* "" if there is none */
	pid_t owner;         /* the process that removes it: not a fork */
	int lock; /* held by the owner and its forks as long as one of them lives; or -1 */
};

/*
 * Make a folder below $TMPDIR or /tmp, for this user alone, and remove those that processes which
 * were killed have left there: folders of this user that nobody holds a lock on any more.
 */
int ng_scratch_make(struct ng_scratch *scratch, struct carom_error *err);

/* Make one in such a folder, of which it is a part: with it it is locked and swept. */
int ng_scratch_make_in(struct ng_scratch *scratch, const char *parent, struct carom_error *err);

/* Use a folder that somebody else made and removes. */
int ng_scratch_borrow(struct ng_scratch *scratch, const char *path, struct carom_error *err);

/* Remove it with all that is in it; nothing in a fork of the owner, or if it was borrowed. */
void ng_scratch_remove(struct ng_scratch *scratch);

#endif
