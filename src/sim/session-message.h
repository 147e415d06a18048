/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a session, its template and its worker tell each other, over sim/wire.h.  The template is the
 * process that has opened ngspice; the worker is a fork of it, which simulates.
 *
 *	session                               template
 *	  ├────────────── OPEN ──────────────────▶│
 *	  │◀────────────── LOG ───────────────────┤   any number of times
 *	  │◀───────────── DONE ───────────────────┤
 *	  ├───────────── START ──────────────────▶│   a worker, at the socket that comes with it
 *	  ├────────────── END ───────────────────▶│   the worker
 *	  │◀───────────── ENDED ──────────────────┤
 *
 *	session                                worker
 *	  ├──── LOAD, ALTER, RUN, PLOTS ─────────▶│
 *	  │◀ LOG, SOURCE, STEP, BLOCK, TOLD, NEED ┤   any number of times
 *	  ├───────── ANSWER, REGION ─────────────▶│   to each, to LOG if it wants one
 *	  │◀───────────── DONE ───────────────────┤
 *
 * Each function moves its message into a pack or out of it (base/pack.h); strings that are unpacked
 * are borrowed, valid as long as the message.
 */
#ifndef SIM_SESSION_MESSAGE_H
#define SIM_SESSION_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pack.h"
#include "carom-session.h"
#include "ng-control.h"
#include "sim/service.h"
#include "sim/worker-process.h"

#define SESSION_WORKER "session" /* the argument that tells carom-worker what it is to be */

/* Descriptors that the template finds open. */
enum { SESSION_FD_WIRE = WORKER_FIRST_FD, SESSION_FD_PAGE };

/* A page that all map; it outlives template and worker. */
#define SESSION_WORDS_SIZE sizeof(((struct carom_error *)NULL)->words)
struct session_page {
	struct ng_control control;      /* host, of the run; the worker looks at it */
	char words[SESSION_WORDS_SIZE]; /* worker: ngspice's last line; host: after its death */
};

enum session_message {
	MESSAGE_OPEN = 1,
	MESSAGE_START,
	MESSAGE_END,
	MESSAGE_ENDED,
	MESSAGE_LOAD,
	MESSAGE_ALTER,
	MESSAGE_RUN,
	MESSAGE_PLOTS,
	MESSAGE_ANSWER,
	MESSAGE_REGION,
	MESSAGE_DONE,
	MESSAGE_LOG,
	MESSAGE_SOURCE,
	MESSAGE_STEP,
	MESSAGE_BLOCK,
	MESSAGE_TOLD,
	MESSAGE_NEED
};

struct message_open {
	const char *version; /* of carom: both must be of one build */
	const char *library;
	const char *folder;
	const char *scratch;
	int32_t core;
	uint64_t memory_limit;
	bool has_log, has_source, has_step;
};
void message_open(struct pack *pack, struct message_open *open);

/* The folder that the worker is to work in, in that of the template. */
void message_start(struct pack *pack, const char **scratch);

void message_ended(struct pack *pack, struct worker_end *end);

/* Unpacking makes deck->lines, to be freed with mem_free; NULL if the pack has failed. */
void message_deck(struct pack *pack, struct service_deck *deck);

/* Unpacking makes the alters: see message_free_alters. */
void message_alters(struct pack *pack, struct alter **alters, size_t *n);
void message_free_alters(struct alter *alters, size_t n);

/* RUN and PLOTS: a region for the result that the worker has; REGION_ONCE: none. */
void message_offer(struct pack *pack, uint32_t *slot);

/* RUN, behind the offer.  Unpacking makes what run_options_release frees. */
struct message_run {
	struct carom_run_options options;
	bool goes_on;
	double max_step;
	bool has_stream, has_progress;
};
void message_run(struct pack *pack, struct message_run *run);

/* Unpacking makes arrays, to be freed by message_free_block, also if the pack has failed. */
struct message_block {
	struct carom_block block;
	double *values; /* of the columns, one behind the other */
};
void message_block(struct pack *pack, struct message_block *block);
void message_free_block(struct message_block *block);

void message_told(struct pack *pack, struct carom_run_progress *progress);

struct message_region { /* the region that was needed; with its descriptor, or there is none */
	uint32_t slot;
	uint64_t size;
};
void message_region(struct pack *pack, struct message_region *region);

struct message_done {
	struct carom_error err;
	bool is_loaded;
	bool has_result;     /* then it follows: result_pack */
	const char *library; /* OPEN */
	const char *version;
};
void message_done(struct pack *pack, struct message_done *done);

struct message_log {
	int32_t level;
	bool wants_answer; /* what comes next is to be seen behind this line */
	const char *line;
};
void message_log(struct pack *pack, struct message_log *log);

struct message_source {
	const char *name;
	double time;
};
void message_source(struct pack *pack, struct message_source *source);

struct message_step {
	double time, delta, next_delta;
	bool is_rejected;
};
void message_step(struct pack *pack, struct message_step *step);

/* To SOURCE: the value; to STEP: the next delta, whether to go on; to BLOCK and TOLD: that; to LOG: none. */
struct message_answer {
	double value;
	bool goes_on;
};
void message_answer(struct pack *pack, struct message_answer *answer);

#endif
