/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of the one libngspice of this process: open, load, reset, heal, close. */
#include "ng-session.h"

#include <ctype.h>
#include <stdatomic.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-analysis.h"
#include "ng-diagnosis.h"
#include "ng-event.h"
#include "ng-state.h"

enum { COMMANDS_BETWEEN_FORGETTING = 32 };

/* Sent once after Init; those that a version does not know are harmless. */
static const char *const settings[] = {
	"set num_threads=1", "set noinit",     "set norefvalue", "set noacct",
	"set no_mem_check",  "set nomoremode", "set noaskquit",  "unset interactive",
};

static _Atomic pid_t user; /* the process that has the session; 0: none has */

void ng_session_hold(struct ng_session *session)
{
	if (!session->options.is_private_process && session->n_holds++ == 0)
		ng_host_save(&session->host);
}

void ng_session_let_go(struct ng_session *session)
{
	if (!session->options.is_private_process && --session->n_holds == 0)
		ng_host_restore(&session->host);
}

void ng_begin(struct ng_session *session)
{
	ng_callbacks_clear(&session->callbacks);
	ng_session_hold(session);
}

void ng_end(struct ng_session *session)
{
	ng_session_let_go(session);
	if (session->callbacks.asked_to_exit)
		ng_poison(session);
	session->is_wrecked |= session->callbacks.has_quit ||
			       (session->callbacks.asked_to_exit && session->has_commands);
}

void ng_poison(struct ng_session *session)
{
	session->is_poisoned = true;
	session->is_loaded = session->is_spoilt = session->is_left = false;
	session->has_plots = session->is_stopped = session->can_resume = false;
	session->last_plot[0] = '\0';
}

void ng_command(struct ng_session *session, const char *text)
{
	if (session->callbacks.asked_to_exit || (session->is_left && session->callbacks.is_locked))
		return;
	if (++session->n_commands % COMMANDS_BETWEEN_FORGETTING == 0)
		ng_forget_commands(session);
	session->api.command((char *)text);
}

void ng_forget_commands(struct ng_session *session)
{
	if (!session->callbacks.asked_to_exit)
		session->api.command(NULL);
}

/* The option is set already; the command complains if there is no circuit to set it for. */
bool ng_has_circuit(struct ng_session *session)
{
	size_t n_errors = session->callbacks.messages.n_errors;

	ng_command(session, "option noacct");
	return !session->callbacks.asked_to_exit &&
	       session->callbacks.messages.n_errors == n_errors;
}

/*
 * What ngspice has made since its start, 124 kB and the circuit, it frees when it quits; unloading alone
 * leaves that to the process for good.
 */
static void unload(struct ng_session *session)
{
	if (session->api.handle && !session->is_wrecked) {
		session->callbacks.is_muted = true;
		session->api.command(NULL); /* see ng_forget_commands() */
		session->api.command((char *)"quit noask");
		session->callbacks.is_muted = false;
	}
	ng_api_close(&session->api);
}

/* Where a circuit is simulated: the folder of the options, or else the scratch folder. */
static int go_to_work(struct ng_session *session, struct carom_error *err)
{
	return session->options.folder
		       ? ng_environment_go(&session->environment, session->options.folder, err)
		       : CAROM_OK;
}

static int start_library(struct ng_session *session, const char *library, struct carom_error *err)
{
	int status = ng_api_open(&session->api, library, err);

	if (status)
		return status;
	session->is_wrecked = true; /* until it has started */
	ng_begin(session);
	ng_callbacks_register(&session->callbacks, &session->api,
			      session->options.sees_points && !session->hides_points);
	session->saves.keeps_nothing = false;
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		ng_command(session, settings[i]);
	session->is_poisoned = false;
	ng_end(session);
	session->is_wrecked = session->is_poisoned;
	if (session->is_poisoned)
		status = ng_diagnose(&session->callbacks.messages, session->api.path,
				     CAROM_ERROR_LIBRARY, err);
	if (!status)
		status = ng_sync_check_version(&session->callbacks, err);
	return status ? status : go_to_work(session, err);
}

/* All state of a library goes with its unloading: 1.3 ms, and no trace of what was. */
static int heal(struct ng_session *session, struct carom_error *err)
{
	int status = CAROM_OK;

	if (session->options.folder) /* whose .spiceinit must not be read */
		status = ng_environment_go(&session->environment, NULL, err);
	unload(session);
	return status ? status : start_library(session, session->library, err);
}

static void close_session(struct ng_session *session)
{
	unload(session);
	ng_environment_leave(&session->environment);
	ng_saves_forget(&session->saves);
	ng_callbacks_release(&session->callbacks);
	mem_free(session);
	atomic_store(&user, 0);
}

static int fail_in_use(pid_t has_it, struct carom_error *err)
{
	if (has_it != getpid())
		return carom_fail(err, CAROM_ERROR_STATE,
				  "this process is a fork of one that has a session, whose "
				  "libngspice came with it\nopen an isolated session");
	return carom_fail(err, CAROM_ERROR_STATE,
			  "this process has a session already, and libngspice keeps its state in "
			  "globals\nuse that one, or open an isolated session");
}

