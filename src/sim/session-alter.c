/* SPDX-License-Identifier: BSD-3-Clause */
/* Values set in the loaded circuit, with all bins loaded before a size that may need another one. */
#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "sim/session-state.h"

int session_alter(struct carom_session *session, struct alter *alters, size_t n_alters,
		  struct carom_error *err)
{
	int status = session_require_circuit(session, err);

	return status ? status
		      : session->simulator->ops->alter(session->simulator, alters, n_alters, err);
}

/* ---- bins ---- */

void session_forget_bins(struct carom_session *session)
{
	mem_free(session->partial_model);
	session->partial_model = NULL;
	line_list_release(&session->all_bins);
}

/* ngspice would look for the bin among those that it has, and stay with a wrong one. */
static int load_all_bins(struct carom_session *session, const struct alter *alter,
			 struct carom_error *err)
{
	struct service_deck deck = {.is_again = true};
	struct text note = TEXT_INIT;
	int status = session_require_circuit(session, err);

	if (status)
		return status;
	text_printf(&note,
		    "Note: %s selects a bin, and not all bins of \"%s\" were loaded: the circuit "
		    "is loaded anew with all of them",
		    alter->target, session->partial_model);
	deck.note = text_string(&note);
	status = session_load_lines(session, &session->all_bins, &deck, err);
	session_forget_bins(session);
	text_release(&note);
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
