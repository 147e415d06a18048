/* SPDX-License-Identifier: BSD-3-Clause */
/* The session: circuits in, results out; the simulator behind it knows lines only. */
#include "sim/session-state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/deadly.h"
#include "circuit/external.h"
#include "circuit/include.h"
#include "circuit/model-file.h"
#include "circuit/prune.h"
#include "ng-control.h"
#include "sim/line-list.h"

static bool is_called_by(const struct carom_session *session)
{
	return session->simulator && session->simulator->ops->is_calling(session->simulator);
}

int session_begin(struct carom_session *session, struct carom_error *err)
{
	if (err && err->status)
		return err->status;
	if (!session)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "there is no session");
	if (session->owner != getpid())
		return carom_fail(err, CAROM_ERROR_STATE,
				  "a session belongs to the process that opened it, not to a fork");
	if (is_called_by(session))
		return carom_fail(err, CAROM_ERROR_STATE,
				  "a callback must not call the session it is called by");
	if (atomic_load(&session->background.state) == BACKGROUND_NONE) {
		pthread_mutex_lock(&session->mutex);
		if (atomic_load(&session->background.state) == BACKGROUND_NONE) {
			if (session->simulator)
				ng_control_clear(session->simulator->control);
			return 0;
		}
		pthread_mutex_unlock(&session->mutex);
	}
	return carom_fail(err, CAROM_ERROR_STATE,
			  "a run is in the background\ntake it with carom_session_wait first");
}

void session_end(struct carom_session *session)
{
	pthread_mutex_unlock(&session->mutex);
}

/* ---- open and close ---- */

