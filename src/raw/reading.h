/* SPDX-License-Identifier: BSD-3-Clause */
/* What one call reads, and how far it is: shared by the threads that do it. */
#ifndef RAW_READING_H
#define RAW_READING_H

#include <stdatomic.h>

#include "carom-raw.h"
#include "raw/source.h"

struct reading {
	struct source *source;
	const struct carom_raw_variable *of_plot; /* all variables of the plot */
	const size_t *variables;                  /* wanted, n of them */
	size_t n;
	double *const *columns;
	size_t first, n_points;
	unsigned n_threads;
	carom_raw_progress_fn *progress; /* may be NULL; called by the caller's thread only */
	void *progress_arg;
	uint64_t total;        /* of what done counts */
	_Atomic uint64_t done; /* any thread adds */
	atomic_bool is_over;   /* cancelled or failed: any thread sets it, all end soon */
};

/* Add to what is done, as the caller's thread; false if the reading is over. */
bool reading_go_on(struct reading *reading, uint64_t done);
/* The same as any other thread. */
bool reading_add(struct reading *reading, uint64_t done);

#endif
