/* SPDX-License-Identifier: BSD-3-Clause */
/* The kept waveforms of a store, all together: made with it, and opened to be read. */
#ifndef STUDY_STORE_WAVES_H
#define STUDY_STORE_WAVES_H

#include <jansson.h>

#include "carom-store.h"
#include "study/job.h"
#include "study/store-wave.h"

/* Make the grids and the arrays of the waveforms, and of the nominal ones. */
int store_waves_create(int store, const struct job *job, struct carom_error *err);

struct store_waves {
	struct store_waves_entry {
		struct carom_wave facts; /* its strings belong to the manifest */
		struct store_wave rows;
	} * list;
	size_t n;
};

/*
 * Those that the manifest lists.  *waves needs no initialisation; to be released whatever is
 * returned.
 */
int store_waves_open(struct store_waves *waves, const json_t *manifest, int store,
		     uint64_t n_samples, struct carom_error *err);
void store_waves_release(struct store_waves *waves);

/* Those of an open store, borrowed: store.c. */
const struct store_waves *store_waves_of(const struct carom_store *store);

#endif
