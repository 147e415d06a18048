/* SPDX-License-Identifier: BSD-3-Clause */
/* From libngspice's plots to ours. */
#ifndef SIM_RESULT_FROM_NG_H
#define SIM_RESULT_FROM_NG_H

#include "carom-plot.h"
#include "ng-session.h"

/* Memory for columns that is not the heap's: size bytes, 64-byte-aligned; NULL: there is none. */
struct result_room {
	void *(*take)(void *arg, size_t size);
	void *arg;
};

/*
 * Copy all plots of the last run, into room (NULL: the heap, and the result holds it).  title: of
 * each of them.  *result is the caller's to free; NULL on failure.
 */
int result_from_ng(struct carom_result **result, struct ng_session *ng, const char *title,
		   const struct result_room *room, struct carom_error *err);

#endif
