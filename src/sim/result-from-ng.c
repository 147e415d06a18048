/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies plots out of libngspice's memory, which the next run takes back. */
#include "sim/result-from-ng.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-capture.h"
#include "ng-event.h"
#include "sim/event.h"
#include "sim/plot.h"

/*
 * What a device does not have, such as "@m1[is]" of a BSIM4 transistor, has no points; RAW files have
 * zeros, and so has the result, whose columns are equally long.
 */
static bool view_as(struct carom_plot *plot, const char *name, const struct ng_vector *vector,
		    size_t n_points)
{
	bool is_missing = vector->length == 0 && name[0] == '@';

	return plot_add_view(plot, name, ng_type_unit(vector->type), vector->is_complex,
			     is_missing ? n_points : vector->length,
			     is_missing ? NULL : vector->data);
}

static int view_vector(struct carom_plot *plot, const struct ng_vector *vector, size_t n_points,
		       struct carom_error *err)
{
	bool is_cut = ng_vector_is_cut(vector);
	char *whole = is_cut ? ng_vector_whole_name(carom_plot_name(plot), vector) : NULL;
	bool is_viewed = is_cut == (whole != NULL) &&
			 view_as(plot, is_cut ? whole : vector->name, vector, n_points);

	mem_free(whole);
	return is_viewed ? 0 : carom_fail_memory(err);
}

/* Events are copied at once: the next node's take their place. */
static int copy_events(void *arg, const struct ng_events *events, struct carom_error *err)
{
	struct event_list *list = arg;
	bool is_kept = event_list_add(list, events->node, events->n);

	for (size_t i = 0; i < events->n && is_kept; i++)
		is_kept =
			event_list_set(list, i, events->events[i]->step, events->events[i]->value);
	return is_kept ? 0 : carom_fail_memory(err);
}

static int view_plot(struct carom_result *result, struct ng_session *ng, size_t index,
		     const char *title, struct carom_error *err)
{
	struct ng_names names;
	struct ng_plot from;
	struct carom_plot *plot;
	size_t n_points = 0; /* of its scale, the first vector */
	int status = ng_session_plot(ng, index, &from, err);

	if (status)
		return status;
	plot = result_add_plot(result, from.name, title, from.n_vectors);
	if (!plot)
		return carom_fail_memory(err);
	names = ng_session_names(ng, from.name);
	for (const char *name; (name = ng_names_next(&names));) {
		struct ng_vector vector;

		status = ng_session_vector(ng, from.name, name, &vector, err);
		if (carom_plot_vector_count(plot) == 0 && !status)
			n_points = vector.length;
		if (!status)
			status = view_vector(plot, &vector, n_points, err);
		if (status)
			return status;
	}
	plot_set_scale(plot, from.scale);
	return ng_session_events(ng, index, copy_events, plot_events(plot), err);
}

#define ALIGNMENT 64 /* of the room: see plot.h */

static void *take_room(struct carom_result *result, size_t size)
{
	void *memory = size > SIZE_MAX - ALIGNMENT ? NULL : mem_alloc(size + ALIGNMENT - 1);

	if (!memory)
		return NULL;
	result_hold(result, mem_free, memory);
	return (void *)(((uintptr_t)memory + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1));
}

/* The one copy. */
static int move(struct carom_result *result, const struct result_room *room,
		struct carom_error *err)
{
	size_t size = result_view_size(result);
	void *memory = room ? room->take(room->arg, size) : take_room(result, size);

	if (!memory)
		return carom_fail_memory(err);
	result_move_views(result, memory);
	return 0;
}

int result_from_ng(struct carom_result **result, struct ng_session *ng, const char *title,
		   const struct result_room *room, struct carom_error *err)
{
	size_t n_plots = ng_session_plot_count(ng);
	int status = 0;

	*result = result_new();
	if (!*result)
		return carom_fail_memory(err);
	for (size_t i = 0; i < n_plots && !status; i++)
		status = view_plot(*result, ng, i, title, err);
	if (!status)
		status = move(*result, room, err);
	if (status) {
		carom_result_free(*result);
		*result = NULL;
	}
	return status;
}
