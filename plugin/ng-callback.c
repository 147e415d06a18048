/* SPDX-License-Identifier: BSD-3-Clause */
/* Trampolines from libngspice to the session and the host. */
#include "ng-callback.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

void ng_callbacks_init(struct ng_callbacks *callbacks, const struct ng_options *options)
{
	memset(callbacks, 0, sizeof(*callbacks));
	callbacks->options = options;
	strcpy(callbacks->version, "?");
	ng_messages_clear(&callbacks->messages);
}

void ng_callbacks_release(struct ng_callbacks *callbacks)
{
	ng_stream_end(&callbacks->stream);
}

void ng_callbacks_clear(struct ng_callbacks *callbacks)
{
	ng_messages_clear(&callbacks->messages);
	callbacks->asked_to_exit = callbacks->has_quit = false;
}

/* What ngspice says of a run that stops. */
static void note_stop(struct ng_callbacks *callbacks, const char *words)
{
	callbacks->is_interrupted |= strstr(words, "simulation interrupted") != NULL;
	callbacks->has_met_stop |= strstr(words, "condition met: stop") != NULL;
}

/* Where no point comes for long, a line of text is the only chance to end the run. */
static void leave_in_time(struct ng_callbacks *callbacks)
{
	enum ng_end end = ng_watch_text(&callbacks->watch);

	if (end == NG_GO_ON || !callbacks->can_unwind)
		return;
	callbacks->end = end;
	callbacks->is_locked = true;
	ng_callbacks_unwind(callbacks, ng_status_of_end(end));
}

static int send_char(char *line, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;
	const struct ng_options *options = callbacks->options;
	enum ng_message_kind kind;
	const char *words;

	(void)ident;
	if (callbacks->is_muted)
		return 0;
	kind = ng_messages_add(&callbacks->messages, line, &words);
	if (callbacks->version[0] == '?')
		ng_message_version(words, callbacks->version, sizeof(callbacks->version));
	if (callbacks->listing) {
		ng_stop_list_add(callbacks->listing, words);
		return 0;
	}
	if (options->log)
		options->log(options->log_arg, kind, words);
	if (callbacks->stream.options) {
		note_stop(callbacks, words);
		leave_in_time(callbacks);
	}
	return 0;
}

static int controlled_exit(int status, bool is_immediate, bool is_quit, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;

	(void)status;
	(void)is_immediate;
	(void)ident;
	callbacks->asked_to_exit = true;
	callbacks->has_quit = is_quit;
	/* A command in the midst of the run has spoilt the place that ngspice would go to. */
	if (callbacks->n_ended_plots > 0)
		ng_callbacks_unwind(callbacks, CAROM_ERROR_POISONED);
	return 0;
}

/* Only ever called with false: no background thread is started. */
static int background_running(bool has_ended, int ident, void *user)
{
	(void)has_ended;
	(void)ident;
	(void)user;
	return 0;
}

void ng_callbacks_unwind(struct ng_callbacks *callbacks, enum carom_status why)
{
	if (!callbacks->can_unwind)
		return;
	callbacks->why_unwound = why;
	longjmp(callbacks->unwind, 1);
}

/*
 * Stop this analysis at its next point, once for each analysis: those that follow in the deck begin,
 * and are stopped in their turn.
 */
static void stop_analysis(struct ng_callbacks *callbacks)
{
	const struct ng_stream *stream = &callbacks->stream;
	char command[40];

	if (callbacks->n_ended_plots == stream->n_plots)
		return;
	callbacks->n_ended_plots = stream->n_plots;
	snprintf(command, sizeof(command), "stop after %zu", stream->n_points + 1);
	callbacks->api->command(command);
}

static void end_run(struct ng_callbacks *callbacks, enum ng_end end)
{
	if (callbacks->end == NG_GO_ON)
		callbacks->end = end;
}

static int send_init_data(pvecinfoall info, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;

	(void)ident;
	if (callbacks->stream.options && !ng_stream_begin_plot(&callbacks->stream, info))
		end_run(callbacks, NG_END_MEMORY);
	return 0;
}

/* ngspice forgets them with each transient, and refuses those that are past. */
static void set_breakpoints(const struct ng_callbacks *callbacks)
{
	const struct ng_stream *stream = &callbacks->stream;
	const struct carom_run_options *options = stream->options;

	if (!callbacks->api->set_breakpoint || strncmp(stream->plot, "tran", 4) != 0)
		return;
	for (size_t i = 0; i < options->n_breakpoints; i++)
		if (options->breakpoints[i] > stream->at)
			callbacks->api->set_breakpoint(options->breakpoints[i]);
}

static int send_data(pvecvaluesall all, int count, int ident, void *user)
{
	struct ng_callbacks *callbacks = user;
	struct ng_stream *stream = &callbacks->stream;
	bool goes_on;

	(void)count;
	(void)ident;
	if (!stream->options)
		return 0;
	goes_on = ng_stream_add(stream, all);
	end_run(callbacks,
		ng_watch_point(&callbacks->watch, stream->plot, stream->at, stream->n_points - 1));
	if (!goes_on)
		end_run(callbacks, NG_END_ASKED);
	if (stream->n_points == 1)
		set_breakpoints(callbacks);
	if (callbacks->end != NG_GO_ON)
		stop_analysis(callbacks);
	return 0;
}

void ng_callbacks_register(struct ng_callbacks *callbacks, const struct ng_api *api,
			   bool sees_points)
{
	struct sigaction on_segmentation; /* which Init restores by signal(), without its flags */

	callbacks->api = api;
	callbacks->sees_points = sees_points;
	sigaction(SIGSEGV, NULL, &on_segmentation);
	api->init(send_char, NULL, controlled_exit, sees_points ? send_data : NULL,
		  sees_points ? send_init_data : NULL, background_running, callbacks);
	sigaction(SIGSEGV, &on_segmentation, NULL);
	ng_sync_register(callbacks, api);
}
