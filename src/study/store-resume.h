/* SPDX-License-Identifier: BSD-3-Clause */
/* Going on with a store: what the run before left to do. */
#ifndef STUDY_STORE_RESUME_H
#define STUDY_STORE_RESUME_H

#include "study/store.h"

/* What is known of the run that made the store, and of what it left. */
struct store_left {
	enum carom_route route; /* AUTO: it did not get so far as to choose one */
	char version[32];       /* of ngspice, likewise "" */
	uint64_t n_kept;        /* finished samples */
	uint64_t n_kept_failed; /* of them */
	uint64_t n_pending;
};

/* The route of the store at path, AUTO if it tells none; ERROR_NOT_FOUND if there is no store. */
int store_resume_route(const char *path, enum carom_route *route, struct carom_error *err);

/*
 * Open the store that is at job->store in order to complete it.  It must have been made by the same
 * study: the manifests are compared, but for time limit, library and facts of the run, and the
 * error names the first difference.  retries_failed makes samples that failed pending again.
 */
int store_resume(struct store_draft **draft, const struct job *job, bool retries_failed,
		 struct store_left *left, struct carom_error *err);

#endif
