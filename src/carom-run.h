/* SPDX-License-Identifier: BSD-3-Clause */
/* What a run is asked to do, and what it tells while it goes on. */
#ifndef CAROM_RUN_H
#define CAROM_RUN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Consecutive points of the analysis that runs; everything in it is valid during the call only. */
struct carom_block {
	const char *plot; /* "tran1" */
	size_t first;     /* index of the first of these points in the plot */
	size_t n_points;  /* at least one */
	size_t n_columns;
	/* As users write them: "v(out)", "i(v1)"; the scale, if the plot has one, is column 0. */
	const char *const *names;
	bool is_complex; /* then each column has 2 * n_points doubles, re and im in turn */
	const double *const *columns;
};

/*
 * Called on the session's thread while the analysis runs.  False ends the run, which is no error:
 * what there is becomes the result.  ngspice ends at the point after, which is still in the result
 * and still streamed.  Must not call the session, but for cancel, pause and unpause.
 */
typedef bool carom_stream_fn(void *arg, const struct carom_block *block);

struct carom_run_progress {
	const char *plot; /* of the analysis that runs: "tran1" */
	double fraction;  /* of this analysis, from 0 to 1; NAN if it is not known */
	double at; /* time in s, frequency in Hz or the swept value; NAN for an operating point */
	size_t n_points;  /* of the plot, so far */
	double elapsed_s; /* since the run began */
};

/* As a stream: on the session's thread; false ends the run. */
typedef bool carom_run_progress_fn(void *arg, const struct carom_run_progress *progress);

/*
 * Zero, but for size, is the default everywhere.  All of it stays the caller's: valid until the run
 * has ended (carom_session_run_with), or until carom_session_start has returned, but for
 * what the callbacks' arguments point to.
 */
struct carom_run_options {
	size_t size; /* sizeof(struct carom_run_options) */

	/*
	 * One analysis as on its card, without the dot: "tran 1u 1m uic",
	 * "dc v1 0 5 0.1 temp 0 100 25", "noise v(out) v1 dec 10 1 1meg"; numbers, no expressions.
	 * Others: ac, disto, op, pz, sens, sp, tf.  NULL: all analyses of the deck, in libngspice's
	 * order (carom_result_plot).
	 * What names a net that no element is at is ERROR_VECTOR, a sweep that would not end
	 * ERROR_ARGUMENT.
	 */
	const char *analysis;

	/*
	 * Vectors to keep: "v(out)", "i(v1)", "@m1[gm]", "all".  None: what .save cards say, else
	 * all.  One that no plot of the run has is ERROR_VECTOR, after the run.
	 */
	const char *const *save;
	size_t n_save;

	carom_stream_fn *stream; /* NULL: no streaming */
	void *stream_arg;
	/*
	 * The vectors to stream, of those that are kept, besides the scale; none: all.  Where a
	 * plot does not have one of them, its blocks do not either; if no plot does, that is
	 * ERROR_VECTOR after the run.
	 */
	const char *const *columns;
	size_t n_columns;
	size_t block_points; /* points in a block; an end may come sooner; 0: 1 */
	/*
	 * Points are only streamed: memory does not grow with the run, and the result has no plots.
	 * The next run that keeps its points loads the circuit anew, by itself.
	 */
	bool keeps_nothing;

	carom_run_progress_fn *progress; /* NULL: none is told */
	void *progress_arg;
	double progress_interval_s; /* 0: 0.1 s */

	double time_limit_s; /* wall clock; the run then fails with ERROR_LIMIT; 0: none */
	double stop_time;    /* a transient ends at this time, in s, with a point there; 0: none */
	/*
	 * A run stops at the first point at which this is true: a vector or a number, one of
	 * > < >= <= = <>, a vector or a number: "v(out) > 1.5".
	 */
	const char *stop_when;
	const double *breakpoints; /* times at which transients have a point, in any order */
	size_t n_breakpoints;
};

#ifdef __cplusplus
}
#endif

#endif
