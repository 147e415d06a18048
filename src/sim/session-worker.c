/* SPDX-License-Identifier: BSD-3-Clause */
/* The worker's side of an isolated session: messages in, libngspice, messages out. */
#include "sim/session-worker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "sim/confine.h"
#include "sim/result-from-ng.h"
#include "sim/result-pack.h"
#include "sim/run-options.h"
#include "sim/session-message.h"

/* Whoever cannot be told is gone, and so is what this process is for. */
static void send_message(struct session_worker *worker, enum session_message kind)
{
	if (wire_send(&worker->wire, kind, -1))
		_exit(EXIT_FAILURE);
}

static void receive_message(struct session_worker *worker, uint32_t kind)
{
	if (wire_receive(&worker->wire, &worker->message) || worker->message.kind != kind)
		_exit(EXIT_FAILURE);
}

/* ---- the host's callbacks ---- */

static struct message_answer ask(struct session_worker *worker, enum session_message kind)
{
	struct message_answer answer = {.value = (double)NAN};

	send_message(worker, kind);
	receive_message(worker, MESSAGE_ANSWER);
	message_answer(&worker->message.body, &answer);
	return answer;
}

static void tell_line(void *arg, enum carom_log_level level, const char *line)
{
	struct session_worker *worker = arg;
	struct message_log log = {(int32_t)level, worker->runs_commands, line};
	struct pack pack;

	snprintf(worker->page->words, sizeof(worker->page->words), "%s", line);
	if (!worker->has_log)
		return;
	pack = wire_begin(&worker->wire);
	message_log(&pack, &log);
	if (worker->runs_commands)
		ask(worker, MESSAGE_LOG);
	else
		send_message(worker, MESSAGE_LOG);
}

static double ask_source(void *arg, const char *name, double time)
{
	struct session_worker *worker = arg;
	struct message_source source = {name, time};
	struct pack pack = wire_begin(&worker->wire);

	message_source(&pack, &source);
	return ask(worker, MESSAGE_SOURCE).value;
}

static bool ask_step(void *arg, const struct carom_step *made)
{
	struct session_worker *worker = arg;
	struct message_step step = {made->time, made->delta, *made->next_delta, made->is_rejected};
	struct pack pack = wire_begin(&worker->wire);
	struct message_answer answer;

	message_step(&pack, &step);
	answer = ask(worker, MESSAGE_STEP);
	*made->next_delta = answer.value;
	return answer.goes_on;
}

static bool pass_block(void *arg, const struct carom_block *block)
{
	struct session_worker *worker = arg;
	struct message_block message = {.block = *block};
	struct pack pack = wire_begin(&worker->wire);

	message_block(&pack, &message);
	return ask(worker, MESSAGE_BLOCK).goes_on;
}

static bool pass_progress(void *arg, const struct carom_run_progress *progress)
{
	struct session_worker *worker = arg;
	struct carom_run_progress told = *progress;
	struct pack pack = wire_begin(&worker->wire);

	message_told(&pack, &told);
	return ask(worker, MESSAGE_TOLD).goes_on;
}

/* ---- room for results ---- */

static void unmap(struct mapping *mapping)
{
	if (mapping->memory)
		munmap(mapping->memory, mapping->size);
	*mapping = (struct mapping){NULL, 0};
}

static void map_region(struct session_worker *worker, const struct message_region *region)
{
	struct mapping *mapping = &worker->regions[region->slot];
	void *memory;

	unmap(mapping);
	worker->slot = region->slot;
	memory =
		mmap(NULL, region->size, PROT_READ | PROT_WRITE, MAP_SHARED, worker->message.fd, 0);
	if (memory != MAP_FAILED)
		*mapping = (struct mapping){memory, region->size};
}

static void ask_for_region(struct session_worker *worker, uint64_t size)
{
	struct message_region region = {.size = size};
	struct pack pack = wire_begin(&worker->wire);

	message_region(&pack, &region);
	send_message(worker, MESSAGE_NEED);
	receive_message(worker, MESSAGE_REGION);
	message_region(&worker->message.body, &region);
	if (worker->message.fd < 0)
		return;
	if (!worker->message.body.failed && region.slot <= REGION_ONCE)
		map_region(worker, &region);
	close(worker->message.fd);
}

static void *take_room(void *arg, size_t size)
{
	struct session_worker *worker = arg;

	if (!worker->regions[worker->slot].memory || worker->regions[worker->slot].size < size)
		ask_for_region(worker, size);
	return worker->regions[worker->slot].size < size ? NULL
							 : worker->regions[worker->slot].memory;
}

/* ---- requests ---- */

void session_worker_reply(struct session_worker *worker, const struct carom_error *err,
			  const struct carom_result *result)
{
	struct message_done done = {
		.err = *err,
		.is_loaded = worker->service.ng && service_is_loaded(&worker->service),
		.has_result = result != NULL,
		.library = worker->service.ng ? ng_session_library(worker->service.ng) : NULL,
		.version = worker->service.ng ? ng_session_version(worker->service.ng) : NULL,
	};
	struct pack pack = wire_begin(&worker->wire);

	message_done(&pack, &done);
	if (result)
		result_pack(&pack, result, worker->regions[worker->slot].memory);
	fflush(stdout); /* what commands of the deck printed comes before what the host prints */
	send_message(worker, MESSAGE_DONE);
}

