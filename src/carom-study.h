/* SPDX-License-Identifier: BSD-3-Clause */
/* The study: what varies, what is measured, what is required; run on worker processes. */
#ifndef CAROM_STUDY_H
#define CAROM_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-circuit.h"
#include "carom-store.h"
#include "carom-topology.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Sample k depends on (seed, k) and the names of what varies alone: the same bits for any number of
 * workers, in any order, after any crash.  Thread rule: one thread at a time; carom_study_cancel
 * from any thread or a signal handler.
 */
struct carom_study;

/*
 * A study of this circuit, starting with the "*carom" statements of its deck.  The circuit is
 * borrowed: it must outlive the study and stay unchanged while a run is on.
 */
struct carom_study *carom_study_new(const struct carom_circuit *circuit, struct carom_error *err);
void carom_study_free(struct carom_study *study);

/* How the random numbers of the samples are chosen. */
enum carom_sampler {
	CAROM_SAMPLER_PLAIN, /* each by itself */
	CAROM_SAMPLER_LHS,   /* Latin hypercube: each value in n equal strata, once in each */
	CAROM_SAMPLER_SOBOL  /* Sobol' points, scrambled: even in several values at once */
};
const char *carom_sampler_name(enum carom_sampler sampler); /* "plain", "lhs", "sobol" */

/*
 * The statements, each in the words that follow its keyword in a deck:
 *	vary     "r1 r2 gauss 1%"  "q1:bf uniform 20%"  "m*:delvto gauss 5m each"
 *	measure  "gain ac max(db(v(out)))"
 *	spec     "gain 38 42"      "-" for no limit on that side
 * A later vary of the same target, measure or spec of the same name replaces the earlier one.
 */
int carom_study_vary(struct carom_study *study, const char *text, struct carom_error *err);
int carom_study_measure(struct carom_study *study, const char *text, struct carom_error *err);
int carom_study_spec(struct carom_study *study, const char *text, struct carom_error *err);
/* "r1 r2 0.5", "r* 0.3", "r1 r2 r3 0.5 0.2 0.1": correlation of what varies, of each pair. */
int carom_study_correlate(struct carom_study *study, const char *text, struct carom_error *err);
/*
 * What is set in turn, in all combinations; in each of these cells the study's samples are drawn
 * (one, if nothing varies), around what is nominal there, with the same random numbers:
 *	step    "r1 lin 1k 10k 10"  "temp list -40 27 125"  "c1 dec 1p 1n 5"  "r1 r2 oct 1k 8k 1"
 *	corner  "slow: temp=125 vdd=1.08 m*:vth0=0.5", "low: vdd=-10%"
 *	        "ss: lib=ss", "ss: lib:tt=ss": the deck read from its file again, with that section of
 *	        its libraries; the circuit must not have been edited
 * Sample k is number k % n of cell k / n; cells are numbered corner by corner, the values of the
 * last step following one another quickest.  "never" drops all steps, or corners, said before.
 */
int carom_study_step(struct carom_study *study, const char *text, struct carom_error *err);
int carom_study_corner(struct carom_study *study, const char *text, struct carom_error *err);
/*
 * Waveforms of each sample, each an array of the store, samples by points: "v(out) i(v1)",
 * "gain=db(v(out)) plot=ac", "v(out) from=0 to=1m points=501".  carom_store_wave_read() reads one,
 * carom_store_envelope() has their quantiles.
 */
int carom_study_keep(struct carom_study *study, const char *text, struct carom_error *err);
/*
 * Importance sampling of the failures of one side of a spec: "offset upper", or "offset" where it
 * has one limit; "never" for none.  The samples are drawn around a shift that a search finds first,
 * they have weights (carom_store_log_weight), and what is told of them is carom_store_failure().
 * Unless "until" says otherwise they are enough at a relative error of 10 %.
 */
int carom_study_importance(struct carom_study *study, const char *text, struct carom_error *err);
/* Of each cell. */
int carom_study_set_samples(struct carom_study *study, uint64_t n, struct carom_error *err);
int carom_study_set_seed(struct carom_study *study, uint64_t seed, struct carom_error *err);
int carom_study_set_sampler(struct carom_study *study, enum carom_sampler sampler,
			    struct carom_error *err);
/* Any statement with its keyword: "samples 1000", "time-limit 10", "vary r1 gauss 1%". */
int carom_study_statement(struct carom_study *study, const char *text, struct carom_error *err);

