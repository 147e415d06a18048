/* SPDX-License-Identifier: BSD-3-Clause */
/* Points that come while an analysis runs, where libngspice can be trusted with them. */
#include "ng-points.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "ng-analysis.h"
#include "ng-state.h"

static unsigned kinds_of(const struct ng_session *session, const char *command)
{
	return strcmp(command, "run") == 0 ? session->deck_kinds : ng_analysis_kind(command);
}

/* ---- before the run ---- */

static bool is_sound(const struct ng_session *session, size_t plot)
{
	const struct ng_api *api = &session->api;
	struct ng_names names;
	struct ng_plot found;
	struct ng_vector vector;

	if (ng_capture_plot(api, plot, &found, NULL))
		return false;
	names = ng_capture_names(api, found.name);
	for (const char *name; (name = ng_names_next(&names));)
		if (ng_capture_vector(api, found.name, name, &vector, NULL) || vector.length == 0)
			return false;
	return found.n_vectors > 0;
}

static bool are_sound(const struct ng_session *session)
{
	size_t n_plots = ng_capture_plot_count(&session->api), i = 0;

	while (i < n_plots && is_sound(session, i))
		i++;
	return n_plots > 0 && i == n_plots;
}

/* Which parameters exist does not depend on values, so an operating point tells it for a transient. */
static void try_operating_point(struct ng_session *session)
{
	ng_command(session, "op");
	if (session->callbacks.asked_to_exit)
		return;
	if (are_sound(session))
		session->saves.sound |= NG_KIND_DC;
	ng_command(session, "destroy all");
	ng_callbacks_clear(&session->callbacks);
}

static int guard(struct ng_session *session, const struct carom_run_options *options,
		 unsigned kinds, struct carom_error *err)
{
	struct ng_saves *saves = &session->saves;
	int status = ng_saves_guard(session, (kinds & ~saves->sound) != 0, err);

	if (status || !saves->is_guarded)
		return status;
	if ((kinds & NG_KIND_DC & ~saves->sound) && (options->stream || options->progress))
		try_operating_point(session);
	return ng_saves_guard(session, (kinds & ~saves->sound) != 0, err);
}

int ng_points_prepare(struct ng_session *session, const struct carom_run_options *options,
		      const char *command, struct carom_error *err)
{
	int status = CAROM_OK;

	session->sees_points = session->callbacks.sees_points;
	if (session->sees_points && session->saves.has_parameters)
		status = guard(session, options, kinds_of(session, command), err);
	session->sees_points &= !session->saves.is_guarded;
	if (!status && options->keeps_nothing && !session->sees_points)
		return carom_fail(
			err, CAROM_ERROR_STATE,
			"the points of this run cannot be seen as they come, so they must "
			"be kept: its deck runs commands, or poles and zeros are looked for, or "
			"its temperature is swept and expressions depend on it, or a parameter of "
			"a device is saved that does not exist");
	return status;
}

/* ---- after the run ---- */

static bool has_vector(const struct ng_session *session, const char *name)
{
	size_t n_plots = ng_capture_plot_count(&session->api);

	for (size_t i = 0; i < n_plots; i++) {
		const char *plot = ng_capture_plot_name(&session->api, i);
		char **names = session->api.all_vecs((char *)plot);

		for (; names && *names; names++)
			if (ng_name_matches(plot, *names, name))
				return true;
	}
	return false;
}

static int check_saves(struct ng_session *session, const struct carom_run_options *options,
		       unsigned kinds, struct carom_error *err)
{
	for (size_t i = 0; i < options->n_save; i++)
		if (strcasecmp(options->save[i], "all") != 0 &&
		    !has_vector(session, options->save[i]))
			return carom_fail(err, CAROM_ERROR_VECTOR,
					  "there is no vector %s to save\ncheck the name",
					  options->save[i]);
	session->saves.checked |= kinds;
	return CAROM_OK;
}

/* A condition on a vector that no plot has is never met. */
static int check_condition(const struct ng_session *session, const char *text,
			   struct carom_error *err)
{
	struct ng_condition condition;
	const char *missing = NULL;
	int status = ng_condition_read(text, &condition, err);

	if (status)
		return status;
	if (!condition.is_right_number && !has_vector(session, condition.right))
		missing = condition.right;
	if (!has_vector(session, condition.left))
		missing = condition.left;
	if (!missing)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_VECTOR,
			  "there is no vector %s to stop at\ncheck the name, and what is saved",
			  missing);
}

static int stream_plots(struct ng_session *session, struct carom_error *err)
{
	size_t n_plots = ng_capture_plot_count(&session->api);
	int status = CAROM_OK;

	for (size_t i = 0; i < n_plots && !status; i++)
		status = ng_stream_plot(&session->callbacks.stream, &session->api, i, err);
	return status;
}

static int check_columns(const struct ng_stream *stream, struct carom_error *err)
{
	const char *missing = ng_stream_missing(stream);

	if (!missing)
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_VECTOR,
			  "there is no vector %s to stream\ncheck the name, and what is saved",
			  missing);
}

int ng_points_finish(struct ng_session *session, const struct carom_run_options *options,
		     const char *command, int status, struct carom_error *err)
{
	struct ng_callbacks *callbacks = &session->callbacks;
	unsigned kinds = kinds_of(session, command);

	if (options->stream && !session->sees_points)
		status = status ? status : stream_plots(session, err);
	if (status || session->is_stopped)
		return status;
	if (session->saves.is_guarded && are_sound(session))
		session->saves.sound |= kinds;
	if (session->sees_points)
		ng_watch_tell(&callbacks->watch, callbacks->stream.plot, callbacks->stream.at,
			      callbacks->stream.n_points);
	if (kinds & ~session->saves.checked)
		status = check_saves(session, options, kinds, err);
	if (!status && options->stop_when)
		status = check_condition(session, options->stop_when, err);
	if (!status && options->stream)
		status = check_columns(&callbacks->stream, err);
	return status;
}
