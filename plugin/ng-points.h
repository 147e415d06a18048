/* SPDX-License-Identifier: BSD-3-Clause */
/* Whether ngspice can show the points of a run as they come, and what is checked once they are there. */
#ifndef PLUGIN_NG_POINTS_H
#define PLUGIN_NG_POINTS_H

#include "carom-error.h"
#include "carom-run.h"

struct ng_session;

/*
 * Before a run with this command: decides whether its points are seen (session->sees_points).  They
 * are not while parameters of devices are saved that may not exist: see ng_saves_guard.
 */
int ng_points_prepare(struct ng_session *session, const struct carom_run_options *options,
		      const char *command, struct carom_error *err);

/*
 * After a run that has this status and left plots: streams those whose points were not seen, tells
 * of the end, and checks that what was asked for is there.
 */
int ng_points_finish(struct ng_session *session, const struct carom_run_options *options,
		     const char *command, int status, struct carom_error *err);

#endif
