/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What host, template and workers share while a study runs.
 *
 *	host ──spawn──▶ template (carom-worker) ──fork──▶ workers
 *	  └──────────── struct pool_shared (memfd) ─────────┘
 *
 * The host spawns the template with four descriptors: job (memfd), shared (memfd), control (one end
 * of a socketpair), the store's folder, wherever that is moved.  The template reports by struct
 * pool_report; when the control socket ends, the other side is gone: a template without a host
 * kills its workers and leaves.
 */
#ifndef STUDY_POOL_H
#define STUDY_POOL_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "carom-error.h"
#include "carom-store.h"
#include "study/job.h"
#include "topology/cpu-set.h"

#define POOL_MAGIC 0x6361726f6d303031ull /* "carom001" */
#define POOL_NO_SAMPLE UINT64_MAX

enum pool_stop { POOL_GO, POOL_STOP /* finish the sample at hand */, POOL_KILL };

/* One worker's line; each field is written by the one named and read by anyone, relaxed. */
struct pool_slot {
	_Alignas(64) _Atomic int32_t pid; /* template: of the process now in this slot, 0 none */
	struct cpu_set cpus;           /* host, before the spawn: to be bound to; empty: to none */
	int32_t numa_node;             /* the same, of its memory; -1: none */
	_Atomic bool is_bound;         /* worker: as read back */
	_Atomic bool is_memory_bound;  /* the same */
	_Atomic uint64_t sample;       /* worker: at hand, POOL_NO_SAMPLE between samples */
	_Atomic uint64_t started_ns;   /* worker: CLOCK_MONOTONIC when it took the sample */
	_Atomic uint64_t n_done;       /* worker; template for a sample it closes itself */
	_Atomic uint64_t n_failed;     /* the same */
	_Atomic uint64_t simulator_ns; /* worker: inside libngspice */
	_Atomic uint64_t busy_ns;      /* worker: from taking a sample to its row, in all */
	_Atomic uint32_t n_restarted;  /* template: processes that took the place of one before */
};

/*
 * The probe: before the workers start, one process runs a sample twice over and compares bits.
 * Written by the probe, read by the template after the probe's end.
 */
#define POOL_PROBE_SAMPLES 3 /* tried until one can be simulated */
enum pool_probe_outcome {
	POOL_PROBE_DIED,      /* before it could tell; template, before it starts the probe */
	POOL_PROBE_NOTHING,   /* no sample could be simulated, so nothing was learned */
	POOL_PROBE_SAME,      /* the second run repeated the first */
	POOL_PROBE_DIFFERENT, /* it did not: the route is wrong for this circuit */
	POOL_PROBE_FAILED     /* error: the sample was none, and the simulator may be spoiled */
};
struct pool_probe {
	_Atomic uint32_t outcome;
	_Atomic uint64_t sample; /* the first to try; after the probe, the next one */
	struct carom_error error;
};

/*
 * The nominal run, in a process of its own before the workers start.  Written by that process,
 * status last, and by the template if it died; read by the host after READY.  pool_nominal_values()
 * has the measurements.
 */
struct pool_nominal {
	_Atomic uint32_t status; /* enum carom_sample_status; PENDING: not run */
	struct carom_error error;
};

struct pool_shared {
	uint64_t magic;           /* host, before the spawn */
	uint32_t n_workers;       /* host, before the spawn */
	_Atomic uint32_t stop;    /* enum pool_stop; host */
	_Atomic uint64_t next;    /* workers: next index to take (fetch_add); template resets */
	_Atomic uint32_t n_beats; /* template: grows while it looks after workers */
	_Atomic uint32_t route;   /* enum carom_route in use; template */
	uint64_t first_sample;    /* host, before the spawn: what row 0 of the store is */
	uint32_t made_route;   /* host, before the spawn: of the samples that are there, or AUTO */
	char made_version[32]; /* the same: ngspice's version, or "" */
	bool wants_nominal;    /* host, before the spawn */
	struct pool_probe probe;
	struct pool_nominal nominal;
	struct pool_slot slot[]; /* n_workers; behind them the measurements of the nominal run */
};

static inline double *pool_nominal_values(struct pool_shared *shared)
{
	return (double *)&shared->slot[shared->n_workers];
}

static inline size_t pool_shared_size(uint32_t n_workers, size_t n_measures)
{
	return sizeof(struct pool_shared) + n_workers * sizeof(struct pool_slot) +
	       n_measures * sizeof(double);
}

/* Template → host, over the control socket. */
enum pool_report_kind {
	POOL_REPORT_READY,  /* circuit loaded, route verified, workers forked */
	POOL_REPORT_NOTE,   /* error.text: something worth telling (a route was given up) */
	POOL_REPORT_FAILED, /* error: the study cannot be run */
	POOL_REPORT_DONE    /* every sample tried, or stopped */
};
struct pool_report {
	uint64_t magic;
	uint32_t kind;
	char library[256]; /* READY: libngspice in use and its version */
	char version[32];
	struct carom_error error;
};

/* Descriptors the template finds open. */
enum { POOL_FD_JOB = 3, POOL_FD_SHARED = 4, POOL_FD_CONTROL = 5, POOL_FD_STORE = 6 };

/*
 * Run the job on workers; the store is put in place when the workers are ready.  made: what there
 * is of it already.  until: when samples are enough; NULL: all are wanted.  Blocks.  Facts are
 * filled whatever happens.
 */
struct carom_plan;
struct store_draft;
struct store_left;
struct until_watch;
int pool_run(const struct job *job, const struct carom_plan *plan, struct store_draft *store,
	     const struct store_left *made, const struct carom_study_options *options,
	     atomic_bool *is_cancelled, struct until_watch *until, struct carom_study_facts *facts,
	     struct carom_error *err);

/* Samples of this run, over all workers. */
void pool_count(const struct pool_shared *shared, uint64_t *n_done, uint64_t *n_failed);

/* All of the facts that the workers tell. */
void pool_fill_facts(const struct pool_shared *shared, const struct carom_plan *plan,
		     struct carom_study_facts *facts);

/* One more line worth telling. */
void pool_add_note(struct carom_study_facts *facts, const char *note);

/* Template process: main of carom-worker.  Returns the exit status. */
int template_main(void);

#endif
