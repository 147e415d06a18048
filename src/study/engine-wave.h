/* SPDX-License-Identifier: BSD-3-Clause */
/* From a column of the simulator to the values of a kept waveform. */
#ifndef STUDY_ENGINE_WAVE_H
#define STUDY_ENGINE_WAVE_H

#include "study/job.h"

/*
 * Room for the points of a run, used again and again; zeroed at first, its values freed by
 * mem_free.
 */
struct wave_room {
	double *values;
	size_t capacity;
};

/*
 * The column's values at the places of the grid, by linear interpolation of what is kept; NAN where
 * they are outside of its scale.  With *why set none can be had, and they are as they were.
 * ERROR_VECTOR: the column is complex and should not be, or the other way round.
 */
int engine_keep_wave(const struct job_wave *wave, const struct job_grid *grid,
		     const struct measure_column *column, struct wave_room *room, double *values,
		     const char **why, struct carom_error *err);

#endif
