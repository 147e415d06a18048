/* SPDX-License-Identifier: BSD-3-Clause */
/* From a column of the simulator to the values of a kept waveform. */
#include "study/engine-wave.h"

#include "base/error.h"
#include "base/mem.h"
#include "sim/measure-wave.h"

/* A mistake in the statement, the same in every sample. */
static int check_kind(const struct job_wave *wave, const struct measure_column *column,
		      struct carom_error *err)
{
	if (column->is_complex && wave->part == JOB_PART_REAL)
		return carom_fail(err, CAROM_ERROR_VECTOR,
				  "%s is complex: keep db(), mag(), cph(), real() or imag() of it",
				  wave->expression);
	if (!column->is_complex && wave->part != JOB_PART_REAL)
		return carom_fail(err, CAROM_ERROR_VECTOR, "%s is real: keep real(%s)",
				  wave->expression, wave->expression);
	return 0;
}

/* Level or phase of each point; they are what is interpolated. */
static void take_part(enum job_part part, struct wave *wave, double *values, const char **why)
{
	struct response response;

	for (size_t i = 0; i < wave->n && response_at(wave, i, &response, why); i++)
		values[i] = part == JOB_PART_DB ? response.db : response.phase;
	wave->y = values;
	wave->y_stride = 1;
}

int engine_keep_wave(const struct job_wave *wave, const struct job_grid *grid,
		     const struct measure_column *column, struct wave_room *room, double *values,
		     const char **why, struct carom_error *err)
{
	struct wave seen = wave_of(column);
	int status = check_kind(wave, column, err);

	if (status)
		return status;
	if (wave->part != JOB_PART_REAL) {
		if (!mem_reserve(&room->values, &room->capacity, column->n, sizeof(double)))
			return carom_fail_memory(err);
		take_part((enum job_part)wave->part, &seen, room->values, why);
	}
	if (!*why)
		wave_sample(&seen, grid->values, grid->n, values, why);
	return 0;
}
