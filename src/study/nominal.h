/* SPDX-License-Identifier: BSD-3-Clause */
/* The nominal run of a study: what the deck gives as it stands. */
#ifndef STUDY_NOMINAL_H
#define STUDY_NOMINAL_H

#include "study/crew.h"

/*
 * Run it in a process that does not outlive it, unless it was run.  Its failure is an outcome, left
 * in shared memory; it changes no sample.
 */
int nominal_run(struct crew *crew, struct carom_error *err);

#endif
