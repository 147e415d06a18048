/* SPDX-License-Identifier: BSD-3-Clause */
/* Sensitivity analyses at which ngspice 39 would crash: not in a host's own process. */
#include <stdlib.h>

#include "base/error.h"
#include "circuit/card-expression.h"
#include "circuit/sensitivity.h"
#include "ng-analysis.h"
#include "sim/session-state.h"

/* The first version that is known not to crash. */
#define FIRST_SOUND_VERSION 40

#define HINT "open an isolated session, or leave it out"

/* The card of a sensitivity analysis, or the command of a .control block; NULL if there is none. */
static const struct card *find_sens(const struct carom_circuit *circuit)
{
	bool is_control = false;

	for (uint32_t i = 1; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_ANALYSIS && card_is(card, ".sens"))
			return card;
		if (is_control && card_is(card, "sens"))
			return card;
		is_control = card_begins(card, ".control") ||
			     (is_control && !card_begins(card, ".endc"));
	}
	return NULL;
}

int session_check_sens(struct carom_session *session, const struct carom_circuit *circuit,
		       struct carom_error *err)
{
	const struct card *card;
	int status;

	if (session->is_isolated || atof(session->simulator->version) >= FIRST_SOUND_VERSION)
		return 0;
	status = circuit_sens_fault(circuit, &session->sens_fault, err);
	if (status || !session->sens_fault || !(card = find_sens(circuit)))
		return status;
	return carom_fail_at(err, CAROM_ERROR_STATE, circuit_file(circuit, card->file),
			     (int)card->line, 0, ".sens: ngspice 39 crashes at %s\n" HINT,
			     session->sens_fault);
}

int session_check_sens_run(const struct carom_session *session, const char *analysis,
			   struct carom_error *err)
{
	if (!(ng_analysis_kind(analysis) & ng_analysis_kind("sens")))
		return 0;
	if (session->external)
		return carom_fail(err, CAROM_ERROR_STATE,
				  "sens: ngspice 39 crashes at external sources\nleave it out");
	if (session->sens_fault)
		return carom_fail(err, CAROM_ERROR_STATE, "sens: ngspice 39 crashes at %s\n" HINT,
				  session->sens_fault);
	return 0;
}
