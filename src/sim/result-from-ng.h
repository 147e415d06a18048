/* SPDX-License-Identifier: BSD-3-Clause */
/* From libngspice's plots to ours. */
#ifndef SIM_RESULT_FROM_NG_H
#define SIM_RESULT_FROM_NG_H

#include "carom-plot.h"
#include "ng-session.h"

/*
 * Copy all plots of the last run.  title: of each of them.  *result is the caller's to free; NULL on
 * failure.
 */
int result_from_ng(struct carom_result **result, struct ng_session *ng, const char *title,
		   struct carom_error *err);

#endif