int ng_session_open(struct ng_session **result, const struct ng_options *options,
		    struct carom_error *err)
{
	struct ng_session *session;
	pid_t has_it = 0;
	int status;

	*result = NULL;
	if (!atomic_compare_exchange_strong(&user, &has_it, getpid()))
		return fail_in_use(has_it, err);
	session = mem_zalloc(1, sizeof(*session));
	if (!session) {
		atomic_store(&user, 0);
		return carom_fail_memory(err);
	}
	session->options = *options;
	ng_callbacks_init(&session->callbacks, &session->options);
	status = ng_environment_enter(&session->environment, options->scratch,
				      options->is_private_process, err);
	if (!status)
		status = start_library(session, options->library, err);
	if (status) {
		close_session(session);
		return status;
	}
	strcpy(session->library, session->api.path);
	*result = session;
	return CAROM_OK;
}

int ng_session_move(struct ng_session *session, const char *scratch, struct carom_error *err)
{
	int status = ng_environment_move(&session->environment, scratch, err);

	return status ? status : go_to_work(session, err);
}

/*
 * libngspice 39 crashes when a circuit with two coupled lines (P) is removed.  Unloading the library
 * removes it as well.
 */
static void remove_circuit(struct ng_session *session)
{
	if (session->is_stuck) {
		ng_poison(session);
		session->is_wrecked = true;
	}
	if (session->is_poisoned)
		return;
	ng_begin(session);
	ng_command(session, "remcirc");
	ng_end(session);
	session->is_loaded = false;
}

void ng_session_close(struct ng_session *session)
{
	if (!session)
		return;
	ng_session_destroy_plots(session);
	if (session->is_loaded)
		remove_circuit(session);
	close_session(session);
}

const char *ng_session_library(const struct ng_session *session)
{
	return session->library;
}

const char *ng_session_version(const struct ng_session *session)
{
	return session->callbacks.version;
}

bool ng_session_is_loaded(const struct ng_session *session)
{
	return session->is_loaded;
}

static bool is_end(const char *line)
{
	line += strspn(line, " \t");
	return strncasecmp(line, ".end", 4) == 0 && line[4 + strspn(line + 4, " \t")] == '\0';
}

static bool has_element(const char *const *lines, size_t n, char letter)
{
	for (size_t i = 1; i < n; i++) {
		const char *line = lines[i] + strspn(lines[i], " \t");

		if ((line[0] | 0x20) == letter)
			return true;
	}
	return false;
}

static bool has_commands(const char *const *lines, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const char *line = lines[i] + strspn(lines[i], " \t");

		if (strncasecmp(line, ".control", 8) == 0 || strncmp(line, "*#", 2) == 0)
			return true;
	}
	return false;
}

/* Does the circuit itself have an element, besides those of subcircuits that are only defined? */
static bool has_elements(const char *const *lines, size_t n)
{
	int depth = 0;

	for (size_t i = 1; i < n; i++) {
		const char *line = lines[i] + strspn(lines[i], " \t");

		if (strncasecmp(line, ".subckt", 7) == 0)
			depth++;
		else if (strncasecmp(line, ".ends", 5) == 0)
			depth--;
		else if (depth == 0 && isalpha((unsigned char)line[0]))
			return true;
	}
	return false;
}

static bool has_word(const char *const *lines, size_t n, const char *word)
{
	for (size_t i = 1; i < n; i++) {
		if (strcasestr(lines[i], word))
			return true;
	}
	return false;
}

/* Of sources, code models and lines. */
static bool has_edges(const char *const *lines, size_t n)
{
	for (const char *letter = "atoyp"; *letter; letter++) {
		if (has_element(lines, n, *letter))
			return true;
	}
	return has_word(lines, n, "pulse") || has_word(lines, n, "pwl");
}

static int check_lines(const struct ng_session *session, const char *const *lines, size_t n,
		       struct carom_error *err)
{
	if (n < 2 || !is_end(lines[n - 1]))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "a deck begins with its title and ends with .end");
	for (size_t i = 0; i < n && !session->options.is_trusted; i++) {
		const char *reason = ng_line_refusal(lines[i], i == 0);

		if (reason)
			return carom_fail_at(err, CAROM_ERROR_TRUST, "", (int)i + 1, 0,
					     "%s, which an untrusted deck may not do\nremove it, "
					     "or import the deck as trusted",
					     reason);
	}
	return CAROM_OK;
}

/* Send the lines.  A title must not be blank: ngspice would skip it and take the next line. */
static int send_circuit(struct ng_session *session, const char *const *lines, size_t n,
			struct carom_error *err)
{
	const char **array = mem_zalloc(n + 1, sizeof(*array));

	if (!array)
		return carom_fail_memory(err);
	if (session->input_folder && session->api.input_path && has_element(lines, n, 'a'))
		session->api.input_path(session->input_folder);
	memcpy(array, lines, n * sizeof(*array));
	if (array[0][strspn(array[0], " \t")] == '\0')
		array[0] = "untitled";
	session->api.circ((char **)array);
	mem_free(array);
	return CAROM_OK;
}

