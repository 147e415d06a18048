/* SPDX-License-Identifier: BSD-3-Clause */
/* The loaded circuit brought in line with an edited one: by values where that does, else anew. */
#include "base/error.h"
#include "base/mem.h"
#include "sim/session-state.h"

/*
 * Once a transient has run, setting a number of a model makes ngspice look at the whole circuit
 * again: 14 ns an element, where loading takes 3 us.  More such numbers are not worth while.
 */
#define MAX_MODEL_VALUES 200

struct work {
	struct alter *alters;
	size_t n_alters;
	size_t n_models;           /* of them */
	struct carom_error reason; /* why the circuit must be loaded anew; OK: no reason */
	struct carom_error *err;
};

static void release(struct work *work)
{
	for (size_t i = 0; i < work->n_alters; i++)
		alter_release(&work->alters[i]);
	mem_free(work->alters);
}

/* What keeps values from being set is a reason to load, unless there is no memory or no more time. */
static int give_reason(struct work *work, int status)
{
	bool is_failure = status == CAROM_ERROR_MEMORY || status == CAROM_ERROR_CANCELLED ||
			  status == CAROM_ERROR_LIMIT;

	return is_failure ? carom_fail_as(work->err, &work->reason) : 0;
}

static int translate(struct work *work, const struct difference *difference,
		     const struct carom_circuit *circuit)
{
	work->alters = mem_zalloc(difference->n_values, sizeof(*work->alters));
	if (!work->alters)
		return carom_fail_memory(work->err);
	for (size_t i = 0; i < difference->n_values; i++) {
		const struct difference_value *value = &difference->values[i];
		struct alter *alter = &work->alters[work->n_alters];
		int status = alter_init(alter, circuit, value->target, value->value, &work->reason);

		if (status)
			return give_reason(work, status);
		work->n_alters++;
		work->n_models += alter->is_model;
	}
	if (work->n_models > MAX_MODEL_VALUES)
		carom_fail(&work->reason, CAROM_ERROR_LIMIT,
			   "setting %zu numbers of models takes longer", work->n_models);
	return 0;
}

static int set_values(struct work *work, struct carom_session *session,
		      const struct carom_circuit *circuit)
{
	struct difference *difference = &session->difference;
	int status;

	if (!session_is_loaded(session))
		return carom_fail(&work->reason, CAROM_ERROR_STATE, "no circuit was loaded"), 0;
	status = difference_find(difference, circuit, work->err);
	if (status)
		return status;
	work->reason = difference->obstacle;
	if (!work->reason.status)
		status = translate(work, difference, circuit);
	if (status || work->reason.status || work->n_alters == 0)
		return status;
	return give_reason(work,
			   session_alter(session, work->alters, work->n_alters, &work->reason));
}

static int bring_in_line(struct carom_session *session, const struct carom_circuit *circuit,
			 struct carom_update *update, struct carom_error *err)
{
	struct work work = {.reason = CAROM_ERROR_INIT, .err = err};
	int status = set_values(&work, session, circuit);

	release(&work);
	if (status)
		session->is_loaded = false; /* what of it was set is not known */
	if (status || !work.reason.status) {
		update->n_values = work.n_alters;
		return status;
	}
	update->was_reloaded = true;
	carom_error_format(&work.reason, update->reason, sizeof(update->reason));
	return session_load(session, circuit, err);
}

CAROM_API int carom_session_update(struct carom_session *session,
				   const struct carom_circuit *circuit, struct carom_update *update,
				   struct carom_error *err)
{
	struct carom_update ignored;
	int status;

	update = update ? update : &ignored;
	*update = (struct carom_update){0};
	status = session_begin(session, err);
	if (status)
		return status;
	status = bring_in_line(session, circuit, update, err);
	session_end(session);
	return status;
}
