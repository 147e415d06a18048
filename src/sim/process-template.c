/* SPDX-License-Identifier: BSD-3-Clause */
/* The template of an isolated simulator: started, asked for workers and for how they ended. */
#include <poll.h>
#include <unistd.h>

#include "base/error.h"
#include "sim/patience.h"
#include "sim/simulator-process.h"

/* It answers at once, but for the time it takes the system to end a worker with much memory. */
#define ANSWER_NS 5000000000ll
#define END_MS 5000 /* of a worker whose template was killed */

/* ---- begin ---- */

int process_template_start(struct process_simulator *simulator, struct carom_error *err)
{
	int status = ng_scratch_make(&simulator->home, err);
	int end = status ? status : process_connect(simulator, err);

	if (end < 0)
		return end;
	status = worker_start(&simulator->template, simulator->program, SESSION_WORKER,
			      (int[]){end, simulator->page_fd}, 2, err);
	close(end);
	return status;
}

static bool may_answer(void *arg)
{
	const struct process_simulator *simulator = arg;

	return patience_lasts(simulator->answer_by_ns);
}

void process_template_settle(struct process_simulator *simulator)
{
	simulator->control = simulator->wire;
	simulator->control.goes_on = may_answer;
	wire_init(&simulator->wire, -1);
}

/* ---- workers ---- */

static int send_message(struct process_simulator *simulator, enum session_message kind, int fd)
{
	simulator->answer_by_ns = patience_now_ns() + ANSWER_NS;
	return wire_send(&simulator->control, kind, fd);
}

int process_template_fork(struct process_simulator *simulator, struct carom_error *err)
{
	const char *scratch = simulator->scratch.path;
	int end = process_connect(simulator, err), status;
	struct pack pack;

	if (end < 0)
		return end;
	pack = wire_begin(&simulator->control);
	message_start(&pack, &scratch);
	status = send_message(simulator, MESSAGE_START, end);
	close(end);
	return status ? process_fail(simulator, status, err) : 0;
}

static int ask_for_end(struct process_simulator *simulator, struct worker_end *end)
{
	struct wire_message message;
	int status;

	if (simulator->control.fd < 0)
		return CAROM_ERROR_STATE;
	wire_begin(&simulator->control);
	status = send_message(simulator, MESSAGE_END, -1);
	if (!status)
		status = wire_receive(&simulator->control, &message);
	if (status)
		return status;
	message_ended(&message.body, end);
	return message.body.failed ? CAROM_ERROR_FORMAT : 0;
}

struct worker_end process_template_end_worker(struct process_simulator *simulator)
{
	struct worker_end end = {.error = 0};

	return ask_for_end(simulator, &end) ? process_template_end(simulator) : end;
}

/* ---- end ---- */

/* The system kills a worker with its template, but a little later. */
static void wait_for_worker(const struct process_simulator *simulator)
{
	struct pollfd fd = {.fd = simulator->wire.fd, .events = POLLRDHUP};

	if (simulator->wire.fd >= 0)
		poll(&fd, 1, END_MS);
}

struct worker_end process_template_end(struct process_simulator *simulator)
{
	struct worker_end end;

	worker_kill(&simulator->template);
	end = worker_wait(&simulator->template);
	wait_for_worker(simulator);
	wire_release(&simulator->control);
	ng_scratch_remove(&simulator->home);
	return end;
}
