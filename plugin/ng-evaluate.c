/* SPDX-License-Identifier: BSD-3-Clause */
/* Looking at the results of the last run: plots, vectors, expressions. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ng-diagnosis.h"
#include "ng-state.h"

static int require_results(const struct ng_session *session, struct carom_error *err)
{
	if (session->last_plot[0])
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_STATE, "there are no results\nrun a circuit first");
}

size_t ng_session_plot_count(struct ng_session *session)
{
	return session->last_plot[0] ? ng_capture_plot_count(&session->api) : 0;
}

int ng_session_plot(struct ng_session *session, size_t index, struct ng_plot *plot,
		    struct carom_error *err)
{
	int status = require_results(session, err);

	return status ? status : ng_capture_plot(&session->api, index, plot, err);
}

/*
 * libngspice shows no vector of several dimensions, such as the tables that "fourier" leaves.  Made one
 * of a single dimension it has the same numbers, one row behind the other.
 */
static bool make_flat(struct ng_session *session, const char *plot, const char *name)
{
	char text[NG_COMMAND_SIZE];
	int length = ng_name_is_safe(name)
			     ? snprintf(text, sizeof(text), "reshape %s.%s []", plot, name)
			     : -1;

	if (length < 0 || (size_t)length >= sizeof(text))
		return false;
	ng_begin(session);
	ng_command(session, text);
	ng_end(session);
	return true;
}

struct ng_names ng_session_names(struct ng_session *session, const char *plot)
{
	return session->last_plot[0] ? ng_capture_names(&session->api, plot)
				     : (struct ng_names){.left = 0};
}

int ng_session_vector(struct ng_session *session, const char *plot, const char *name,
		      struct ng_vector *vector, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	int status = require_results(session, err);

	if (status)
		return status;
	session->callbacks.is_muted = true;
	status = ng_capture_vector(&session->api, plot, name, vector, &reason);
	if (status && make_flat(session, plot, name)) {
		carom_error_clear(&reason);
		status = ng_capture_vector(&session->api, plot, name, vector, &reason);
	}
	session->callbacks.is_muted = false;
	return status ? carom_fail_as(err, &reason) : CAROM_OK;
}

/* *plot: the plot that is meant, NULL the current one, becomes its name. */
static int find_plot(struct ng_session *session, const char **plot, struct carom_error *err)
{
	int status = require_results(session, err);

	if (status)
		return status;
	if (!*plot)
		*plot = session->last_plot;
	else if (!ng_capture_has_plot(&session->api, *plot))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND,
				  "there is no plot \"%s\"\nis its analysis in the deck?", *plot);
	return CAROM_OK;
}

/* Whatever ngspice complains of, the expression could not be evaluated. */
static int fail_to_evaluate(const struct ng_session *session, const char *expression,
			    struct carom_error *err)
{
	struct carom_error cause = CAROM_ERROR_INIT;

	ng_diagnose(&session->callbacks.messages, expression, CAROM_ERROR_VECTOR, &cause);
	cause.status = session->callbacks.asked_to_exit ? CAROM_ERROR_POISONED : CAROM_ERROR_VECTOR;
	return carom_fail_as(err, &cause);
}

static int fail_to_find(const struct ng_session *session, const char *plot, const char *name,
			struct carom_error *err)
{
	if (name[0] == '@')
		return fail_to_evaluate(session, name, err);
	return carom_fail(err, CAROM_ERROR_VECTOR,
			  "%s has no vector %s\ncheck the name, and .save cards", plot, name);
}

/*
 * Calculate into a vector of that plot: "let" works in the current one.  A vector of events brings
 * a scale of its own along, and ngspice 39 frees whatever has such a scale once it has been looked
 * up.  The difference with a constant is the same values without it.
 */
static int calculate(struct ng_session *session, const char *plot, const char *slot,
		     const char *expression, struct ng_vector *vector, struct carom_error *err)
{
	char text[NG_COMMAND_SIZE];

	if (strcmp(session->api.cur_plot(), plot) != 0) {
		snprintf(text, sizeof(text), "setplot %s", plot);
		ng_command(session, text);
	}
	snprintf(text, sizeof(text), session->may_have_events ? "let %s=(%s)-0" : "let %s=%s", slot,
		 expression);
	ng_command(session, text);
	if (session->callbacks.messages.n_errors > 0 ||
	    ng_capture_find(&session->api, plot, slot, vector) != NG_FOUND)
		return fail_to_evaluate(session, expression, err);
	snprintf(vector->name, sizeof(vector->name), "%s", expression);
	vector->own_name = NULL;
	return CAROM_OK;
}

int ng_session_evaluate(struct ng_session *session, const char *plot, const char *slot,
			const char *expression, struct ng_vector *vector, struct carom_error *err)
{
	enum ng_found found = NG_FLEETING;
	int status = CAROM_OK;

	if (!ng_name_is_safe(slot) || !ng_expression_is_safe(expression))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "\"%s\" has a character that expressions must not have",
				  expression);
	status = find_plot(session, &plot, err);
	if (status)
		return status;
	ng_begin(session);
	if (ng_is_plain_name(expression))
		found = ng_capture_find(&session->api, plot, expression, vector);
	if (found == NG_FLEETING)
		status = calculate(session, plot, slot, expression, vector, err);
	else if (found == NG_NOT_FOUND)
		status = fail_to_find(session, plot, expression, err);
	ng_end(session);
	return status;
}

int ng_session_scale(struct ng_session *session, const char *plot, struct ng_vector *vector,
		     struct carom_error *err)
{
	int status = find_plot(session, &plot, err);

	return status ? status : ng_capture_scale(&session->api, plot, vector, err);
}
