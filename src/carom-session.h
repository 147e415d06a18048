/* SPDX-License-Identifier: BSD-3-Clause */
/* The session: one simulator, inside this process or in one of its own. */
#ifndef CAROM_SESSION_H
#define CAROM_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-circuit.h"
#include "carom-plot.h"
#include "carom-run.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * libngspice keeps its state in globals, so a process has one session of its own; a second open
 * fails with ERROR_STATE.  All calls into libngspice are made on a thread of the session's own,
 * with a working directory, a locale and (if asked) a core of its own: the process around it is
 * left as it is.
 *
 * Isolated sessions have a process each (carom-worker), so there may be any number of them, and
 * whatever becomes of the simulator, a crash, exit() or kill, is ERROR_CRASHED of the call at hand
 * or the next: the session has no circuit then, and the next load starts another process.
 * Callbacks come on the thread that calls the session.
 *
 * Thread rule: any thread may call; calls are served one at a time.  A fork of the process does not
 * have the session: its calls fail with ERROR_STATE, and close does nothing.  It may open isolated
 * sessions of its own.
 *
 * Like the builders of a circuit, load, alter, update and run do nothing once *err is set.
 */
struct carom_session;

enum carom_log_level { CAROM_LOG_TEXT, CAROM_LOG_NOTE, CAROM_LOG_WARNING, CAROM_LOG_ERROR };
/*
 * One line of ngspice's output, or a note of the session's own, without line end; valid during the
 * call; on the session's thread.
 * Must not call the session: such a call fails with ERROR_STATE (and close does nothing).
 */
typedef void carom_log_fn(void *arg, enum carom_log_level level, const char *line);

/*
 * Co-simulation: what a host gives and is told while a circuit runs.  These callbacks come on the
 * session's thread, must not call the session, and keep the simulator waiting.  docs/session.md has
 * a program.
 *
 * The value, in V or A, of the source "v1 a 0 external" (name "v1"; "x1.v1" in a subcircuit) at a
 * time, in s.  Asked for in every iteration: several times for each time point, also for points
 * that are rejected afterwards, so that times go back.  In analyses other than tran the time is 0.
 * A value that is not finite ends the run with ERROR_ARGUMENT, source and time.
 */
typedef double carom_source_fn(void *arg, const char *name, double time);

/* A time step that a transient has tried. */
struct carom_step {
	double time;        /* at its end, s */
	double delta;       /* its length */
	double *next_delta; /* the next one, as the simulator suggests it; may be made smaller */
	bool is_rejected;   /* by the simulator, which goes back and tries *next_delta */
};

/*
 * Called after each step, before its point is streamed.  Return true to go on, false to have the
 * step taken back and tried with *next_delta, which must be shorter than delta then; where the step
 * is_rejected that is so anyway.  The simulator may cut the next step shorter still, for
 * breakpoints, and never makes one shorter than it can bear: a run in which a step would have to be
 * ends with ERROR_TIMESTEP, one with a *next_delta that is not positive with ERROR_ARGUMENT.
 *
 * ngspice 40 to 44 do not come to the end of a transient then, so a session with them is refused.
 */
typedef bool carom_step_fn(void *arg, const struct carom_step *step);

