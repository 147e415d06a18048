/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulator in a process of its own.  Whatever becomes of that process is an error of the call at
 * hand; the next load starts another one.
 */
#include "sim/simulator-process.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-version.h"
#include "sim/patience.h"
#include "sim/plot.h"
#include "sim/result-pack.h"
#include "sim/worker-path.h"

/* ---- requests ---- */

/* The first answer counts. */
static int keep_string(char **kept, const char *string)
{
	if (string && !*kept && !(*kept = mem_strdup(string)))
		return CAROM_ERROR_MEMORY;
	return 0;
}

/* The region is the result's then. */
static int take_result(struct request *request, struct pack *body)
{
	struct region *region = request->region;
	int status;

	if (!request->result)
		return CAROM_ERROR_FORMAT;
	status = result_unpack(request->result, body, region ? region->memory : NULL,
			       region ? region->size : 0);
	if (status || !region)
		return status;
	result_hold(*request->result, region_release, region);
	request->region = NULL;
	return 0;
}

static int take_reply(struct request *request, struct pack *body)
{
	struct simulator *base = &request->simulator->base;
	struct message_done done;
	int status;

	message_done(body, &done);
	if (body->failed)
		return CAROM_ERROR_FORMAT;
	base->is_loaded = done.is_loaded;
	request->simulator->n_failed += done.err.status && !done.is_loaded;
	request->status = (int)done.err.status;
	if (request->status && request->err && !request->err->status)
		*request->err = done.err;
	status = done.has_result ? take_result(request, body) : 0;
	if (!status)
		status = keep_string(&base->library, done.library);
	return status ? status : keep_string(&base->version, done.version);
}

/* Send what was packed and serve the worker until it has replied. */
static int exchange(struct request *request, enum session_message kind)
{
	struct wire *wire = &request->simulator->wire;
	struct wire_message message;
	int status = wire_send(wire, kind, -1);

	request->is_settled = status == CAROM_ERROR_MEMORY || status == CAROM_ERROR_LIMIT;
	while (!status) {
		status = wire_receive(wire, &message);
		if (message.fd >= 0)
			close(message.fd);
		request->is_settled = message.kind == MESSAGE_DONE;
		if (!status && request->is_settled)
			return take_reply(request, &message.body);
		if (!status)
			status = process_answer(request, &message);
		/* It may never fall silent.  A host that is slow to answer else is not its fault. */
		if (!status && message.kind == MESSAGE_LOG && !process_goes_on(request->simulator))
			status = CAROM_ERROR_CANCELLED;
	}
	return status;
}

static const char *name_of(enum session_message kind)
{
	switch (kind) {
	case MESSAGE_OPEN:
		return "start of ngspice";
	case MESSAGE_LOAD:
		return "load";
	case MESSAGE_ALTER:
		return "setting of values";
	case MESSAGE_RUN:
		return "run";
	default:
		return "copying of plots";
	}
}

/* Whatever is wrong on the way to the worker, but for a lack of room at its end, ends its process. */
static int call(struct request *request, enum session_message kind)
{
	struct process_simulator *simulator = request->simulator;
	int status;

	simulator->call = name_of(kind);
	simulator->began_ns = patience_now_ns();
	simulator->cancelled_ns = 0;
	status = exchange(request, kind);
	if (status == CAROM_ERROR_FORMAT)
		request->is_settled = false;
	if (status && request->is_settled)
		carom_fail(request->err, status, "%s", carom_status_text(status));
	else if (status)
		status = process_fail(simulator, status, request->err);
	region_release(request->region);
	request->region = NULL;
	return status ? status : request->status;
}

/* ---- what is served ---- */

static int open_ngspice(struct process_simulator *simulator, struct carom_error *err)
{
	const struct carom_session_options *options = &simulator->options;
	struct request request = {.simulator = simulator, .err = err};
	struct message_open open = {
		.version = CAROM_VERSION_STRING,
		.library = options->library,
		.folder = options->folder,
		.scratch = simulator->home.path,
		.core = options->core,
		.memory_limit = options->memory_limit,
		.has_log = options->log != NULL,
		.has_source = options->source != NULL,
		.has_step = options->step != NULL,
	};
	struct pack pack = wire_begin(&simulator->wire);

	message_open(&pack, &open);
	return call(&request, MESSAGE_OPEN);
}

static int start_template(struct process_simulator *simulator, struct carom_error *err)
{
	int status = process_template_start(simulator, err);

	if (!status)
		status = open_ngspice(simulator, err);
	if (!status) {
		process_template_settle(simulator);
		return 0;
	}
	process_end(simulator);
	process_template_end(simulator);
	return status;
}

static bool is_alive(const struct process_simulator *simulator)
{
	return wire_is_alive(&simulator->control) && wire_is_alive(&simulator->wire);
}

static int start(struct process_simulator *simulator, struct carom_error *err)
{
	int status = 0;

	process_end(simulator);
	if (!wire_is_alive(&simulator->control)) {
		process_template_end(simulator);
		status = start_template(simulator, err);
	}
	return status ? status : process_start(simulator, err);
}

/*
 * libngspice is loaded again after a deck that has spoiled it, and 130 kB stay behind each time: after
 * so many failures a new process is cheap.
 */
#define MAX_FAILED 32

static bool is_enough(const char *allowed, const char *asked)
{
	return !asked || (allowed && strcmp(allowed, asked) == 0);
}

