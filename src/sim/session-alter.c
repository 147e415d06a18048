/* SPDX-License-Identifier: BSD-3-Clause */
/* Values set in the loaded circuit, with all bins loaded before a size that may need another one. */
#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "ng-session.h"
#include "sim/session-state.h"

static int set_value(struct ng_session *ng, const struct alter *alter, struct carom_error *err)
{
	return alter->is_model ? ng_session_altermod(ng, alter->target, alter->value, err)
			       : ng_session_alter(ng, alter->target, alter->value, err);
}

static int set_and_keep(struct carom_session *session, struct alter *alter, struct carom_error *err)
{
	bool is_kept = session->has_hazard || session->partial_model;
	int status = is_kept ? alter_list_reserve(&session->alters, alter, err) : 0;

	if (!status)
		status = set_value(session->ng, alter, err);
	if (!status && is_kept)
		alter_list_add(&session->alters, alter);
	return status;
}

static int serve_alter(struct session_request *request)
{
	int status = session_require_circuit(request->session, request->err);

	for (size_t i = 0; i < request->n_alters && !status; i++)
		status = set_and_keep(request->session, &request->alters[i], request->err);
	return status;
}

int session_alter(struct carom_session *session, struct alter *alters, size_t n_alters,
		  struct carom_error *err)
{
	struct session_request request = {.serve = serve_alter,
					  .session = session,
					  .err = err,
					  .alters = alters,
					  .n_alters = n_alters};

	return session_hand_over(&request);
}

int session_set_again(struct carom_session *session, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < session->alters.n && !status; i++)
		if (session->alters.list[i].target)
			status = set_value(session->ng, &session->alters.list[i], err);
	return status;
}

/* ---- bins ---- */

void session_forget_bins(struct carom_session *session)
{
	mem_free(session->partial_model);
	session->partial_model = NULL;
	line_list_release(&session->all_bins);
}

static void log_reload(const struct carom_session *session, const struct alter *alter)
{
	struct text note = TEXT_INIT;

	text_printf(&note,
		    "Note: %s selects a bin, and not all bins of \"%s\" were loaded: the circuit "
		    "is loaded anew with all of them",
		    alter->target, session->partial_model);
	if (session->log && !note.failed)
		session->log(session->log_arg, CAROM_LOG_NOTE, text_string(&note));
	text_release(&note);
}

static int serve_set_again(struct session_request *request)
{
	log_reload(request->session, request->alters);
	return session_set_again(request->session, request->err);
}

/* ngspice would look for the bin among those that it has, and stay with a wrong one. */
static int load_all_bins(struct carom_session *session, struct alter *alter,
			 struct carom_error *err)
{
	struct session_request request = {
		.serve = serve_set_again, .session = session, .err = err, .alters = alter};
	int status = session_require_circuit(session, err);

	if (status)
		return status;
	status = session_load_lines(session, &session->all_bins, err);
	session->has_run = false;
	if (!status)
		status = session_hand_over(&request);
	session->is_loaded = status == 0;
	session_forget_bins(session);
	if (!session->has_hazard)
		alter_list_release(&session->alters);
	return status;
}

/* ---- by the host ---- */

CAROM_API int carom_session_alter(struct carom_session *session, const char *target, double value,
				  struct carom_error *err)
{
	struct alter alter;
	int status = alter_init(&alter, NULL, target, value, err);

	if (status)
		return status;
	status = session_begin(session, err);
	if (!status) {
		difference_forget(&session->difference);
		if (alter.is_size && session->partial_model)
			status = load_all_bins(session, &alter, err);
		if (!status)
			status = session_alter(session, &alter, 1, err);
		session_end(session);
	}
	alter_release(&alter);
	return status;
}
