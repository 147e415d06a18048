/* SPDX-License-Identifier: BSD-3-Clause */
/* The search for the shift of importance sampling, by batches of samples that are not kept. */
#ifndef STUDY_SEARCH_H
#define STUDY_SEARCH_H

#include "study/run.h"

/*
 * From where the job's search has come to; what a batch found is in the manifest of the store,
 * which is put in its place, before the next one begins.  Batch b has samples of numbers that no
 * other batch and no study has, so the same shift comes out again.  ERROR_LIMIT: no failure was
 * found.
 */
int search_shift(const struct run *run, struct store_draft *store, struct carom_error *err);

#endif
