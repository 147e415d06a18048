/* SPDX-License-Identifier: BSD-3-Clause */
/* The folder of a program's own: made and removed. */
#include "scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "study/folder.h"

int scratch_open(struct scratch *scratch, struct carom_error *err)
{
	const char *parent = getenv("TMPDIR");
	int status;

	snprintf(scratch->folder, sizeof(scratch->folder), "%s/carom-bench-XXXXXX",
		 parent && *parent ? parent : "/tmp");
	if (mkdtemp(scratch->folder)) {
		snprintf(scratch->store, sizeof(scratch->store), "%s/mc.zarr", scratch->folder);
		return 0;
	}
	status = carom_fail_errno(err, "%s", scratch->folder);
	scratch->folder[0] = '\0';
	return status;
}

void scratch_close(const struct scratch *scratch)
{
	if (scratch->folder[0] && folder_remove(AT_FDCWD, scratch->folder, NULL))
		fprintf(stderr, "%s is left behind\n", scratch->folder);
}
