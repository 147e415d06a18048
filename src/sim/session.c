/* SPDX-License-Identifier: BSD-3-Clause */
/* The session: circuits in, results out, with every call into libngspice made on one thread. */
#include "sim/session-state.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "circuit/circuit.h"
#include "circuit/prune.h"
#include "ng-session.h"
#include "sim/result-from-ng.h"

static void serve_request(void *arg)
{
	struct session_request *request = arg;

	request->status = request->serve(request);
}

int session_hand_over(struct session_request *request)
{
	session_thread_call(request->session->thread, serve_request, request);
	return request->status;
}

int session_begin(struct carom_session *session, struct carom_error *err)
{
	if (err && err->status)
		return err->status;
	if (!session)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "there is no session");
	if (session_thread_is_current(session->thread))
		return carom_fail(err, CAROM_ERROR_STATE,
				  "a log callback must not call the session it is called by");
	pthread_mutex_lock(&session->mutex);
	return 0;
}

void session_end(struct carom_session *session)
{
	pthread_mutex_unlock(&session->mutex);
}

/* ---- open and close ---- */

static void log_from_ng(void *arg, enum ng_message_kind kind, const char *line)
{
	static const enum carom_log_level levels[] = {
		[NG_MESSAGE_TEXT] = CAROM_LOG_TEXT,
		[NG_MESSAGE_NOTE] = CAROM_LOG_NOTE,
		[NG_MESSAGE_WARNING] = CAROM_LOG_WARNING,
		[NG_MESSAGE_ERROR] = CAROM_LOG_ERROR,
	};
	const struct carom_session *session = arg;

	session->log(session->log_arg, levels[kind], line);
}

static int serve_open(struct session_request *request)
{
	struct carom_session *session = request->session;
	int status = ng_session_open(&session->ng, request->options, request->err);

	if (status)
		return status;
	session->library = mem_strdup(ng_session_library(session->ng));
	session->version = mem_strdup(ng_session_version(session->ng));
	return session->library && session->version ? 0 : carom_fail_memory(request->err);
}

static int serve_close(struct session_request *request)
{
	if (request->session->ng)
		ng_session_close(request->session->ng);
	return 0;
}

/* Returns whether the session may go: not in the midst of its own request. */
static bool close_thread(struct carom_session *session)
{
	struct session_request request = {.serve = serve_close, .session = session};

	if (!session->thread)
		return true;
	if (session_begin(session, NULL))
		return false;
	session_hand_over(&request);
	session_end(session);
	session_thread_stop(session->thread);
	return true;
}

static void forget_circuit(struct carom_session *session)
{
	mem_free(session->title);
	mem_free(session->source);
	mem_free(session->input_folder);
	session->title = session->source = session->input_folder = NULL;
	session->is_loaded = session->has_run = session->has_hazard = false;
	session_forget_bins(session);
	alter_list_release(&session->alters);
	difference_release(&session->difference);
}

static int read_options(struct carom_session_options *read,
			const struct carom_session_options *options, struct carom_error *err)
{
	*read = (struct carom_session_options){.size = sizeof(*read)};
	if (!options)
		return 0;
	if (options->size < offsetof(struct carom_session_options, library))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "size of the session's options is not set");
	memcpy(read, options, options->size < sizeof(*read) ? options->size : sizeof(*read));
	return 0;
}

static int open_thread(struct carom_session *session, const struct carom_session_options *options,
		       struct carom_error *err)
{
	struct ng_options ng_options = {
		.library = options->library,
		.log = options->log ? log_from_ng : NULL,
		.log_arg = session,
		.folder = session->folder,
		.is_trusted = true, /* line_list checks those circuits that are not */
	};
	struct session_request request = {
		.serve = serve_open, .session = session, .err = err, .options = &ng_options};
	int status = session_thread_start(&session->thread, options->core, err);

	return status ? status : session_hand_over(&request);
}