int session_worker_open(struct session_worker *worker, const struct message_open *open,
			struct carom_error *err)
{
	struct carom_session_options options = {
		.size = sizeof(options),
		.library = open->library,
		.log = tell_line,
		.log_arg = worker,
		.folder = open->folder,
		.source = open->has_source ? ask_source : NULL,
		.step = open->has_step ? ask_step : NULL,
		.cosim_arg = worker,
	};
	int status;

	worker->has_log = open->has_log;
	worker->room = (struct result_room){take_room, worker};
	worker->slot = REGION_ONCE;
	status = service_open(&worker->service, &options, open->scratch, err);
	worker->service.room = &worker->room;
	return status;
}

/* A process stays as it is confined: the session starts another one for a deck that needs more. */
static void confine(struct session_worker *worker, const struct service_deck *deck)
{
	struct confine_folders folders = {
		.read = {worker->library_prefix, deck->input_folder},
		.write = {worker->scratch, worker->service.folder},
		.files = deck->model_files,
	};

	if (deck->is_trusted || worker->is_confined)
		return;
	confine_process(&folders);
	worker->is_confined = true;
}

static void serve_load(struct session_worker *worker)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct service_deck deck = {.n = 0};

	message_deck(&worker->message.body, &deck);
	if (!deck.lines)
		carom_fail_memory(&err);
	else {
		confine(worker, &deck);
		worker->runs_commands = deck.is_trusted;
		service_load(&worker->service, &deck, &err);
		worker->runs_commands = false;
	}
	mem_free((void *)(uintptr_t)deck.lines);
	session_worker_reply(worker, &err, NULL);
}

static void serve_alter(struct session_worker *worker)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct alter *alters = NULL;
	size_t n = 0;

	message_alters(&worker->message.body, &alters, &n);
	if (worker->message.body.failed)
		carom_fail_memory(&err);
	else
		service_alter(&worker->service, alters, n, &err);
	message_free_alters(alters, n);
	session_worker_reply(worker, &err, NULL);
}

static void take_offer(struct session_worker *worker)
{
	message_offer(&worker->message.body, &worker->slot);
	if (worker->message.body.failed || worker->slot > REGION_ONCE)
		_exit(EXIT_FAILURE);
}

static void reply_with_result(struct session_worker *worker, const struct carom_error *err,
			      struct carom_result *result)
{
	session_worker_reply(worker, err, result);
	carom_result_free(result);
	unmap(&worker->regions[REGION_ONCE]);
}

static void run(struct session_worker *worker, struct message_run *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;
	struct service_run run = {&message->options, &worker->page->control, message->goes_on,
				  message->max_step};

	message->options.size = sizeof(message->options);
	message->options.stream = message->has_stream ? pass_block : NULL;
	message->options.progress = message->has_progress ? pass_progress : NULL;
	message->options.stream_arg = message->options.progress_arg = worker;
	service_run(&worker->service, &run, &result, &err);
	reply_with_result(worker, &err, result);
}

/* The options are borrowed from the message, which questions to the host replace. */
static void serve_run(struct session_worker *worker)
{
	struct message_run message = {.goes_on = false};
	struct run_options_copy copy;
	struct carom_error err = CAROM_ERROR_INIT;

	take_offer(worker);
	message_run(&worker->message.body, &message);
	if (worker->message.body.failed)
		carom_fail_memory(&err);
	else
		run_options_copy(&copy, &message.options, &err);
	run_options_release(&message.options);
	if (err.status) {
		session_worker_reply(worker, &err, NULL);
		return;
	}
	message.options = copy.options;
	run(worker, &message);
	run_options_free_copy(&copy);
}

static void serve_plots(struct session_worker *worker)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;

	take_offer(worker);
	service_plots(&worker->service, &result, &err);
	reply_with_result(worker, &err, result);
}

static void serve(struct session_worker *worker)
{
	switch ((enum session_message)worker->message.kind) {
	case MESSAGE_LOAD:
		serve_load(worker);
		break;
	case MESSAGE_ALTER:
		serve_alter(worker);
		break;
	case MESSAGE_RUN:
		serve_run(worker);
		break;
	case MESSAGE_PLOTS:
		serve_plots(worker);
		break;
	default:
		_exit(EXIT_FAILURE);
	}
}

/* ---- life ---- */

static void cut_name(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash && slash != path)
		*slash = '\0';
}

/* PREFIX of PREFIX/lib/libngspice.so: there is all that a library reads which is loaded again. */
static int remember_folders(struct session_worker *worker, const char *scratch,
			    struct carom_error *err)
{
	worker->scratch = mem_strdup(scratch);
	worker->library_prefix = mem_strdup(ng_session_library(worker->service.ng));
	if (!worker->scratch || !worker->library_prefix)
		return carom_fail_memory(err);
	cut_name(worker->library_prefix);
	cut_name(worker->library_prefix);
	return 0;
}

void session_worker_serve(struct session_worker *worker, int fd, const char *scratch)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int status = remember_folders(worker, scratch, &err);

	if (!status)
		status = ng_session_move(worker->service.ng, scratch, &err);
	close(worker->wire.fd); /* the template's */
	worker->wire.fd = fd;
	while (!status && wire_receive(&worker->wire, &worker->message) == 0)
		serve(worker);
	if (status && wire_receive(&worker->wire, &worker->message) == 0)
		session_worker_reply(worker, &err, NULL);
	_exit(EXIT_SUCCESS);
}
