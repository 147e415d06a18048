/* SPDX-License-Identifier: BSD-3-Clause */
/* The session's own state, and what its parts do within one request. */
#ifndef SIM_SESSION_STATE_H
#define SIM_SESSION_STATE_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

#include "carom-session.h"
#include "circuit/difference.h"
#include "sim/alter.h"
#include "sim/background.h"
#include "sim/line-list.h"
#include "sim/simulator.h"
#include "sim/sweep.h"

struct carom_session {
	pthread_mutex_t mutex; /* a caller holds it for its whole request; it guards what follows */
	struct simulator *simulator; /* NULL while it is opened */
	pid_t owner;                 /* the process that opened it: not a fork */
	bool sends_all;
	bool has_host; /* who answers EXTERNAL sources */
	bool is_isolated;

	/* of the loaded circuit */
	bool is_loaded;
	char *title;
	char *source;       /* its file, "" if built by calls */
	char *input_folder; /* where it is; NULL if built by calls */
	char *model_files; /* that its code models read, if an isolated one must know; NULL: none */
	bool is_trusted;
	bool has_hazard;              /* a second run would not start afresh by itself */
	char *partial_model;          /* one of which not all bins are loaded; NULL: none */
	struct line_list all_bins;    /* while there is one: what loads the circuit with them */
	char *sens_fault;             /* at which a sensitivity would crash us; NULL: nothing */
	struct name_table *external;  /* names of EXTERNAL sources, without paths; NULL: none */
	struct name_table *nets;      /* outside of subcircuits; NULL: not all are known */
	struct difference difference; /* between what was loaded and the circuit since */
	struct sweep_list sweeps;     /* of its analyses */

	struct background background; /* with a mutex of its own */
};

/*
 * An earlier failure of the caller's ends here, so that a run of calls needs one test at its end.
 * ngspice's output reaches the host in the midst of a request: another one would wait for ever.
 * The same is true while a run is in the background.  If 0 is returned the mutex is held until
 * session_end.
 */
int session_begin(struct carom_session *session, struct carom_error *err);
void session_end(struct carom_session *session);

/* Within a request: */

bool session_is_loaded(const struct carom_session *session);
int session_require_circuit(const struct carom_session *session, struct carom_error *err);
int session_load(struct carom_session *session, const struct carom_circuit *circuit,
		 struct carom_error *err);

/* options are of full size. */
int session_run(struct carom_session *session, const struct carom_run_options *options,
		bool goes_on, struct carom_result **result, struct carom_error *err);

/* Before a close: a run in the background is cancelled, waited for, and forgotten. */
void session_end_background(struct carom_session *session);

/* Send the lines; what of *deck is the session's is filled in.  The place of an error is the deck's. */
int session_load_lines(struct carom_session *session, const struct line_list *lines,
		       struct service_deck *deck, struct carom_error *err);

/*
 * Set values in the loaded circuit; those behind one that fails are not.  Sizes of transistors are
 * the caller's to look after while there is a partial_model.
 */
int session_alter(struct carom_session *session, struct alter *alters, size_t n_alters,
		  struct carom_error *err);

void session_forget_bins(struct carom_session *session);

/*
 * ERROR_STATE where a sensitivity analysis would crash ngspice: in the deck, before it is loaded into
 * this process, and by call.  An isolated session has nothing to lose by the former.
 */
int session_check_sens(struct carom_session *session, const struct carom_circuit *circuit,
		       struct carom_error *err);
int session_check_sens_run(const struct carom_session *session, const char *analysis,
			   struct carom_error *err);

/*
 * ngspice takes a net that is not there for granted, for results of zeros or its own undoing, and a
 * sweep without a step for one without an end: ERROR_VECTOR and ERROR_ARGUMENT of an analysis by
 * call, or what session_check_sens_run says.  The nets are those of the circuit at its load; 0 or
 * ERROR_MEMORY.
 */
int session_know_nets(struct carom_session *session, const struct carom_circuit *circuit,
		      struct carom_error *err);
int session_check_analysis(const struct carom_session *session, const char *text,
			   struct carom_error *err);

#endif
