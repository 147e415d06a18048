/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulator in a process of its own.  Whatever becomes of that process is an error of the call at
 * hand; the next load starts another one.
 */
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-version.h"
#include "ng-control.h"
#include "ng-scratch.h"
#include "sim/patience.h"
#include "sim/plot.h"
#include "sim/region.h"
#include "sim/result-pack.h"
#include "sim/session-message.h"
#include "sim/simulator.h"
#include "sim/wire.h"
#include "sim/worker-path.h"
#include "sim/worker-process.h"

struct process_simulator {
	struct simulator base;
	struct carom_session_options options; /* its strings are owned, or NULL */
	char program[PATH_MAX];
	struct region_pool *regions;
	/* An address in the thread on which a callback is made; NULL: none is. */
	_Atomic(const void *) calling;

	/* of the process at hand */
	struct worker_process process; /* pid 0: there is none */
	struct wire wire;
	struct ng_scratch scratch;

	struct session_page *page; /* of all its processes, one after the other */
	int page_fd;               /* -1: none */

	/* of the run at hand; options NULL: none */
	const struct carom_run_options *run;
	int64_t run_began_ns, cancelled_ns; /* 0: not cancelled */
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

static _Thread_local const char this_thread;

/* ---- the end of a process ---- */

static void release_process(struct process_simulator *simulator)
{
	wire_release(&simulator->wire);
	ng_scratch_remove(&simulator->scratch);
	region_pool_forget(simulator->regions);
}

static struct worker_end end_process(struct process_simulator *simulator)
{
	struct worker_end end;

