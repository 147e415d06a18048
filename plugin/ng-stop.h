/* SPDX-License-Identifier: BSD-3-Clause */
/* ngspice's list of what to save and where to stop, which it keeps with the circuit. */
#ifndef PLUGIN_NG_STOP_H
#define PLUGIN_NG_STOP_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

struct ng_session;
struct carom_run_options;

/* An entry of the list, as "status" prints it. */
struct ng_stop_entry {
	unsigned number;
	bool is_save;      /* or else a stop condition */
	bool is_parameter; /* a save of "@..." */
};

/* The answer to "status". */
struct ng_stop_list {
	struct ng_stop_entry *entries;
	size_t n, capacity;
	bool is_short; /* of memory: there are more */
};

/* What is in effect for the loaded circuit. */
struct ng_saves {
	char *asked;         /* by the host, each name behind a blank; NULL: as the deck has it */
	bool is_known;       /* the next two were asked for */
	bool deck_has_some;  /* so a run without a list of its own wants them back */
	bool has_parameters; /* "@..." are saved */
	unsigned sound;      /* the kinds of analyses in which all of them exist, */
	unsigned checked;    /* and in which all names of asked do */
	bool is_guarded;
	bool keeps_nothing; /* until the library is unloaded */
};

/* A line of the answer: "12   stop when time >= 1e-06". */
void ng_stop_list_add(struct ng_stop_list *list, const char *words);

/* A circuit was loaded, with what it saves itself.  keeps_nothing stays. */
void ng_saves_forget(struct ng_saves *saves);

/* Do a run's wishes need a circuit that is loaded anew?  What was changed cannot be put back. */
bool ng_saves_need_reload(const struct ng_saves *saves, const struct carom_run_options *options);

/* Have ngspice save what this run wants.  ERROR_ARGUMENT for what is no name. */
int ng_saves_set(struct ng_session *session, const struct carom_run_options *options,
		 struct carom_error *err);

/*
 * Save a quantity that does not exist behind all others, or do so no more.  Of a point that lacks its last vector
 * libngspice 39 tells nothing; else it takes for granted that all vectors have one, and crashes where
 * a parameter of a device ("@...") does not exist.
 */
int ng_saves_guard(struct ng_session *session, bool is_guarded, struct carom_error *err);

/* Set the stop conditions of a run; take all conditions away. */
int ng_stops_set(struct ng_session *session, const struct carom_run_options *options,
		 struct carom_error *err);
int ng_stops_clear(struct ng_session *session, struct carom_error *err);

#endif
