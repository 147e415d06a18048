/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What sessions ask of a libngspice, served where it is: in the host or in a worker process.  Nothing
 * here knows circuits, threads or processes.
 */
#ifndef SIM_SERVICE_H
#define SIM_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-session.h"
#include "ng-analysis.h"
#include "sim/alter.h"

struct ng_control;
struct ng_session;
struct result_room;

struct service {
	struct ng_session *ng;
	carom_log_fn *log;
	void *log_arg;
	carom_source_fn *source;
	carom_step_fn *step;
	void *cosim_arg;
	char *folder;                   /* in which ngspice works; NULL: a scratch folder */
	const struct result_room *room; /* where columns of results go; NULL: the heap */

	/* of the loaded deck */
	char *title;
	char *input_folder;
	bool has_hazard;
	unsigned traces; /* enum ng_trace: what runs have left since the circuit was as loaded */
	struct ng_traces own_traces; /* of the deck's own analyses */
	char *text;                  /* of the lines, one after the other, to load them again */
	const char **lines;
	size_t n_lines;
	bool is_gone; /* a run has cost the circuit, which is loaded again when it is needed */
	struct alter_list alters; /* set since the deck was loaded */
};

/* A deck as it is sent; all of it stays the caller's, and is copied before the log is called. */
struct service_deck {
	const char *const *lines; /* title first, ".end" last; n of them */
	size_t n;
	const char *title;        /* of the plots */
	const char *input_folder; /* where code models look for files; NULL if there is none */
	const char *model_files;  /* that code models read, each on a line; NULL: none */
	bool has_hazard;          /* a second run would not start afresh by itself */
	bool is_trusted;          /* it may run commands and programs, and use files */
	bool is_again;            /* the loaded circuit once more: with the values set by now */
	const char *note;         /* told to the log before the load; NULL: none */
};

/*
 * Every call comes from the thread that opens.  private_scratch: this process is ours, and that is the
 * scratch folder that was made for it; NULL: it is the host's.  Whatever is returned, *service is to
 * be closed.
 */
int service_open(struct service *service, const struct carom_session_options *options,
		 const char *private_scratch, struct carom_error *err);
void service_close(struct service *service);

/* err->line is the number of the line (from 1) if it is known. */
int service_load(struct service *service, const struct service_deck *deck, struct carom_error *err);
bool service_is_loaded(const struct service *service);

/* Set values in their order; those behind one that fails are not.  What they own may be taken. */
int service_alter(struct service *service, struct alter *alters, size_t n_alters,
		  struct carom_error *err);

/* What a run is. */
struct service_run {
	const struct carom_run_options *options; /* of full size */
	struct ng_control *control;              /* looked at while it runs; NULL: none */
	bool goes_on;                            /* where the last one has stopped */
	double max_step; /* of the deck's transient that goes on: see ng_session_resume(); else 0 */
};

/*
 * From a fresh state, or going on.  On failure *result is what there is nevertheless, NULL if there is
 * none.  A run that has stopped can go on until anything else is asked for but values to be set.
 */
int service_run(struct service *service, const struct service_run *run,
		struct carom_result **result, struct carom_error *err);

/* The plots that there are. */
int service_plots(struct service *service, struct carom_result **result, struct carom_error *err);

#endif
