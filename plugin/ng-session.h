/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One libngspice in this process, driven by one thread: load, alter, run, look, heal.
 *
 *	closed ──open──▶ idle ──run──▶ running ──▶ idle        (ng_session_run, on return)
 *	                  ▲                └─────▶ poisoned   (ngspice asked to be unloaded)
 *	                  └──────heal (reload)───────┘        (next load, by itself)
 *
 * Thread rule: every call of one session comes from the thread that opened it.  A run in progress is
 * told to end, pause and go on by its ng_control.  libngspice keeps its state in globals, so a process has one session: a second
 * open fails with ERROR_STATE.  Nothing here knows circuits: a deck is an array of lines.
 */
#ifndef PLUGIN_NG_SESSION_H
#define PLUGIN_NG_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"
#include "carom-run.h"
#include "ng-control.h"

struct ng_session;

/* A classified line of ngspice's output; strings valid during the call. */
enum ng_message_kind { NG_MESSAGE_TEXT, NG_MESSAGE_NOTE, NG_MESSAGE_WARNING, NG_MESSAGE_ERROR };
typedef void ng_log_fn(void *arg, enum ng_message_kind kind, const char *line);

/*
 * Co-simulation.  The value, in V or A, of an EXTERNAL source at a time, in s; name: "v1", "x1.v1" inside
 * subcircuits.  Asked for in every iteration: several times for each time, also for times of steps
 * that are rejected afterwards, so times go back.  Outside of a transient the time is 0.  A value that is
 * not finite ends the run with an error.  Must not call into the session.
 */
typedef double ng_source_fn(void *arg, const char *name, double time);

/* A step that a transient has tried. */
struct ng_step {
	double time;  /* at its end */
	double delta; /* its length */
	/* The next one, as ngspice suggests it; may be made smaller. */
	double *next_delta;
	bool is_rejected; /* by ngspice, which goes back and tries *next_delta */
};

/*
 * Called after each step, before its point is passed on.  Return false to have the step taken back
 * and tried with *next_delta, which must be smaller than delta; of no effect where it is_rejected.
 * ngspice may still cut the next step short, never lengthen it.  Must not call into the session.
 */
typedef bool ng_step_fn(void *arg, const struct ng_step *step);

struct ng_options {
	const char *library; /* path; NULL: $CAROM_NGSPICE, then the usual sonames */
	ng_log_fn *log;
	void *log_arg;
	/*
	 * See points while they are made: for all of a run's options, and its control.  It takes some
	 * microseconds of each operating point.  Of no effect on decks that run commands.
	 */
	bool sees_points;
	ng_source_fn *source; /* NULL: a run of a circuit with EXTERNAL sources fails */
	ng_step_fn *step;     /* NULL: ngspice alone chooses its steps */
	void *cosim_arg;
	/*
	 * Folder in which ngspice works once it has started, relative to the thread's; NULL: a
	 * scratch folder, which goes with the session.
	 */
	const char *folder;
	const char *scratch;     /* an empty folder that the caller removes; NULL: one is made */
	bool is_private_process; /* this process is ours: chdir, unsetenv, setlocale are allowed */
	bool is_trusted;         /* send decks unfiltered */
};

/*
 * The calling thread must be one that carom made, or the process a private one: the working
 * directory of the thread moves to an empty scratch folder (unshare(CLONE_FS) unless
 * is_private_process), its locale to C.
 */
int ng_session_open(struct ng_session **session, const struct ng_options *options,
		    struct carom_error *err);
void ng_session_close(struct ng_session *session);

/*
 * In a fork of the process that has opened the session: work in a scratch folder of its own from now on,
 * an empty one that the caller removes.
 */
int ng_session_move(struct ng_session *session, const char *scratch, struct carom_error *err);

/*
 * Each call below saves what ngspice replaces of the host and puts it back, signal handlers and the state
 * of rand(), in four system calls.  Between these two, which nest, that is done once.
 */
void ng_session_hold(struct ng_session *session);
void ng_session_let_go(struct ng_session *session);

const char *ng_session_library(const struct ng_session *session); /* path of the file in use */
const char *ng_session_version(const struct ng_session *session); /* "39"; "?" if not told */

/*
 * Replace the circuit by the deck of n lines (title first, ".end" last; the lines stay the
 * caller's).  Heals a poisoned session first.  On failure no circuit is loaded; err->line is the
 * number of the line (from 1) if ngspice's words tell it, with source "".  Any "Error" of ngspice is
 * a failure, even one after which it would simulate what it understood.
 */
int ng_session_load(struct ng_session *session, const char *const *lines, size_t n,
		    struct carom_error *err);

/*
 * From the next load on: the folder to which names of files in cards of code models are relative,
 * NULL for none.  An absolute path, which stays the caller's and valid until it is replaced.
 */
void ng_session_set_input_folder(struct ng_session *session, const char *folder);

/* True once a load succeeded and nothing has taken the circuit away since. */
bool ng_session_is_loaded(const struct ng_session *session);

/* Set values in place: "r1" or "@m1[l]"; altermod: "@q1[bf]" or "qn bf".  Checked names only. */
int ng_session_alter(struct ng_session *session, const char *target, double value,
		     struct carom_error *err);
int ng_session_altermod(struct ng_session *session, const char *target, double value,
			struct carom_error *err);

/* The temperature of the runs to come, in degrees Celsius; expressions with "temper" follow it. */
int ng_session_set_temperature(struct ng_session *session, double celsius, struct carom_error *err);

/* Back to the deck as loaded: values, states and all.  On failure no circuit is loaded. */
int ng_session_reset(struct ng_session *session, struct carom_error *err);