CAROM_API int carom_session_open(struct carom_session **session,
				 const struct carom_session_options *options,
				 struct carom_error *err)
{
	struct carom_session_options read;
	int status = read_options(&read, options, err);

	*session = NULL;
	if (status)
		return status;
	*session = mem_zalloc(1, sizeof(**session));
	if (!*session)
		return carom_fail_memory(err);
	pthread_mutex_init(&(*session)->mutex, NULL);
	(*session)->log = read.log;
	(*session)->log_arg = read.log_arg;
	(*session)->sends_all = read.sends_all;
	if (read.folder)
		(*session)->folder = mem_strdup(read.folder);
	if (read.folder && !(*session)->folder)
		status = carom_fail_memory(err);
	if (!status)
		status = open_thread(*session, &read, err);
	if (status) {
		carom_session_close(*session);
		*session = NULL;
	}
	return status;
}

CAROM_API void carom_session_close(struct carom_session *session)
{
	if (!session || !close_thread(session))
		return;
	forget_circuit(session);
	pthread_mutex_destroy(&session->mutex);
	mem_free(session->library);
	mem_free(session->version);
	mem_free(session->folder);
	mem_free(session);
}

CAROM_API const char *carom_session_library(const struct carom_session *session)
{
	return session->library;
}

CAROM_API const char *carom_session_version(const struct carom_session *session)
{
	return session->version;
}

/* ---- load ---- */

static int serve_load(struct session_request *request)
{
	ng_session_set_input_folder(request->session->ng, request->session->input_folder);
	return ng_session_load(request->session->ng, request->lines->lines, request->lines->n,
			       request->err);
}

/* The folder of the deck, for code models that read files; ngspice works elsewhere. */
static int remember_folder(struct carom_session *session, struct carom_error *err)
{
	const char *slash = strrchr(session->source, '/');
	char *folder, *path;

	if (session->source[0] == '\0')
		return 0;
	folder = slash ? mem_strndup(session->source, (size_t)(slash - session->source) + 1)
		       : mem_strdup(".");
	if (!folder)
		return carom_fail_memory(err);
	path = realpath(folder, NULL);
	if (path)
		session->input_folder = mem_strdup(path);
	free(path);
	mem_free(folder);
	return 0;
}

static int remember_circuit(struct carom_session *session, const struct carom_circuit *circuit,
			    const struct prune *prune, const struct line_list *lines,
			    struct carom_error *err)
{
	int line;

	session->title = mem_strdup(carom_circuit_title(circuit));
	session->source = mem_strdup(line_list_place(lines, 0, &line));
	session->has_hazard = circuit_rerun_hazard(circuit, prune) != NULL;
	if (!session->title || !session->source)
		return carom_fail_memory(err);
	return remember_folder(session, err);
}

/* ngspice's words tell the number of a line that was sent; the user knows the deck's. */
int session_load_lines(struct carom_session *session, const struct line_list *lines,
		       struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	struct session_request request = {
		.serve = serve_load, .session = session, .err = &reason, .lines = lines};
	int status = session_hand_over(&request);
	const char *source;
	int line;

	session->is_loaded = status == 0;
	if (!status)
		return 0;
	source = line_list_place(lines, reason.line, &line);
	return carom_fail_at(err, status, source, line, 0, "%s", reason.text);
}

static int make_lines(struct line_list *lines, const struct carom_circuit *circuit,
		      const struct prune *prune, struct carom_error *err)
{
	return line_list_init(lines, circuit, prune, !circuit_root(circuit)->is_trusted, err);
}

static int load_pruned(struct carom_session *session, const struct carom_circuit *circuit,
		       const struct prune *prune, struct carom_error *err)
{
	struct line_list lines;
	int status = make_lines(&lines, circuit, prune, err);

	if (status)
		return status;
	status = remember_circuit(session, circuit, prune, &lines, err);
	if (!status)
		status = session_load_lines(session, &lines, err);
	line_list_release(&lines);
	return status;
}