uint64_t carom_study_samples(const struct carom_study *study);           /* default 1000 */
uint64_t carom_study_seed(const struct carom_study *study);              /* default 1 */
double carom_study_confidence(const struct carom_study *study);          /* default 0.95 */
double carom_study_target(const struct carom_study *study);              /* default 0.99 */
enum carom_sampler carom_study_sampler(const struct carom_study *study); /* default PLAIN */

enum carom_route {
	CAROM_ROUTE_AUTO,  /* the fastest that is right for this circuit */
	CAROM_ROUTE_ALTER, /* values set in place */
	CAROM_ROUTE_RESET, /* circuit rebuilt by the simulator before each sample, then altered */
	CAROM_ROUTE_FORK,  /* a fresh copy of the loaded process for each sample, then altered */
	CAROM_ROUTE_RELOAD /* deck with new values loaded for each sample */
};
const char *carom_route_name(enum carom_route route);

/*
 * How a measurement turns a waveform into a number; docs/statements.md defines each.  from= and to=
 * go with all of them.  The strings are constant.
 */
struct carom_reducer {
	const char *name;    /* "cross" */
	char usage[128];     /* "cross(y, level, edge=either, n=1)": a "=" may be left out */
	const char *help;    /* one line */
	const char *example; /* for carom_study_measure: "t_half cross(v(out), 0.5, rise, 1)" */
};
size_t carom_reducer_count(void);
/* ERROR_NOT_FOUND beyond the count, ERROR_MEMORY. */
int carom_reducer(size_t index, struct carom_reducer *reducer, struct carom_error *err);

/* A snapshot of a run, from shared memory. */
struct carom_progress {
	uint64_t n_samples; /* to have in the end */
	uint64_t n_done;    /* of them finished, whatever the outcome; earlier runs included */
	uint64_t n_failed;
	double elapsed_s;
	double rate_hz; /* samples per second of this run */
	double eta_s;   /* NAN while unknown */
	/*
	 * Of importance sampling: which batch of the search these samples are, from 1; 0: of none.
	 */
	unsigned search;
	char reached[120]; /* what "until" knows by now: "error 10%: 14 %, ..."; "" without it */
};
/* Return false to cancel.  Called about ten times a second on the thread that runs the study. */
typedef bool carom_progress_fn(void *arg, const struct carom_progress *progress);

struct carom_study_options {
	size_t size;       /* sizeof(struct carom_study_options) */
	const char *store; /* folder to make ("amp.zarr"); required; must not exist or be a store */
	bool overwrite;    /* replace an existing store */
	unsigned n_workers; /* 0: one for each physical core that this process may use */
	bool no_pin;        /* leave the workers to the scheduler */
	enum carom_route route;
	double time_limit_s; /* for one sample; 0: the study's, or 600 */
	const char *library; /* libngspice; NULL: $CAROM_NGSPICE, else the system's */
	const char *worker;  /* path of carom-worker; NULL: beside the library, or $CAROM_WORKER */
	carom_progress_fn *progress;
	void *progress_arg;
	bool sends_all;    /* subcircuits, models, parameters and functions that nobody uses, too */
	bool resume;       /* complete the store that is there; without one, begin it */
	bool retry_failed; /* with resume: what failed is simulated again, not kept */
	bool use_smt;      /* count hardware threads as cores */
	enum carom_bind bind; /* what workers are bound to; no_pin: NONE */
	const char *cores;    /* list of logical CPUs ("0-3,8") to keep to; NULL: this process's */
};

/*
 * Run it.  Every finished sample is in the store, whatever happens.  The store is put in its place
 * when the workers are ready: a run that cannot begin leaves there what was there.  Returns 0 when
 * each sample has been tried (those that failed carry their status in the store), ERROR_CANCELLED
 * after a cancel, or why the study could not be run.
 *
 * A store is resumed by the study that made it alone: deck, seed, samples, what varies, what is
 * measured and required, route and ngspice's version are compared, and ERROR_ARGUMENT names the
 * first difference.  It ends up bit for bit as if it had been made in one run, but for the times
 * and the workers of its samples.  ERROR_SYSTEM if another run is writing the store.
 */
int carom_study_run(struct carom_study *study, const struct carom_study_options *options,
		    struct carom_error *err);

/*
 * The same run while the caller goes on.  The options are copied but for what progress_arg points
 * to; the progress callback comes on a thread of the run's own.  Statements may be changed
 * meanwhile, for the next run; the circuit too.  ERROR_STATE while one is running.
 * carom_study_cancel ends it.
 */
