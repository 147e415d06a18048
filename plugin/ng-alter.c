/* SPDX-License-Identifier: BSD-3-Clause */
/* Setting values of the loaded circuit in place, without a new parse. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ng-diagnosis.h"
#include "ng-state.h"

/* verb: "alter", "altermod" or "option"; a blank in the target separates a model and its parameter. */
static int set(struct ng_session *session, const char *verb, const char *target, double value,
	       struct carom_error *err)
{
	char text[NG_COMMAND_SIZE];
	int length;
	int status = ng_require_circuit(session, err);

	if (status)
		return status;
	if (!isfinite(value))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s %s: the value is not a number",
				  verb, target);
	length = snprintf(text, sizeof(text), "%s %s=%.17g", verb, target, value);
	if ((size_t)length >= sizeof(text))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s: the name is too long", verb);
	ng_begin(session);
	ng_command(session, text);
	ng_end(session);
	if (session->callbacks.messages.n_errors == 0)
		return CAROM_OK;
	text[strcspn(text, "=")] = '\0';
	return ng_diagnose(&session->callbacks.messages, text,
			   session->is_poisoned ? CAROM_ERROR_POISONED : CAROM_ERROR_PARAMETER,
			   err);
}

static int refuse_target(const char *target, struct carom_error *err)
{
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" is not a name that can be altered",
			  target);
}

int ng_session_alter(struct ng_session *session, const char *target, double value,
		     struct carom_error *err)
{
	if (!ng_name_is_safe(target))
		return refuse_target(target, err);
	return set(session, "alter", target, value, err);
}

int ng_session_altermod(struct ng_session *session, const char *target, double value,
			struct carom_error *err)
{
	const char *parameter = strchr(target, ' ');
	char model[NG_COMMAND_SIZE];
	size_t length = parameter ? (size_t)(parameter - target) : strlen(target);

	if (length >= sizeof(model))
		return refuse_target(target, err);
	memcpy(model, target, length);
	model[length] = '\0';
	if (!ng_name_is_safe(model) || (parameter && !ng_name_is_safe(parameter + 1)))
		return refuse_target(target, err);
	return set(session, "altermod", target, value, err);
}

int ng_session_set_temperature(struct ng_session *session, double celsius, struct carom_error *err)
{
	return set(session, "option", "temp", celsius, err);
}
