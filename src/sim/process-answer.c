/* SPDX-License-Identifier: BSD-3-Clause */
/* What the worker of an isolated session asks and tells while it is at work: the host's callbacks. */
#include <unistd.h>

#include "sim/simulator-process.h"

static _Thread_local const char this_thread;

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
	return log.wants_answer ? send_answer(simulator, (struct message_answer){0, true}) : 0;
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

int process_answer(struct request *request, struct wire_message *message)
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

bool process_is_calling(const struct process_simulator *simulator)
{
	return atomic_load(&simulator->calling) == &this_thread;
}