struct carom_session_options {
	size_t size;         /* sizeof(struct carom_session_options) */
	const char *library; /* path of libngspice; NULL: $CAROM_NGSPICE, else the system's */
	carom_log_fn *log; /* NULL: ngspice's output is dropped (errors are in the error object) */
	void *log_arg;
	int core;       /* logical CPU for the session's thread, counted from 1; 0: not pinned */
	bool sends_all; /* subcircuits, models, parameters and functions that nobody uses, too */
	/*
	 * Folder in which ngspice works, relative to the process's: for the files that a .control
	 * block writes.  Models write their logs there as well.  NULL: a scratch folder.
	 */
	const char *folder;
	carom_source_fn *source; /* NULL: circuits with EXTERNAL sources are refused */
	/*
	 * NULL: the simulator alone chooses its steps.  ngspice 40 to 44: ERROR_LIBRARY, see above.
	 */
	carom_step_fn *step;
	void *cosim_arg;
	/*
	 * ngspice in a process of its own.  What that costs and what it protects from:
	 * docs/session.md.
	 */
	bool is_isolated;
	/* Of an isolated session: */
	const char *worker;    /* carom-worker; NULL: $CAROM_WORKER, then where it is installed */
	uint64_t memory_limit; /* address space of the simulator's process, bytes; 0: no limit */
	/*
	 * Wall clock, in s, for each thing that the simulator does but runs: its start, a load,
	 * values that are set.  Its process is ended then: ERROR_LIMIT.  0: no limit.
	 */
	double load_limit_s;
};

/* options may be NULL for the defaults.  On failure *session is NULL. */
int carom_session_open(struct carom_session **session, const struct carom_session_options *options,
		       struct carom_error *err);

/* A run in the background is cancelled first.  Does nothing in a callback of the session. */
void carom_session_close(struct carom_session *session);

const char *carom_session_library(const struct carom_session *session); /* path */
const char *carom_session_version(const struct carom_session *session); /* "39"; "?" if not told */

/*
 * Replace the simulator's circuit by this one.  The circuit stays the caller's and may be changed
 * or freed afterwards.  A failed load leaves no circuit loaded and the session ready for the next;
 * the error names the deck's file and line where ngspice told them.
 *
 * In-process, a load ends by itself alone: the commands of a trusted deck may take for ever.
 * Isolated, it ends by carom_session_cancel (ERROR_CANCELLED) and load_limit_s (ERROR_LIMIT) as
 * well.
 */
int carom_session_load(struct carom_session *session, const struct carom_circuit *circuit,
		       struct carom_error *err);

/*
 * The plots that exist after a load: those that the .control blocks of a trusted deck made, none
 * for any other.  They last until the next run or load.  A vector of several dimensions, such as
 * what the command "fourier" leaves, has its rows one behind the other.  *result is the caller's to
 * free; NULL on failure.
 */
int carom_session_plots(struct carom_session *session, struct carom_result **result,
			struct carom_error *err);

/*
 * Set a value in the loaded circuit, without a reload.  target: "r1" (the main value: ohm, farad,
 * henry, volt, ampere, siemens), "m1:l" (a parameter of the instance) or "q1:bf" (a parameter of
 * the element's model, for all that share it); "x1.r1" inside subcircuits.  libngspice's own names
 * do as well; of what is inside a subcircuit that is defined in another only they do:
 * "r.x1.r.x2.r1" for r1 of x2 in x1.
 *
 * l and w of a transistor select a bin of a binned model.  Where bins are left out that no
 * transistor had (sends_all loads them at once), the first such call loads the circuit anew, as it
 * was loaded, with all bins and the values that were set since, and tells the log so; no circuit is
 * loaded if that fails.
 */
int carom_session_alter(struct carom_session *session, const char *target, double value,
			struct carom_error *err);

/* What carom_session_update did. */
struct carom_update {
	size_t n_values; /* numbers set in the loaded circuit; 0 if it was loaded anew */
	bool was_reloaded;
	char reason[512]; /* why it was: "amp.cir:14: v1: its waveform ..."; "" if it was not */
};

/*
 * Bring the loaded circuit in line with this one, as carom_session_load would, by setting the
 * numbers that were edited since it was loaded or last brought in line: values, parameters of
 * elements and models, also in every instance of a subcircuit, and what a changed .param or a
 * parameter of an instance reaches through expressions.  Where setting numbers does not do (other
 * edits, a rollback, something that libngspice cannot set, another circuit or none loaded) the
 * circuit is loaded anew, which also undoes what carom_session_alter has set.
 *
 * update may be NULL.  On failure values may have been set in part, or no circuit be loaded; a
 * further call loads.  It costs what the edits reach; the first edit of a parameter, and edits
 * inside of subcircuits, also a pass over the circuit.
 */
