/* SPDX-License-Identifier: BSD-3-Clause */
/* The reload route: the job's deck with the values of a sample written into it. */
#ifndef STUDY_RELOAD_H
#define STUDY_RELOAD_H

#include "study/job.h"

struct reload;

struct reload *reload_new(const struct job *job); /* NULL when out of memory; job is borrowed */
void reload_free(struct reload *reload);

/*
 * The job's n_lines lines, the values in their slots; valid until the next call.  NULL: no memory.
 */
const char *const *reload_lines(struct reload *reload, const double *values);

#endif