/*
 * After a load or a reset: is what the deck says in ngspice, whole and without complaints?  Commands
 * in it may fail.
 */
static int check_circuit(struct ng_session *session, const char *const *lines, size_t n,
			 struct carom_error *err)
{
	const struct ng_messages *messages = &session->callbacks.messages;
	const struct ng_sync *sync = &session->callbacks.sync; /* of runs that commands have made */
	bool is_ready = ng_has_circuit(session) && !sync->error.status &&
			(messages->n_errors == 0 || has_commands(lines, n));
	int status = CAROM_OK;

	ng_end(session);
	if (session->callbacks.has_quit)
		status = carom_fail(err, CAROM_ERROR_POISONED,
				    "a command of the deck quit ngspice, and what it had is gone");
	else if (sync->error.status)
		status = ng_sync_fail(sync, err);
	else if (!is_ready)
		status = ng_diagnose_load(
			messages, lines, n,
			session->is_poisoned ? CAROM_ERROR_POISONED : CAROM_ERROR_SYNTAX, err);
	if (!is_ready)
		remove_circuit(session);
	session->is_loaded = is_ready;
	return status;
}

/* The latest plot counts as the last of a run. */
static void note_plots_of_commands(struct ng_session *session)
{
	size_t n_plots = ng_capture_plot_count(&session->api);

	session->last_plot[0] = '\0';
	if (n_plots > 0)
		strncat(session->last_plot, ng_capture_plot_name(&session->api, n_plots - 1),
			sizeof(session->last_plot) - 1);
}

/*
 * libngspice crashes when it tells of points while a sweep of the temperature sets what depends on
 * "temper": it makes vectors for that among those of the plot.
 */
static bool changes_vectors(const struct ng_session *session, const char *const *lines, size_t n)
{
	return (session->may_sweep_temperature || ng_analyses_sweep_temperature(lines, n)) &&
	       has_word(lines, n, "temper");
}

/* It crashes, too, when it tells of the points of a pz that has found no roots: there is no vector. */
static bool may_find_no_roots(const struct ng_session *session)
{
	return session->may_find_no_roots || (session->deck_kinds & NG_KIND_PZ);
}

/*
 * Nor must it where commands of the deck simulate, since nobody could keep it from crashing then (see
 * ng_saves_guard), and where there are no vectors, of which it takes the first.  It cannot be told to
 * stop that, only be loaded anew.
 */
static int know_deck(struct ng_session *session, const char *const *lines, size_t n,
		     struct carom_error *err)
{
	session->n_plots = 0;
	session->deck_kinds = ng_analysis_kinds(lines, n);
	session->has_commands = has_commands(lines, n);
	session->hides_points = session->has_commands || !has_elements(lines, n) ||
				changes_vectors(session, lines, n) || may_find_no_roots(session);
	session->has_edges = session->options.sees_points && has_edges(lines, n);
	session->has_min_break = session->has_edges && has_word(lines, n, "minbreak");
	session->is_stuck = has_element(lines, n, 'p');
	session->may_have_events = session->options.is_trusted || has_element(lines, n, 'a');
	ng_saves_forget(&session->saves);
	if (session->saves.keeps_nothing ||
	    session->callbacks.sees_points !=
		    (session->options.sees_points && !session->hides_points))
		ng_poison(session);
	return session->is_poisoned ? heal(session, err) : CAROM_OK;
}

int ng_session_load(struct ng_session *session, const char *const *lines, size_t n,
		    struct carom_error *err)
{
	int status;

	ng_session_destroy_plots(session);
	if (session->is_loaded)
		remove_circuit(session);
	status = check_lines(session, lines, n, err);
	if (!status)
		status = know_deck(session, lines, n, err);
	if (status)
		return status;
	ng_begin(session);
	ng_sync_begin(&session->callbacks.sync);
	status = send_circuit(session, lines, n, err);
	if (status) {
		ng_end(session);
		return status;
	}
	session->has_plots = session->options.is_trusted; /* its .control may have run */
	status = check_circuit(session, lines, n, err);
	session->has_event_nodes =
		!status && has_element(lines, n, 'a') && ng_has_event_nodes(session);
	session->callbacks.sync.has_events = session->has_event_nodes;
	if (!status && session->has_commands)
		note_plots_of_commands(session);
	return status;
}

int ng_require_circuit(const struct ng_session *session, struct carom_error *err)
{
	if (session->is_loaded)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_STATE, "no circuit is loaded\nload one first");
}

void ng_session_set_input_folder(struct ng_session *session, const char *folder)
{
	session->input_folder = folder;
}

int ng_session_reset(struct ng_session *session, struct carom_error *err)
{
	int status = ng_require_circuit(session, err);

	if (status)
		return status;
	if (session->is_stuck)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "libngspice cannot reset a circuit with coupled lines (P)\nload "
				  "it again");
	ng_saves_forget(&session->saves);
	ng_begin(session);
	ng_command(session, "reset");
	return check_circuit(session, NULL, 0, err);
}