int carom_session_update(struct carom_session *session, const struct carom_circuit *circuit,
			 struct carom_update *update, struct carom_error *err);

/*
 * Run every analysis of the loaded circuit, or what the options say (carom-run.h; NULL: the same).
 * *result is the caller's to free.  On failure it is what there is nevertheless, NULL if that is
 * nothing: the points of a run that was cancelled, ran out of time, or did not converge half-way.
 *
 * A run that follows another starts from a fresh state, even for the circuits whose state
 * libngspice would carry over (mutual inductors, event-driven models, ddt).  What a run has cost
 * the simulator when it is ended early is made good before the next one; the circuit stays loaded.
 *
 * ERROR_CANCELLED: by carom_session_cancel.  ERROR_LIMIT: options->time_limit_s.  ERROR_VECTOR:
 * what was to be saved, streamed or compared is not there, or a net of the analysis by call.
 * ERROR_ARGUMENT: what the options say is no analysis, vector or condition.
 *
 * In-process, a run ends early only where points come or ngspice says something: an operating point
 * that is searched for in silence ends by itself alone.  Isolated ones are ended with their process
 * if they do not react within a second: the circuit is gone then, and so are points that were not
 * streamed.  Blocks and progress cost an isolated session a round trip each: stream some hundred
 * points in a block.
 */
int carom_session_run(struct carom_session *session, struct carom_result **result,
		      struct carom_error *err);
int carom_session_run_with(struct carom_session *session, const struct carom_run_options *options,
			   struct carom_result **result, struct carom_error *err);

/*
 * Go on where the last run has stopped (carom_result_is_stopped, or ERROR_CANCELLED and ERROR_LIMIT
 * with a result); values may have been altered in between.  The result has the whole plot, with the
 * same bits as if it had not stopped.  ERROR_STATE unless that run was one transient or ac analysis
 * that is not at its end (libngspice gets others wrong when they go on), nor for a transient by
 * call of a circuit with pulses or the like, whose edges libngspice would lose: they go on from a
 * card of the deck.  Of the options, analysis, save, keeps_nothing and breakpoints do not count.
 */
int carom_session_resume(struct carom_session *session, const struct carom_run_options *options,
			 struct carom_result **result, struct carom_error *err);

/*
 * The same run while the caller goes on.  The options are copied, but for what the arguments of
 * callbacks point to; callbacks come on the session's thread (isolated: on one of the run's own).
 * Until the run is taken by carom_session_wait, all other calls fail with ERROR_STATE, but for the
 * following ones, and close, which cancels it.
 */
int carom_session_start(struct carom_session *session, const struct carom_run_options *options,
			struct carom_error *err);
bool carom_session_is_running(const struct carom_session *session);
/*
 * Wait for its end, at most timeout_s seconds (negative: for ever), and take its result, status and
 * error: those of carom_session_run_with.  ERROR_LIMIT while carom_session_is_running: it goes on,
 * and is to be waited for again.  ERROR_STATE: there is none.
 */
int carom_session_wait(struct carom_session *session, double timeout_s,
		       struct carom_result **result, struct carom_error *err);

/*
 * From any thread, from callbacks, from signal handlers: the run in progress, or in the background,
 * ends at its next point with ERROR_CANCELLED; is held at its next point; goes on.  Without a run
 * they have no effect, but that in an isolated session cancel ends a load, alter or update in
 * progress, and the process with it.  Time limits of runs do not count while a run is held.
 */
void carom_session_cancel(struct carom_session *session);
void carom_session_pause(struct carom_session *session);
void carom_session_unpause(struct carom_session *session);

#ifdef __cplusplus
}
#endif

#endif