	worker_kill(&simulator->process);
	end = worker_wait(&simulator->process);
	release_process(simulator);
	simulator->base.is_loaded = false;
	simulator->base.has_died = true;
	return end;
}

/* The page is the worker's to write; it is dead, but it may have gone wild. */
static void copy_words(const struct process_simulator *simulator, char words[SESSION_WORDS_SIZE])
{
	size_t length = strnlen(simulator->page->words, SESSION_WORDS_SIZE - 1);

	memcpy(words, simulator->page->words, length);
	words[length] = '\0';
}

static int fail_impatient(const struct process_simulator *simulator, int status,
			  struct carom_error *err)
{
	if (status != CAROM_ERROR_CANCELLED)
		return carom_fail(err, status, "the simulator's process was ended: %s",
				  carom_status_text(status));
	if (simulator->cancelled_ns > 0)
		return carom_fail(err, CAROM_ERROR_CANCELLED,
				  "the run was cancelled, and its process ended because it did not "
				  "react; load a circuit again");
	return carom_fail(err, CAROM_ERROR_LIMIT,
			  "the run took longer than its time limit, and its process was ended "
			  "because it did not react; load a circuit again");
}

/* The process ended, or will: say why. */
static int fail_dead(struct process_simulator *simulator, int status, struct carom_error *err)
{
	char words[SESSION_WORDS_SIZE], how[64] = "is gone";
	bool is_dead = status == CAROM_ERROR_CRASHED;
	struct worker_end end;

	copy_words(simulator, words);
	end = end_process(simulator);
	if (!is_dead)
		return fail_impatient(simulator, status, err);
	if (end.signal)
		snprintf(how, sizeof(how), "crashed (%s)", sigdescr_np(end.signal));
	else if (end.is_known)
		snprintf(how, sizeof(how), "ended its process (exit status %d)", end.status);
	return carom_fail(err, status, "ngspice %s; load a circuit again%s%s", how,
			  words[0] ? "; it said last: " : "", words);
}

/* ---- the worker's questions ---- */

static int send_answer(struct process_simulator *simulator, struct message_answer answer)
{
	struct pack pack = wire_begin(&simulator->wire);

	message_answer(&pack, &answer);
	return wire_send(&simulator->wire, MESSAGE_ANSWER, -1);
}

static int pass_line(struct process_simulator *simulator, struct pack *body)
{
	const struct carom_session_options *options = &simulator->options;
	struct message_log log;

	message_log(body, &log);
	if (body->failed || !options->log)
		return CAROM_ERROR_FORMAT;
	options->log(options->log_arg, (enum carom_log_level)log.level, log.line);
	return 0;
}

static int answer_source(struct process_simulator *simulator, struct pack *body)
{
	const struct carom_session_options *options = &simulator->options;
	struct message_source source;

	message_source(body, &source);
	if (body->failed || !options->source)
		return CAROM_ERROR_FORMAT;
	return send_answer(
		simulator,
		(struct message_answer){
			options->source(options->cosim_arg, source.name, source.time), true});
}

static int answer_step(struct process_simulator *simulator, struct pack *body)
{
	const struct carom_session_options *options = &simulator->options;
	struct message_step step;
	struct carom_step made;
	bool goes_on;

	message_step(body, &step);
	if (body->failed || !options->step)
		return CAROM_ERROR_FORMAT;
	made = (struct carom_step){step.time, step.delta, &step.next_delta, step.is_rejected};
	goes_on = options->step(options->cosim_arg, &made);
	return send_answer(simulator, (struct message_answer){step.next_delta, goes_on});
}

/* Without a descriptor there is none, which is for the worker to report. */
static int answer_need(struct request *request, struct pack *body)
{
	struct process_simulator *simulator = request->simulator;
	struct message_region region;
	struct pack pack;
	int fd, status;

	message_region(body, &region);
	if (body->failed || !request->result)
		return CAROM_ERROR_FORMAT;
	region_release(request->region);
	request->region = region_make(simulator->regions, (size_t)region.size, &fd, NULL);
	if (request->region)
		region = (struct message_region){request->region->slot, request->region->size};
	pack = wire_begin(&simulator->wire);
	message_region(&pack, &region);
	status = wire_send(&simulator->wire, MESSAGE_REGION, fd);
	if (fd >= 0)
		close(fd);
	return status;
}

static int pass_block(struct process_simulator *simulator, struct pack *body)
{
	const struct carom_run_options *run = simulator->run;
	struct message_block message = {.values = NULL};
	struct message_answer answer = {.goes_on = false};
	int status = CAROM_ERROR_FORMAT;

	message_block(body, &message);
	if (!body->failed && run && run->stream) {
		answer.goes_on = run->stream(run->stream_arg, &message.block);
		status = send_answer(simulator, answer);
	}
	message_free_block(&message);
	return status;
}

static int pass_progress(struct process_simulator *simulator, struct pack *body)
{
	const struct carom_run_options *run = simulator->run;
	struct carom_run_progress progress;

	message_told(body, &progress);
	if (body->failed || !run || !run->progress)
		return CAROM_ERROR_FORMAT;
	return send_answer(simulator,
			   (struct message_answer){0, run->progress(run->progress_arg, &progress)});
}

static int answer(struct request *request, struct wire_message *message)
{
	struct process_simulator *simulator = request->simulator;
	int status;

	atomic_store(&simulator->calling, &this_thread);
	switch ((enum session_message)message->kind) {
	case MESSAGE_LOG:
		status = pass_line(simulator, &message->body);
		break;
	case MESSAGE_SOURCE:
		status = answer_source(simulator, &message->body);
		break;
	case MESSAGE_STEP:
		status = answer_step(simulator, &message->body);
		break;
	case MESSAGE_BLOCK:
		status = pass_block(simulator, &message->body);
		break;
	case MESSAGE_TOLD:
		status = pass_progress(simulator, &message->body);
		break;
	case MESSAGE_NEED:
		status = answer_need(request, &message->body);
		break;
	default:
		status = CAROM_ERROR_FORMAT;
	}
	atomic_store(&simulator->calling, NULL);
	return status;
}

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
			status = answer(request, &message);
	}
	return status;
}

/* Whatever is wrong on the way to the worker, but for a lack of room at its end, ends its process. */
static int call(struct request *request, enum session_message kind)
{
	int status = exchange(request, kind);

	if (status == CAROM_ERROR_FORMAT)
		request->is_settled = false;
	if (status && request->is_settled)
		carom_fail(request->err, status, "%s", carom_status_text(status));
	else if (status)
		status = fail_dead(request->simulator, status, request->err);
	region_release(request->region);
	request->region = NULL;
	return status ? status : request->status;
}

/* ---- life ---- */

static int map_page(struct process_simulator *simulator, struct carom_error *err)
{
	int fd = simulator->page_fd = worker_memory("carom-session", 0, err);
	void *page = MAP_FAILED;

	if (fd < 0)
		return fd;
	if (ftruncate(fd, sizeof(*simulator->page)) == 0)
		page = mmap(NULL, sizeof(*simulator->page), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			    0);
	if (page == MAP_FAILED)
		return carom_fail_errno(err, "shared memory");
	simulator->page = page;
	simulator->base.control = &simulator->page->control;
	return 0;
}

