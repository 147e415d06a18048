/* SPDX-License-Identifier: BSD-3-Clause */
/* The simulator in this process: all its calls are made on one thread, the session's. */
#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "sim/session-thread.h"
#include "sim/simulator.h"

struct thread_simulator {
	struct simulator base;
	struct session_thread *thread;
	struct ng_control control;
	struct service service; /* the thread's */
};

/* A call to be made on the thread; the members that it needs are set. */
struct request {
	int (*serve)(struct service *service, struct request *request);
	struct thread_simulator *simulator;
	struct carom_error *err;
	int status;
	const struct carom_session_options *options; /* open */
	const struct service_deck *deck;             /* load */
	struct alter *alters;                        /* alter */
	size_t n_alters;
	const struct service_run *run; /* run */
	struct carom_result **result;  /* run, plots */
};

static void serve(void *arg)
{
	struct request *request = arg;
	struct thread_simulator *simulator = request->simulator;

	request->status = request->serve(&simulator->service, request);
	simulator->base.is_loaded = simulator->service.ng && service_is_loaded(&simulator->service);
}

static int hand_over(struct simulator *base, struct request *request)
{
	struct thread_simulator *simulator = (struct thread_simulator *)base;

	request->simulator = simulator;
	session_thread_call(simulator->thread, serve, request);
	return request->status;
}

/* ---- what is served ---- */

static int serve_load(struct service *service, struct request *request)
{
	return service_load(service, request->deck, request->err);
}

static int load(struct simulator *simulator, const struct service_deck *deck,
		struct carom_error *err)
{
	struct request request = {.serve = serve_load, .err = err, .deck = deck};

	return hand_over(simulator, &request);
}

static int serve_alter(struct service *service, struct request *request)
{
	return service_alter(service, request->alters, request->n_alters, request->err);
}

static int alter(struct simulator *simulator, struct alter *alters, size_t n_alters,
		 struct carom_error *err)
{
	struct request request = {
		.serve = serve_alter, .err = err, .alters = alters, .n_alters = n_alters};

	return hand_over(simulator, &request);
}

static int serve_run(struct service *service, struct request *request)
{
	return service_run(service, request->run, request->result, request->err);
}

static int run(struct simulator *simulator, const struct service_run *run,
	       struct carom_result **result, struct carom_error *err)
{
	struct request request = {.serve = serve_run, .err = err, .run = run, .result = result};

	return hand_over(simulator, &request);
}

static int serve_plots(struct service *service, struct request *request)
{
	return service_plots(service, request->result, request->err);
}

static int plots(struct simulator *simulator, struct carom_result **result, struct carom_error *err)
{
	struct request request = {.serve = serve_plots, .err = err, .result = result};

	return hand_over(simulator, &request);
}

static bool is_calling(const struct simulator *simulator)
{
	return session_thread_is_current(((const struct thread_simulator *)simulator)->thread);
}

/* ---- open and close ---- */

static int serve_close(struct service *service, struct request *request)
{
	(void)request;
	service_close(service);
	*service = (struct service){0};
	return 0;
}

static void close_simulator(struct simulator *base)
{
	struct thread_simulator *simulator = (struct thread_simulator *)base;
	struct request request = {.serve = serve_close};

	if (simulator->thread)
		hand_over(base, &request);
	session_thread_stop(simulator->thread);
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

static int serve_open(struct service *service, struct request *request)
{
	struct simulator *base = &request->simulator->base;
	int status = service_open(service, request->options, NULL, request->err);

	if (status)
		return status;
	base->library = mem_strdup(ng_session_library(service->ng));
	base->version = mem_strdup(ng_session_version(service->ng));
	return base->library && base->version ? 0 : carom_fail_memory(request->err);
}

int simulator_thread_open(struct simulator **simulator, const struct carom_session_options *options,
			  struct carom_error *err)
{
	struct request request = {.serve = serve_open, .err = err, .options = options};
	struct thread_simulator *made = mem_zalloc(1, sizeof(*made));
	int status;

	*simulator = NULL;
	if (!made)
		return carom_fail_memory(err);
	made->base.ops = &ops;
	made->base.control = &made->control;
	status = session_thread_start(&made->thread, options->core, err);
	if (!status)
		status = hand_over(&made->base, &request);
	if (status)
		close_simulator(&made->base);
	else
		*simulator = &made->base;
	return status;
}
