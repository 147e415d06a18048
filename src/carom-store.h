/* SPDX-License-Identifier: BSD-3-Clause */
/* The store of a study: a Zarr v2 group, one array for each parameter and measurement. */
#ifndef CAROM_STORE_H
#define CAROM_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What became of a sample: the values of the array "status" (int8). */
#define CAROM_SAMPLE_LIST(X)                                                                   \
	X(PENDING, 0, "pending")               /* not simulated yet */                         \
	X(OK, 1, "ok")                         /* every measurement taken */                   \
	X(NO_CONVERGENCE, 2, "no convergence") /* or time step too small */                    \
	X(TIMEOUT, 3, "timeout")               /* over the time limit; its worker was ended */ \
	X(CRASHED, 4, "crashed")               /* its worker died */                           \
	X(MEASURE, 5, "measure")               /* simulated, but a measurement is nan */       \
	X(ERROR, 6, "error")                   /* any other failure of the simulator */

enum carom_sample_status {
#define CAROM_SAMPLE_ENUM(name, number, text) CAROM_SAMPLE_##name = (number),
	CAROM_SAMPLE_LIST(CAROM_SAMPLE_ENUM)
#undef CAROM_SAMPLE_ENUM
		CAROM_SAMPLE_STATUS_COUNT
};
const char *carom_sample_status_text(enum carom_sample_status status);

/* An open store, read-only; a run may still be writing it. Reading is free from any thread. */
struct carom_store;

int carom_store_open(struct carom_store **store, const char *path, struct carom_error *err);
void carom_store_close(struct carom_store *store);

uint64_t carom_store_sample_count(const struct carom_store *store);
/*
 * How many samples count, from the first on: what "until" decided on, or all.  Samples beyond these
 * may be in the store, because workers had them at hand when it was decided.
 */
uint64_t carom_store_counted(const struct carom_store *store);
size_t carom_store_parameter_count(const struct carom_store *store);
size_t carom_store_measurement_count(const struct carom_store *store);
const char *carom_store_parameter_name(const struct carom_store *store, size_t index);
const char *carom_store_measurement_name(const struct carom_store *store, size_t index);
const char *carom_store_parameter_unit(const struct carom_store *store, size_t index);
const char *carom_store_measurement_unit(const struct carom_store *store, size_t index);

/*
 * Columns of sample_count values, borrowed until close. Rows whose status is pending mean nothing.
 */
const double *carom_store_parameter(const struct carom_store *store, size_t index);
const double *carom_store_measurement(const struct carom_store *store, size_t index);
const int8_t *carom_store_status(const struct carom_store *store);
/*
 * The same of one sample, and of a store that is being written: what it tells not to be pending is
 * there whole.  PENDING beyond the last.
 */
enum carom_sample_status carom_store_sample_status(const struct carom_store *store,
						   uint64_t sample);
/*
 * Of importance sampling: ln of each sample's weight, NULL where all have the same; and around
 * which deviate of a parameter samples were drawn, in its sigmas, NAN where it is not known.
 */
const double *carom_store_log_weight(const struct carom_store *store);
double carom_store_deviate(const struct carom_store *store, size_t parameter);
const double *carom_store_seconds(const struct carom_store *store); /* wall time of each sample */
const int32_t *carom_store_worker(const struct carom_store *store); /* which worker, from 0 */

/* Why sample k failed, in a few words; "" if it did not. buffer of size bytes; returns buffer. */
char *carom_store_message(const struct carom_store *store, uint64_t sample, char *buffer,
			  size_t size);

/* Limits asked of a measurement: NAN where there is none. False if it has no spec. */
bool carom_store_spec(const struct carom_store *store, size_t measurement, double *lower,
		      double *upper);

/*
 * Corners and steps make cells, each with as many samples: sample k is number k % cell_samples of
 * cell k / cell_samples.  Without them all samples are of one cell.
 */
uint64_t carom_store_cell_count(const struct carom_store *store);
uint64_t carom_store_cell_samples(const struct carom_store *store);
const char *carom_store_cell_corner(const struct carom_store *store, uint64_t cell); /* or NULL */
size_t carom_store_step_count(const struct carom_store *store);
/*
 * What is stepped ("r1 r2"), NULL beyond the last; and its value in a cell, NAN if there is none.
 */
const char *carom_store_step_name(const struct carom_store *store, size_t step);
double carom_store_step_value(const struct carom_store *store, size_t step, uint64_t cell);

/*
 * What the nominal run gave for a measurement, that is the values of the deck, without corners,
 * steps and variation; NAN if there is none.
 */
double carom_store_nominal(const struct carom_store *store, size_t measurement);
/*
 * What became of it: PENDING if it was not made.  message: why it is not OK, borrowed; may be NULL.
 */
enum carom_sample_status carom_store_nominal_status(const struct carom_store *store,
						    const char **message);

/* ---- kept waveforms ---- */

/* What is known of one; all of it is borrowed until close. */
struct carom_wave {
	const char *name; /* of its array: "v(out)", "v(out).db" */
	const char *unit;
	const char *definition;         /* "ac v(out)" */
	const char *scale, *scale_unit; /* what its points go by: "time" and "s" */
	const char *grid_name;          /* the array of its points' places: "time2" */
	bool is_log;                    /* they are to be drawn so */
	size_t n_points;
	const double *grid;    /* places of the points, upwards */
	const double *nominal; /* of the nominal run; NAN where there is none */
};
size_t carom_store_wave_count(const struct carom_store *store);
const struct carom_wave *carom_store_wave(const struct carom_store *store,
					  size_t index); /* or NULL */

/*
 * The waveform of a sample: n_points values, NAN where it has none, and all of them of a sample
 * that could not be simulated.  ERROR_NOT_FOUND: no such waveform or sample; ERROR_SYSTEM,
 * ERROR_FORMAT: the array cannot be read.
 */
int carom_store_wave_read(const struct carom_store *store, size_t index, uint64_t sample,
			  double *values, struct carom_error *err);

/* How the random numbers were chosen: "plain", "lhs", "sobol". */
const char *carom_store_sampler(const struct carom_store *store);

/* The manifest as JSON text (deck hash, study, seed, versions, machine, facts of the run). */
const char *carom_store_manifest(const struct carom_store *store);

/* The samples as CSV: sample, status, parameters, measurements. Shortest digits that round-trip. */
int carom_store_write_csv(const struct carom_store *store, const char *path,
			  struct carom_error *err); /* path "-": standard output */

#ifdef __cplusplus
}
#endif

#endif
