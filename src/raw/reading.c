/* SPDX-License-Identifier: BSD-3-Clause */
/* Progress and cancel. */
#include "raw/reading.h"

bool reading_add(struct reading *reading, uint64_t done)
{
	atomic_fetch_add(&reading->done, done);
	return !atomic_load(&reading->is_over) && !atomic_load(&reading->source->is_broken);
}

bool reading_go_on(struct reading *reading, uint64_t done)
{
	bool goes_on = reading_add(reading, done);

	if (goes_on && reading->progress &&
	    reading->progress(reading->progress_arg, atomic_load(&reading->done), reading->total) !=
		    0)
		atomic_store(&reading->is_over, true);
	return goes_on && !atomic_load(&reading->is_over);
}
