/* SPDX-License-Identifier: BSD-3-Clause */
/* A session's requests as calls of one libngspice. */
#include "sim/service.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "sim/plot.h"
#include "sim/result-from-ng.h"

/* ---- open and close ---- */

static void log_from_ng(void *arg, enum ng_message_kind kind, const char *line)
{
	static const enum carom_log_level levels[] = {
		[NG_MESSAGE_TEXT] = CAROM_LOG_TEXT,
		[NG_MESSAGE_NOTE] = CAROM_LOG_NOTE,
		[NG_MESSAGE_WARNING] = CAROM_LOG_WARNING,
		[NG_MESSAGE_ERROR] = CAROM_LOG_ERROR,
	};
	const struct service *service = arg;

	service->log(service->log_arg, levels[kind], line);
}

static bool step_from_ng(void *arg, const struct ng_step *step)
{
	const struct service *service = arg;
	const struct carom_step made = {step->time, step->delta, step->next_delta,
					step->is_rejected};

	return service->step(service->cosim_arg, &made);
}

static double source_from_ng(void *arg, const char *name, double time)
{
	const struct service *service = arg;

	return service->source(service->cosim_arg, name, time);
}

int service_open(struct service *service, const struct carom_session_options *options,
		 const char *private_scratch, struct carom_error *err)
{
	struct ng_options ng_options = {
		.library = options->library,
		.log = options->log ? log_from_ng : NULL,
		.log_arg = service,
		.source = options->source ? source_from_ng : NULL,
		.step = options->step ? step_from_ng : NULL,
		.cosim_arg = service,
		.sees_points = true,
		.scratch = private_scratch,
		.is_private_process = private_scratch != NULL,
		.is_trusted = true, /* line_list checks those circuits that are not */
	};

	*service = (struct service){.log = options->log,
				    .log_arg = options->log_arg,
				    .source = options->source,
				    .step = options->step,
				    .cosim_arg = options->cosim_arg};
	if (options->folder) {
		ng_options.folder = service->folder = mem_strdup(options->folder);
		if (!service->folder)
			return carom_fail_memory(err);
	}
	return ng_session_open(&service->ng, &ng_options, err);
}

static void forget_deck(struct service *service)
{
	mem_free(service->title);
	mem_free(service->input_folder);
	mem_free(service->text);
	mem_free(service->lines);
	service->title = service->input_folder = service->text = NULL;
	service->lines = NULL;
	service->n_lines = 0;
	service->has_hazard = service->is_gone = false;
	service->traces = 0;
}

void service_close(struct service *service)
{
	ng_session_close(service->ng);
	forget_deck(service);
	alter_list_release(&service->alters);
	mem_free(service->folder);
}

/* ---- load ---- */

static int set_value(struct ng_session *ng, const struct alter *alter, struct carom_error *err)
{
	return alter->is_model ? ng_session_altermod(ng, alter->target, alter->value, err)
			       : ng_session_alter(ng, alter->target, alter->value, err);
}

/* What was set, in a circuit that is as it was loaded. */
static int set_again(struct service *service, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < service->alters.n && !status; i++)
		if (service->alters.list[i].target)
			status = set_value(service->ng, &service->alters.list[i], err);
	return status;
}

static int remember_lines(struct service *service, const struct service_deck *deck,
			  struct carom_error *err)
{
	size_t size = 0, length;

	for (size_t i = 0; i < deck->n; i++)
		size += strlen(deck->lines[i]) + 1;
	service->text = mem_alloc(size);
	service->lines = mem_zalloc(deck->n, sizeof(*service->lines));
	if (!service->text || !service->lines)
		return carom_fail_memory(err);
	size = 0;
	for (size_t i = 0; i < deck->n; i++, size += length) {
		length = strlen(deck->lines[i]) + 1;
		service->lines[i] = memcpy(service->text + size, deck->lines[i], length);
	}
	service->n_lines = deck->n;
	service->own_traces = ng_analysis_traces_of(service->lines, service->n_lines);
	return 0;
}

static int remember_deck(struct service *service, const struct service_deck *deck,
			 struct carom_error *err)
{
	service->has_hazard = deck->has_hazard;
	service->title = mem_strdup(deck->title);
	if (deck->input_folder)
		service->input_folder = mem_strdup(deck->input_folder);
	if (!service->title || (deck->input_folder && !service->input_folder))
		return carom_fail_memory(err);
	ng_session_set_input_folder(service->ng, service->input_folder);
	return remember_lines(service, deck, err);
}

static int load_lines(struct service *service, struct carom_error *err)
{
	int status = ng_session_load(service->ng, service->lines, service->n_lines, err);

	service->is_gone = false;
	service->traces = 0;
	return status ? status : set_again(service, err);
}

