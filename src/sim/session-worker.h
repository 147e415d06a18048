/* SPDX-License-Identifier: BSD-3-Clause */
/* The worker's side of an isolated session: one libngspice that serves messages. */
#ifndef SIM_SESSION_WORKER_H
#define SIM_SESSION_WORKER_H

#include "sim/region.h"
#include "sim/result-from-ng.h"
#include "sim/service.h"
#include "sim/session-message.h"
#include "sim/wire.h"

struct mapping {
	char *memory; /* NULL: none */
	size_t size;
};

struct session_worker {
	struct wire wire;
	struct wire_message message; /* at hand */
	struct session_page *page;
	bool has_log;       /* somebody wants the lines, */
	bool runs_commands; /* and may print them among what commands of the deck print */
	struct service service;
	struct result_room room;
	char *scratch;
	char *library_prefix;
	bool is_confined; /* to what the first deck that is not trusted needs */
	struct mapping regions[REGION_ONCE + 1];
	uint32_t slot; /* the result's region; REGION_ONCE: none was offered, or one made for it */
};

/* In the template: have ngspice opened as the session wants it, by a worker with a wire and a page. */
int session_worker_open(struct session_worker *worker, const struct message_open *open,
			struct carom_error *err);

/* The answer to what was asked; result may be NULL. */
void session_worker_reply(struct session_worker *worker, const struct carom_error *err,
			  const struct carom_result *result);

/* In a fork of it: serve the session at this socket, working in this folder, and exit. */
void session_worker_serve(struct session_worker *worker, int fd, const char *scratch)
	__attribute__((noreturn));

#endif