int carom_study_start(struct carom_study *study, const struct carom_study_options *options,
		      struct carom_error *err);
/*
 * Is it running?  progress (may be NULL) is the last that was told; no sample is done before one
 * is.
 */
bool carom_study_poll(struct carom_study *study, struct carom_progress *progress);
/*
 * Wait for its end, at most timeout_s seconds (negative: for ever); status and error are those of
 * carom_study_run.  ERROR_LIMIT while it goes on, to be waited for again; ERROR_STATE: there is
 * none.
 */
int carom_study_wait(struct carom_study *study, double timeout_s, struct carom_error *err);
/*
 * The samples in memory, while they come and afterwards: columns that the workers write to.  A row
 * may be read once carom_store_sample_status says that it is not pending.  Borrowed until the study
 * is freed or started again.  ERROR_STATE before the first can be there.
 */
int carom_study_results(struct carom_study *study, const struct carom_store **store,
			struct carom_error *err);

/* In the place of a sample's number: the nominal run, with what the deck says and nothing drawn. */
#define CAROM_SAMPLE_NOMINAL UINT64_MAX

/*
 * What the run that made a store found out, for the samples of it that are looked at below: where
 * importance sampling drew them.  Nothing for other studies, or behind a run of this one.
 */
int carom_study_recall(struct carom_study *study, const char *path, struct carom_error *err);

/*
 * Run one sample once more, by the route and with the bits of the study: *store has it in row 0,
 * with values, measurements, status and message, and no folder any more; the caller closes it.  Of
 * the options, store, workers, overwrite and resume do not count.
 */
int carom_study_replay(struct carom_study *study, const struct carom_study_options *options,
		       uint64_t sample, struct carom_store **store, struct carom_error *err);

/*
 * The deck of a sample: the circuit with the sample's values as numbers, for any ngspice to run;
 * what no card has (an element in a subcircuit) is set by commands in a .control block.  The caller
 * frees it with free(); NULL on failure.
 */
char *carom_study_sample_deck(const struct carom_study *study, uint64_t sample,
			      struct carom_error *err);

/* Load the circuit with the values of a sample into a session, to be run there. */
struct carom_session;
int carom_study_load_sample(const struct carom_study *study, uint64_t sample,
			    struct carom_session *session, struct carom_error *err);

/* What is known of the last run of this study; all zero before the first. */
struct carom_study_facts {
	enum carom_route route;
	char route_reason[400]; /* "k1 couples inductors", "" for the fastest */
	char library[256];      /* libngspice in use */
	char version[32];
	unsigned n_workers;
	unsigned n_pinned;    /* workers whose affinity was read back as the planned CPUs */
	unsigned n_restarted; /* worker processes started in place of others */
	char cpus[256]; /* "0 1", "0-3 4-7": the CPUs of each worker, "-" where it is not pinned */
	char pin_reason[200]; /* why this many workers, why not pinned */
	double start_s;       /* until the workers were ready; 0: they never were */
	double elapsed_s;     /* the whole run */
	double rate_hz;       /* samples per second while the workers ran */
	double simulator_s;   /* inside libngspice, all workers together */
	double busy_s;        /* simulating, drawing, measuring, storing: all workers together */
	uint64_t n_done;      /* samples finished by this run */
	struct carom_reach reach; /* how much of the circuit the simulator was given */
	char notes[600];          /* lines worth telling */
	uint64_t n_kept;          /* samples that the store had before: resume */
	uint64_t n_counted;       /* samples that count: carom_store_counted() */
	bool is_enough;           /* "until" was reached by these */
	char until[400]; /* "400 of 1000 samples are enough: yield +-3%: ..."; "" without it */
	unsigned n_memory_bound; /* workers with memory bound to their NUMA node, as read back */
	/*
	 * Of the nominal run, made before the samples with the values of the deck: known when
	 * progress is told for the first time.  PENDING: there was none.
	 */
	enum carom_sample_status nominal_status;
	char nominal_message[200]; /* why it is not OK, in ngspice's words */
};
const struct carom_study_facts *carom_study_facts(const struct carom_study *study);

/* Stop after the samples that are being simulated.  Any thread, any time, signal handlers too. */
void carom_study_cancel(struct carom_study *study);

#ifdef __cplusplus
}
#endif

#endif