static void forget_circuit(struct carom_session *session)
{
	mem_free(session->title);
	mem_free(session->source);
	mem_free(session->input_folder);
	mem_free(session->model_files);
	session->title = session->source = session->input_folder = session->model_files = NULL;
	session->is_loaded = session->has_hazard = false;
	session_forget_bins(session);
	mem_free(session->sens_fault);
	session->sens_fault = NULL;
	name_table_free(session->external);
	name_table_free(session->nets);
	session->external = session->nets = NULL;
	difference_release(&session->difference);
	sweep_list_release(&session->sweeps);
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

CAROM_API int carom_session_open(struct carom_session **session,
				 const struct carom_session_options *options,
				 struct carom_error *err)
{
	struct carom_session_options read;
	struct carom_session *opened;
	int status = read_options(&read, options, err);

	*session = NULL;
	if (status)
		return status;
	opened = mem_zalloc(1, sizeof(*opened));
	if (!opened)
		return carom_fail_memory(err);
	pthread_mutex_init(&opened->mutex, NULL);
	background_init(&opened->background);
	opened->owner = getpid();
	opened->sends_all = read.sends_all;
	opened->has_host = read.source != NULL;
	opened->is_isolated = read.is_isolated;
	status = (read.is_isolated ? simulator_process_open
				   : simulator_thread_open)(&opened->simulator, &read, err);
	if (status)
		carom_session_close(opened);
	else
		*session = opened; /* not before: the log is called meanwhile */
	return status;
}

/* In the midst of its own request a session stays. */
CAROM_API void carom_session_close(struct carom_session *session)
{
	if (!session || is_called_by(session) || session->owner != getpid())
		return;
	session_end_background(session);
	if (session_begin(session, NULL))
		return;
	session_end(session);
	if (session->simulator)
		session->simulator->ops->close(session->simulator);
	forget_circuit(session);
	background_release(&session->background);
	pthread_mutex_destroy(&session->mutex);
	mem_free(session);
}

CAROM_API const char *carom_session_library(const struct carom_session *session)
{
	return session ? session->simulator->library : "";
}

CAROM_API const char *carom_session_version(const struct carom_session *session)
{
	return session ? session->simulator->version : "";
}

/* ---- load ---- */

/* ngspice works elsewhere, so it is the whole path that counts; a file that is not there has none. */
static int add_model_file(void *arg, const char *path, const struct card *card,
			  struct carom_error *err)
{
	char *whole = realpath(path, NULL);
	struct text *files = arg;
	(void)card;

	if (whole)
		text_printf(files, "%s\n", whole);
	free(whole);
	return files->failed ? carom_fail_memory(err) : 0;
}

/* What the process of a deck that is not trusted may read besides its folder. */
static int find_model_files(struct carom_session *session, const struct carom_circuit *circuit,
			    struct carom_error *err)
{
	struct text files = TEXT_INIT;
	int status = 0;

	if (session->is_isolated && !session->is_trusted)
		status = circuit_model_files(circuit, add_model_file, &files, err);
	if (!status && files.length > 0 && !(session->model_files = mem_strdup(files.data)))
		status = carom_fail_memory(err);
	text_release(&files);
	return status;
}

static int remember_circuit(struct carom_session *session, const struct carom_circuit *circuit,
			    const struct prune *prune, const struct line_list *lines,
			    struct carom_error *err)
{
	const char *partial_model = prune ? prune_partial_model(prune) : NULL;
	int line, status;

	session->title = mem_strdup(carom_circuit_title(circuit));
	session->source = mem_strdup(line_list_place(lines, 0, &line));
	session->has_hazard = circuit_rerun_hazard(circuit, prune) != NULL;
	session->is_trusted = circuit_root(circuit)->is_trusted;
	if (partial_model)
		session->partial_model = mem_strdup(partial_model);
	if (!session->title || !session->source || (partial_model && !session->partial_model))
		return carom_fail_memory(err);
	/* for code models that read files; ngspice works elsewhere */
	status = include_folder(&session->input_folder, session->source, err);
	return status ? status : find_model_files(session, circuit, err);
}

/* ngspice's words tell the number of a line that was sent; the user knows the deck's. */
static void place_in_deck(const struct line_list *lines, struct carom_error *err)
{
	const char *source = line_list_place(lines, err->line, &err->line);

	snprintf(err->source, sizeof(err->source), "%s", source);
}

int session_load_lines(struct carom_session *session, const struct line_list *lines,
		       struct service_deck *deck, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	int status;

	deck->lines = lines->lines;
	deck->n = lines->n;
	deck->title = session->title;
	deck->input_folder = session->input_folder;
	deck->model_files = session->model_files;
	deck->has_hazard = session->has_hazard;
	deck->is_trusted = session->is_trusted;
	status = session->simulator->ops->load(session->simulator, deck, &reason);
	session->is_loaded = status == 0;
	if (!status)
		return 0;
	reason.status = (enum carom_status)status;
	place_in_deck(lines, &reason);
	return carom_fail_as(err, &reason);
}

static int make_lines(struct line_list *lines, const struct carom_circuit *circuit,
		      const struct prune *prune, struct carom_error *err)
{
	return line_list_init(lines, circuit, prune, !circuit_root(circuit)->is_trusted, err);
}

static int load_pruned(struct carom_session *session, const struct carom_circuit *circuit,
		       const struct prune *prune, struct carom_error *err)
{
	struct service_deck deck = {.n = 0};
	struct line_list lines;
	int status =
		circuit_check_external(circuit, prune, session->has_host, &session->external, err);

	if (!status)
		status = make_lines(&lines, circuit, prune, err);
	if (status)
		return status;
	if (!session->is_isolated)
		status = circuit_check_deadly(circuit, err);
	if (!status)
		status = remember_circuit(session, circuit, prune, &lines, err);
	if (!status)
		status = session_load_lines(session, &lines, &deck, err);
	line_list_release(&lines);
	return status;
}

/* The circuit may be gone when a size is set that needs another bin.  prune sends them all then. */
static int keep_all_bins(struct carom_session *session, const struct carom_circuit *circuit,
			 struct prune *prune, struct carom_error *err)
{
	if (!session->partial_model)
		return 0;
	for (const char *model; (model = prune_partial_model(prune));)
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
	status = session_check_sens(session, circuit, err);
	if (!status)
		status = difference_init(&session->difference, circuit, err);
	if (!status)
		status = sweep_list_init(&session->sweeps, circuit, err);
	if (!status)
		status = session_know_nets(session, circuit, err);
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
	status = circuit ? session_load(session, circuit, err)
			 : carom_fail(err, CAROM_ERROR_ARGUMENT, "there is no circuit to load");
	session_end(session);
	return status;
}

bool session_is_loaded(const struct carom_session *session)
{
	return session->is_loaded && session->simulator->is_loaded;
}

int session_require_circuit(const struct carom_session *session, struct carom_error *err)
{
	if (session_is_loaded(session))
		return 0;
	if (session->simulator->has_died)
		return carom_fail(err, CAROM_ERROR_CRASHED,
				  "the simulator's process is gone\nload a circuit again");
	return carom_fail(err, CAROM_ERROR_STATE, "no circuit is loaded\nload one first");
}

/* ---- plots ---- */

CAROM_API int carom_session_plots(struct carom_session *session, struct carom_result **result,
				  struct carom_error *err)
{
	int status = session_begin(session, err);

	*result = NULL;
	if (status)
		return status;
	status = session_require_circuit(session, err);
	if (!status)
		status = session->simulator->ops->plots(session->simulator, result, err);
	session_end(session);
	return status;
}