int service_load(struct service *service, const struct service_deck *deck, struct carom_error *err)
{
	int status;

	ng_session_set_input_folder(service->ng, NULL);
	forget_deck(service);
	if (!deck->is_again)
		alter_list_release(&service->alters);
	status = remember_deck(service, deck, err);
	if (deck->note && service->log && !status)
		service->log(service->log_arg, CAROM_LOG_NOTE, deck->note);
	return status ? status : load_lines(service, err);
}

bool service_is_loaded(const struct service *service)
{
	return service->is_gone || ng_session_is_loaded(service->ng);
}

/* ---- alter ---- */

static int set_and_keep(struct service *service, struct alter *alter, struct carom_error *err)
{
	int status = alter_list_reserve(&service->alters, alter, err);

	if (!status)
		status = set_value(service->ng, alter, err);
	if (!status)
		alter_list_add(&service->alters, alter);
	return status;
}

int service_alter(struct service *service, struct alter *alters, size_t n_alters,
		  struct carom_error *err)
{
	int status = service->is_gone ? load_lines(service, err) : 0;

	for (size_t i = 0; i < n_alters && !status; i++)
		status = set_and_keep(service, &alters[i], err);
	return status;
}

/* ---- run ---- */

/* What a run of the service's deck, or of the analysis asked for, leaves and feels. */
static struct ng_traces traces_of(const struct service *service,
				  const struct carom_run_options *options)
{
	struct ng_traces traces =
		options->analysis ? ng_analysis_traces(options->analysis) : service->own_traces;

	if (service->has_hazard) {
		traces.left |= NG_TRACE_VALUES;
		traces.felt |= NG_TRACE_VALUES;
	}
	return traces;
}

/* The circuit anew, then the values that were set since.  ngspice refuses to reset some. */
static int start_afresh(struct service *service, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	int status = ng_session_reset(service->ng, &reason);

	if (status == CAROM_ERROR_STATE)
		return load_lines(service, err);
	if (status)
		return carom_fail_as(err, &reason);
	service->traces = 0;
	return set_again(service, err);
}

static int make_ready(struct service *service, const struct carom_run_options *options,
		      struct carom_error *err)
{
	if (service->is_gone || !ng_session_can_run(service->ng, options))
		return load_lines(service, err);
	return traces_of(service, options).felt & service->traces ? start_afresh(service, err) : 0;
}

static int simulate(struct service *service, const struct service_run *run, struct carom_error *err)
{
	int status;

	if (run->goes_on)
		return ng_session_resume(service->ng, run->options, run->max_step, run->control,
					 err);
	status = make_ready(service, run->options, err);
	if (status)
		return status;
	service->traces |= traces_of(service, run->options).left;
	return ng_session_run_with(service->ng, run->options, run->control, err);
}

/* What libngspice lost by its own fault is not tried again. */
static void note_loss(struct service *service, int status)
{
	service->is_gone =
		!ng_session_is_loaded(service->ng) &&
		(status == CAROM_ERROR_CANCELLED || status == CAROM_ERROR_LIMIT || !status);
}

static int take_result(struct service *service, const struct carom_run_options *options,
		       struct carom_result **result, struct carom_error *err)
{
	int status;

	if (options->keeps_nothing) {
		*result = result_new();
		status = *result ? 0 : carom_fail_memory(err);
	} else {
		status = service_plots(service, result, err);
	}
	if (!status)
		result_set_stopped(*result, ng_session_is_stopped(service->ng));
	return status;
}

static bool has_points(const struct carom_result *result)
{
	for (size_t i = 0; i < carom_result_plot_count(result); i++)
		if (carom_plot_point_count(carom_result_plot(result, i)) > 0)
			return true;
	return false;
}

/* Of a run that failed: what there is nevertheless. */
static void take_rest(struct service *service, const struct carom_run_options *options,
		      struct carom_result **result)
{
	if (ng_session_plot_count(service->ng) == 0 ||
	    take_result(service, options, result, NULL) || has_points(*result))
		return;
	carom_result_free(*result);
	*result = NULL;
}

int service_run(struct service *service, const struct service_run *run,
		struct carom_result **result, struct carom_error *err)
{
	int status;

	*result = NULL;
	ng_session_hold(service->ng);
	status = simulate(service, run, err);
	if (!status)
		status = take_result(service, run->options, result, err);
	else
		take_rest(service, run->options, result);
	if (!ng_session_is_stopped(service->ng))
		ng_session_destroy_plots(service->ng);
	ng_session_let_go(service->ng);
	note_loss(service, status);
	return status;
}

int service_plots(struct service *service, struct carom_result **result, struct carom_error *err)
{
	return result_from_ng(result, service->ng, service->title, service->room, err);
}