static void unmap_page(struct process_simulator *simulator)
{
	if (simulator->page)
		munmap(simulator->page, sizeof(*simulator->page));
	if (simulator->page_fd >= 0)
		close(simulator->page_fd);
}

/*
 * While the worker does not move: a run that is cancelled, or beyond its limit, and does not end by
 * itself in this time is ended with its process.
 */
#define GRACE_NS 1000000000ll

static bool has_patience(void *arg)
{
	struct process_simulator *simulator = arg;
	const struct carom_run_options *run = simulator->run;
	int64_t now = patience_now_ns();

	if (!run)
		return true;
	if (simulator->cancelled_ns == 0 && ng_control_is_cancelled(simulator->base.control))
		simulator->cancelled_ns = now;
	if (simulator->cancelled_ns > 0)
		return now - simulator->cancelled_ns < GRACE_NS;
	return !(run->time_limit_s > 0) || ng_control_is_set(simulator->base.control) ||
	       (double)(now - simulator->run_began_ns - GRACE_NS) < 1e9 * run->time_limit_s;
}

static int start_process(struct process_simulator *simulator, struct carom_error *err)
{
	int ends[2];
	int status = worker_socket(ends, SOCK_STREAM, err);

	if (status)
		return status;
	wire_init(&simulator->wire, ends[0]);
	simulator->wire.goes_on = has_patience;
	simulator->wire.goes_on_arg = simulator;
	simulator->page->words[0] = '\0';
	status = worker_start(&simulator->process, simulator->program, SESSION_WORKER,
			      (int[]){ends[1], simulator->page_fd}, 2, err);
	close(ends[1]);
	return status;
}

static int open_worker(struct process_simulator *simulator, struct carom_error *err)
{
	const struct carom_session_options *options = &simulator->options;
	struct request request = {.simulator = simulator, .err = err};
	struct message_open open = {
		.version = CAROM_VERSION_STRING,
		.library = options->library,
		.folder = options->folder,
		.scratch = simulator->scratch.path,
		.host = (int32_t)getpid(),
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

static int start(struct process_simulator *simulator, struct carom_error *err)
{
	int status = ng_scratch_make(&simulator->scratch, err);

	if (!status)
		status = start_process(simulator, err);
	if (!status)
		status = open_worker(simulator, err);
	if (status)
		end_process(simulator);
	return status;
}

/* ---- what is served ---- */

static int load(struct simulator *base, const struct service_deck *deck, struct carom_error *err)
{
	struct process_simulator *simulator = (struct process_simulator *)base;
	struct request request = {.simulator = simulator, .err = err};
	struct service_deck packed = *deck;
	struct pack pack;
	int status = 0;

	if (!wire_is_alive(&simulator->wire)) {
		end_process(simulator);
		status = start(simulator, err);
	}
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
	struct message_run message = {*run->options, run->goes_on, run->options->stream != NULL,
				      run->options->progress != NULL};
	struct pack pack = begin_result(&request);
	int status;

	message_run(&pack, &message);
	simulator->run = run->options;
	simulator->run_began_ns = patience_now_ns();
	simulator->cancelled_ns = 0;
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
	const struct process_simulator *simulator = (const struct process_simulator *)base;

	return atomic_load(&simulator->calling) == &this_thread;
}

/* ---- open and close ---- */

static void close_simulator(struct simulator *base)
{
	struct process_simulator *simulator = (struct process_simulator *)base;

	end_process(simulator);
	region_pool_free(simulator->regions);
	unmap_page(simulator);
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
	simulator->page_fd = simulator->wire.fd = -1;
	simulator->options = *options;
	simulator->options.folder = simulator->options.library = NULL;
	simulator->regions = region_pool_new();
	if (!simulator->regions)
		return carom_fail_memory(err);
	status = map_page(simulator, err);
	if (!status)
		status = keep_path(&simulator->options.folder, folder, err);
	if (!status)
		status = keep_path(&simulator->options.library, library, err);
	if (!status)
		status = worker_find(simulator->program, sizeof(simulator->program),
				     options->worker, err);
	return status ? status : start(simulator, err);
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
