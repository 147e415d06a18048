/* SPDX-License-Identifier: BSD-3-Clause */
/* The session's own state, and the one way by which its parts call into ngspice. */
#ifndef PLUGIN_NG_STATE_H
#define PLUGIN_NG_STATE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "ng-api.h"
#include "ng-callback.h"
#include "ng-capture.h"
#include "ng-environment.h"
#include "ng-session.h"
#include "ng-stop.h"

struct ng_session {
	struct ng_options options;
	struct ng_api api;
	struct ng_environment environment;
	struct ng_host host;
	unsigned n_holds; /* of the host's state, one inside the other */
	struct ng_callbacks callbacks;
	char library[PATH_MAX]; /* what to open again */
	const char *input_folder;
	unsigned n_commands; /* that ngspice remembers */
	bool is_poisoned;    /* to be unloaded; nothing may be asked of it */
	bool is_wrecked;     /* not even that it frees what it has */
	bool is_loaded;
	bool has_plots;
	bool has_commands;          /* the deck: they may simulate on their own */
	bool hides_points;          /* of this deck ngspice must not tell any: see know_deck() */
	bool may_sweep_temperature; /* by call */
	bool may_find_no_roots;     /* a pz by call */
	bool sees_points;           /* the run */
	bool is_stopped;            /* the last run ended early, without an error of ngspice's */
	bool can_resume;
	bool is_by_call;    /* the last run */
	bool has_edges;     /* the deck: breakpoints, each of which is set at the one before */
	bool has_min_break; /* the deck says how close breakpoints may be */
	bool is_left;   /* the last run was left by longjmp: its plots may be looked at, no more */
	bool is_spoilt; /* it left something behind that only loading the circuit again removes */
	bool is_stuck;  /* removing the circuit would crash ngspice: see remove_circuit() */
	bool has_event_nodes; /* XSPICE has digital nodes, or others of events, in this circuit */
	bool may_have_events; /* XSPICE elements in the deck: see calculate() in ng-evaluate.c */
	unsigned deck_kinds;  /* of its analyses: see ng-analysis.h */
	struct ng_saves saves;
	size_t n_plots;               /* that each run of this deck makes; 0: it has not run yet */
	char last_plot[NG_PLOT_SIZE]; /* that the last run made; "" if none */
};

/*
 * Around every group of calls into ngspice: forgets what it said before, and keeps the host's
 * signal handlers.  ng_end notes whether ngspice wants to be unloaded.
 */
void ng_begin(struct ng_session *session);
void ng_end(struct ng_session *session);

/* Have ngspice carry out a command; nothing happens once it wants to be unloaded. */
void ng_command(struct ng_session *session, const char *text);

/*
 * Make ngspice forget its commands: it keeps 230 bytes of each, and gets slower.  ng_command sees
 * to it now and then.
 */
void ng_forget_commands(struct ng_session *session);

/* Nothing more may be asked of this library; the next load unloads it first. */
void ng_poison(struct ng_session *session);

/* ERROR_STATE unless a circuit is loaded. */
int ng_require_circuit(const struct ng_session *session, struct carom_error *err);

/* Is there a circuit in ngspice, parsed and ready to run?  Asked of ngspice itself. */
bool ng_has_circuit(struct ng_session *session);

#endif