/* Does the deck need another process than one that has been confined for an earlier deck, or is worn? */
static bool needs_another(const struct process_simulator *simulator,
			  const struct service_deck *deck)
{
	if (simulator->n_failed >= MAX_FAILED)
		return true;
	if (!simulator->is_confined)
		return false;
	return deck->is_trusted || !is_enough(simulator->readable, deck->input_folder) ||
	       !is_enough(simulator->model_files, deck->model_files);
}

static int note_confinement(struct process_simulator *simulator, const struct service_deck *deck,
			    struct carom_error *err)
{
	if (deck->is_trusted || simulator->is_confined)
		return 0;
	simulator->is_confined = true;
	if (deck->input_folder && !(simulator->readable = mem_strdup(deck->input_folder)))
		return carom_fail_memory(err);
	if (deck->model_files && !(simulator->model_files = mem_strdup(deck->model_files)))
		return carom_fail_memory(err);
	return 0;
}

static int load(struct simulator *base, const struct service_deck *deck, struct carom_error *err)
{
	struct process_simulator *simulator = (struct process_simulator *)base;
	struct request request = {.simulator = simulator, .err = err};
	struct service_deck packed = *deck;
	struct pack pack;
	int status = 0;

	if (!is_alive(simulator) || needs_another(simulator, deck))
		status = start(simulator, err);
	if (!status)
		status = note_confinement(simulator, deck, err);
	if (status)
		return status;
	base->has_died = false;
	pack = wire_begin(&simulator->wire);
	message_deck(&pack, &packed);
	return call(&request, MESSAGE_LOAD);
}

static int alter(struct simulator *base, struct alter *alters, size_t n_alters,
		 struct carom_error *err)
{
	struct process_simulator *simulator = (struct process_simulator *)base;
	struct request request = {.simulator = simulator, .err = err};
	struct pack pack = wire_begin(&simulator->wire);

	message_alters(&pack, &alters, &n_alters);
	return call(&request, MESSAGE_ALTER);
}

/* A request for a result, whose body begins with the offer of a region. */
static struct pack begin_result(struct request *request)
{
	struct process_simulator *simulator = request->simulator;
	struct pack pack = wire_begin(&simulator->wire);
	uint32_t slot;

	*request->result = NULL;
	request->region = region_offer(simulator->regions);
	slot = request->region ? request->region->slot : REGION_ONCE;
	message_offer(&pack, &slot);
	return pack;
}

static int run(struct simulator *base, const struct service_run *run, struct carom_result **result,
	       struct carom_error *err)
{
	struct process_simulator *simulator = (struct process_simulator *)base;
	struct request request = {.simulator = simulator, .err = err, .result = result};
	struct message_run message = {*run->options, run->goes_on, run->max_step,
				      run->options->stream != NULL, run->options->progress != NULL};
	struct pack pack = begin_result(&request);
	int status;

	message_run(&pack, &message);
	simulator->run = run->options;
	status = call(&request, MESSAGE_RUN);
	simulator->run = NULL;
	return status;
}

static int plots(struct simulator *base, struct carom_result **result, struct carom_error *err)
{
	struct process_simulator *simulator = (struct process_simulator *)base;
	struct request request = {.simulator = simulator, .err = err, .result = result};

	begin_result(&request);
	return call(&request, MESSAGE_PLOTS);
}

static bool is_calling(const struct simulator *base)
{
	return process_is_calling((const struct process_simulator *)base);
}

/* ---- open and close ---- */

static void close_simulator(struct simulator *base)
{
	struct process_simulator *simulator = (struct process_simulator *)base;

	process_end(simulator);
	process_template_end(simulator);
	region_pool_free(simulator->regions);
	process_unmap_page(simulator);
	mem_free((char *)(uintptr_t)simulator->options.library);
	mem_free((char *)(uintptr_t)simulator->options.folder);
	mem_free(base->library);
	mem_free(base->version);
	mem_free(simulator);
}

static const struct simulator_ops ops = {
	.close = close_simulator,
	.load = load,
	.alter = alter,
	.run = run,
	.plots = plots,
	.is_calling = is_calling,
};

/* Later processes are to find the same, wherever the host is then. */
static int keep_path(const char **kept, const char *path, struct carom_error *err)
{
	char *whole;

	if (!path || !strchr(path, '/')) {
		*kept = path ? mem_strdup(path) : NULL;
		return path && !*kept ? carom_fail_memory(err) : 0;
	}
	whole = realpath(path, NULL);
	*kept = mem_strdup(whole ? whole : path);
	free(whole);
	return *kept ? 0 : carom_fail_memory(err);
}

static int init(struct process_simulator *simulator, const struct carom_session_options *options,
		struct carom_error *err)
{
	const char *folder = options->folder, *library = options->library;
	int status;

	simulator->base.ops = &ops;
	simulator->page_fd = simulator->wire.fd = simulator->control.fd = -1;
	simulator->options = *options;
	simulator->options.folder = simulator->options.library = NULL;
	simulator->regions = region_pool_new();
	if (!simulator->regions)
		return carom_fail_memory(err);
	status = process_map_page(simulator, err);
	if (!status)
		status = keep_path(&simulator->options.folder, folder, err);
	if (!status)
		status = keep_path(&simulator->options.library, library, err);
	if (!status)
		status = worker_find(simulator->program, sizeof(simulator->program),
				     options->worker, err);
	return status ? status : start_template(simulator, err);
}

int simulator_process_open(struct simulator **simulator,
			   const struct carom_session_options *options, struct carom_error *err)
{
	struct process_simulator *made = mem_zalloc(1, sizeof(*made));
	int status;

	*simulator = NULL;
	if (!made)
		return carom_fail_memory(err);
	status = init(made, options, err);
	if (status)
		close_simulator(&made->base);
	else
		*simulator = &made->base;
	return status;
}