/* The circuit may be gone when a size is set that needs another bin.  prune sends them all then. */
static int keep_all_bins(struct carom_session *session, const struct carom_circuit *circuit,
			 struct prune *prune, struct carom_error *err)
{
	const char *model = prune_partial_model(prune);

	if (!model)
		return 0;
	session->partial_model = mem_strdup(model);
	if (!session->partial_model)
		return carom_fail_memory(err);
	for (; model; model = prune_partial_model(prune))
		prune_keep(prune, model);
	return make_lines(&session->all_bins, circuit, prune, err);
}

static int load_reached(struct carom_session *session, const struct carom_circuit *circuit,
			struct carom_error *err)
{
	struct prune prune;
	int status = prune_init(&prune, circuit, err);

	if (!status)
		status = load_pruned(session, circuit, &prune, err);
	if (!status)
		status = keep_all_bins(session, circuit, &prune, err);
	session->is_loaded &= status == 0;
	prune_release(&prune);
	return status;
}

int session_load(struct carom_session *session, const struct carom_circuit *circuit,
		 struct carom_error *err)
{
	int status;

	forget_circuit(session);
	status = difference_init(&session->difference, circuit, err);
	if (!status)
		status = session->sends_all ? load_pruned(session, circuit, NULL, err)
					    : load_reached(session, circuit, err);
	return status;
}

CAROM_API int carom_session_load(struct carom_session *session, const struct carom_circuit *circuit,
				 struct carom_error *err)
{
	int status = session_begin(session, err);

	if (status)
		return status;
	status = session_load(session, circuit, err);
	session_end(session);
	return status;
}

bool session_is_loaded(const struct carom_session *session)
{
	return session->is_loaded && ng_session_is_loaded(session->ng);
}

int session_require_circuit(const struct carom_session *session, struct carom_error *err)
{
	if (session_is_loaded(session))
		return 0;
	return carom_fail(err, CAROM_ERROR_STATE, "no circuit is loaded; load one first");
}

/* ---- plots ---- */

static int serve_plots(struct session_request *request)
{
	struct carom_session *session = request->session;

	return result_from_ng(request->result, session->ng, session->title, request->err);
}

CAROM_API int carom_session_plots(struct carom_session *session, struct carom_result **result,
				  struct carom_error *err)
{
	struct session_request request = {
		.serve = serve_plots, .session = session, .err = err, .result = result};
	int status = session_begin(session, err);

	*result = NULL;
	if (status)
		return status;
	status = session_require_circuit(session, err);
	if (!status)
		status = session_hand_over(&request);
	session_end(session);
	return status;
}

/* ---- run ---- */

/* Where the first run left its traces: the circuit anew, then the values that were set since. */
static int start_afresh(struct carom_session *session, struct carom_error *err)
{
	int status = ng_session_reset(session->ng, err);

	return status ? status : session_set_again(session, err);
}

static int serve_run(struct session_request *request)
{
	struct carom_session *session = request->session;
	int status = session_require_circuit(session, request->err);

	if (!status && session->has_hazard && session->has_run)
		status = start_afresh(session, request->err);
	if (status)
		return status;
	session->has_run = true;
	status = ng_session_run(session->ng, request->err);
	if (!status)
		status = result_from_ng(request->result, session->ng, session->title, request->err);
	ng_session_destroy_plots(session->ng);
	return status;
}

CAROM_API int carom_session_run(struct carom_session *session, struct carom_result **result,
				struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	struct session_request request = {
		.serve = serve_run, .session = session, .err = &reason, .result = result};
	int status = session_begin(session, err);

	*result = NULL;
	if (status)
		return status;
	if (session_hand_over(&request))
		status =
			carom_fail_at(err, reason.status, session->source, 0, 0, "%s", reason.text);
	session_end(session);
	return status;
}