/*
 * Run what the options say, NULL: every analysis of the deck.  Plots of earlier runs are destroyed
 * first.  0 only if ngspice reported success, said nothing fatal, and left at least one plot with
 * points; or if the run was ended by a callback or a condition to stop.  The category of the error
 * (convergence, time step, topology, ...) is read from ngspice's own words, which the text quotes.
 *
 * Whatever is returned, the plots made so far can be looked at until the next run, load or
 * ng_session_destroy_plots.  options without sees_points: the stream gets its blocks when the run has
 * ended, and nothing but text of ngspice's ends it early.
 *
 * control, which may be NULL, is looked at at each point.  It stays the caller's.  A run that is
 * cancelled where no point comes for long is left in the middle: then no circuit is loaded any more.
 */
int ng_session_run_with(struct ng_session *session, const struct carom_run_options *options,
			struct ng_control *control, struct carom_error *err);
int ng_session_run(struct ng_session *session, struct carom_error *err); /* (session, NULL, NULL) */

/* Did the last run end early, but for errors: by a callback, a condition or a cancel? */
bool ng_session_is_stopped(const struct ng_session *session);

/*
 * Go on where the last run stopped, if it was one tran or ac (ERROR_STATE else); values may have been
 * altered since.  The plot goes on, too.  Of the options analysis, save and breakpoints do not count.
 *
 * max_step: the longest step of the deck's transient, in s; 0 or NAN if it is not known.  ngspice joins
 * breakpoints that are closer than 1e-10 of it, and closer than 5e-5 in what is resumed: each edge of a
 * pulse sets the next, so that all that follow are lost with one.  With max_step it stays as it was.
 * Without, and of a transient by call, for which it cannot be set, a circuit that has such edges cannot go
 * on: ERROR_STATE, and what has stopped stays as it is.
 */
int ng_session_resume(struct ng_session *session, const struct carom_run_options *options,
		      double max_step, struct ng_control *control, struct carom_error *err);

/*
 * Can the loaded circuit be run so?  Not if an earlier run has left something behind that only loading
 * it again removes: ng_session_run_with then fails with ERROR_STATE.  Nor for the first sweep of the
 * temperature by call, which the next load prepares for.
 */
bool ng_session_can_run(struct ng_session *session, const struct carom_run_options *options);

/* Drop the plots now, so that their memory is ngspice's to reuse. */
void ng_session_destroy_plots(struct ng_session *session);

/* ---- looking at results: views into ngspice's memory, valid until the next run/load/destroy ---- */

struct ng_vector {
	char name[1024];      /* as users write it, cut: "v(out)", "i(v1)", "time", "@m1[gm]" */
	const char *own_name; /* ngspice's; NULL if it was calculated */
	int type;             /* sim.h of ngspice: 1 time, 2 frequency, 3 voltage, 4 current, ... */
	bool is_complex;
	size_t length;
	const double *data; /* length doubles, or 2 * length (re, im) if complex */
};

struct ng_plot {
	char name[64]; /* "tran1" */
	size_t n_vectors;
	int scale; /* index of the scale vector, -1 if there is none (op) */
};

/* Plots of the last run, in ngspice's order of making; without "const". */
size_t ng_session_plot_count(struct ng_session *session);
int ng_session_plot(struct ng_session *session, size_t index, struct ng_plot *plot,
		    struct carom_error *err);
/*
 * A walk through ngspice's names of the vectors of a plot, in a fixed order: as saved; what
 * ng_session_evaluate made comes last.  It is good until ngspice is asked for the names of a plot again.
 */
struct ng_names {
	char **list; /* the last one first */
	size_t left;
};

struct ng_names ng_session_names(struct ng_session *session, const char *plot);
const char *ng_names_next(struct ng_names *names); /* NULL: that was all */
int ng_session_vector(struct ng_session *session, const char *plot, const char *name,
		      struct ng_vector *vector, struct carom_error *err);

/*
 * Evaluate an expression of ngspice's language in the named plot ("ac1"; NULL: the last of the run).
 * A plain vector name costs a look-up; anything else is computed by ngspice into a vector called
 * slot ("carom0"), which lives with the plot.  The caller has checked that expression is safe
 * (ng_expression_is_safe).  ERROR_VECTOR with ngspice's words if it cannot be evaluated.  The length
 * need not be that of the scale: a reduction has one value, a digital node one per event.
 */
int ng_session_evaluate(struct ng_session *session, const char *plot, const char *slot,
			const char *expression, struct ng_vector *vector, struct carom_error *err);

/*
 * The scale (time, frequency, sweep) of the named plot.  For a complex frequency the real parts are
 * at data[0], data[2], ...
 */
int ng_session_scale(struct ng_session *session, const char *plot, struct ng_vector *vector,
		     struct carom_error *err);

/*
 * Is this text free of everything ngspice's command parser would act upon (; ` $ ! > < & quotes,
 * control characters, over-long)?  For names and expressions that go into commands.
 */
bool ng_expression_is_safe(const char *text);
bool ng_name_is_safe(const char *text); /* [A-Za-z0-9_.:#+-@[]] only */

/* The number of bytes in front that are letters, digits or among the signs. */
size_t ng_name_span(const char *text, const char *signs);

/*
 * May this line of a deck be sent (untrusted decks)?  NULL, or why not: ".control runs commands".
 * is_title: the first line.  Used by import as well.
 */
const char *ng_line_refusal(const char *line, bool is_title);

/* Unit and field name of an ngspice vector type: "V" / "voltage"; "" / "notype" if none. */
const char *ng_type_unit(int type);
const char *ng_type_name(int type);

#endif
