/* SPDX-License-Identifier: BSD-3-Clause */
/* The session's own state, and how its parts hand calls over to its thread. */
#ifndef SIM_SESSION_STATE_H
#define SIM_SESSION_STATE_H

#include <pthread.h>
#include <stdbool.h>

#include "carom-session.h"
#include "circuit/difference.h"
#include "sim/alter.h"
#include "sim/line-list.h"
#include "sim/session-thread.h"

struct ng_options;

struct carom_session {
	struct session_thread *thread;
	pthread_mutex_t mutex; /* a caller holds it for its whole request; it guards what follows */
	struct ng_session *ng;
	carom_log_fn *log;
	void *log_arg;
	char *library;
	char *version;
	char *folder; /* in which ngspice works; NULL: a scratch folder */
	bool sends_all;

	/* of the loaded circuit */
	bool is_loaded;
	char *title;
	char *source;       /* its file, "" if built by calls */
	char *input_folder; /* where it is; NULL if built by calls */
	bool has_hazard;    /* a second run would not start afresh by itself */
	bool has_run;
	char *partial_model;          /* one of which not all bins are loaded; NULL: none */
	struct line_list all_bins;    /* while there is one: what loads the circuit with them */
	struct alter_list alters;     /* kept while the circuit may have to be made afresh */
	struct difference difference; /* between what was loaded and the circuit since */
};

/* What a caller wants done on the thread; the members that it needs are set. */
struct session_request {
	int (*serve)(struct session_request *request);
	struct carom_session *session;
	struct carom_error *err;
	int status;
	const struct ng_options *options; /* open */
	const struct line_list *lines;    /* load */
	struct alter *alters;             /* alter: n_alters of them; what they own may be taken */
	size_t n_alters;
	struct carom_result **result; /* run */
};

/*
 * An earlier failure of the caller's ends here, so that a run of calls needs one test at its end.
 * ngspice's output reaches the host in the midst of a request: another one would wait for ever.
 * If 0 is returned the mutex is held until session_end.
 */
int session_begin(struct carom_session *session, struct carom_error *err);
void session_end(struct carom_session *session);

/* Within a request: */

/* Have it served. */
int session_hand_over(struct session_request *request);

bool session_is_loaded(const struct carom_session *session);
int session_require_circuit(const struct carom_session *session, struct carom_error *err);
int session_load_lines(struct carom_session *session, const struct line_list *lines,
		       struct carom_error *err);
int session_load(struct carom_session *session, const struct carom_circuit *circuit,
		 struct carom_error *err);

/*
 * Set values in the loaded circuit; those behind one that fails are not.  No size that
 * selects a bin is among them while there is a partial_model.
 */
int session_alter(struct carom_session *session, struct alter *alters, size_t n_alters,
		  struct carom_error *err);

/* On the session's thread: what was set, in a circuit that is as it was loaded. */
int session_set_again(struct carom_session *session, struct carom_error *err);

void session_forget_bins(struct carom_session *session);

#endif
