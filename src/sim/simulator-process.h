/* SPDX-License-Identifier: BSD-3-Clause */
/* The state of a simulator in a process of its own, and what its parts do for one another. */
#ifndef SIM_SIMULATOR_PROCESS_H
#define SIM_SIMULATOR_PROCESS_H

#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "ng-scratch.h"
#include "sim/region.h"
#include "sim/session-message.h"
#include "sim/simulator.h"
#include "sim/wire.h"
#include "sim/worker-process.h"

struct process_simulator {
	struct simulator base;
	struct carom_session_options options; /* its strings are owned, or NULL */
	char program[PATH_MAX];
	struct region_pool *regions;
	/* An address in the thread on which a callback is made; NULL: none is. */
	_Atomic(const void *) calling;

	/* of the template at hand, which has opened ngspice and is forked for each worker */
	struct worker_process template; /* pid 0: there is none */
	struct wire control;            /* to it; -1: it is not ready to be forked */
	struct ng_scratch home;         /* its folder, in which those of its workers are */
	int64_t answer_by_ns;           /* it is given up then */

	/* of the worker at hand */
	struct wire wire; /* to it, or to a template that opens ngspice; -1: there is none */
	struct ng_scratch scratch;
	unsigned n_failed; /* requests that left no deck loaded */
	bool is_confined;  /* it has had a deck that is not trusted */
	char *readable;    /* the input folder of that one, or NULL */
	char *model_files; /* likewise */

	struct session_page *page; /* of all its processes */
	int page_fd;               /* -1: none */

	/* of the call at hand */
	const char *call;                    /* "load" */
	const struct carom_run_options *run; /* NULL: it is no run */
	int64_t began_ns, cancelled_ns;      /* 0: not cancelled */
};

/* A call to be made in the worker. */
struct request {
	struct process_simulator *simulator;
	struct carom_error *err;
	struct region *region; /* for the result; NULL: none */
	struct carom_result **result;
	bool is_settled; /* nothing was asked, or all that was is answered */
	int status;      /* of the reply */
};

/* ---- process-life.c ---- */

/* The page that the processes share with this one. */
int process_map_page(struct process_simulator *simulator, struct carom_error *err);
void process_unmap_page(struct process_simulator *simulator);

/* A wire from here, and the other end of it for a process; negative on failure. */
int process_connect(struct process_simulator *simulator, struct carom_error *err);

/* A worker of the template, that waits for LOAD, with a scratch folder. */
int process_start(struct process_simulator *simulator, struct carom_error *err);

/* Asked while the call at hand is under way: false where the host wants it to end by now. */
bool process_goes_on(struct process_simulator *simulator);

/* End the worker, if there is one, and let go of all that was its. */
struct worker_end process_end(struct process_simulator *simulator);

/* The same, and say why: status is what wire_send or wire_receive returned. */
int process_fail(struct process_simulator *simulator, int status, struct carom_error *err);

/* ---- process-template.c ---- */

/* A process that waits for OPEN at simulator->wire, with a scratch folder. */
int process_template_start(struct process_simulator *simulator, struct carom_error *err);

/* It has opened ngspice: simulator->wire is for its workers from now on. */
void process_template_settle(struct process_simulator *simulator);

/* Have it fork a worker, at simulator->wire. */
int process_template_fork(struct process_simulator *simulator, struct carom_error *err);

/* The end of its worker, or its own if it has none or does not answer. */
struct worker_end process_template_end_worker(struct process_simulator *simulator);

/* End it, if there is one, with its worker, and let go of all that was its. */
struct worker_end process_template_end(struct process_simulator *simulator);

/* ---- process-answer.c ---- */

/* Serve a question of the worker's.  A status of the wire's, ERROR_FORMAT if it makes no sense. */
int process_answer(struct request *request, struct wire_message *message);

/* Is this code a callback that process_answer has made? */
bool process_is_calling(const struct process_simulator *simulator);

#endif
