/* SPDX-License-Identifier: BSD-3-Clause */
/* The probe: the fastest route on which a sample that is run twice has one result. */
#ifndef STUDY_PROBE_H
#define STUDY_PROBE_H

#include "study/crew.h"

/* Tells the host something. */
typedef void probe_note_fn(const struct crew *crew, const char *text);

/*
 * Choose shared->route, from the job's on.  The processes that try it are the crew's first slot's.
 */
int probe_route(struct crew *crew, probe_note_fn *note, struct carom_error *err);

#endif
