/* SPDX-License-Identifier: BSD-3-Clause */
/* Values set in the loaded circuit, with all bins loaded before a size that may need another one. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "sim/session-state.h"

/* A DC value beside "external" would end ngspice 39 by a segmentation fault. */
static int check_external(const struct carom_session *session, const struct alter *alter,
			  struct carom_error *err)
{
	const char *bracket = strchr(alter->target, '['), *name = bracket;

	if (!session->external || !bracket || strcmp(bracket, "[dc]") != 0)
		return CAROM_OK;
	while (name > alter->target && !strchr("@.", name[-1]))
		name--;
	if (name_find(session->external, name, (size_t)(bracket - name)) == NAME_NONE)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_PARAMETER,
			  "%.*s: the value of an external source is the host's to give, by the "
			  "source callback",
			  (int)(bracket - name), name);
}

int session_alter(struct carom_session *session, struct alter *alters, size_t n_alters,
		  struct carom_error *err)
{
	int status = session_require_circuit(session, err);

	for (size_t i = 0; i < n_alters && !status; i++)
		status = check_external(session, &alters[i], err);
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
